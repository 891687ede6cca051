"""The end of what lies in the bins too long: photographs, courses, then what no course holds on to any more."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.deletion import ProtectedError

from courses.models import Answer, Course, CoursePhoto, Curriculum, Instructor, Project, Survey, Teaching
from courses.photos import remove_files


def empty(until: datetime) -> dict[str, int]:
    """Delete for good what all schools threw away of teaching before `until`.

    Whoever hangs rows on courses deletes those first; a course that is still held on to (by a submitted PT.11)
    stays. Pictures leave the disk once their rows are surely gone.
    """
    photos = CoursePhoto.objects.unscoped().filter(Q(binned_at__lt=until) | Q(course__binned_at__lt=until))
    files = list(photos.values_list("file", flat=True))
    pictures = photos.delete()[0]
    transaction.on_commit(partial(remove_files, files), robust=True)
    deleted = 0
    for course in Course.objects.unscoped().filter(binned_at__lt=until):
        with suppress(ProtectedError):
            deleted += course.delete()[0]
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
    }
