"""How evidence rows become a figure, with what stands beside it. A figure of nothing is “–” (None), never 0."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any, Final, Literal

from django.utils.functional import Promise

Kind = Literal["integer", "percent", "decimal"]
Number = int | Decimal
Row = Mapping[str, Any]
"""What the database counted of some rows, by the names of a measure's tallies."""

COLUMN: Final = re.compile(r"\w+")
SHARE: Final = Decimal("0.0001")
CENT: Final = Decimal("0.01")


@dataclass(frozen=True)
class Tally:
    """One thing that is counted over evidence rows: all of them, the distinct values of a column, a sum, a median.

    `of` is the name of a column of the measure. `when` names the columns that are true for the rows that count:
    "sells", "sells | shown" (one of them), "is_due & is_answered" (both).
    """

    how: Literal["rows", "values", "distinct", "sum", "median"] = "rows"
    of: str = ""
    when: str = ""

    @property
    def is_count(self) -> bool:
        return self.how in ("rows", "values", "distinct")

    def over(self, named: Callable[[str], str]) -> Tally:
        """The same over columns of other names."""
        return Tally(
            self.how, named(self.of) if self.of else "", COLUMN.sub(lambda each: named(each[0]), self.when)
        )


@dataclass(frozen=True)
class Figure:
    """What is measured. None is “nobody knows”, 0 is “counted, and there was nothing”."""

    kind: Kind = "integer"
    value: Number | None = None
    rows: int | None = None
    """How many evidence rows stand behind it."""
    beside: Mapping[str, Number | None] = field(default_factory=dict)
    sides: tuple[int, int] | None = None
    """Of a share: how many, of how many."""

    def __getitem__(self, name: str) -> Number | None:
        """What stands beside; templates ask here first, also for what the figure itself has."""
        if name in self.__dataclass_fields__:
            raise KeyError(name)
        return self.beside.get(name)


@dataclass(frozen=True)
class Aside:
    """A number that stands beside a figure: its name for programs, its heading, and how it comes about."""

    name: str
    label: str | Promise
    of: Callable[[Row], Number | None]
    kind: Kind = "integer"
    of_parts: bool = False
    """Whether it has a column of its own where a line has many parts."""


@dataclass(frozen=True)
class Measure:
    """What is counted over evidence rows, and the figure that it makes."""

    unit: str | Promise
    """What the value is a number of, such as “persons”."""
    value: Callable[[Row], Number | None]
    tallies: Mapping[str, Tally]
    columns: Mapping[str, Any] = field(default_factory=dict)
    """The columns that the tallies name, as expressions over evidence rows."""
    asides: tuple[Aside, ...] = ()
    share: tuple[str, str] | None = None
    """The tallies above and below the line, where the figure is a share."""
    sides: str | Promise = ""
    """The share in words, with %(some)s and %(all)s."""
    derived: Mapping[str, Callable[[Row], Number | None]] = field(default_factory=dict)
    """Counts that follow from the tallies, under names of their own."""

    @property
    def kind(self) -> Kind:
        return "percent" if self.share else "integer"

    def figure(self, row: Row) -> Figure:
        row = {**row, **{name: of(row) for name, of in self.derived.items()}}
        sides = (row[self.share[0]] or 0, row[self.share[1]] or 0) if self.share else None
        beside = {aside.name: aside.of(row) for aside in self.asides}
        return Figure(self.kind, self.value(row), row["rows"] or 0, beside, sides)

    @cached_property
    def nothing(self) -> Row:
        """What the database counts of no rows."""
        return {name: 0 if each.is_count else None for name, each in self.tallies.items()}

    @cached_property
    def empty(self) -> Figure:
        """The figure of no rows. Most parts of small offices have none, so it is made once."""
        return self.figure(self.nothing)

    @property
    def unknown(self) -> Figure:
        return Figure(self.kind)


def named(name: str) -> Callable[[Row], Number | None]:
    """A count as it is; None where nobody counted it."""
    return lambda row: row.get(name)


def share_of(some: str, of: str) -> Callable[[Row], Decimal | None]:
    """The share of one, to four places, the same at every outlet; a share of nothing is not known."""
    return _quotient(some, of, SHARE)


def mean_of(total: str, of: str) -> Callable[[Row], Decimal | None]:
    """A mean to two places; the mean of nothing is not known."""
    return _quotient(total, of, CENT)


def _quotient(some: str, of: str, places: Decimal) -> Callable[[Row], Decimal | None]:
    def quotient(row: Row) -> Decimal | None:
        if row.get(some) is None or not row.get(of):
            return None
        return (Decimal(row[some]) / row[of]).quantize(places, rounding=ROUND_HALF_UP)

    return quotient


def to_cents(name: str) -> Callable[[Row], Decimal | None]:
    """A sum or median of baht, to two places; a median comes as a binary fraction and is read as written."""

    def amount(row: Row) -> Decimal | None:
        found = row.get(name)
        return None if found is None else Decimal(str(found)).quantize(CENT, rounding=ROUND_HALF_UP)

    return amount
