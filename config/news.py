"""What changed lately in the places one may see: courses that moved on, decisions, forms that were submitted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from courses.models import Course
from offices.models import User
from offices.permissions import Can, may
from offices.thai.dates import short_datetime
from supervision.models import Visit
from trainees.models import Waiver

MOST: Final = 8


@dataclass(frozen=True)
class News:
    """One change, as templates/components/timeline.html shows it."""

    at: datetime
    what: str
    url: str
    who: str = ""
    note: str = ""

    @property
    def when(self) -> str:
        return short_datetime(self.at)


def news(user: User) -> list[News]:
    """The newest changes, newest first."""
    found = [*_moves(user), *_decisions(user), *_visits(user)]
    return sorted(found, key=lambda each: each.at, reverse=True)[:MOST]


def _moves(user: User) -> Iterator[News]:
    if not may(user, Can.VIEW_COURSES):
        return
    rows = Course.objects.visible_to(user).filter(status_since__isnull=False).select_related("school")
    for course in rows.order_by("-status_since")[:MOST]:
        yield News(
            course.status_since,  # type: ignore[arg-type]  # filtered
            _("“%(course)s” is now: %(state)s") % {"course": course, "state": course.get_status_display()},
            reverse("courses:detail", args=[course.pk]),
            "" if course.school_id == user.school_id else course.school.name,
            course.status_reason,
        )


def _decisions(user: User) -> Iterator[News]:
    if not may(user, Can.VIEW_COURSES):
        return
    rows = Waiver.objects.visible_to(user).filter(decided_at__isnull=False, course__binned_at=None)
    for waiver in rows.select_related("course", "decided_by").order_by("-decided_at")[:MOST]:
        yield News(
            waiver.decided_at,  # type: ignore[arg-type]  # filtered
            _("Opening “%(course)s” below the group size: %(decision)s")
            % {"course": waiver.course, "decision": waiver.get_decision_display()},
            reverse("courses:detail", args=[waiver.course_id]),
            waiver.decided_by.name if waiver.decided_by else "",
            waiver.decision_note,
        )


def _visits(user: User) -> Iterator[News]:
    if not may(user, Can.VIEW_SUPERVISION):
        return
    rows = Visit.objects.visible_to(user).filter(status=Visit.Status.SUBMITTED).select_related("course")
    for visit in rows.order_by("-submitted_at")[:MOST]:
        yield News(
            visit.submitted_at,  # type: ignore[arg-type]  # a database constraint
            _("PT.11 submitted: “%(course)s”") % {"course": visit.course},
            reverse("supervision:detail", args=[visit.pk]),
            visit.supervisor_name,
        )
