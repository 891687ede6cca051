"""The days and hours of a course. Days may be skipped; breaks do not count as hours."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.models.courses import Course
from offices.history import tracked
from offices.owned import SameSchool, SchoolOwned, UniqueInSchool


@tracked
class Session(SchoolOwned):
    """One sitting of a course: a day, from when to when, and the hours that count."""

    course = models.ForeignKey(
        Course, models.CASCADE, verbose_name=_("course"), related_name="sessions", editable=False
    )
    held_on = models.DateField(_("day"))
    starts_at = models.TimeField(_("from"))
    ends_at = models.TimeField(_("until"))
    hours = models.DecimalField(
        _("hours that count"),
        max_digits=4,
        decimal_places=1,
        validators=[MinValueValidator(Decimal("0.5"))],
        help_text=_("Without breaks."),
    )
    topic = models.CharField(_("topic"), max_length=300, blank=True)
    venue = models.CharField(_("venue, where it differs"), max_length=200, blank=True)
    instructor = models.CharField(_("instructor, where it differs"), max_length=150, blank=True)

    class Meta(SchoolOwned.Meta):
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["held_on", "starts_at", "pk"]
        constraints = [
            *SchoolOwned.Meta.constraints,
            SameSchool("course", name="session_course_same_school"),
            UniqueInSchool(
                fields=["school", "course", "held_on", "starts_at"],
                name="one_session_at_a_time",
                violation_error_message=_("The course already has a session at this time."),
            ),
            models.CheckConstraint(
                name="session_ends_after_it_starts",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("The session ends before it starts."),
            ),
            models.CheckConstraint(
                name="session_hours_above_zero",
                condition=Q(hours__gt=0),
                violation_error_message=_("A session has more than 0 hours."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held_on} {self.starts_at:%H:%M}"
