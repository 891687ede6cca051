"""A course's state, and how many people it has, in words and looks."""

from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.models import Course
from courses.rules import hours_shown
from offices.thai.digits import BLANK

register = template.Library()

KINDS = {
    Course.Status.OPEN: "note",
    Course.Status.RUNNING: "good",
    Course.Status.COMPLETED: "good",
    Course.Status.POSTPONED: "warn",
    Course.Status.CANCELLED: "bad",
}
ICONS = {Course.Status.RUNNING: "hourglass-split"}


@register.inclusion_tag("components/badge.html")
def course_state(course: Course) -> dict[str, Any]:
    """The state as a badge."""
    status = Course.Status(course.status)
    return {"label": course.get_status_display(), "kind": KINDS.get(status), "icon": ICONS.get(status)}


@register.filter
def hours(value: Decimal | None) -> str:
    """8 hours, 7.5 hours."""
    if value is None:
        return BLANK
    return ngettext("%(hours)s hour", "%(hours)s hours", 1 if value == 1 else 2) % {"hours": hours_shown(value)}


@register.filter
def number_of_hours(value: Decimal) -> str:
    """8, 7.5: in a column whose head says what it is."""
    return hours_shown(value)


@register.filter
def people_of(people: int | None, needed: int) -> str:
    """5 of 6 people."""
    if people is None:
        return BLANK
    return _("%(people)d of %(needed)d people") % {"people": people, "needed": needed}
