from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from offices.thai.digits import format_number, format_percent, parse_number, to_arabic, to_thai
from offices.thai.typed import Unreadable, tidy

money = st.decimals(min_value=-(10**15), max_value=10**15, places=2)


def test_digits_change_and_letters_stay():
    assert to_thai("ศธ 07005/9168") == "ศธ ๐๗๐๐๕/๙๑๖๘"
    assert to_arabic("ศธ ๐๗๐๐๕/๙๑๖๘") == "ศธ 07005/9168"


@given(st.text().filter(lambda text: to_arabic(text) == text))
def test_thai_digits_lead_back_to_arabic_ones(text):
    assert to_arabic(to_thai(text)) == text


def test_invisible_characters_and_odd_spaces_are_taken_away():
    assert tidy("\ufeff สม\u200bชาย \u00a0\t ใจ\u00adดี\u200e\x00\ud800 ") == "สมชาย ใจดี"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0", "0"),
        ("๑๒๓", "123"),
        ("๑,๒๓๔.๕๐", "1234.50"),
        ("1,234,567.89", "1234567.89"),
        ("1 234 567", "1234567"),
        ("1234", "1234"),
        ("-5", "-5"),
        ("−5", "-5"),
        ("- 5", "-5"),
        ("+5", "5"),
        (".5", "0.5"),
        ("-.5", "-0.5"),
        ("007", "7"),
        ("\u00a01\u00a0234\u200b", "1234"),
    ],
)
def test_numbers_are_read_as_they_are_typed(typed, number):
    assert parse_number(typed) == Decimal(number)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "blank"),
        ("  ", "blank"),
        ("1,5", "grouping"),
        ("1,23,456", "grouping"),
        ("1234,567", "grouping"),
        ("1,234 567", "grouping"),
        ("1.2.3", "grouping"),
        ("12 5", "grouping"),
        ("5.", "grouping"),
        ("สิบ", "not_a_number"),
        ("12 บาท", "not_a_number"),
        ("1e5", "not_a_number"),
        ("NaN", "not_a_number"),
        ("Infinity", "not_a_number"),
        ("-", "not_a_number"),
        ("--5", "not_a_number"),
        (".", "not_a_number"),
        ("1" * 5000, "too_long"),
    ],
)
def test_what_is_no_number_is_refused_with_its_own_reason(typed, code):
    with pytest.raises(Unreadable) as refusal:
        parse_number(typed)
    assert refusal.value.code == code
    with override("en"):
        assert str(refusal.value)


@given(money)
def test_a_number_written_with_commas_and_thai_digits_reads_back_exactly(amount):
    assert parse_number(to_thai(format_number(amount))) == amount
    assert parse_number(str(amount)) == amount


@given(st.text(max_size=50))
def test_any_text_is_either_a_finite_number_or_refused(typed):
    try:
        number = parse_number(typed)
    except Unreadable as refusal:
        assert str(refusal)
    else:
        assert number.is_finite()


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (None, None, "–"),
        (None, 2, "–"),
        (0, None, "0"),
        (1234567, None, "1,234,567"),
        (Decimal("1234.50"), None, "1,234.50"),
        (Decimal("1E+3"), None, "1,000"),
        (Decimal("2.5"), 0, "3"),
        (Decimal("0.125"), 2, "0.13"),
        (1234.5, 2, "1,234.50"),
        (float("nan"), None, "–"),
    ],
)
def test_numbers_are_shown_with_commas_and_blank_is_not_zero(value, places, shown):
    assert format_number(value, places) == shown


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (None, "–"),
        (0, "0.0%"),
        (Decimal("0.625"), "62.5%"),
        (Decimal(1) / 3, "33.3%"),
        (1, "100.0%"),
        (0.0005, "0.1%"),
    ],
)
def test_a_share_is_shown_as_a_percentage(share, shown):
    assert format_percent(share) == shown
