"""Sheets from people: every honest one is read, every hostile one refused in words."""

import io
import zipfile
from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.styles import PatternFill

from documents import uploads
from documents.sheets import Expected, read_rows
from documents.uploads import check_sheet


def workbook(rows, **names):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


def saved(book):
    file = io.BytesIO()
    book.save(file)
    return file


def repacked(file, change=lambda parts: parts, compression=zipfile.ZIP_DEFLATED):
    """The same archive with other parts."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as archive:
        for name, content in change(parts).items():
            archive.writestr(name, content)
    return made


def refusal(file, name="list.xlsx", read=check_sheet):
    with pytest.raises(ValidationError) as caught:
        read(file, name)
    return caught.value


def test_cells_come_as_a_person_would_have_typed_them():
    file = workbook(
        [
            ["ชื่อ ", "เลขประจำตัว", "วันที่", "ชั่วโมง", "เวลา", "โทร"],
            [" สม\u200bศรี  ใจดี", 1234567890123.0, date(2569, 1, 16), 2.5, datetime(2026, 1, 16, 9, 30), "'+66 81"],
            [None, None, None, None, None, None],
            ["ท้าย", None, None, 0, None, "๐๘๑"],
        ]
    )
    sheet = read_rows(file, "list.xlsx")
    assert sheet.header == ["ชื่อ", "เลขประจำตัว", "วันที่", "ชั่วโมง", "เวลา", "โทร"]
    assert sheet.rows == [
        (2, ["สมศรี ใจดี", "1234567890123", "2569-01-16", "2.5", "2026-01-16 09:30", "+66 81"]),
        (4, ["ท้าย", "", "", "0", "", "๐๘๑"]),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "tis-620", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv_of_any_thai_encoding_is_read(encoding, mark):
    text = f'ชื่อ{mark}ที่อยู่\r\nสมศรี{mark}"1{mark}2 ""บ้าน""\nหมู่ 3"\r\n\r\n'
    sheet = read_rows(io.BytesIO(text.encode(encoding)), "LIST.CSV")
    assert sheet.header == ["ชื่อ", "ที่อยู่"]
    assert sheet.rows == [(2, ["สมศรี", tidied(f'1{mark}2 "บ้าน" หมู่ 3')])]


def tidied(text):
    return " ".join(text.split())


def test_a_title_above_the_header_is_not_the_header():
    sheet = read_rows(workbook([["ทะเบียนผู้เรียน"], [], ["ชื่อ", "โทร"], ["ก", "1"]]), "x.xlsx")
    assert sheet.header == ["ชื่อ", "โทร"]
    assert sheet.rows == [(4, ["ก", "1"])]


def test_columns_are_known_by_either_language_and_all_faults_are_told_together():
    columns = [
        Expected("state", _("state")),
        Expected("name", _("file name"), also=["ชื่อเอกสาร"]),
        Expected("phone", "โทร", False),
    ]
    sheet = read_rows(io.BytesIO("สถานะ*,File Name\nดี,ก\n".encode()), "x.csv")
    assert list(sheet.by_key(columns)) == [(2, {"state": "ดี", "name": "ก"})]

    wrong = read_rows(io.BytesIO("ชื่อเอกสาร,ชื่อไฟล์,อายุ\nก,ข,ค\n".encode()), "x.csv")
    with pytest.raises(ValidationError) as caught:
        wrong.by_key(columns)
    assert caught.value.messages == [
        "ไม่พบคอลัมน์ “สถานะ”",
        "ไม่รู้จักคอลัมน์ “อายุ”",
        "คอลัมน์ “ชื่อไฟล์” มีซ้ำ 2 คอลัมน์",
    ]


def test_a_million_formatted_empty_rows_are_nothing():
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["ชื่อ", "โทร"])
    sheet.append(["ก", "1"])
    file = saved(book)
    empty = b"".join(
        b'<row r="%d" s="1" customFormat="1"><c r="A%d" s="1"/></row>' % (n, n) for n in range(3, 1_048_577)
    )

    def filled(parts):
        name = "xl/worksheets/sheet1.xml"
        return {**parts, name: parts[name].replace(b"</sheetData>", empty + b"</sheetData>")}

    sheet = read_rows(repacked(file, filled), "x.xlsx")
    assert sheet.rows == [(2, ["ก", "1"])]


def test_one_cell_in_the_last_corner_does_not_eat_all_memory():
    book = Workbook()
    book.active["A1"] = "ชื่อ"
    book.active["XFD1048576"] = "x"
    assert refusal(saved(book), read=read_rows).code == "rows"
    book = Workbook()
    book.active["XFD1"] = "x"
    assert refusal(saved(book), read=read_rows).code == "columns"
    book = Workbook()
    book.active["XFD1"].fill = PatternFill("solid", fgColor="FF0000")
    book.active["A1"] = "ชื่อ"
    assert read_rows(saved(book), "x.xlsx").header == ["ชื่อ"]


def bomb():
    def swollen(parts):
        return {**parts, "xl/worksheets/sheet2.xml": b"0" * 60_000_000}

    return repacked(workbook([["a"]]), swollen)


def lying():
    """A part that says it is short, and is not."""
    content = bomb().getvalue()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = archive.getinfo("xl/worksheets/sheet2.xml")
        true = part.file_size.to_bytes(4, "little")
    return io.BytesIO(content.replace(true, (10).to_bytes(4, "little")))


def with_part(name, content=b"x"):
    return repacked(workbook([["a"]]), lambda parts: {**parts, name: content})


def with_types(old, new):
    def changed(parts):
        return {**parts, "[Content_Types].xml": parts["[Content_Types].xml"].replace(old, new)}

    return repacked(workbook([["a"]]), changed)


def with_doctype():
    def changed(parts):
        name = "xl/worksheets/sheet1.xml"
        return {**parts, name: b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + parts[name]}

    return repacked(workbook([["a"]]), changed)


HOSTILE = {
    "nothing": (lambda: io.BytesIO(b""), "x.xlsx", "empty"),
    "a picture": (lambda: io.BytesIO(b"\x89PNG\r\n\x1a\n" + b"0" * 99), "x.xlsx", "not_a_workbook"),
    "a picture named otherwise": (lambda: io.BytesIO(b"\x89PNG\r\n\x1a\n\0"), "x.csv", "not_csv"),
    "a program": (lambda: io.BytesIO(b"MZ\x90\0"), "x.exe", "ending"),
    "an old or locked workbook": (
        lambda: io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 99),
        "x.xlsx",
        "old_or_locked",
    ),
    "text named as workbook": (lambda: io.BytesIO(b"a,b\n1,2\n"), "x.xlsx", "not_a_workbook"),
    "a workbook named as text": (lambda: workbook([["a"]]), "x.csv", "not_csv"),
    "half a workbook": (lambda: io.BytesIO(workbook([["a"]]).getvalue()[:-900]), "x.xlsx", "not_a_workbook"),
    "a document": (
        lambda: with_types(b"spreadsheetml.sheet.main", b"wordprocessingml.document.main"),
        "x.xlsx",
        "not_a_workbook",
    ),
    "macros": (lambda: with_part("xl/vbaProject.bin"), "x.xlsx", "macros"),
    "macros by type": (
        lambda: with_types(
            b"openxmlformats-officedocument.spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main"
        ),
        "x.xlsx",
        "macros",
    ),
    "macros by name": (lambda: workbook([["a"]]), "x.xlsm", "macros"),
    "a way out of the folder": (lambda: with_part("../../etc/cron.d/x"), "x.xlsx", "not_a_workbook"),
    "an absolute name": (lambda: with_part("/etc/passwd"), "x.xlsx", "not_a_workbook"),
    "a bomb": (bomb, "x.xlsx", "bomb"),
    "a bomb that lies": (lying, "x.xlsx", "bomb"),
    "ten thousand parts": (
        lambda: repacked(workbook([["a"]]), lambda p: {**p, **{f"x{n}": b"" for n in range(999)}}),
        "x.xlsx",
        "bomb",
    ),
    "entities": (with_doctype, "x.xlsx", "not_a_workbook"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_hostile_is_refused_in_thai(kind):
    make, name, code = HOSTILE[kind]
    found = refusal(make(), name)
    assert found.code == code
    assert any("ก" <= letter <= "๛" for letter in found.messages[0])


def test_a_file_over_the_limit_is_refused_before_it_is_opened(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_BYTES", 1000)
    assert refusal(workbook([["a"]])).messages == ["ไฟล์ใหญ่เกินไป ส่งได้ไม่เกิน 1000\xa0ไบต์"]


def test_too_many_rows_of_text_are_refused(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_ROWS", 100)
    assert refusal(io.BytesIO(b"a,b\n" * 102), "x.csv", read_rows).code == "rows"
    assert len(read_rows(io.BytesIO(b"a,b\n" * 101), "x.csv").rows) == 100


@trying(deadline=None)
@given(st.binary(max_size=300))
def test_rubbish_is_refused_or_read_and_never_breaks(content):
    for name in ("x.csv", "x.xlsx"):
        try:
            read_rows(io.BytesIO(content), name)
        except ValidationError as refused:
            assert refused.messages
