"""The figures themselves: screen, workbook, JSON and commands all ask here, and nowhere else."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Count, F, Q, QuerySet
from django.db.models.expressions import Combinable
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.models import Course
from reports.breakdowns import NOT_RECORDED, Dimension, Part, Partition, View
from reports.dimensions import PLACE
from reports.indicators import INDICATORS, Indicator
from reports.measures import Measured
from reports.offices import province_on

WHOLE: Final = ""  # the place of what is not counted by place


@dataclass(frozen=True)
class Breakdown:
    dimension: Dimension
    parts: list[tuple[Part, Measured]]


@dataclass(frozen=True)
class Counted:
    """An indicator with its figure for one office and period, and the parts of it."""

    indicator: Indicator
    total: Measured
    breakdowns: list[Breakdown] = field(default_factory=list)
    target: int | None = None  # targets of an office and year come with a later subject; until then nobody knows


def count_all(view: View, *, broken_down: Container[str] | None = None) -> list[Counted]:
    """All indicators, with all their breakdowns or those of the indicators of these codes."""
    return [
        count(indicator, view)
        if broken_down is None or indicator.code in broken_down
        else Counted(indicator, total(indicator, view))
        for indicator in INDICATORS
    ]


def count(indicator: Indicator, view: View) -> Counted:
    """One indicator with its breakdowns: one query for each dimension, however many rows."""
    return _count(indicator, view, None, None, indicator.dimensions).get(
        WHOLE, Counted(indicator, indicator.unknown)
    )


def total(indicator: Indicator, view: View) -> Measured:
    """The figure alone: counted anew for the whole office, never the sum of its parts."""
    found = _count(indicator, view, None, None, ())
    return found[WHOLE].total if WHOLE in found else indicator.unknown


def count_by_province(indicator: Indicator, view: View, *, broken_down: bool = True) -> dict[str, Counted]:
    """The figures of every province within the view, by its code; the attached schools are one line."""
    dimensions = [each for each in indicator.dimensions if broken_down and each.code != PLACE]
    rows, courses = province_on(view.user, f"course__{indicator.day}"), province_on(view.user, indicator.day)
    return _count(indicator, view, rows, courses, dimensions)


def count_by_school(indicator: Indicator, view: View, *, broken_down: bool = True) -> dict[str, Counted]:
    """The figures of every school within the view, by its code; as few queries as for one."""
    dimensions = [each for each in indicator.dimensions if broken_down and each.code != PLACE]
    return _count(indicator, view, F("school__code"), F("school__code"), dimensions)


def rows_behind(indicator: Indicator, view: View, dimension: Dimension | None = None, part: str = "") -> QuerySet:
    """The rows that were counted, or those of one part of a breakdown."""
    assert indicator.evidence is not None, f"{indicator.code} has no evidence yet"  # noqa: S101
    rows = indicator.evidence(view.user, view.office, view.period)
    return dimension.narrow(view, rows, part) if dimension else rows


def _count(
    indicator: Indicator,
    view: View,
    place_of_rows: Combinable | None,
    place_of_courses: Combinable | None,
    dimensions: Iterable[Dimension],
) -> dict[str, Counted]:
    if indicator.evidence is None or indicator.basis is None or indicator.measure is None:
        return {}
    nobody, unknown = indicator.measure.nobody, indicator.measure.unknown
    rows = indicator.evidence(view.user, view.office, view.period).order_by()
    basis = indicator.basis(view.user, view.office, view.period).order_by()
    by_place = {} if place_of_rows is None else {"place": place_of_rows}
    grouped = rows.annotate(**by_place).values(*by_place).annotate(**indicator.measure.aggregates())
    found = list(grouped) if by_place else [rows.aggregate(**indicator.measure.aggregates())]
    totals = {row.get("place", WHOLE): indicator.measure.figure(row) for row in found}
    if by_place:
        known = set(basis.annotate(place=place_of_courses).values_list("place", flat=True).distinct())
    else:
        known = {WHOLE} if totals[WHOLE].enrolments or basis.exists() else set()
    counted = {
        place: Counted(indicator, totals.get(place, nobody))
        for place in {*known, *(place for place, figure in totals.items() if figure.enrolments)}
    }
    for dimension in dimensions:
        if not dimension.applies(view):
            continue
        parts = dimension.parts(view)
        tallies = dimension.tallies(view, rows, indicator.measure, place_of_rows)
        parts_known = _parts_known(dimension, view, basis, place_of_courses)
        listed = {part.code for part in parts}
        surplus = [Part(code, code) for code in sorted({part for _where, part in tallies} - listed)]
        for place, one in counted.items():
            figures = []
            for part in [*parts, *surplus]:
                is_known = parts_known is None or part.code == NOT_RECORDED or (place, part.code) in parts_known
                figures.append((part, tallies.get((place, part.code), nobody if is_known else unknown)))
            one.breakdowns.append(Breakdown(dimension, figures))
    return counted


def _parts_known(
    dimension: Dimension, view: View, basis: QuerySet, place_of_courses: Combinable | None
) -> set[tuple[str, str]] | None:
    """The parts (with their place) that had courses at all; None where nobody coming is a plain zero."""
    if not isinstance(dimension, Partition) or dimension.of_courses is None:
        return None
    part = dimension.of_courses(view)
    if place_of_courses is None:
        return {(WHOLE, code) for code in basis.values_list(part, flat=True).distinct()}
    return set(basis.annotate(place=place_of_courses, part=part).values_list("place", "part").distinct())


@dataclass(frozen=True)
class LeftOut:
    """Enrolments and courses of the period that were not counted, and why."""

    code: str
    reason: str | Promise
    courses: int
    enrolments: int


NOT_YET: Final = {
    Course.COUNTED_STATES: _("Courses that are not yet running"),
    Course.FINISHED_STATES: _("Courses that are not yet completed"),
}


def left_out(view: View, indicator: Indicator) -> list[LeftOut]:
    """What falls, or was to fall, into the period by the indicator's day and does not count."""
    courses = Course.objects.visible_to(view.user).filter(**{f"{indicator.day}__range": view.period.bounds})
    courses = view.office.of(courses, indicator.day).order_by()
    counting, cancelled = Q(status__in=indicator.states), Q(status=Course.Status.CANCELLED)
    # Of courses that are seen, so of their school: enrolments need only be out of the bin.
    live = Q(enrolments__binned_at=None, enrolments__trainee__binned_at=None)
    never_came = counting & live & Q(enrolments__first_attended_on=None, enrolments__isnull=False)
    reasons = {
        "cancelled": (_("Cancelled courses"), cancelled),
        "not_yet": (NOT_YET[indicator.states], ~counting & ~cancelled),
        "never_came": (_("People who never came"), never_came),
    }
    counts: dict[str, Count] = {}
    for code, (_reason, condition) in reasons.items():
        counts[f"{code}_courses"] = Count("pk", filter=condition, distinct=True)
        counts[f"{code}_people"] = Count("enrolments", filter=condition & live)
    found = courses.aggregate(**counts)
    return [
        LeftOut(code, reason, found[f"{code}_courses"], found[f"{code}_people"])
        for code, (reason, _condition) in reasons.items()
    ]


def cancelled_courses(view: View, indicator: Indicator) -> QuerySet:
    """The cancelled courses themselves, which every report lists as left out."""
    courses = Course.objects.visible_to(view.user).filter(
        **{f"{indicator.day}__range": view.period.bounds}, status=Course.Status.CANCELLED
    )
    return view.office.of(courses, indicator.day).select_related("school").order_by("starts_on", "pk")
