"""Opening a course with fewer people than its type asks for: asked by the school, decided by its superior."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.models import Course
from offices.history import tracked
from offices.owned import SameSchool, SchoolOwned, UniqueInSchool


@tracked
class Waiver(SchoolOwned):
    """A school's request to open below the group size, with its reason, and what the superior office said."""

    class Decision(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("waiver", "Waiting")
        ACCEPTED = "accepted", pgettext_lazy("waiver", "Accepted")
        REFUSED = "refused", pgettext_lazy("waiver", "Refused")

    course = models.ForeignKey(Course, models.CASCADE, verbose_name=_("course"), related_name="waivers")
    reason = models.CharField(_("reason"), max_length=500)
    people = models.PositiveSmallIntegerField(_("people enrolled"))
    group_size = models.PositiveSmallIntegerField(_("group size"))
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(pgettext_lazy("waiver", "asked at"), auto_now_add=True)
    decision = models.CharField(_("decision"), max_length=10, choices=Decision, default=Decision.WAITING)
    decision_note = models.CharField(_("note"), max_length=500, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(_("decided at"), null=True)

    class Meta(SchoolOwned.Meta):
        verbose_name = _("waiver of the group size")
        verbose_name_plural = _("waivers of the group size")
        ordering = ["-requested_at"]
        indexes = [
            models.Index(fields=["-decided_at"], name="waiver_news", condition=Q(decided_at__isnull=False)),
        ]
        constraints = [
            *SchoolOwned.Meta.constraints,
            SameSchool("course", name="waiver_course_same_school"),
            UniqueInSchool(
                fields=["school", "course"],
                condition=Q(decision="waiting"),
                name="one_waiting_waiver_per_course",
                violation_error_message=_("A request for this course is already waiting."),
            ),
            models.CheckConstraint(
                name="waiver_decided_by_somebody",
                condition=Q(decision="waiting", decided_at__isnull=True)
                | (~Q(decision="waiting") & Q(decided_at__isnull=False, decided_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="waiver_refused_with_a_reason",
                condition=~Q(decision="refused") | ~Q(decision_note=""),
                violation_error_message=_("Say why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course} {self.people}/{self.group_size}"
