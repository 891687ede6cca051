"""Scanned papers: a PDF with nothing but pages is kept as it came, a picture is made anew, the rest is refused."""

import io
import zlib
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from documents import pdf_pages, scans
from documents.enclosures import check_enclosure
from documents.scans import take_in


def pdf(inside=b"") -> bytes:
    """A small whole PDF; `inside` stands among its objects."""
    head = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R " + inside + b" >>\nendobj\n"
    return head + b"2 0 obj\n<< /Type /Pages /Kids [] >>\nendobj\ntrailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF\n"


def packed(objects: bytes, name=b"/ObjStm") -> bytes:
    """The same with objects that stand in a compressed list, as newer PDFs have them."""
    stream = zlib.compress(objects)
    return pdf(
        b"/X 3 0 R >>\nendobj\n3 0 obj\n<< /Type " + name + b" /Filter /FlateDecode >>\nstream\r\n" + stream
    )


def why_not(content: bytes, name="มผช.pdf") -> str:
    with pytest.raises(ValidationError) as refusal:
        take_in(io.BytesIO(content), name)
    return refusal.value.code


def test_a_pdf_is_kept_as_it_came_under_a_name_of_its_kind():
    for name, kept in (
        ("มผช.PDF", "มผช.pdf"),
        ("../a/b.exe", "-a-b.pdf"),
        ("", "file.pdf"),
        ("ก" * 400, "ก" * 146 + ".pdf"),
    ):
        scan = take_in(io.BytesIO(pdf()), name)
        assert (scan.content, scan.content_type, scan.name) == (pdf(), "application/pdf", kept)


def test_what_a_real_program_writes_is_taken():
    written = io.BytesIO()
    canvas = Canvas(written)
    canvas.drawString(100, 700, "Certificate /JS 1/2560")
    canvas.save()
    assert take_in(written, "a.pdf").content == written.getvalue()
    assert take_in(io.BytesIO(packed(b"<< /Type /Font >>")), "a.pdf").content_type == "application/pdf"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"<html><script>alert(1)</script>", "kind"),
        (b"PK\x03\x04" + bytes(50), "kind"),
        (pdf()[:-8], "damaged"),
        (pdf() + bytes(scans.MOST_BYTES), "too_large"),
        (pdf(b"/Encrypt 9 0 R"), "locked"),
        (pdf(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), "more_than_pages"),
        (pdf(b"/S /J#61vaScript"), "more_than_pages"),
        (pdf(b"/S /Launch /F (cmd.exe)"), "more_than_pages"),
        (pdf(b"/Type /EmbeddedFile"), "more_than_pages"),
        (pdf(b"/XFA 5 0 R"), "more_than_pages"),
        (packed(b"<< /S /JavaScript >>"), "more_than_pages"),
        (packed(b"<< /S /Java#53cript >>"), "more_than_pages"),
        (packed(b"<< /S /JavaScript >>", name=b"/Obj#53tm"), "more_than_pages"),
        (pdf(b"/Type /ObjStm >>\nstream\nnot packed"), "damaged"),
        (pdf(b"/ObjStm " * 1000), "damaged"),
    ],
)  # fmt: skip
def test_what_holds_more_than_pages_is_refused_for_its_reason(content, code):
    assert why_not(content) == code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (pdf(b"/Encrypt 9 0 R"), "locked"),
        (pdf(b"/S /J#61vaScript"), "more_than_pages"),
        (pdf(b"/XFA 5 0 R"), "more_than_pages"),
        (packed(b"<< /S /Launch >>"), "more_than_pages"),
        (packed(b"<< /S /Java#53cript >>"), "more_than_pages"),
        (packed(b"<< /Type /Font >>"), ""),
    ],
)  # fmt: skip
def test_what_goes_with_a_circular_is_judged_as_strictly(content, code):
    if not code:
        assert check_enclosure(io.BytesIO(content), "แนวทาง.pdf") == "application/pdf"
        return
    with pytest.raises(ValidationError) as refusal:
        check_enclosure(io.BytesIO(content), "แนวทาง.pdf")
    assert refusal.value.code == code == why_not(content)


def test_a_list_of_objects_that_unpacks_to_far_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(pdf_pages, "MOST_UNPACKED", 10_000)
    assert why_not(packed(bytes(1_000_000))) == "damaged"


@given(st.binary(max_size=300))
def test_nothing_that_is_sent_breaks_anything(content):
    for start in (b"", b"%PDF-1.4"):
        with suppress(ValidationError):
            take_in(io.BytesIO(start + content), "a.pdf")
