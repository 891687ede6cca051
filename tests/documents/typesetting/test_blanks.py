"""Forms, filled in and empty."""

import pytest

from documents.typesetting.blanks import Blank, Fill, Signature, Tick
from documents.typesetting.lines import Style
from tests.documents.typesetting.readers import READERS, letters_of, lines_of, on_paper

COURSE = "หลักสูตรการแปรรูปผลิตภัณฑ์จากกล้วยน้ำว้าเพื่อการจำหน่ายในตลาดชุมชนและช่องทางออนไลน์ จำนวน 30 ชั่วโมง"


@pytest.mark.parametrize("read", READERS)
def test_values_stand_on_their_lines_among_the_words(read):
    fill = Fill("ชื่อ-สกุล", Blank("นางสาวน้ำฝน ใจดี"), "อายุ", Blank("45", least=30, grow=0, centered=True), "ปี")
    found = letters_of(read(on_paper(fill)))
    assert found == letters_of("ชื่อ-สกุลนางสาวน้ำฝน ใจดีอายุ45ปี")


def test_an_empty_form_has_the_words_only():
    assert lines_of(READERS[0](on_paper(Fill("ชื่อ-สกุล", Blank(), "อายุ", Blank(least=30), "ปี")))) == ["ชื่อ-สกุล อายุ ปี"]


@pytest.mark.parametrize("read", READERS)
def test_a_long_value_goes_on_on_the_next_line(read):
    fill = Fill("1. โครงการ/หลักสูตร", Blank(COURSE * 3), "สถานที่", Blank("ศกร.ตำบลผาสิงห์"))
    assert len(list(fill.strips(400))) > 3
    assert letters_of(read(on_paper(fill))) == letters_of(f"1. โครงการ/หลักสูตร{COURSE * 3}สถานที่ศกร.ตำบลผาสิงห์")


@pytest.mark.parametrize("width", range(60, 460, 25))
def test_nothing_reaches_beyond_the_edge(width):
    fill = Fill(
        "ระหว่างวันที่", Blank("16 มกราคม 2569"), "ถึงวันที่", Blank(COURSE), Tick("การฝึกอบรมประชาชน", True),
        Tick("การเรียนรู้รายบุคคล"), "คน", Blank(), style=Style(size=10, left_indent=8),
    )  # fmt: skip
    for line in fill._lines(width):
        line.stretched()
        assert line.left >= -4.01


@pytest.mark.parametrize("read", READERS)
def test_ticks_read_as_boxes(read):
    fill = Fill("รูปแบบ", Tick("การฝึกอบรมประชาชน", ticked=True), Tick("การเรียนรู้รายบุคคล"))
    assert letters_of(read(on_paper(fill))) == "รูปแบบ☑การฝึกอบรมประชาชน☐การเรียนรู้รายบุคคล"


@pytest.mark.parametrize("read", READERS)
def test_a_place_to_sign_names_who_signs(read):
    place = Signature("ลงชื่อ", "ผู้นิเทศ", "นายประเสริฐ วงศ์ดี", ("ตำแหน่ง", "ศึกษานิเทศก์"), ("วันที่", ""))
    found = letters_of(read(on_paper(place)))
    for part in ("ลงชื่อ", "ผู้นิเทศ", "(นายประเสริฐวงศ์ดี)", "ตำแหน่ง", "ศึกษานิเทศก์", "วันที่"):
        assert letters_of(part) in found
    empty = letters_of(read(on_paper(Signature("ลงชื่อ", "วิทยากร"))))
    assert sorted(empty) == sorted(letters_of("ลงชื่อวิทยากร()"))
