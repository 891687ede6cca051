"""Dates in the Buddhist era, read and written; Thai fiscal years and their quarters (DOMAIN §3, §7)."""

import re
from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .digits import to_arabic, to_thai
from .typed import Unreadable, tidy

BANGKOK: Final = ZoneInfo("Asia/Bangkok")

_ERA: Final = 543
_FIRST_BUDDHIST: Final = 2400
"""A year from here on is Buddhist, one before is Gregorian."""
_YEARS: Final = range(_FIRST_BUDDHIST - _ERA, _FIRST_BUDDHIST)
"""Gregorian years that can be typed in either era without doubt."""

_OCTOBER: Final = 10

_THAI_MONTHS: Final = [
    *("มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน"),
    *("กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"),
]
_THAI_SHORT: Final = [
    *("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย."),
    *("ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."),
]
_ENGLISH_MONTHS: Final = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]
_ENGLISH_SHORT: Final = [name[:3] for name in _ENGLISH_MONTHS]

_MONTH_NUMBERS: Final = {
    name.replace(".", "").lower(): number
    for names in (_THAI_MONTHS, _THAI_SHORT, _ENGLISH_MONTHS, _ENGLISH_SHORT)
    for number, name in enumerate(names, start=1)
} | {"sept": 9}
_BUDDHIST_WORDS: Final = ("พศ", "be")
_GREGORIAN_WORDS: Final = ("คศ", "ce", "ad")

_MOST_CHARACTERS: Final = 60
_DAY_FIRST = re.compile(r"([0-9]{1,2}) ?([/.-]) ?([0-9]{1,2}) ?\2 ?([0-9]+)")
_YEAR_FIRST = re.compile(r"([0-9]{3,}) ?([/.-]) ?([0-9]{1,2}) ?\2 ?([0-9]{1,2})")
# A phone's number pad has no slash. Eight digits with the year first never pass: their "year" is too small.
_DIGITS_ONLY = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})")
_NAMED_MONTH = re.compile(r"([0-9]{1,2}) ?([^0-9/-]+?) ?([0-9]+) ?([A-Za-z.]*)")


def buddhist_year(day: date) -> int:
    """The Buddhist year of a date."""
    return day.year + _ERA


def from_buddhist(year: int) -> int:
    """The Gregorian year of a Buddhist one."""
    return year - _ERA


def parse_date(text: str) -> date:
    """Read a date as it is typed in Thailand: day first or ISO, any era, any digits, month names too."""
    typed = to_arabic(tidy(text))
    if not typed:
        raise Unreadable(_("Enter a date."), "blank")
    if len(typed) > _MOST_CHARACTERS:
        raise _not_a_date()
    if match := _DAY_FIRST.fullmatch(typed):
        return _date(match[4], int(match[3]), match[1])
    if match := _YEAR_FIRST.fullmatch(typed):
        return _date(match[1], int(match[3]), match[4])
    if match := _DIGITS_ONLY.fullmatch(typed):
        return _date(match[3], int(match[2]), match[1])
    if match := _NAMED_MONTH.fullmatch(typed):
        return _date_with_month_name(*match.groups())
    raise _not_a_date()


def parse_year(text: str) -> int:
    """Read a year as it is typed in Thailand, in either era; the Gregorian one."""
    typed = to_arabic(tidy(text))
    if not re.fullmatch("[0-9]+", typed[:_MOST_CHARACTERS]):
        raise Unreadable(_("This is not a year: write a year such as 2523."), "not_a_year")
    return _date(typed, 1, "1").year


def _date_with_month_name(day: str, month: str, year: str, suffix: str) -> date:
    words = _letters(month)
    era = _letters(suffix)
    for word in (*_BUDDHIST_WORDS, *_GREGORIAN_WORDS):
        if not era and words.endswith(word) and words not in _MONTH_NUMBERS:
            era, words = word, words.removesuffix(word)
    if words not in _MONTH_NUMBERS:
        raise Unreadable(_("“%(month)s” is not the name of a month."), "no_such_month", {"month": month})
    if era and era not in (*_BUDDHIST_WORDS, *_GREGORIAN_WORDS):
        raise _not_a_date()
    if era and len(year) == 4 and (era in _BUDDHIST_WORDS) != (int(year) >= _FIRST_BUDDHIST):
        raise Unreadable(_("The year %(year)s does not fit the era written with it."), "wrong_era", {"year": year})
    return _date(year, _MONTH_NUMBERS[words], day)


def _letters(words: str) -> str:
    return words.replace(".", "").replace(",", "").replace(" ", "").lower()


def _date(year_typed: str, month: int, day_typed: str) -> date:
    day = int(day_typed)
    if len(year_typed) != 4:
        raise Unreadable(
            _("Write the year with four digits, such as 2569: “%(year)s” could mean several years."),
            "year_digits",
            {"year": year_typed},
        )
    year = int(year_typed)
    gregorian = from_buddhist(year) if year >= _FIRST_BUDDHIST else year
    if gregorian not in _YEARS:
        raise Unreadable(
            _("The year %(year)s cannot be right: write a year such as 2569 or 2026."),
            "year",
            {"year": year_typed},
        )
    if not 1 <= month <= 12:
        raise Unreadable(_("There is no month %(month)d: months go from 1 to 12."), "month", {"month": month})
    days = monthrange(gregorian, month)[1]
    if not 1 <= day <= days:
        raise Unreadable(
            _("There is no day %(day)d in that month: it has %(days)d days."),
            "day",
            {"day": day, "days": days},
        )
    return date(gregorian, month, day)


def _not_a_date() -> Unreadable:
    return Unreadable(_("This is not a date: write day/month/year, such as 16/01/2569."), "not_a_date")


def numeric_date(day: date, *, thai_digits: bool = False) -> str:
    """16/01/2569: what a person types, and what `parse_date` reads back."""
    return _written(f"{day.day:02}/{day.month:02}/{buddhist_year(day):04}", thai_digits)


def short_date(day: date, *, thai_digits: bool = False) -> str:
    """16 ม.ค. 2569, in English 16 Jan 2569 BE."""
    return _written(f"{day.day} {_month(day, _THAI_SHORT, _ENGLISH_SHORT)} {_year(day)}", thai_digits)


def long_date(day: date, *, thai_digits: bool = False) -> str:
    """16 มกราคม 2569, in English 16 January 2569 BE."""
    return _written(f"{day.day} {month_and_year(day)}", thai_digits)


def month_and_year(day: date, *, thai_digits: bool = False) -> str:
    """The month of a date as a heading: มกราคม 2569, in English January 2569 BE."""
    return _written(f"{_month(day, _THAI_MONTHS, _ENGLISH_MONTHS)} {_year(day)}", thai_digits)


def short_month(day: date) -> str:
    """The month of a date where there is little room: ม.ค., in English Jan."""
    return _month(day, _THAI_SHORT, _ENGLISH_SHORT)


def short_datetime(moment: datetime, *, thai_digits: bool = False) -> str:
    """A moment on Bangkok's clock: 16 ม.ค. 2569 14:05 น.; one without a zone is taken to be there already."""
    local = moment.astimezone(BANGKOK) if moment.tzinfo else moment
    hour = " น." if _in_thai() else ""
    return _written(f"{short_date(local)} {local:%H:%M}{hour}", thai_digits)


def _in_thai() -> bool:
    return (get_language() or "").startswith("th")


def _month(day: date, thai: list[str], english: list[str]) -> str:
    return (thai if _in_thai() else english)[day.month - 1]


def _year(day: date) -> str:
    return f"{buddhist_year(day)}" if _in_thai() else f"{buddhist_year(day)} BE"


def _written(text: str, thai_digits: bool) -> str:
    return to_thai(text) if thai_digits else text


def fiscal_year_of(day: date) -> int:
    """The fiscal year (Buddhist) a date falls in: 2569 runs from 1 October 2025 to 30 September 2026."""
    return buddhist_year(day) + (day.month >= _OCTOBER)


def fiscal_year_bounds(year: int) -> tuple[date, date]:
    """First and last day of a fiscal year (Buddhist)."""
    return date(from_buddhist(year) - 1, _OCTOBER, 1), date(from_buddhist(year), _OCTOBER, 1) - timedelta(days=1)


def quarter_of(day: date) -> int:
    """The quarter (1 to 4) of its fiscal year that a date falls in."""
    return (day.month - _OCTOBER) % 12 // 3 + 1


def quarter_bounds(year: int, quarter: int) -> tuple[date, date]:
    """First and last day of a quarter (1 to 4) of a fiscal year (Buddhist)."""
    if quarter not in (1, 2, 3, 4):
        raise ValueError(f"A fiscal year has quarters 1 to 4, not {quarter!r}.")
    months = fiscal_year_bounds(year)[0].month - 1 + 3 * (quarter - 1)
    first = date(from_buddhist(year) - 1 + months // 12, months % 12 + 1, 1)
    last_month = first.month + 2
    return first, date(first.year, last_month, monthrange(first.year, last_month)[1])
