"""Photographs: resized, without the position they were taken at, shown only with consent."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models.courses import Course
from offices.history import tracked
from offices.owned import Binnable, SameSchool


def _random_path(instance: Photo, filename: str) -> str:
    token = uuid.uuid4().hex
    return f"photos/{token[:2]}/{token}"


class Photo(Binnable):
    """One photograph of something. Photographs need a consent of their own (Personal Data Protection Act 2562)."""

    HOLDER: ClassVar[str]
    """The column that names what is shown."""
    HELD: ClassVar[Q]
    """Photographs whose holder is not in the bin itself."""

    file = models.FileField(upload_to=_random_path, max_length=100, editable=False)
    caption = models.CharField(_("caption"), max_length=200, blank=True)
    consent = models.CharField(
        _("consent of the people shown"),
        max_length=200,
        help_text=_("How the people in the picture agreed, such as: asked aloud before the picture was taken."),
    )
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)

    class Meta(Binnable.Meta):
        abstract = True
        verbose_name = _("photograph")
        verbose_name_plural = _("photographs")
        ordering = ["added_at", "pk"]

    def __str__(self) -> str:
        return self.caption or str(self.pk)

    @property
    def holder(self) -> Any:
        """What is shown."""
        return getattr(self, self.HOLDER)

    @property
    def small_name(self) -> str:
        """Where the small picture lies: beside the large one."""
        return f"{self.file.name}-small"


@tracked
class CoursePhoto(Photo):
    """A photograph of a course."""

    HOLDER = "course"
    HELD = Q(course__binned_at__isnull=True)
    LIVE = Binnable.LIVE & HELD

    course = models.ForeignKey(
        Course, models.CASCADE, verbose_name=_("course"), related_name="photos", editable=False
    )

    class Meta(Photo.Meta):
        constraints = [*Binnable.Meta.constraints, SameSchool("course", name="photo_course_same_school")]
