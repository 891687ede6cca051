"""The parts a figure is broken down into. Each dimension is one rule, used to count and to open the rows.

A partition puts every row into exactly one part: its rows add up to the whole, its persons need not (one may be
on courses of two months). The groups of an overlapping dimension may share rows. Whatever cannot be said of a row
is a part of its own, so that nothing gets lost.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, CharField, Func, Q, QuerySet, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from offices.scoping import Eyes
from reports.measures import Measure, Measured
from reports.offices import Office, Place
from reports.periods import Period

NOT_RECORDED: Final = "not_recorded"
CODES: Final = ArrayField(TextField())

Tallies = dict[tuple[str, str], Measured]
"""Figures by place ("" for the whole office) and part."""


@dataclass(frozen=True)
class Part:
    code: str
    label: str | Promise
    office: str = ""  # a place's own office, where it has one


@dataclass(frozen=True)
class View:
    """Whose eyes look at which office's figures of which period."""

    user: Eyes
    office: Office
    period: Period

    @cached_property
    def places(self) -> list[Place]:
        """The parts of the office."""
        return self.office.places(self.user, self.period)


@dataclass(frozen=True)
class Partition:
    """Every row has one value: `expression` over enrolments, null or '' where nobody wrote it down."""

    code: str
    label: str | Promise
    listed: Callable[[View], list[Part]]
    expression: Callable[[View], Combinable]
    of_courses: Callable[[View], Combinable] | None = None
    """The same over courses, where a part without any course is “–” and not 0."""
    applies: Callable[[View], bool] = lambda view: True
    overlapping: bool = False

    def parts(self, view: View) -> list[Part]:
        return [*self.listed(view), Part(NOT_RECORDED, _("Not recorded"))]

    def tallies(self, view: View, rows: QuerySet, measure: Measure, place: Combinable | None = None) -> Tallies:
        return _tallies(rows, measure, self._part(view), place)

    def narrow(self, view: View, rows: QuerySet, part: str) -> QuerySet:
        """The rows of one part."""
        return rows.alias(part=self._part(view)).filter(part=part)

    def _part(self, view: View) -> Combinable:
        written = NullIf(self.expression(view), Value(""))
        return Coalesce(written, Value(NOT_RECORDED), output_field=CharField())


@dataclass(frozen=True)
class Groups:
    """Groups that people may belong to several of; each is a condition over enrolments."""

    code: str
    label: str | Promise
    conditions: Mapping[str, Q]
    labels: Mapping[str, str | Promise]
    overlapping: bool = True
    of_courses: None = None

    def applies(self, view: View) -> bool:
        return True

    def parts(self, view: View) -> list[Part]:
        named = [Part(code, self.labels[code]) for code in self.conditions]
        return [*named, Part(NOT_RECORDED, _("In no group, or not recorded"))]

    def tallies(self, view: View, rows: QuerySet, measure: Measure, place: Combinable | None = None) -> Tallies:
        each = Func(self._of_row(), function="UNNEST", output_field=TextField())
        each.set_returning = True
        return _tallies(rows, measure, each, place)

    def narrow(self, view: View, rows: QuerySet, part: str) -> QuerySet:
        """The rows of one group."""
        return rows.alias(groups=self._of_row()).filter(groups__contains=[part])

    def _of_row(self) -> Combinable:
        """All groups of a row; each condition is asked once, whatever it costs."""
        nothing = Value([], output_field=CODES)
        asked = (Case(When(condition, then=Value(code))) for code, condition in self.conditions.items())
        array = Func(*asked, function="ARRAY", template="%(function)s[%(expressions)s]", output_field=CODES)
        named = Func(array, Value(None), function="ARRAY_REMOVE", output_field=CODES)
        nowhere = Value([NOT_RECORDED], output_field=CODES)
        return Coalesce(NullIf(named, nothing), nowhere, output_field=CODES)


Dimension = Partition | Groups


def _tallies(rows: QuerySet, measure: Measure, part: Combinable, place: Combinable | None) -> Tallies:
    groups = {"part": part, **({"place": place} if place is not None else {})}
    counted = rows.order_by().annotate(**groups).values(*groups).annotate(**measure.aggregates())
    return {(row.get("place", ""), row["part"]): measure.figure(row) for row in counted}
