"""Targets of offices by fiscal year: what the figures of a whole year are held against."""

from __future__ import annotations

from reports.breakdowns import View
from reports.offices import Kind, Level


def target_of(view: View, code: str) -> int | None:
    """The target of the office looked at; there is none for a part of a year, nor for a narrowed figure."""
    own = (view.office.kind, view.office.key)
    return next((value for of, *office, value in view.targets if of == code and _key(*office) == own), None)


def targets_by_place(view: View, code: str, level: Level) -> dict[str, int]:
    """The targets of the provinces or schools below, by their code."""
    found = ((_key(*office), value) for of, *office, value in view.targets if of == code)
    return {place: value for (kind, place), value in found if kind == level}


def _key(school: str | None, province: str | None) -> tuple[Kind, str]:
    if school:
        return Kind.SCHOOL, school
    return (Kind.PROVINCE, province) if province else (Kind.NATION, "")
