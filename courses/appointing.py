"""Putting an instructor of the register on a course."""

from __future__ import annotations

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from courses.models import Course, Instructor, Teaching
from courses.sessions import lock
from offices.models import User


@transaction.atomic
def appoint(row: Teaching, *, by: User) -> Teaching:
    """Keep a new row of an instructor on a course; refused when the course is over, or somebody was quicker."""
    held = lock(row.course, by)
    if Teaching.objects.visible_to(by).filter(course=held, instructor=row.instructor_id).exists():
        raise ValidationError(_("This instructor is already on the course."), "already")
    with pghistory.context(user=by.pk, act="instructor.appoint"):
        row.save()
    return row


def appoint_new(instructor: Instructor, *, course: Course, by: User) -> Teaching:
    """Put somebody on a course who has just come into the register."""
    return appoint(Teaching(school_id=course.school_id, course=course, instructor=instructor), by=by)
