"""Public holidays: which of some days are, and reading a list of them as it is pasted."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from offices.models import Holiday
from offices.thai.dates import fiscal_year_bounds, parse_date, short_date
from offices.thai.typed import Unreadable, tidy

LONGEST_NAME: Final = 120
MOST_LINES: Final = 100
_MOST_WORDS_OF_A_DATE: Final = 4


class Line(NamedTuple):
    day: date
    name: str


def holidays_on(days: Collection[date]) -> dict[date, str]:
    """Those of the days that are holidays, with their names, in order."""
    found = Holiday.objects.filter(Holiday.LIVE, day__in=set(days)).order_by("day")
    return dict(found.values_list("day", "name"))


def holidays_between(first: date, last: date) -> dict[date, str]:
    """The holidays from one day to another, both included."""
    found = Holiday.objects.filter(Holiday.LIVE, day__range=(first, last)).order_by("day")
    return dict(found.values_list("day", "name"))


def holidays_of_year(year: int | None) -> QuerySet[Holiday]:
    """The holidays of a fiscal year, which are the rows of the list; none without a year."""
    if year is None:
        return Holiday.objects.none()
    return Holiday.objects.filter(Holiday.LIVE, day__range=fiscal_year_bounds(year))


def in_words(holidays: dict[date, str]) -> str:
    return ", ".join(f"{short_date(day)} {name}" for day, name in holidays.items())


def read_lines(text: str) -> list[Line]:
    """A day and its name on each line; everything that is wrong is told at once, with the number of its line."""
    lines = [(number, tidy(line)) for number, line in enumerate(text.split("\n"), 1) if tidy(line)]
    if len(lines) > MOST_LINES:
        raise ValidationError(_("At most %(most)d days at once.") % {"most": MOST_LINES}, "many")
    found: list[Line] = []
    wrong: list[str] = []
    for number, line in lines:
        try:
            found.append(_read(line))
        except Unreadable as refusal:
            wrong.append(_("Line %(number)d: %(reason)s") % {"number": number, "reason": refusal})
    days = [line.day for line in found]
    wrong += [
        _("%(day)s stands here twice.") % {"day": short_date(d)} for d in sorted(set(days)) if days.count(d) > 1
    ]
    known = holidays_on(days)
    wrong += [_("%(day)s is a holiday already.") % {"day": short_date(day)} for day in known]
    if wrong:
        raise ValidationError(wrong)
    return found


def _read(line: str) -> Line:
    """A day, which may be several words, then a name."""
    words = line.split(" ")
    refusal = Unreadable(_("Write the day, then the name, such as: 13/04/2569 Songkran."), "no_name")
    for count in range(min(len(words) - 1, _MOST_WORDS_OF_A_DATE), 0, -1):
        try:
            day = parse_date(" ".join(words[:count]))
        except Unreadable as why:
            refusal = why
            continue
        name = " ".join(words[count:])
        if len(name) > LONGEST_NAME:
            raise Unreadable(_("The name is too long."), "too_long")
        return Line(day, name)
    raise refusal
