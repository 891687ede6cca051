"""A person on a course."""

from __future__ import annotations

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models import Course
from offices.history import tracked
from offices.models import Subdistrict
from offices.owned import Binnable, SameSchool, UniqueInSchool
from offices.scoping import ScopedQuerySet
from trainees.models.facts import Education, Fact, Occupation, Reason
from trainees.models.people import Trainee


class EnrolmentQuerySet(ScopedQuerySet):
    def counted(self) -> Self:
        """Enrolments on courses that count in indicators."""
        return self.filter(course__status__in=Course.COUNTED_STATES)

    def entrants(self) -> Self:
        """People who attended at least once."""
        return self.filter(Enrolment.ENTRANT)

    def on_roster(self) -> Self:
        """People who have not withdrawn."""
        return self.filter(Enrolment.ON_ROSTER)


@tracked
class Enrolment(Binnable):
    """One person's place on one course, with the facts of the application (form 2) as they were then.

    Until the course is closed they follow the register; afterwards they stay as they were.
    """

    class Status(models.TextChoices):
        ENROLLED = "enrolled", _("Enrolled")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    LIVE: ClassVar[Q] = Q(binned_at__isnull=True, course__binned_at__isnull=True, trainee__binned_at__isnull=True)
    ENCRYPTED: ClassVar[tuple[str, ...]] = tuple(f"trainee__{column}" for column in Trainee.ENCRYPTED)
    ENTRANT: ClassVar[Q] = Q(first_attended_on__isnull=False)
    ON_ROSTER: ClassVar[Q] = Q(status="enrolled")

    course = models.ForeignKey(
        Course, models.PROTECT, verbose_name=_("course"), related_name="enrolments", editable=False
    )
    trainee = models.ForeignKey(
        Trainee, models.PROTECT, verbose_name=_("trainee"), related_name="enrolments", editable=False
    )
    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.ENROLLED, editable=False)
    enrolled_on = models.DateField(_("enrolled on"))
    first_attended_on = models.DateField(_("first came on"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrew on"), null=True, blank=True, editable=False)
    withdrawal_reason = models.CharField(_("why withdrawn"), max_length=200, blank=True, editable=False)
    skill_purpose = models.CharField(
        _("skill purpose, where it differs from the course's"),
        max_length=10,
        choices=Course.SkillPurpose,
        blank=True,
    )
    education = models.CharField(_("education"), max_length=20, choices=Education, blank=True)
    occupation = models.CharField(_("occupation"), max_length=20, choices=Occupation, blank=True)
    facts = ArrayField(
        models.CharField(max_length=20, choices=Fact), verbose_name=_("groups"), default=list, blank=True
    )
    subdistrict = models.ForeignKey(
        Subdistrict, models.PROTECT, verbose_name=_("subdistrict"), null=True, blank=True, related_name="+"
    )

    has_occupation = models.BooleanField(_("has an occupation now"), null=True, blank=True)
    income_before = models.DecimalField(
        _("income a year before the course (baht)"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    reasons = ArrayField(
        models.CharField(max_length=20, choices=Reason), verbose_name=_("reasons"), default=list, blank=True
    )
    reasons_other = models.CharField(_("another reason, in words"), max_length=100, blank=True)
    heard_from = models.CharField(_("how they heard of it"), max_length=200, blank=True)
    qualification = models.CharField(_("vocational qualification obtained"), max_length=200, blank=True)
    # Kept by a trigger on the attendance sheet; null until the sheet says something.
    attended_hours = models.DecimalField(
        _("hours attended"), max_digits=6, decimal_places=1, null=True, editable=False
    )

    # Kept by a trigger on the follow-up; null until a wave is answered.
    latest_answer = models.ForeignKey(
        "trainees.FollowUp", models.SET_NULL, null=True, related_name="+", editable=False
    )

    objects = models.Manager.from_queryset(EnrolmentQuerySet)()  # type: ignore[assignment,misc]

    class Meta(Binnable.Meta):
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["trainee__name_order", "pk"]
        indexes = [
            *Binnable.Meta.indexes,
            models.Index(fields=["school", "course"], name="enrolment_of_school"),
        ]
        constraints = [
            *Binnable.Meta.constraints,
            SameSchool("course", name="enrolment_course_same_school"),
            SameSchool("trainee", name="enrolment_trainee_same_school"),
            SameSchool("latest_answer", name="enrolment_answer_same_school"),
            UniqueInSchool(
                fields=["school", "course", "trainee"],
                condition=Q(binned_at__isnull=True),
                name="one_enrolment_per_course",
                violation_error_message=_("This person is already on this course."),
            ),
            models.CheckConstraint(
                name="withdrawn_with_a_day",
                condition=Q(status="withdrawn", withdrawn_on__isnull=False)
                | Q(status="enrolled", withdrawn_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trainee} – {self.course}"
