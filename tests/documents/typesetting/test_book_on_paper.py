"""Books as PDF: every figure of every row, however wide or long the table."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from documents.renderers import pdf
from documents.tables import KINDS, Book, Column, Stamp, Table
from tests.documents.typesetting.readers import pieces_of

STAMP = Stamp(datetime(2026, 1, 16, 3, tzinfo=UTC), "สมชาย ใจดี", "สกร.ประจำจังหวัดน่าน", [("ช่วงเวลา", "2569")], "1.0")
COLUMNS = [
    Column("name", "ชื่อ"),
    Column("id", "เลขประจำตัว", "id"),
    Column("n", "คน", "integer"),
    Column("baht", "บาท", "money"),
    Column("share", "ร้อยละ", "percent"),
    Column("day", "วันที่", "date"),
    Column("at", "เมื่อ", "datetime"),
]
ROW = ["น้ำฝน", "0123456789012", 12345, Decimal("1234.5"), 0.625, date(2026, 1, 16), STAMP.as_of]
SHOWN = ["น้ำฝน", "0123456789012", "12,345", "1,234.50", "62.5%", "16 ม.ค. 2569", "16 ม.ค. 2569 10:00 น."]


@pytest.fixture(autouse=True)
def in_thai():
    with translation.override("th"):
        yield


def pages_of(*tables, **facts):
    file = io.BytesIO()
    pdf.write(Book("รายงานอาชีพ", STAMP, tables, **facts), file)
    return PdfReader(file)


def texts(reader):
    return [pieces_of(page) for page in reader.pages]


def test_each_kind_of_figure_is_shown_as_on_screen():
    (page,) = texts(pages_of(Table("คน", COLUMNS, [ROW, [None] * 7], note="หมายเหตุ", totals=["รวม", *ROW[1:]])))
    start = page.index("น้ำฝน")
    assert page[start : start + 7] == SHOWN
    assert page[start + 7 : start + 14] == ["–"] * 7
    assert page[start + 14 : start + 21] == ["รวม", *SHOWN[1:]]
    assert page[0] == "รายงานอาชีพ"
    assert page[1].startswith("ข้อมูล ณ วันที่: 16 ม.ค. 2569 10:00 น. · จัดทำโดย: สมชาย ใจดี · หน่วยงาน: สกร.ประจำ")
    assert "หมายเหตุ" in page and "หน้า 1 จาก 1" in page


def test_a_book_has_a_cover_and_contents_before_its_tables():
    tables = [Table(f"ตาราง {number}", COLUMNS[:3], [ROW[:3]]) for number in range(3)]
    reader = pages_of(*tables, cover=[("1.1 ผู้เข้ารับการฝึก", 1234), ("1.2", None)])
    cover, contents, *rest = texts(reader)
    assert cover[:2] == ["รายงานอาชีพ", "สกร.ประจำจังหวัดน่าน"]
    assert {"1,234", "–", "สมชาย ใจดี"} <= set(cover)
    assert not any("หน้า" in line for line in cover)
    assert {"สารบัญ", "ตาราง 0", "ตาราง 2"} <= set(contents)
    assert [entry.title for entry in reader.outline] == ["ตาราง 0", "ตาราง 1", "ตาราง 2"]
    assert all(f"ตาราง {number}" in rest[0] for number in range(3))
    assert (reader.metadata.author, reader.trailer["/Root"]["/Lang"]) == ("สมชาย ใจดี · สกร.ประจำจังหวัดน่าน", "th")


def test_a_table_too_wide_for_a_page_is_cut_and_each_part_says_whose_lines_they_are():
    figures = [Column(f"f{number}", f"กลุ่มเป้าหมาย: กลุ่มที่ {number} (คน)", "integer") for number in range(60)]
    columns = [Column("code", "รหัส", "id"), Column("name", "จังหวัด"), *figures]
    provinces = ["เชียงใหม่", "น่าน", "พระนครศรีอยุธยา"]
    rows = [[f"5{place}", name, *(1000 * place + n for n in range(60))] for place, name in enumerate(provinces)]
    totals = ["", "รวม", *range(7000, 7060)]
    reader = pages_of(Table("รายจังหวัด", columns, lambda: iter(rows), totals=totals))
    pages = texts(reader)
    found = [line for page in pages for line in page]
    parts = [line for line in found if line.startswith("คอลัมน์ ส่วนที่")]
    assert parts == [f"คอลัมน์ ส่วนที่ {number} จาก {len(parts)}" for number in range(1, len(parts) + 1)]
    assert all(found.count(name) == len(parts) > 3 for name in [*provinces, "รวม"])
    for number in (0, 17, 59):
        for place in range(3):
            assert found.count(f"{1000 * place + number:,}") == 1
        assert found.count(f"{7000 + number:,}") == 1
    assert {page.mediabox.width > page.mediabox.height for page in reader.pages} == {True}


def test_rows_that_come_only_once_are_all_there():
    figures = [Column(f"f{number}", f"กลุ่มที่ {number}", "money") for number in range(40)]
    rows = ([f"คนที่ {number}", *[Decimal("1234567.00")] * 40] for number in range(500))
    pages = texts(pages_of(Table("คน", [COLUMNS[0], *figures], rows)))
    found = [line for page in pages for line in page if line.startswith("คนที่")]
    assert len(found) % 500 == 0
    assert set(found) == {f"คนที่ {number}" for number in range(500)}


def test_a_table_without_rows_says_so():
    (page,) = texts(pages_of(Table("คน", COLUMNS, [])))
    assert "ไม่มีแถว" in page


def test_a_row_of_another_width_is_a_fault():
    with pytest.raises(ValueError, match="argument 2"):
        pages_of(Table("คน", COLUMNS[:2], [["a", "b"], ["c"]]))


@settings(deadline=None, max_examples=25)
@given(st.lists(st.text(st.characters(codec=None), max_size=60), min_size=1, max_size=8))
def test_no_text_stops_a_paper(values):
    columns = [Column(f"c{number}", value[:20]) for number, value in enumerate(values)]
    assert pages_of(Table(values[0], columns, [values, values]), cover=[(values[0], values[-1])]).pages


def test_no_value_stops_a_paper():
    values = [float("nan"), Decimal("NaN"), date(1850, 1, 1), "คำ", True, -1, 0, None, datetime(1899, 1, 1), ""]
    tables = [Table(kind, [Column("v", "v", kind)], [[value] for value in values]) for kind in sorted(KINDS)]
    assert len(pages_of(*tables).pages) >= 3
