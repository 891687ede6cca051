import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from offices.thai import national_id
from offices.thai.digits import to_thai
from offices.thai.typed import Unreadable

twelve_digits = st.text("0123456789", min_size=12, max_size=12)
national_ids = twelve_digits.map(lambda first: first + national_id.check_digit(first))


@pytest.mark.parametrize(
    "typed",
    [
        "1234567890121",
        "1-2345-67890-12-1",
        "1 2345 67890 12 1",
        "1–2345–67890–12–1",
        "๑-๒๓๔๕-๖๗๘๙๐-๑๒-๑",
        "\ufeff1\u00a02345 67890\u200b 12 1\n",
    ],
)
def test_one_id_typed_in_many_ways(typed):
    assert national_id.normalise(typed) == "1234567890121"


@pytest.mark.parametrize(
    ("typed", "code", "words"),
    [
        ("", "blank", "Enter a national ID."),
        (" - ", "blank", "Enter a national ID."),
        ("123456789012", "length", "this one has 12."),
        ("12345678901211", "length", "this one has 14."),
        ("12345678901x1", "not_digits", "digits only"),
        ("1.23457E+12", "not_digits", "digits only"),
        ("١٢٣٤٥٦٧٨٩٠١٢١", "not_digits", "digits only"),
        ("1234567890123", "check_digit", "check digit"),
        ("0000000000000", "check_digit", "check digit"),
    ],
)
def test_a_wrong_id_is_refused_with_its_own_reason(typed, code, words):
    with pytest.raises(Unreadable) as refusal:
        national_id.normalise(typed)
    assert refusal.value.code == code
    with override("en"):
        assert words in str(refusal.value)
    assert not national_id.is_valid(typed)


@pytest.mark.parametrize(("first", "digit"), [("123456789012", "1"), ("110170020345", "0"), ("000000000000", "1")])
def test_check_digits_reckoned_by_hand(first, digit):
    assert national_id.check_digit(first) == digit


@given(national_ids)
def test_an_id_reads_back_as_shown_on_the_card(digits):
    assert national_id.normalise(national_id.dashed(digits)) == digits
    assert national_id.normalise(to_thai(digits)) == digits


@given(national_ids, st.integers(0, 12), st.integers(1, 9))
def test_one_mistyped_digit_is_noticed_unless_the_rule_itself_is_blind_to_it(digits, place, by):
    wrong = digits[:place] + str((int(digits[place]) + by) % 10) + digits[place + 1 :]
    # The rule folds remainders 0..10 onto ten digits: 1 and 11 share one.
    same_check = national_id.check_digit(wrong[:-1]) == wrong[-1]
    assert national_id.is_valid(wrong) == same_check
    if place == 12:
        assert not same_check


@given(national_ids)
def test_a_masked_id_shows_three_digits_only(digits):
    shown = national_id.masked(digits)
    assert shown == f"x-xxxx-xxxxx-{digits[10:12]}-{digits[12]}"


@pytest.mark.parametrize("stored", ["", "12345", "AB1234567", "๑๒๓๔๕๖๗๘๙๐๑๒๑"])
def test_what_is_no_id_is_masked_whole(stored):
    assert national_id.masked(stored) == "x-xxxx-xxxxx-xx-x"


@given(st.text("0123456789", min_size=11, max_size=11))
def test_a_zero_eaten_by_a_spreadsheet_is_put_back_and_said(rest):
    whole = "0" + rest + national_id.check_digit("0" + rest)
    assert national_id.restore_leading_zero(whole[1:]) == (whole, True)
    assert national_id.restore_leading_zero(whole) == (whole, False)


def test_twelve_digits_that_no_zero_makes_right_are_refused_by_their_count():
    with pytest.raises(Unreadable) as refusal:
        national_id.restore_leading_zero("123456789012")
    assert refusal.value.code == "length"


@given(st.text(max_size=30))
def test_any_text_is_either_thirteen_right_digits_or_refused(typed):
    try:
        digits = national_id.normalise(typed)
    except Unreadable as refusal:
        assert str(refusal)
    else:
        assert len(digits) == 13
        assert national_id.check_digit(digits[:-1]) == digits[-1]
