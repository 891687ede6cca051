"""Whose figures are asked for, and by whom: which rows those are, and on which line of a table each stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.reports.plain.facts import ATTACHED, FIRST, LAST, Country, School

OFFICES = "offices"
"""The line of an office itself, beside those of the places below it."""


@dataclass(eq=False)
class Row:
    """Something that counts: whose it is, the day that decides, and the parts of each breakdown that it is in."""

    of: Any
    school: School | None
    day: date
    parts: dict[str, set[str]] = field(default_factory=dict)
    province: str | None = None
    """Of a provincial office's own row; a row with neither school nor province is the department's."""
    number: Any = 1
    """Of a row that stands beside: how much it adds."""


@dataclass(frozen=True)
class Look:
    """An office: "department", "province:50", "school:CODE", or the line of the attached schools.

    `seen`: the schools that whoever looks may see, where that is not all; a province sees its own part of a fair.
    `within`: the province of whose table a school is a line.
    """

    office: str
    seen: frozenset[School] | None = None
    within: Look | None = None

    @property
    def has_parts(self) -> bool:
        return self.office == "department" or self.office.startswith("province:")

    def sees(self, row: Row) -> bool:
        assert self.seen is not None
        return row.school in self.seen if row.school else f"province:{row.province}" == self.office

    def holds(self, row: Row) -> bool:
        if self.seen is not None and not self.sees(row):
            return False
        if self.within is not None and not self.within.holds(row):
            return False
        kind, _colon, key = self.office.partition(":")
        if kind == "department":
            return True
        if kind == "school":
            return row.school is not None and row.school.code == key
        return province_of(row) == (key or kind)

    def of(self, rows: Iterable[Row]) -> list[Row]:
        return [row for row in rows if self.holds(row)]

    def place_of(self, row: Row) -> str:
        """A province of the nation, a school of a province."""
        if self.office == "department":
            return province_of(row) or OFFICES
        return row.school.code if row.school else OFFICES

    def schools_by_place(self, country: Country) -> dict[str, set[School]]:
        """All schools there were in the period, each on every line where it was at any time of it."""
        found: dict[str, set[School]] = {}
        for school in country.schools:
            for line in school.provinces_in_period():
                if self.seen is not None and school not in self.seen:
                    continue
                if self.office == "department":
                    found.setdefault(line, set()).add(school)
                elif self.office in (f"school:{school.code}", f"province:{line}", line):
                    found.setdefault(school.code, set()).add(school)
        return found


def province_of(row: Row) -> str | None:
    return row.school.province_on(row.day) if row.school else row.province


def in_period(day: date) -> bool:
    return FIRST <= day <= LAST


def month_of(day: date) -> set[str]:
    return {f"{day:%Y-%m}"}


__all__ = ["ATTACHED", "OFFICES", "Look", "Row", "in_period", "month_of"]
