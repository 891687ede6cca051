"""The end of what lies in the bins too long: photographs, courses, then curricula that no course is made from."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.deletion import ProtectedError

from courses.models import Course, CoursePhoto, Curriculum
from courses.photos import remove_files


def empty(until: datetime) -> dict[str, int]:
    """Delete for good the photographs, courses and curricula of all schools that were thrown away before `until`.

    Whoever hangs rows on courses deletes those first; a course that is still held on to (by a submitted PT.11)
    stays. Pictures leave the disk once their rows are surely gone.
    """
    photos = CoursePhoto.objects.unscoped().filter(Q(binned_at__lt=until) | Q(course__binned_at__lt=until))
    files = list(photos.values_list("file", flat=True))
    pictures = photos.delete()[0]
    transaction.on_commit(partial(remove_files, CoursePhoto, files), robust=True)
    deleted = 0
    for course in Course.objects.unscoped().filter(binned_at__lt=until):
        with suppress(ProtectedError):
            deleted += course.delete()[0]
    made_from = Course.objects.unscoped().filter(curriculum=OuterRef("pk"))
    curricula = Curriculum.objects.unscoped().filter(~Exists(made_from), binned_at__lt=until)
    return {"photos": pictures, "courses": deleted, "curricula": curricula.delete()[0]}
