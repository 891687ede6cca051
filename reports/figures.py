"""The figures themselves: screen, workbook, JSON and commands all ask here, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from courses.models import Course
from reports.beside import Beside, Found, Number, added_up
from reports.breakdowns import NOT_RECORDED, Dimension, Part, View
from reports.counting import WHOLE, Tallied, count_rows, tally
from reports.definition import Indicator
from reports.dimensions import MONTH, PLACE
from reports.indicators import INDICATORS
from reports.measures import Figure, Row
from reports.offices import Level, place_at
from reports.targets import target_of, targets_by_place

Sums = list[tuple[Beside, dict[tuple[str, str], Number]]]


@dataclass(frozen=True)
class Breakdown:
    dimension: Dimension
    parts: list[tuple[Part, Figure]]


@dataclass(frozen=True)
class Counted:
    """An indicator with its figure for one office and period, and the parts of it."""

    indicator: Indicator
    total: Figure
    breakdowns: list[Breakdown] = field(default_factory=list)
    target: int | None = None

    @property
    def by_place(self) -> dict[str, Figure]:
        """The figures of the places of the office, by their codes."""
        found = self.broken_down_by(PLACE)
        return {part.code: figure for part, figure in found.parts} if found else {}

    @property
    def by_month(self) -> Breakdown | None:
        return self.broken_down_by(MONTH)

    def broken_down_by(self, code: str) -> Breakdown | None:
        return next((each for each in self.breakdowns if each.dimension.code == code), None)


def count_all(view: View, *, broken_down: bool = True) -> list[Counted]:
    """All indicators, with all their breakdowns: one statement for all indicators that share their evidence."""
    counted: dict[str, Counted] = {}
    for together in _together():
        dimensions = together[0].dimensions if broken_down else ()
        counted |= _whole(together, view, dimensions)
    return [counted[indicator.code] for indicator in INDICATORS]


def count(indicator: Indicator, view: View, *, broken_down: bool = True, only: Dimension | None = None) -> Counted:
    """One indicator with its breakdowns, or one of them.

    The total is counted anew for the whole office, never the sum of its parts.
    """
    dimensions = (only,) if only else indicator.dimensions if broken_down else ()
    return _whole([indicator], view, dimensions)[indicator.code]


def total(indicator: Indicator, view: View) -> Figure:
    """The figure alone."""
    found = _count([indicator], view, Level.WHOLE, ())[indicator.code]
    return found[WHOLE].total if WHOLE in found else indicator.unknown


def figure_of_part(indicator: Indicator, view: View, dimension: Dimension, part: str) -> Figure:
    """The very figure that the breakdown shows for one of its parts."""
    found = _count([indicator], view, Level.WHOLE, (dimension,))[indicator.code]
    parts = found[WHOLE].breakdowns[0].parts if WHOLE in found else []
    return next((figure for each, figure in parts if each.code == part), indicator.unknown)


def count_all_by_place(view: View, level: Level, *, broken_down: bool = True) -> dict[str, dict[str, Counted]]:
    """The figures of every province or school within the view, by indicator and place, in few statements.

    The schools that had no province are one line of the provinces.
    """
    counted: dict[str, dict[str, Counted]] = {}
    for together in _together():
        counted |= _by_place(together, view, level, broken_down)
    return counted


def count_by_place(
    indicator: Indicator, view: View, level: Level, *, broken_down: bool = True
) -> dict[str, Counted]:
    """The same of one indicator, by place."""
    return _by_place([indicator], view, level, broken_down)[indicator.code]


def rows_behind(
    indicator: Indicator, view: View, dimension: Dimension | None = None, part: str = ""
) -> QuerySet[Any]:
    """The rows that were counted, or those of one part of a breakdown."""
    rows = indicator.evidence(view.user, view.office, view.period)
    by_code = {each.code: each for each in indicator.dimensions}
    for code, wanted in view.narrowed:
        rows = by_code[code].narrow(view, rows, wanted)
    return dimension.narrow(view, rows, part) if dimension else rows


def _together() -> list[list[Indicator]]:
    """Indicators that look at the same rows in the same breakdowns."""
    groups: dict[Any, list[Indicator]] = {}
    for indicator in INDICATORS:
        groups.setdefault((indicator.evidence, indicator.basis, indicator.dimensions), []).append(indicator)
    return list(groups.values())


def _whole(together: Sequence[Indicator], view: View, dimensions: Iterable[Dimension]) -> dict[str, Counted]:
    found = _count(together, view, Level.WHOLE, dimensions)
    counted = {}
    for indicator in together:
        one = found[indicator.code].get(WHOLE, Counted(indicator, indicator.unknown))
        counted[indicator.code] = Counted(indicator, one.total, one.breakdowns, target_of(view, indicator.code))
    return counted


def _by_place(
    together: Sequence[Indicator], view: View, level: Level, broken_down: bool
) -> dict[str, dict[str, Counted]]:
    dimensions = [each for each in together[0].dimensions if broken_down and each.code != PLACE]
    found = _count(together, view, level, dimensions)
    by_place = {}
    for indicator in together:
        targets = targets_by_place(view, indicator.code, level)
        by_place[indicator.code] = {
            place: Counted(indicator, each.total, each.breakdowns, targets.get(place))
            for place, each in found[indicator.code].items()
        }
    return by_place


def _count(
    together: Sequence[Indicator], view: View, level: Level, dimensions: Iterable[Dimension]
) -> dict[str, dict[str, Counted]]:
    """By indicator and place. The indicators share evidence, basis and dimensions."""
    first, dimensions = together[0], [each for each in dimensions if each.applies(view)]
    tallied = tally(
        rows_behind(first, view),
        first.basis(view.user, view.office, view.period),
        view,
        columns={f"{i.slug}_{name}": column for i in together for name, column in i.measure.columns.items()},
        tallies={
            f"{i.slug}_{name}": i.prefixed(each) for i in together for name, each in i.measure.tallies.items()
        },
        dimensions=dimensions,
        place=_lines(first, view, level),
    )
    return {each.code: _counted(each, view, level, dimensions, tallied) for each in together}


def _lines(indicator: Indicator, view: View, level: Level) -> tuple[Any, Any]:
    if level is Level.WHOLE:
        return None, None
    line, basis_line = (
        place_at(level, view.user, day, offices=indicator.of_offices)
        for day in (indicator.day, indicator.basis_day)
    )
    return line, basis_line


def _counted(
    indicator: Indicator, view: View, level: Level, dimensions: Sequence[Dimension], tallied: Tallied
) -> dict[str, Counted]:
    beside = [] if view.narrowed else [(each, each.counted(view, level)) for each in indicator.beside]
    known = tallied.known | {place for place, row in tallied.totals.items() if row[f"{indicator.slug}_rows"]}
    known |= {f.place for each, found in beside if not each.is_frame for f in found if f.number is not None}
    sums = _sums(beside, None)
    counted = {}
    for place in known:
        row = _with_beside(indicator.own(tallied.totals.get(place)), sums, (place, ""))
        counted[place] = Counted(indicator, indicator.measure.figure(row))
    for dimension in dimensions:
        _break_down(indicator, view, dimension, tallied, beside, counted)
    return counted


def _sums(beside: list[tuple[Beside, list[Found]]], dimension: str | None) -> Sums:
    """What stands beside, by place and part of a dimension; without what has no such parts."""
    told = ((each, added_up(each, found, dimension)) for each, found in beside)
    return [(each, found) for each, found in told if found is not None]


def _with_beside(row: Row, sums: Sums, key: tuple[str, str]) -> Row:
    """The row with what stands beside it; what has no such parts is not known of them."""
    return {**row, **{each.name: found.get(key, each.nothing) for each, found in sums}}


def _break_down(
    indicator: Indicator,
    view: View,
    dimension: Dimension,
    tallied: Tallied,
    beside: list[tuple[Beside, list[Found]]],
    counted: dict[str, Counted],
) -> None:
    """Add to each place's figure the parts of one dimension."""
    measure, code = indicator.measure, dimension.code
    tallies = tallied.parts.get(code, {})
    sums = _sums(beside, code)
    known: set[tuple[str, str]] | None = None
    if dimension.of_basis is not None:
        of_others = {key for each, found in sums if not each.is_frame for key in found}
        known = tallied.known_parts.get(code, set()) | of_others
    parts = dimension.parts(view)
    listed = {part.code for part in parts}
    surplus = [Part(each, each) for each in sorted({part for _where, part in tallies} - listed)]
    for where, one in counted.items():
        figures = []
        for part in [*parts, *surplus]:
            key = (where, part.code)
            if key not in tallies and known is not None and part.code != NOT_RECORDED and key not in known:
                figures.append((part, indicator.unknown))
            elif key not in tallies and not sums:
                figures.append((part, measure.empty))
            else:
                figures.append((part, measure.figure(_with_beside(indicator.own(tallies.get(key)), sums, key))))
        one.breakdowns.append(Breakdown(dimension, figures))


@dataclass(frozen=True)
class LeftOut:
    """Rows of the period that were not counted, and why; the courses whose they are, where they are of courses."""

    code: str
    reason: str | Promise
    rows: int
    courses: int | None = None


def left_out(view: View, indicator: Indicator) -> list[LeftOut]:
    """What falls, or was to fall, into the period by the indicator's day and does not count."""
    asked = (view.user, view.office, view.period)
    of_rows = {each.code: each.rows(*asked) for each in indicator.omissions}
    of_courses = {each.code: each.courses(*asked) for each in indicator.omissions if each.courses}
    numbers = count_rows([*of_rows.values(), *of_courses.values()])
    rows = dict(zip(of_rows, numbers, strict=False))
    courses = dict(zip(of_courses, numbers[len(of_rows) :], strict=True))
    return [
        LeftOut(each.code, each.reason, rows[each.code], courses.get(each.code)) for each in indicator.omissions
    ]


def cancelled_courses(view: View, indicator: Indicator) -> QuerySet[Course]:
    """The cancelled courses themselves, which every report lists as left out; none where courses do not count."""
    omission = next((each for each in indicator.omissions if each.code == "cancelled"), None)
    if omission is None or omission.courses is None:
        return Course.objects.none()
    found = omission.courses(view.user, view.office, view.period)
    return found.select_related("school").order_by("starts_on", "pk")
