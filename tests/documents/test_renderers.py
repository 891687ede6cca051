"""One book, three kinds of file: the same rows come back, whatever stands in them."""

import csv
import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from documents.renderers import RENDERERS, xlsx
from documents.renderers.cells import clean
from documents.sheets import read_rows
from documents.tables import KINDS, Book, Column, Stamp, Table

STAMP = Stamp(
    datetime(2026, 1, 16, 17, 30, tzinfo=UTC),
    "สมชาย ใจดี",
    "สำนักงาน สกร.ประจำจังหวัดเชียงใหม่",
    [("ปีงบประมาณ", "2569")],
    "1.0",
)
COLUMNS = [
    Column("name", "ชื่อ"),
    Column("id", "เลขประจำตัว", "id"),
    Column("people", "คน", "integer"),
    Column("baht", "บาท", "money"),
    Column("share", "ร้อยละ", "percent"),
    Column("begun", "วันเริ่ม", "date"),
    Column("saved", "บันทึกเมื่อ", "datetime"),
]
ROWS = [
    [
        "=1+1",
        "0123456789012",
        0,
        Decimal("1234.50"),
        0.625,
        date(2026, 1, 16),
        datetime(2026, 1, 16, 17, 30, tzinfo=UTC),
    ],
    [None, None, None, None, None, None, None],
]
TOTALS = ["รวม", None, 1234567, Decimal("1234.50"), None, None, None]
WILD = st.text(st.characters(codec=None), max_size=60)


def book(*tables, **facts):
    return Book(
        "รายงานอาชีพ", STAMP, tables or [Table("หลักสูตร", COLUMNS, lambda: iter(ROWS), totals=TOTALS)], **facts
    )


def written(ending, *tables, **facts):
    file = io.BytesIO()
    RENDERERS[ending].write(book(*tables, **facts), file)
    file.seek(0)
    return file


def texts(*values):
    return Table("ข้อความ", [Column(f"c{n}", f"ช่อง {n}") for n in range(len(values))], [values])


def sheet_of(file, number=1):
    return load_workbook(file).worksheets[number]


def test_a_workbook_says_what_it_is_and_its_figures_are_figures():
    sheet = sheet_of(written("xlsx"))
    assert sheet["A1"].value == "หลักสูตร"
    for part in ("17 ม.ค. 2569 00:30 น.", "สมชาย ใจดี", "จังหวัดเชียงใหม่", "ปีงบประมาณ: 2569", "1.0"):
        assert part in sheet["A2"].value
    assert [cell.value for cell in sheet[3]] == [column.label for column in COLUMNS]
    assert [cell.value for cell in sheet[4]] == [
        "=1+1", "0123456789012", 0, 1234.5, 0.625, datetime(2026, 1, 16), datetime(2026, 1, 17, 0, 30)
    ]  # fmt: skip
    assert [cell.value for cell in sheet[5]] == ["–"] * 7
    assert [cell.value for cell in sheet[6]] == ["รวม", "–", 1234567, 1234.5, "–", "–", "–"]
    assert sheet.freeze_panes == "A4"
    assert sheet.auto_filter.ref == "A3:G5"
    assert [cell.number_format for cell in sheet[4]] == [
        "General", "@", "#,##0", "#,##0.00", "0.0%", "[$-107041E]d mmm yyyy;@", "[$-107041E]d mmm yyyy h:mm;@"
    ]  # fmt: skip
    assert sheet.column_dimensions["B"].width == 20


def test_the_cover_names_the_book_its_facts_and_its_sheets():
    sheet = sheet_of(written("xlsx", cover=[("คนทั้งหมด", 6), ("ถึงวันที่", date(2026, 9, 30))]), 0)
    rows = {row[0]: row[1] for row in sheet.iter_rows(values_only=True) if len(row) > 1}
    assert sheet["A1"].value == "รายงานอาชีพ"
    assert rows["คนทั้งหมด"] == 6
    assert rows["ถึงวันที่"] == datetime(2026, 9, 30)
    assert rows["หน่วยงาน"] == STAMP.office
    assert rows["หลักสูตร"] == "แถวที่ 1 ถึง 2"


FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1",
    '=HYPERLINK("http://x","กด")',
    "=cmd|' /C calc'!A0",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_becomes_a_formula(text):
    cell = sheet_of(written("xlsx", texts(text)))["A4"]
    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert cell.value == clean(text)
    lines = list(csv.reader(io.StringIO(written("csv", texts(text)).read().decode("utf-8-sig"), newline="")))
    assert lines[1] == [f"'{clean(text)}"]


@pytest.mark.parametrize("place", ["title", "label", "note", "total", "cover", "stamp"])
def test_no_heading_becomes_a_formula_either(place):
    evil = "=1+1"
    table = Table(
        evil if place == "title" else "t",
        [Column("a", evil if place == "label" else "a")],
        [["x"]],
        note=evil if place == "note" else "",
        totals=[evil if place == "total" else "x"],
    )
    stamp = Stamp(STAMP.as_of, evil if place == "stamp" else "x", "y", [(evil if place == "stamp" else "f", "v")])
    evil_book = Book(evil if place == "cover" else "b", stamp, [table], [(evil if place == "cover" else "c", "d")])
    file = io.BytesIO()
    xlsx.write(evil_book, file)
    cells = [cell for sheet in load_workbook(file) for row in sheet.iter_rows() for cell in row]
    assert any(cell.value == evil for cell in cells) or place == "stamp"
    assert not [cell for cell in cells if cell.data_type == "f"]
    text = io.BytesIO()
    RENDERERS["csv"].write(evil_book, text)
    assert not [line for line in text.getvalue().decode("utf-8-sig").splitlines() if line.startswith("=")]


@trying(deadline=None, max_examples=50)
@given(st.lists(WILD, min_size=1, max_size=5))
def test_wild_text_comes_back_from_every_kind_of_file(values):
    wanted = [clean(value) for value in values]
    file = written("xlsx", texts(*values))
    assert [cell.value or "" for cell in sheet_of(file)[4]] == wanted
    file.seek(0)
    read = CalamineWorkbook.from_filelike(file).get_sheet_by_index(1).to_python(skip_empty_area=False)
    if len(read) > 3:
        assert read[3][: len(wanted)] == wanted
    lines = list(csv.reader(io.StringIO(written("csv", texts(*values)).read().decode("utf-8-sig"), newline="")))
    assert [cell.removeprefix("'") for cell in lines[1]] == [value.removeprefix("'") for value in wanted]
    rows = json.load(written("json", texts(*values)))["tables"][0]["rows"]
    assert list(rows[0].values()) == wanted


@trying(deadline=None, max_examples=50)
@given(st.lists(WILD, min_size=1, max_size=6))
def test_any_titles_make_names_that_excel_takes(titles):
    tables = [Table(title, [Column("a", "ก")], []) for title in titles]
    names = [sheet.title for sheet in load_workbook(written("xlsx", *tables))][1:]
    assert len({name.casefold() for name in names}) == len(titles)
    for name in names:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\")


def test_wild_values_in_any_column_never_break_a_file():
    values = [
        float("nan"),
        float("inf"),
        Decimal("NaN"),
        date(1850, 1, 1),
        "คำ",
        True,
        -1,
        0,
        None,
        datetime(1899, 1, 1),
        "",
    ]
    tables = [Table(kind, [Column("v", "v", kind)], [[value] for value in values]) for kind in sorted(KINDS)]
    for ending in RENDERERS:
        assert written(ending, *tables).read()
    sheet = load_workbook(written("xlsx", *tables))["date"]
    assert sheet["A4"].value == "–"
    assert sheet["A7"].value == "1 ม.ค. 2393"


def test_a_long_table_goes_on_in_the_next_sheet_and_says_so():
    table = Table("คน", [Column("n", "ลำดับ", "integer")], lambda: ([n] for n in range(1, 26)), totals=[25])
    file = io.BytesIO()
    xlsx.write(book(table), file, rows_per_sheet=14)
    found = load_workbook(file)
    assert found.sheetnames[1:] == ["คน", "คน (2)", "คน (3)"]
    numbers = [row[0] for sheet in found.worksheets[1:] for row in sheet.iter_rows(min_row=4, values_only=True)]
    assert numbers == [*range(1, 26), 25]
    assert all(sheet.max_row <= 14 for sheet in found)
    assert found["คน (2)"]["A1"].value == "คน (ตั้งแต่แถวที่ 11)"
    cover = {row[0]: row[1] for row in found.worksheets[0].iter_rows(values_only=True)}
    assert (cover["คน"], cover["คน (3)"]) == ("แถวที่ 1 ถึง 10", "แถวที่ 21 ถึง 25")


def test_a_table_that_just_fills_a_sheet_needs_no_other():
    table = Table("คน", [Column("n", "ลำดับ", "integer")], [[n] for n in range(10)])
    file = io.BytesIO()
    xlsx.write(book(table), file, rows_per_sheet=13)
    assert len(load_workbook(file).sheetnames) == 2


def test_a_row_of_another_width_is_a_fault_and_leaves_no_half_file_behind(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    table = Table("คน", COLUMNS[:2], [["a", "b"], ["c"]])
    for ending in RENDERERS:
        with pytest.raises(ValueError, match="argument 2"):
            written(ending, table)
    assert list(tmp_path.iterdir()) == []


def test_csv_begins_with_its_head_and_ends_with_its_stamp():
    content = written("csv").read()
    assert content.startswith("\ufeffชื่อ,".encode())
    assert content.count(b"\n") == content.count(b"\r\n")
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert lines[1] == ["'=1+1", "0123456789012", "0", "1234.50", "62.5%", "2026-01-16", "2026-01-17T00:30:00"]
    assert lines[2] == ["–"] * 7
    assert lines[4] == []
    assert ["จัดทำโดย", "สมชาย ใจดี"] in lines[5:]


def test_json_has_numbers_nulls_and_the_stamp():
    found = json.load(written("json"))
    assert (found["title"], found["as_of"], found["by"]) == (
        "รายงานอาชีพ",
        "2026-01-17T00:30:00+07:00",
        "สมชาย ใจดี",
    )
    table = found["tables"][0]
    assert table["columns"][1] == {"key": "id", "label": "เลขประจำตัว", "kind": "id"}
    assert table["rows"][0]["baht"] == 1234.5
    assert table["rows"][0]["share"] == 0.625
    assert table["rows"][0]["begun"] == "2026-01-16"
    assert set(table["rows"][1].values()) == {None}
    assert table["totals"]["people"] == 1234567


def test_what_we_write_we_read_again():
    rows = read_rows(written("csv", Table("t", COLUMNS[:2], ROWS and [["=1", "0123"], ["-ข", "4"]])), "t.csv").rows
    assert rows[:2] == [(2, ["=1", "0123"]), (3, ["-ข", "4"])]


def test_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="colour"):
        Column("a", "b", "colour")


def test_more_rows_than_excel_has_lose_none(tmp_path):
    assert xlsx.MOST_ROWS == 1_048_576
    most = 1_000  # of a sheet here: the million takes half a minute and another number, nothing else
    table = Table("แถว", [Column("n", "n", "integer")], lambda: ([n] for n in range(most + 1)))
    path = tmp_path / "long.xlsx"
    with path.open("wb") as file:
        xlsx.write(book(table), file, most)
    found = CalamineWorkbook.from_path(path)
    parts = [found.get_sheet_by_index(n).to_python(skip_empty_area=False)[3:] for n in (1, 2)]
    assert len(found.sheet_names) == 3
    assert [len(part) for part in parts] == [most - 3, 4]
    assert sum(row[0] for part in parts for row in part) == sum(range(most + 1))
