"""The stretch of time that a figure is about: a fiscal year, one of its quarters, or any two dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.utils.translation import gettext as _

from offices.models import FiscalYear
from offices.thai.dates import fiscal_year_bounds, parse_date, quarter_bounds, short_date
from offices.thai.typed import Unreadable

QUARTERS = (1, 2, 3, 4)
LONGEST_YEARS = 5


class NoSuchPeriod(LookupError):
    """Nobody has opened this fiscal year, or it has no such quarter. Its text is for the person who asked."""


@dataclass(frozen=True)
class Period:
    """From one day to another, both included."""

    first: date
    last: date
    year: int | None = None
    quarter: int | None = None

    @classmethod
    def of(cls, year: int, quarter: int | None = None) -> Self:
        """A fiscal year that has been opened, or one of its quarters."""
        if not FiscalYear.objects.filter(year=year).exists():
            raise NoSuchPeriod(_("There is no fiscal year %(year)s here.") % {"year": year})
        return cls.of_known(year, quarter)

    @classmethod
    def of_known(cls, year: int, quarter: int | None = None) -> Self:
        """The same of a year that is known to be there."""
        if quarter is None:
            return cls(*fiscal_year_bounds(year), year=year)
        if quarter not in QUARTERS:
            raise NoSuchPeriod(_("A fiscal year has no quarter %(quarter)s.") % {"quarter": quarter})
        return cls(*quarter_bounds(year, quarter), year=year, quarter=quarter)

    @classmethod
    def between(cls, first: date, last: date) -> Self:
        """Any two days in order, not endlessly far apart."""
        if last < first:
            raise NoSuchPeriod(_("The last day is before the first day."))
        if (last - first).days > LONGEST_YEARS * 366:
            raise NoSuchPeriod(_("That is more than %(years)s years.") % {"years": LONGEST_YEARS})
        return cls(first, last)

    @classmethod
    def parse(cls, asked: Mapping[str, str], known: int | None) -> Self:
        """The same from an address, where anything may stand; `known` is the year if it names none."""
        year, quarter = asked.get("year", ""), asked.get("quarter", "")
        if asked.get("first") or asked.get("last"):
            return cls.between(_day(asked.get("first", "")), _day(asked.get("last", "")))
        for typed in (year, quarter):
            if typed and not (typed.isascii() and typed.isdecimal() and len(typed) <= 4):
                raise NoSuchPeriod(
                    _("This is not a number of a year or quarter: %(typed)s.") % {"typed": typed[:20]}
                )
        part = int(quarter) if quarter else None
        if year or known is None:
            return cls.of(int(year or 0), part)
        return cls.of_known(known, part)

    @property
    def bounds(self) -> tuple[date, date]:
        return self.first, self.last

    @property
    def address(self) -> dict[str, str | int]:
        """What stands in an address for it."""
        if self.year is None:
            return {"first": self.first.isoformat(), "last": self.last.isoformat()}
        return {"year": self.year, **({"quarter": self.quarter} if self.quarter else {})}

    @property
    def months(self) -> Iterator[date]:
        """The first day of each month."""
        month = self.first.replace(day=1)
        while month <= self.last:
            yield month
            month = month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)

    def __str__(self) -> str:
        if self.quarter:
            return _("quarter %(quarter)s of fiscal year %(year)s") % {"quarter": self.quarter, "year": self.year}
        if self.year:
            return _("fiscal year %(year)s") % {"year": self.year}
        return f"{short_date(self.first)} – {short_date(self.last)}"


def _day(typed: str) -> date:
    try:
        return parse_date(typed)
    except Unreadable as reason:
        raise NoSuchPeriod(str(reason)) from reason
