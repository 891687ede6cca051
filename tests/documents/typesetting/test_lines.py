"""Where lines break."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.typesetting import words
from documents.typesetting.lines import Style, wrap
from documents.typesetting.shaping import MARKS, plain
from documents.typesetting.sheet import measure

STYLE = Style(size=10)
THAI = [chr(code) for code in [*range(0x0E01, 0x0E3B), *range(0x0E3F, 0x0E5C)]]
LETTERS = st.text(st.one_of(st.sampled_from(THAI), st.sampled_from("ab 1,.()-/\n")), max_size=120)
NEVER_FIRST = set("ะาๅๆฯ") | {c for c in THAI if unicodedata.category(c) == "Mn"} | {"ำ"}


def test_lines_break_between_words():
    text = "ประชาชนได้รับการฝึกอาชีพในชุมชน"
    assert wrap(text, STYLE, 70) == ["ประชาชนได้รับ", "การฝึกอาชีพใน", "ชุมชน"]


@settings(deadline=None, max_examples=300)
@given(LETTERS, st.floats(20, 200))
def test_no_letter_is_lost_and_no_mark_begins_a_line(text, width):
    lines = wrap(text, STYLE, width)
    assert "".join(lines) == plain(text).replace("\n", "")
    for part in plain(text).split("\n"):
        broken = wrap(part, STYLE, width)
        for before, line in pairwise(broken):
            # A mark that was typed after a space already stood away from any letter.
            assert line and (line[0] not in NEVER_FIRST or before.endswith(" "))


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(["ประชาชน", "น้ำผึ้ง", " ", "ที่", "กก", "abc", "12,345"]), max_size=40).map("".join))
def test_every_line_fits(text):
    for line in wrap(text, STYLE, 60):
        assert measure(line.rstrip(" "), STYLE) <= 60 + 0.01


def test_a_word_wider_than_its_line_breaks_between_letters_with_their_marks():
    assert wrap("กี่กี่กี่กี่", Style(size=10), 14) == ["กี่กี่", "กี่กี่"]
    assert "".join(wrap("A" * 80, STYLE, 50)) == "A" * 80


def test_a_name_in_a_cell_breaks_at_its_space():
    name = "นายประเสริฐพงษ์ วงศ์สวัสดิกุล"
    assert wrap(name, STYLE, 80, whole_runs=True) == ["นายประเสริฐพงษ์ ", "วงศ์สวัสดิกุล"]


def test_brackets_and_repeat_signs_stay_with_their_words():
    for width in range(20, 120):
        for line in wrap("ความรู้ (ความเข้าใจ) ต่าง ๆ ฯลฯ 50%", STYLE, width)[1:]:
            assert line[0] not in ")ๆฯ%"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ก\tข\u200bค", "ก ขค"),
        ("ก\x00\ud800\ufeffข", "กข"),
        ("a\r\nb", "a\nb"),
    ],
)
def test_what_has_no_look_is_not_drawn(text, shown):
    assert plain(text) == shown


def test_a_text_without_spaces_of_any_length_is_broken_in_good_time():
    lines = wrap("มากกว่าตากลม" * 2000, STYLE, 400)
    assert "".join(lines) == "มากกว่าตากลม" * 2000
    assert words.pieces.cache_info().maxsize
    assert MARKS
