from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from django.utils.functional import Promise
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from offices.thai import dates
from offices.thai.dates import parse_date
from offices.thai.digits import to_thai
from offices.thai.typed import Unreadable

SIXTEENTH = date(2026, 1, 16)

typable_days = st.dates(min_value=date(1857, 1, 1), max_value=date(2399, 12, 31))
fiscal_years = st.integers(min_value=2401, max_value=2900)


@pytest.mark.parametrize(
    "typed",
    [
        "16/01/2569",
        "16/1/2569",
        "16/01/2026",
        "16-01-2569",
        "16.01.2569",
        "16 / 01 / 2569",
        "๑๖/๐๑/๒๕๖๙",
        "๑๖/01/๒๕๖๙",
        "2026-01-16",
        "2569-01-16",
        "2026/1/16",
        "16012569",
        "16 ม.ค. 2569",
        "16 ม.ค.2569",
        "16 มค 2569",
        "16 มกราคม 2569",
        "๑๖ มกราคม พ.ศ. ๒๕๖๙",
        "16 มกราคม พ.ศ.2569",
        "16 มกราคม ค.ศ. 2026",
        "16 มกราคม 2026",
        "16 Jan 2569 BE",
        "16 January 2569 B.E.",
        "16 january 2026",
        "16 Jan 2026 AD",
        "\u200b16/01/2569\ufeff",
        "\u00a016\u00a0มกราคม\u00a0\u00a02569 ",
    ],
)
def test_one_day_typed_in_many_ways(typed):
    assert parse_date(typed) == SIXTEENTH


@pytest.mark.parametrize(
    ("month", "name"), list(enumerate(["ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค."], start=2))
)
def test_short_month_names_are_told_apart(month, name):
    assert parse_date(f"5 {name} 2569") == date(2026, month, 5)


@pytest.mark.parametrize(
    ("typed", "code", "words"),
    [
        ("", "blank", "Enter a date."),
        (" \u200b ", "blank", "Enter a date."),
        ("31/02/2569", "day", "There is no day 31 in that month: it has 28 days."),
        ("29/02/2569", "day", "There is no day 29 in that month: it has 28 days."),
        ("29/02/2026", "day", "There is no day 29 in that month: it has 28 days."),
        ("31/04/2569", "day", "There is no day 31 in that month: it has 30 days."),
        ("0/01/2569", "day", "There is no day 0 in that month: it has 31 days."),
        ("16/13/2569", "month", "There is no month 13: months go from 1 to 12."),
        ("01/16/2026", "month", "There is no month 16: months go from 1 to 12."),
        ("16/01/69", "year_digits", "“69” could mean"),
        ("16 ม.ค. 69", "year_digits", "“69” could mean"),
        ("16/01/25690", "year_digits", "“25690” could mean"),
        ("16/01/" + "9" * 50, "year_digits", "could mean"),
        ("16/01/1569", "year", "The year 1569 cannot be right"),
        ("20260116", "year", "The year 0116 cannot be right"),
        ("20121012", "year", "The year 1012 cannot be right"),
        ("16/01/9999", "year", "The year 9999 cannot be right"),
        ("16 มกรา 2569", "no_such_month", "“มกรา” is not the name of a month."),
        ("16 ม.ค. พ.ศ. 2026", "wrong_era", "The year 2026 does not fit the era"),
        ("16 Jan 2569 AD", "wrong_era", "The year 2569 does not fit the era"),
        ("16 Jan 2569 x", "not_a_date", "This is not a date"),
        ("16/01-2569", "not_a_date", "This is not a date"),
        ("yesterday", "not_a_date", "This is not a date"),
        ("16/01", "not_a_date", "This is not a date"),
        ("100% 16", "not_a_date", "This is not a date"),
        ("1" * 5000, "not_a_date", "This is not a date"),
    ],
)
def test_a_wrong_date_is_refused_with_its_own_reason(typed, code, words):
    with override("en"), pytest.raises(Unreadable) as refusal:
        parse_date(typed)
    with override("en"):
        assert words in str(refusal.value)
    assert refusal.value.code == code
    assert isinstance(refusal.value.message, Promise), "the reason must be translated when shown"


@pytest.mark.parametrize("typed", ["29/02/2567", "29/02/2024", "29 ก.พ. 2567"])
def test_the_leap_day_exists_in_leap_years_of_either_era(typed):
    assert parse_date(typed) == date(2024, 2, 29)


@given(typable_days, st.booleans(), st.sampled_from(["th", "en"]))
def test_what_we_write_we_read_back(day, thai_digits, language):
    with override(language):
        for write in (dates.numeric_date, dates.short_date, dates.long_date):
            assert parse_date(write(day, thai_digits=thai_digits)) == day
    assert parse_date(day.isoformat()) == day
    assert parse_date(f"{day.day}/{day.month}/{day.year}") == day
    assert parse_date(to_thai(f"{day:%d}{day:%m}{dates.buddhist_year(day)}")) == day


@given(st.text(max_size=80) | st.from_regex(r"[0-9๐-๙]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{1,5}", fullmatch=True))
def test_any_text_is_either_a_date_or_refused(typed):
    try:
        day = parse_date(typed)
    except Unreadable as refusal:
        assert str(refusal)
    else:
        assert date(1857, 1, 1) <= day <= date(2399, 12, 31)


def test_a_year_from_2400_on_is_buddhist():
    assert parse_date("31/12/2399") == date(2399, 12, 31)
    assert parse_date("01/01/2400") == date(1857, 1, 1)


def test_eras_are_543_years_apart():
    assert dates.buddhist_year(SIXTEENTH) == 2569
    assert dates.from_buddhist(2569) == 2026


def test_dates_are_written_in_thai():
    with override("th"):
        assert dates.short_date(SIXTEENTH) == "16 ม.ค. 2569"
        assert dates.long_date(SIXTEENTH) == "16 มกราคม 2569"
        assert dates.long_date(SIXTEENTH, thai_digits=True) == "๑๖ มกราคม ๒๕๖๙"
        assert dates.month_and_year(SIXTEENTH) == "มกราคม 2569"
        assert dates.numeric_date(SIXTEENTH) == "16/01/2569"


def test_dates_are_written_in_english_with_their_era():
    with override("en"):
        assert dates.short_date(SIXTEENTH) == "16 Jan 2569 BE"
        assert dates.long_date(SIXTEENTH) == "16 January 2569 BE"
        assert dates.month_and_year(SIXTEENTH) == "January 2569 BE"


def test_a_moment_is_written_on_bangkoks_clock():
    evening_in_utc = datetime(2026, 1, 15, 18, 30, tzinfo=UTC)
    with override("th"):
        assert dates.short_datetime(evening_in_utc) == "16 ม.ค. 2569 01:30 น."
        assert dates.short_datetime(evening_in_utc, thai_digits=True) == "๑๖ ม.ค. ๒๕๖๙ ๐๑:๓๐ น."
        assert dates.short_datetime(datetime(2026, 1, 16, 14, 5)) == "16 ม.ค. 2569 14:05 น."
    with override("en"):
        assert dates.short_datetime(evening_in_utc) == "16 Jan 2569 BE 01:30"


def test_fiscal_year_2569_runs_from_october_to_september():
    assert dates.fiscal_year_bounds(2569) == (date(2025, 10, 1), date(2026, 9, 30))
    assert dates.fiscal_year_of(date(2025, 9, 30)) == 2568
    assert dates.fiscal_year_of(date(2025, 10, 1)) == 2569
    assert dates.fiscal_year_of(date(2026, 9, 30)) == 2569


def test_the_four_quarters_of_2569():
    assert [dates.quarter_bounds(2569, quarter) for quarter in (1, 2, 3, 4)] == [
        (date(2025, 10, 1), date(2025, 12, 31)),
        (date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 7, 1), date(2026, 9, 30)),
    ]


@pytest.mark.parametrize("quarter", [0, 5, -1])
def test_there_is_no_fifth_quarter(quarter):
    with pytest.raises(ValueError, match="quarters 1 to 4"):
        dates.quarter_bounds(2569, quarter)


@given(typable_days)
def test_every_day_lies_in_its_fiscal_year_and_its_quarter(day):
    year = dates.fiscal_year_of(day)
    first, last = dates.fiscal_year_bounds(year)
    assert first <= day <= last
    first, last = dates.quarter_bounds(year, dates.quarter_of(day))
    assert first <= day <= last


@given(fiscal_years)
def test_quarters_fill_the_year_without_gap_or_overlap(year):
    days = [dates.quarter_bounds(year, quarter) for quarter in (1, 2, 3, 4)]
    for (_, ends), (begins, _) in pairwise(days):
        assert begins.toordinal() == ends.toordinal() + 1
    assert (days[0][0], days[-1][1]) == dates.fiscal_year_bounds(year)
