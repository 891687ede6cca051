"""What stands beside a figure and is counted from other rows than its evidence: groups, sales, schools in all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, NamedTuple

from django.db.models import Count, QuerySet, Value
from django.db.models.aggregates import Aggregate

from offices.scoping import Eyes
from reports.breakdowns import View
from reports.dimensions import MONTH, PLACE, by_month, by_place
from reports.offices import ATTACHED, Level, Office, SchoolLine, place_at
from reports.periods import Period

Number = int | Decimal | None


class Found(NamedTuple):
    """A count, of a line (place) and of those parts that can be told apart ("" where they cannot)."""

    place: str
    parts: dict[str, list[str]]
    number: Number


@dataclass(frozen=True)
class RowsBeside:
    """Other rows, by a day of their own; they are told apart by place and by month alone.

    The number is additive: the whole is the sum of its parts.
    """

    name: str
    aggregate: Aggregate
    evidence: Callable[[Eyes, Office, Period], QuerySet[Any]]
    day: str
    is_frame: ClassVar[bool] = False
    told_apart_by: ClassVar[tuple[str, ...]] = (PLACE, MONTH)

    @property
    def nothing(self) -> Number:
        """Counted, and there was nothing; a sum of nothing is not known."""
        return 0 if isinstance(self.aggregate, Count) else None

    def counted(self, view: View, level: Level) -> list[Found]:
        rows = self.evidence(view.user, view.office, view.period).order_by()
        line = Value("") if level is Level.WHOLE else place_at(level, view.user, self.day)
        place = by_place(self.day).part_of(view) if view.office.has_parts else Value("")
        told = rows.annotate(x_line=line, x_place=place, x_month=by_month(self.day, "").part_of(view))
        found = told.values("x_line", "x_place", "x_month").annotate(x_number=self.aggregate)
        return [
            Found(row["x_line"], {PLACE: [row["x_place"]], MONTH: [row["x_month"]]}, row["x_number"])
            for row in found
        ]


@dataclass(frozen=True)
class SchoolsInAll:
    """How many schools there were in the period: what “the share of schools that have one” is a share of."""

    name: str
    is_frame: ClassVar[bool] = True
    """It only says of how many; that alone makes no figure of a place known."""
    told_apart_by: ClassVar[tuple[str, ...]] = (PLACE,)

    @property
    def nothing(self) -> Number:
        return 0

    def counted(self, view: View, level: Level) -> list[Found]:
        lines = view.office.schools(view.user, view.period)
        return [
            Found(place, {PLACE: _places(line, view.office.level)}, 1)
            for line in lines
            for place in ([""] if level is Level.WHOLE else _places(line, level))
        ]


Beside = RowsBeside | SchoolsInAll


def _places(line: SchoolLine, level: Level) -> list[str]:
    """A school that moved within the period is one of both its provinces."""
    return [line.code] if level is Level.SCHOOL else list(line.province_codes) or [ATTACHED]


def added_up(beside: Beside, found: list[Found], dimension: str | None) -> dict[tuple[str, str], Number] | None:
    """By place and part of a dimension ("" without one); None where such rows have no such parts."""
    if dimension is not None and dimension not in beside.told_apart_by:
        return None
    sums: dict[tuple[str, str], Number] = {}
    for place, part, number in _keyed(found, dimension):
        before = sums.get((place, part), beside.nothing)
        sums[place, part] = number if before is None else before if number is None else before + number
    return sums


def _keyed(found: list[Found], dimension: str | None) -> Iterator[tuple[str, str, Number]]:
    for each in found:
        for part in each.parts[dimension] if dimension else [""]:
            yield each.place, part, each.number
