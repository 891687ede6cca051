"""The courses on a school's first page: those that gather people, and those whose sheets have gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from courses import panels
from courses.models import Course
from offices.models import User
from trainees.filled import Filled, filled_in

State = Course.Status
MOST: Final = 6
LOOKED_AT: Final = 100
"""So many unclosed courses are looked through for gaps: more than a school has in two years."""


@dataclass(frozen=True)
class Gathering:
    """A course that takes applications, with the people it has."""

    course: Course
    people: int


@dataclass(frozen=True)
class Unfilled:
    """A course in training or just over, and how far its sheets are filled in."""

    course: Course
    filled: Filled


def gathering(user: User) -> Sequence[Gathering]:
    """Those that begin first; “8 hours · 5 of 6 people” is the rule that opens them (Letter §4.1)."""
    rows = Course.objects.visible_to(user).filter(status__in=[State.APPROVED, State.OPEN])
    courses = list(rows.select_related("course_type").order_by("starts_on", "pk")[:MOST])
    people = panels.people_on(user, [course.pk for course in courses])
    return [Gathering(course, people.get(course.pk, 0)) for course in courses]


def unfilled(user: User) -> Sequence[Unfilled]:
    """Those that ended first, because their gaps are the oldest; a course that is closed has none."""
    rows = Course.objects.visible_to(user).filter(status__in=[State.RUNNING, State.COMPLETED])
    courses = list(rows.order_by("ends_on", "pk")[:LOOKED_AT])
    filled = filled_in(user, [course.pk for course in courses])
    found = [Unfilled(course, filled[course.pk]) for course in courses]
    return [each for each in found if not each.filled.is_whole][:MOST]
