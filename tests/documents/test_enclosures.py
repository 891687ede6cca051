"""Files that go with a circular: what is inside decides, and nothing that runs gets through."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from openpyxl import Workbook
from PIL import Image

from documents import enclosures
from documents.enclosures import check_enclosure

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def package(folder="word/", **parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(f"{folder}document.xml", "<w/>")
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def picture(kind):
    file = io.BytesIO()
    Image.new("RGB", (4, 4)).save(file, kind)
    return file.getvalue()


def workbook():
    file = io.BytesIO()
    Workbook().save(file)
    return file.getvalue()


@pytest.mark.parametrize("name, content, kind", [
    ("แนวทาง.pdf", PDF, "application/pdf"),
    ("แนวทาง.PDF", PDF, "application/pdf"),
    ("ภาพ.jpg", picture("JPEG"), "image/jpeg"),
    ("ภาพ.png", picture("PNG"), "image/png"),
    ("แบบ.docx", package(), "wordprocessingml.document"),
    ("สไลด์.pptx", package("ppt/"), "presentationml.presentation"),
    ("ตาราง.xlsx", workbook(), "spreadsheetml.sheet"),
])  # fmt: skip
def test_ordinary_files_may_go_along(name, content, kind):
    assert check_enclosure(io.BytesIO(content), name).endswith(kind)


@pytest.mark.parametrize("name, content", [
    ("ว่าง.pdf", b""),
    ("โปรแกรม.exe", b"MZ"),
    ("หน้าเว็บ.html", b"<script>"),
    ("ปลอม.pdf", b"MZ\x90"),
    ("ขาด.pdf", b"%PDF-1.7 "),
    ("รัน.pdf", PDF.replace(b"/Type", b"/JavaScript (x) /Type")),
    ("เปิด.pdf", PDF.replace(b"/Type", b"/Launch /Type")),
    ("ปลอม.jpg", PDF),
    ("สลับ.jpg", picture("PNG")),
    ("เก่า.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    ("ปลอม.docx", b"PK\x03\x04 nothing"),
    ("สลับ.docx", package("ppt/")),
    ("มาโคร.docx", package(**{"word/vbaProject.bin": b"x"})),
    ("นอก.docx", package(**{"../evil.xml": b"x"})),
    ("ปลอม.xlsx", package()),
    ("ไม่มีนามสกุล", PDF),
])  # fmt: skip
def test_everything_else_is_refused_with_a_reason_in_words(name, content):
    with pytest.raises(ValidationError) as refused:
        check_enclosure(io.BytesIO(content), name)
    assert refused.value.messages[0]


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused(monkeypatch):
    monkeypatch.setattr(enclosures, "MOST_UNPACKED", 1_000_000)
    with pytest.raises(ValidationError) as refused:
        check_enclosure(io.BytesIO(package(**{"word/zeros.xml": b"0" * 3_000_000})), "ระเบิด.docx")
    assert refused.value.code == "bomb"


def test_a_file_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(enclosures, "MOST_BYTES", 10)
    with pytest.raises(ValidationError) as refused:
        check_enclosure(io.BytesIO(PDF), "ใหญ่.pdf")
    assert refused.value.code == "too_large"
