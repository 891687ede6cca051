"""How far the sheets of courses are filled in (forms 9 and 10): what the school's first page shows as meters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Count, Q

from courses.models import Session
from offices.clock import today
from offices.scoping import Eyes
from trainees.models import Enrolment, Result


@dataclass(frozen=True)
class Filled:
    """Of one course: cells of attendance that should say something by today, and people who should be assessed.

    Only people on the roster are asked for; who withdrew may rightly be without an entry.
    """

    people: int = 0
    attendance: int = 0
    assessed: int = 0
    sessions: int = 0

    @property
    def cells(self) -> int:
        return self.people * self.sessions

    @property
    def is_whole(self) -> bool:
        return self.sessions > 0 and self.attendance >= self.cells and self.assessed >= self.people


def filled_in(user: Eyes, courses: Iterable[int]) -> dict[int, Filled]:
    """Course key → how far it is filled in, in two queries; a course without people has an empty one."""
    keys = list(courses)
    by_today = today()
    held = dict(
        Session.objects.visible_to(user)
        .filter(course__in=keys, held_on__lte=by_today)
        .order_by()
        .values_list("course")
        .annotate(sessions=Count("pk"))
    )
    people = (
        Enrolment.objects.visible_to(user)
        .on_roster()
        .filter(course__in=keys)
        .order_by()
        .values_list("course")
        .annotate(
            people=Count("pk", distinct=True),
            entered=Count("attendance", distinct=True, filter=Q(attendance__session__held_on__lte=by_today)),
            assessed=Count("pk", distinct=True, filter=Result.ASSESSED),
        )
    )
    found = {course: Filled(*rest) for course, *rest in people}
    return {key: replace(found.get(key, Filled()), sessions=held.get(key, 0)) for key in keys}
