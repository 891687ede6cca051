"""The figures of a school by course: the last step before the rows themselves.

A dimension like any other, made for the indicator whose rows it tells apart. It is not one of the breakdowns that
every office is counted by, because only a school has few enough courses to read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from django.db.models import CharField, F, QuerySet
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _

from courses.models import Course
from offices.thai.dates import short_date
from reports.breakdowns import Dimension, Part, Partition, View, behind
from reports.definition import Indicator
from reports.dimensions import OF_CHANNELS, OF_FAIRS, OF_PRODUCTS, exhibits_behind, offers_behind
from reports.figures import Counted, count
from reports.offices import Kind
from trainees.models import Exhibit, Offer

COURSE: Final = "course"


@dataclass(frozen=True)
class Courses(Partition):
    """Every row is of one course, so none is left without."""

    def parts(self, view: View) -> list[Part]:
        return self.listed(view)


def course_dimension(indicator: Indicator, view: View) -> Dimension | None:
    """What tells the indicator's rows apart by course; nothing where the office is not a school."""
    if view.office.kind != Kind.SCHOOL:
        return None
    if indicator.dimensions is OF_PRODUCTS:
        return _partition(lambda view: _courses(view, _basis(indicator, view).values("course")), "course_id")
    if indicator.dimensions is OF_CHANNELS:
        courses = _partition(lambda view: _courses(view, _offered(indicator, view)), "product__course_id")
        return replace(behind(courses, offers_behind), in_none=_("Without a course"))
    if indicator.dimensions is OF_FAIRS:
        courses = _partition(
            lambda view: _courses(view, _exhibited(indicator, view)), "course_id", "product__course_id"
        )
        return replace(behind(courses, exhibits_behind), in_none=_("Without a course"))
    return _partition(lambda view: _basis(indicator, view), "course_id")


def count_by_course(indicator: Indicator, view: View) -> Counted | None:
    """The figure of a school with its parts by course."""
    dimension = course_dimension(indicator, view)
    return count(indicator, view, only=dimension) if dimension else None


def _partition(listed: Callable[[View], QuerySet], *paths: str) -> Courses:
    column = Coalesce(*(F(path) for path in paths)) if len(paths) > 1 else F(paths[0])
    return Courses(COURSE, _("Course"), _named(listed), lambda view: Cast(column, CharField()))


def _named(courses: Callable[[View], QuerySet]) -> Callable[[View], list[Part]]:
    def listed(view: View) -> list[Part]:
        found = courses(view).order_by("starts_on", "name_order", "pk").values_list("pk", "name", "starts_on")
        return [Part(str(pk), f"{name} ({short_date(starts_on)})") for pk, name, starts_on in found]

    return listed


def _basis(indicator: Indicator, view: View) -> QuerySet:
    return indicator.basis(view.user, view.office, view.period)


def _courses(view: View, keys: QuerySet) -> QuerySet:
    return Course.objects.visible_to(view.user).filter(pk__in=keys)


def _offered(indicator: Indicator, view: View) -> QuerySet:
    channels = indicator.evidence(view.user, view.office, view.period)
    return Offer.objects.visible_to(view.user).filter(channel__in=channels.values("pk")).values("product__course")


def _exhibited(indicator: Indicator, view: View) -> QuerySet:
    parts = indicator.evidence(view.user, view.office, view.period)
    exhibits = Exhibit.objects.visible_to(view.user).filter(school=view.office.pk, fair__in=parts.values("fair"))
    return exhibits.annotate(of=Coalesce("course_id", "product__course_id")).values("of")
