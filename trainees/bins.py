"""The bins of people and of their places on courses: thrown away, and taken back for some days."""

from __future__ import annotations

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.models import Course
from offices.models import User
from trainees.models import Enrolment, Trainee
from trainees.operations import APPLICATION_FACTS, lock_enrolment
from trainees.register import twin_of

MOST_NAMED = 5


@transaction.atomic
def throw_away_trainee(*, trainee: Trainee, by: User) -> Trainee:
    """Take somebody out of the register; refused while they are on a course."""
    row = Trainee.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=trainee.pk).first()
    if row is None:
        raise ValidationError(_("Somebody has thrown this away meanwhile."), "gone")
    places = Enrolment.objects.visible_to(by).filter(trainee=row).select_related("course")
    courses = [str(place.course) for place in places[: MOST_NAMED + 1]]
    if courses:
        names = ", ".join(courses[:MOST_NAMED]) + (" …" if len(courses) > MOST_NAMED else "")
        raise ValidationError(
            _("%(name)s is on courses and stays in the register: %(courses)s. Take them off the courses first.")
            % {"name": row, "courses": names},
            "on_courses",
        )
    row.binned_at = timezone.now()
    with pghistory.context(user=by.pk, act="trainee.bin"):
        row.save(update_fields=["binned_at"])
    return row


@transaction.atomic
def take_back_trainee(*, trainee: Trainee, by: User) -> Trainee:
    """Take somebody back out of the bin, unless the same person has been entered again meanwhile."""
    row = Trainee.objects.in_bin_of(by).select_for_update(of=("self",)).filter(pk=trainee.pk).first()
    if row is None:
        raise ValidationError(_("This is no longer in the bin."), "gone")
    twin = twin_of(by, row.person_key, other_than=row)
    if twin is not None:
        raise ValidationError(
            _("Cannot be taken back: the same document is in your register again, as %(name)s.") % {"name": twin},
            "twin",
        )
    row.binned_at = None
    with pghistory.context(user=by.pk, act="trainee.restore"):
        row.save(update_fields=["binned_at"])
    return row


@transaction.atomic
def remove_enrolment(*, enrolment: Enrolment, by: User) -> Enrolment:
    """Take off a course somebody who was put there by mistake; whoever leaves is withdrawn instead."""
    held = lock_enrolment(enrolment, by)
    if held.course.status in (*Course.OVER, Course.Status.COMPLETED):
        raise ValidationError(
            _("The course is in the state “%(state)s”: its roster stays as it is.")
            % {"state": held.course.get_status_display()},
            "over",
        )
    held.binned_at = timezone.now()
    with pghistory.context(user=by.pk, act="enrolment.bin"):
        held.save(update_fields=["binned_at"])
    return held


@transaction.atomic
def put_back_enrolment(*, enrolment: Enrolment, by: User) -> Enrolment:
    """Put somebody back on the course they were taken off; the application follows the register again."""
    binned = Enrolment.objects.in_bin_of(by).select_related("course", "trainee").defer(*Enrolment.ENCRYPTED)
    row = binned.select_for_update(of=("self", "course", "trainee")).filter(pk=enrolment.pk).first()
    if row is None:
        raise ValidationError(_("This is no longer in the bin."), "gone")
    if row.course.binned_at or row.trainee.binned_at:
        raise ValidationError(_("Take the course and the person out of the bin first."), "parent_in_bin")
    if row.course.status in (*Course.OVER, Course.Status.COMPLETED):
        raise ValidationError(
            _("The course is in the state “%(state)s”: its roster stays as it is.")
            % {"state": row.course.get_status_display()},
            "over",
        )
    if Enrolment.objects.visible_to(by).filter(course=row.course, trainee=row.trainee).exists():
        raise ValidationError(_("This person is already on this course."), "already")
    row.binned_at = None
    for fact in APPLICATION_FACTS:
        setattr(row, fact, getattr(row.trainee, fact))
    with pghistory.context(user=by.pk, act="enrolment.restore"):
        row.save(update_fields=["binned_at", *APPLICATION_FACTS])
    return row
