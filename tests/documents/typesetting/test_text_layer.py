"""Whoever searches a PDF of ours, copies from it or has it read aloud finds the letters that were written."""

from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.typesetting.flow import Paragraph
from documents.typesetting.lines import Style, wrap
from documents.typesetting.shaping import FILES, face, tokens
from documents.typesetting.tables import Grid, Track
from tests.documents.typesetting.readers import (
    CONSONANTS,
    READERS,
    SYLLABLES,
    TONES,
    letters_of,
    lines_of,
    on_paper,
)

PROSE = (
    "ประชาชนที่ผ่านการฝึกและพัฒนาอาชีพมีความรู้ ความเข้าใจ และสามารถนำความรู้ไปสร้างอาชีพ เพิ่มรายได้ ลดรายจ่าย "
    "แก้ปัญหาในการดำรงชีวิต มีทักษะ สร้างมูลค่าเพิ่ม และพัฒนาสู่วิสาหกิจชุมชน (community enterprise) ปี ๒๕๖๙ "
    "น้ำผึ้งป่า ผู้ใหญ่บ้าน กตัญญู ฐานะ ปี่พาทย์ ฟื้นฟู ก๋วยเตี๋ยว เก๊กฮวย จ้ำจี้ ฤๅษี ฯลฯ ต่าง ๆ 1,234.50 บาท "
)
THAI = [chr(code) for code in [*range(0x0E01, 0x0E3B), *range(0x0E3F, 0x0E5C)]]
WORDS = st.text(st.sampled_from([*THAI, *"aZ09 .-()☐☑é"]), min_size=1, max_size=40).filter(str.strip)
relaxed = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("name", FILES)
def test_every_syllable_of_thai_reads_back(read, name):
    syllables = [form.format(c=c, t=t) for c, form in product(CONSONANTS, SYLLABLES) for t in TONES]
    if name != "regular":
        syllables = syllables[::7]
    lines = [" ".join(syllables[start : start + 12]) for start in range(0, len(syllables), 12)]
    found = lines_of(read(on_paper(*(Paragraph(line, Style(face=name, size=9)) for line in lines))))
    assert found == [line for text in lines for line in lines_of(text)]


@pytest.mark.parametrize("read", READERS)
def test_text_nobody_would_write_reads_back(read):
    @relaxed
    @given(st.lists(WORDS, min_size=1, max_size=30))
    def reads_back(lines):
        found = lines_of(read(on_paper(*(Paragraph(line, Style(size=8)) for line in lines))))
        assert found == [line for text in lines for line in lines_of(text)]

    reads_back()


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("align", ["left", "justify", "center", "right"])
def test_a_wrapped_paragraph_reads_back(read, align):
    style = Style(align=align, first_indent=30)
    assert letters_of(read(on_paper(Paragraph(PROSE * 5, style)))) == letters_of(PROSE * 5)


@pytest.mark.parametrize("read", READERS)
def test_cells_read_back_line_by_line(read):
    cells = [PROSE[start : start + 60].strip() for start in range(0, 300, 60)]
    grid = Grid([Track(width=150)] * 3, [cells[:3], [*cells[3:], "1,234"]], ruled="all")
    expected = [line for cell in [*cells, "1,234"] for line in wrap(cell, grid.style, 142, whole_runs=True)]
    found = lines_of(read(on_paper(grid)))
    assert sorted(found) == sorted(line for text in expected for line in lines_of(text))


def test_cells_are_read_one_after_the_other():
    grid = Grid([Track(width=90)] * 3, [[PROSE[:90], PROSE[90:180], PROSE[180:]]])
    for read in READERS[::2]:
        assert letters_of(read(on_paper(grid))) == letters_of(PROSE)


@pytest.mark.parametrize("read", READERS)
def test_what_the_font_lacks_shows_as_a_box_and_keeps_its_meaning(read):
    assert lines_of(read(on_paper(Paragraph("ขอบคุณ 😀 中文 ａｂ")))) == ["ขอบคุณ 😀 中文 ab"]
    (box,) = face("regular").shapes("中")
    assert [part.glyph for part in box.parts] == [0]


def test_a_letter_and_its_marks_are_one_shape():
    for text in ("ที่", "น้ำ", "กู้", "ปี๊", "ษฎ์"):
        assert "".join(tokens(text)) == text
    (shape,) = face("regular").shapes("น้ำ")
    assert shape.meaning == "น้ำ"
    assert len(shape.parts) == 3


def test_marks_take_no_room_but_never_none_at_all():
    for name in FILES:
        assert face(name).width("ที่นี่", 10) == face(name).width("ทน", 10)
        assert face(name).width("่", 1000) > 0


def test_equal_papers_are_equal_byte_for_byte():
    blocks = [Paragraph(PROSE, Style(face=name)) for name in FILES]
    assert on_paper(*blocks, invariant=1) == on_paper(*blocks, invariant=1)
