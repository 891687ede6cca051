"""What was not counted, and why: every figure lists it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.models import Course
from courses.models.fairs import Fair
from offices.scoping import Eyes
from reports.evidence import people, works
from reports.offices import Office
from reports.periods import Period
from trainees.models import Enrolment

Rows = Callable[[Eyes, Office, Period], QuerySet]


@dataclass(frozen=True)
class Omission:
    """Rows of the office and period that do not count, with the reason. `courses`: those whose people they are."""

    code: str
    reason: str | Promise
    rows: Rows
    courses: Rows | None = None


def _courses(day: str, condition: Q) -> Rows:
    """Courses of the period by their day."""

    def rows(user: Eyes, office: Office, period: Period) -> QuerySet:
        courses = Course.objects.visible_to(user).filter(condition, **{f"{day}__range": period.bounds})
        return office.of(courses, day)

    return rows


def _enrolments(day: str, condition: Q) -> Rows:
    """People on courses of the period."""
    path = f"course__{day}"

    def rows(user: Eyes, office: Office, period: Period) -> QuerySet:
        found = Enrolment.objects.visible_to(user).filter(condition, **{f"{path}__range": period.bounds})
        return office.of(found, path)

    return rows


NOT_YET: Final[Mapping[tuple[str, ...], Any]] = {
    Course.COUNTED_STATES: _("Courses that are not yet running"),
    Course.FINISHED_STATES: _("Courses that are not yet completed"),
}


def of_courses(day: str, states: tuple[str, ...]) -> tuple[Omission, ...]:
    """What falls, or was to fall, into the period by the course's day and does not count."""
    cancelled, counting = Q(status=Course.Status.CANCELLED), Q(status__in=states)
    of_cancelled, of_counting = Q(course__status=Course.Status.CANCELLED), Q(course__status__in=states)
    never_came = of_counting & Q(first_attended_on=None)
    return (
        Omission("cancelled", _("Cancelled courses"), _enrolments(day, of_cancelled), _courses(day, cancelled)),
        Omission(
            "not_yet",
            NOT_YET[states],
            _enrolments(day, ~of_counting & ~of_cancelled),
            _courses(day, ~counting & ~cancelled),
        ),
        Omission("never_came", _("People who never came"), _enrolments(day, never_came)),
    )


def _not_passed(user: Eyes, office: Office, period: Period) -> QuerySet:
    return people.judged_entrants(user, office, period).filter(Q(passed=False) | Q(passed__isnull=True))


def _due_without_answer(user: Eyes, office: Office, period: Period) -> QuerySet:
    return people.cohort(user, office, period).filter(is_due=True, is_answered=False)


def _not_due(user: Eyes, office: Office, period: Period) -> QuerySet:
    return people.cohort(user, office, period).filter(is_due=False)


DID_NOT_PASS: Final = Omission("not_passed", _("People who did not pass, or are not judged yet"), _not_passed)
NOT_ANSWERED: Final = (
    Omission("not_answered", _("People who are due and have not answered"), _due_without_answer),
    Omission("not_due", _("People whose first wave is not due yet"), _not_due),
)


def _verdict(verdict: bool | None) -> Rows:
    def rows(user: Eyes, office: Office, period: Period) -> QuerySet:
        condition = {"verdict__isnull": True} if verdict is None else {"verdict": verdict}
        return works.judged_products(user, office, period).filter(**condition)

    return rows


def _fairs(status: str) -> Rows:
    return lambda user, office, period: works.any_fairs(user, office, period).filter(fair__status=status)


def _without_product(user: Eyes, office: Office, period: Period) -> QuerySet:
    counted = works.open_channels(user, office, period)
    return works.known_channels(user, office, period).exclude(pk__in=counted.values("pk"))


OF_JUDGED_PRODUCTS: Final = (
    Omission("not_met", _("Products that did not meet the checklist"), _verdict(False)),
    Omission("never_assessed", _("Products that nobody has assessed"), _verdict(None)),
)
OF_ANY_FAIRS: Final = (
    Omission("planned", _("Parts in fairs that are planned and not held yet"), _fairs(Fair.Status.PLANNED)),
    Omission("fair_cancelled", _("Parts in fairs that were cancelled"), _fairs(Fair.Status.CANCELLED)),
)
OF_KNOWN_CHANNELS: Final = (Omission("empty", _("Channels without a product"), _without_product),)
