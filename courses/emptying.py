"""The end of what lies in the bins too long: photographs, courses, then what no course holds on to any more."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.deletion import ProtectedError

from courses.models import (
    Answer,
    CoDesigner,
    Course,
    CoursePartner,
    CoursePhoto,
    Curriculum,
    Instructor,
    Partner,
    Project,
    Survey,
    Teaching,
)
from courses.photos import remove_files


def empty(until: datetime) -> dict[str, int]:
    """Delete for good what all schools threw away of teaching before `until`.

    Whoever hangs rows on courses deletes those first; a course that is still held on to (by a submitted PT.11)
    stays. Files leave the disk once their rows are surely gone.
    """
    gone = Q(binned_at__lt=until) | Q(course__binned_at__lt=until)
    photos = CoursePhoto.objects.unscoped().filter(gone)
    files = list(photos.values_list("file", flat=True))
    pictures = photos.delete()[0]
    transaction.on_commit(partial(remove_files, CoursePhoto, files), robust=True)
    parts = _empty_parts(CoursePartner.objects.unscoped().filter(gone))
    deleted = 0
    for course in Course.objects.unscoped().filter(binned_at__lt=until):
        with suppress(ProtectedError):
            deleted += course.delete()[0]
    parts += CoDesigner.objects.unscoped().filter(binned_at__lt=until).delete()[0]
    made_from = Course.objects.unscoped().filter(curriculum=OuterRef("pk"))
    curricula = Curriculum.objects.unscoped().filter(~Exists(made_from), binned_at__lt=until)
    carried = Course.objects.unscoped().filter(project=OuterRef("pk"))
    projects = Project.objects.unscoped().filter(~Exists(carried), binned_at__lt=until)
    answers = Answer.objects.unscoped().filter(Q(binned_at__lt=until) | Q(survey__binned_at__lt=until))
    events: Any = Answer.pgh_event_model.objects.unscoped()  # type: ignore[attr-defined]
    left = list(answers.filter(has_contact=True).values_list("pk", flat=True))
    Answer.objects.unscoped().filter(pk__in=left).update(contact="")  # an anonymous history is enough
    events.filter(pgh_obj_id__in=left).update(contact="")
    teaching = Teaching.objects.unscoped().filter(binned_at__lt=until).delete()[0]
    taught = Teaching.objects.unscoped().filter(instructor=OuterRef("pk"))
    instructors = Instructor.objects.unscoped().filter(~Exists(taught), binned_at__lt=until)
    return {
        "photos": pictures,
        "courses": deleted,
        "curricula": curricula.delete()[0],
        "projects": projects.delete()[0],
        "teaching": teaching,
        "instructors": instructors.delete()[0],
        "answers": answers.delete()[0],
        "surveys": Survey.objects.unscoped().filter(binned_at__lt=until).delete()[0],
        "parts": parts,
        "partners": _empty_register(until),
    }


def _empty_parts(parts: QuerySet[CoursePartner]) -> int:
    files = list(parts.exclude(evidence="").values_list("evidence", flat=True))
    storage = CoursePartner._meta.get_field("evidence").storage  # type: ignore[union-attr]
    deleted = parts.delete()[0]
    for name in files:
        transaction.on_commit(partial(storage.delete, name), robust=True)
    return deleted


def _empty_register(until: datetime) -> int:
    """Partners that nothing points to any more."""
    working = CoursePartner.objects.unscoped().filter(partner=OuterRef("pk"))
    designing = CoDesigner.objects.unscoped().filter(partner=OuterRef("pk"))
    thrown = Partner.objects.unscoped().filter(~Exists(working), ~Exists(designing), binned_at__lt=until)
    return thrown.delete()[0]
