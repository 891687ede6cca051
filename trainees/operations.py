"""What happens to a person's place on a course: enrolled, withdrawn, taken back, came, removed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from courses.models import Course
from offices.clock import today
from offices.models import User
from offices.scoping import Eyes
from offices.thai.dates import short_date
from trainees.models import Enrolment, Trainee

APPLICATION_FACTS: Final = ("education", "occupation", "facts", "subdistrict_id")
"""What an enrolment copies from the register (form 2): it follows the register until the course is closed."""

TAKES_PEOPLE: Final = frozenset({"draft", "approved", "open", "postponed", "running"})


def lock_course(course: Course, by: Eyes) -> Course:
    """The course as it is now, held until the end of the transaction."""
    rows = Course.objects.visible_to(by).select_related("course_type", "fiscal_year")
    held = rows.select_for_update(of=("self",)).filter(pk=course.pk).first()
    if held is None:
        raise ValidationError(_("Somebody has thrown this course away meanwhile."), "gone")
    return held


def lock_enrolment(enrolment: Enrolment, by: Eyes) -> Enrolment:
    rows = Enrolment.objects.visible_to(by).select_related("course", "trainee")
    rows = rows.defer(*Enrolment.ENCRYPTED).select_for_update(of=("self", "course"))
    held = rows.filter(pk=enrolment.pk).first()
    if held is None:
        raise ValidationError(_("Somebody has taken this person off the course meanwhile."), "gone")
    return held


def refuse_unless_open_to_changes(course: Course) -> None:
    """A course that is closed or cancelled stays as it is."""
    if course.status in Course.OVER:
        raise ValidationError(
            _("The course is in the state “%(state)s”: its roster stays as it is.")
            % {"state": course.get_status_display()},
            "over",
        )


def day_of_course(course: Course, day: date, field: str) -> date:
    """A day on which somebody can have come: between the first and the last, and not still to come.

    The refusal is that of the form's `field`.
    """
    if day < course.starts_on or day > course.ends_on:
        lasts = _("The course lasts from %(first)s to %(last)s.")
        raise ValidationError(
            {field: [lasts % {"first": short_date(course.starts_on), "last": short_date(course.ends_on)}]}
        )
    if day > today():
        raise ValidationError({field: [_("%(day)s is still to come.") % {"day": short_date(day)}]})
    return day


def refuse_enrolling(course: Course) -> None:
    if course.status not in TAKES_PEOPLE:
        raise ValidationError(
            _("The course is in the state “%(state)s”: nobody can be enrolled any more.")
            % {"state": course.get_status_display()},
            "not_taking",
        )


@transaction.atomic
def enrol(
    *,
    course: Course,
    trainees: Iterable[Trainee],
    by: User,
    joined_on: date | None = None,
    application: Mapping[str, Any] | None = None,
) -> list[Enrolment]:
    """Put people of the register on a course. On a running course `joined_on` is the first day they came.

    `application`: what was said for this course (form 2), where that has been asked already.
    """
    course = lock_course(course, by)
    refuse_enrolling(course)
    running = course.status == Course.Status.RUNNING
    if running and joined_on is None:
        raise ValidationError({"joined_on": [_("The course is running: say on which day they joined.")]})
    came = day_of_course(course, joined_on, "joined_on") if running and joined_on else None
    chosen = list(trainees)
    there = Enrolment.objects.visible_to(by).filter(course=course, trainee__in=chosen)
    already = list(there.select_related("trainee").defer(*Enrolment.ENCRYPTED))
    if already:
        raise ValidationError(
            _("Already on this course: %(names)s.") % {"names": ", ".join(str(row.trainee) for row in already)},
            "already",
        )
    with pghistory.context(user=by.pk, act="enrolment.enrol"):
        return [
            Enrolment.objects.create(
                school_id=course.school_id,
                course=course,
                trainee=trainee,
                enrolled_on=came or today(),
                first_attended_on=came,
                **{fact: getattr(trainee, fact) for fact in APPLICATION_FACTS},
                **(application or {}),
            )
            for trainee in chosen
        ]


def clashes(*, course: Course, trainees: Iterable[Trainee], by: User) -> list[Enrolment]:
    """Places that these people hold on other courses of the school in the same days: told, not refused."""
    return list(
        Enrolment.objects.visible_to(by)
        .on_roster()
        .filter(
            trainee__in=list(trainees),
            course__school=course.school_id,
            course__starts_on__lte=course.ends_on,
            course__ends_on__gte=course.starts_on,
        )
        .exclude(course=course.pk)
        .exclude(course__status=Course.Status.CANCELLED)
        .select_related("course", "trainee")
        .defer(*Enrolment.ENCRYPTED)
    )


def application_facts(trainee: Trainee) -> dict[str, Any]:
    """What the register says now of the facts that enrolments copy."""
    return {fact: getattr(trainee, fact) for fact in APPLICATION_FACTS}


@transaction.atomic
def follow_register(*, trainee: Trainee, was: Mapping[str, Any], by: User) -> int:
    """Bring the applications of courses that are not over up to what the register says now.

    `was`: what it said before. An application in which somebody wrote something else keeps that.
    """
    changed = {fact: now for fact, now in application_facts(trainee).items() if was[fact] != now}
    current = Enrolment.objects.visible_to(by).filter(trainee=trainee).exclude(course__status__in=Course.OVER)
    with pghistory.context(user=by.pk, act="enrolment.follow_register"):
        return sum(current.filter(**{fact: was[fact]}).update(**{fact: now}) for fact, now in changed.items())


@transaction.atomic
def withdraw(*, enrolment: Enrolment, on: date, reason: str, by: User) -> Enrolment:
    """Note that somebody left. What they attended stays."""
    held = lock_enrolment(enrolment, by)
    refuse_unless_open_to_changes(held.course)
    if held.status == Enrolment.Status.WITHDRAWN:
        raise ValidationError(_("This person has withdrawn already."), "already")
    if on > today():
        raise ValidationError({"withdrawn_on": [_("%(day)s is still to come.") % {"day": short_date(on)}]})
    if held.first_attended_on and on < held.first_attended_on:
        raise ValidationError(
            {
                "withdrawn_on": [
                    _("They first came on %(day)s, and cannot have left before.")
                    % {"day": short_date(held.first_attended_on)}
                ]
            }
        )
    held.status, held.withdrawn_on, held.withdrawal_reason = Enrolment.Status.WITHDRAWN, on, reason
    return _kept(held, "enrolment.withdraw", by, "status", "withdrawn_on", "withdrawal_reason")


@transaction.atomic
def take_back(*, enrolment: Enrolment, by: User) -> Enrolment:
    """Undo a withdrawal."""
    held = lock_enrolment(enrolment, by)
    refuse_unless_open_to_changes(held.course)
    held.status, held.withdrawn_on, held.withdrawal_reason = Enrolment.Status.ENROLLED, None, ""
    return _kept(held, "enrolment.take_back", by, "status", "withdrawn_on", "withdrawal_reason")


@transaction.atomic
def mark_came(*, course: Course, enrolments: Iterable[int], on: date, by: User) -> int:
    """Note for people on a course under way that they first came on this day."""
    course = lock_course(course, by)
    if course.status not in (Course.Status.RUNNING, Course.Status.COMPLETED):
        raise ValidationError(_("Who came is noted once the training is open."), "not_running")
    day_of_course(course, on, "on")
    rows = Enrolment.objects.visible_to(by).on_roster().filter(course=course, pk__in=list(enrolments))
    with pghistory.context(user=by.pk, act="enrolment.mark_came"):
        return rows.filter(first_attended_on=None).update(first_attended_on=on)


@transaction.atomic
def unmark_came(*, enrolment: Enrolment, by: User) -> Enrolment:
    """Take back a wrong mark: this person has not come yet."""
    held = lock_enrolment(enrolment, by)
    refuse_unless_open_to_changes(held.course)
    held.first_attended_on = None
    return _kept(held, "enrolment.unmark_came", by, "first_attended_on")


def _kept(enrolment: Enrolment, act: str, by: User, *columns: str) -> Enrolment:
    with pghistory.context(user=by.pk, act=act):
        enrolment.save(update_fields=columns)
    return enrolment


def people_on(user: Eyes, courses: Iterable[int]) -> dict[int, int]:
    """How many people stand on each roster; what the lists of courses show."""
    rows = Enrolment.objects.visible_to(user).on_roster().filter(course__in=list(courses))
    return dict(rows.order_by().values_list("course").annotate(people=Count("pk")))
