"""One run of a curriculum, from draft to closed."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.models.curricula import Curriculum
from courses.models.needs import FoundBy
from courses.models.projects import Project
from offices.history import tracked
from offices.models import CourseType, FiscalYear, Subdistrict
from offices.owned import Binnable, SameSchool
from offices.scoping import ScopedQuerySet
from offices.thai.fields import ThaiSortKeyField


class CourseQuerySet(ScopedQuerySet):
    def counted(self) -> Self:
        """Courses that count in indicators."""
        return self.filter(Course.COUNTS)

    def of_year(self, year: int) -> Self:
        """Courses that the fiscal year `year` pays for."""
        return self.filter(fiscal_year=year)


@tracked
class Course(Binnable):
    """One run of a curriculum (a course): who, when, where, and how far it is.

    `course_type` follows from the hours and the rules of the fiscal year (courses.rules); it is never chosen.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        APPROVED = "approved", _("Approved")
        OPEN = "open", _("Open for applications")
        RUNNING = "running", _("Running")
        COMPLETED = "completed", _("Completed")
        CLOSED = "closed", _("Closed")
        POSTPONED = "postponed", _("Postponed")
        CANCELLED = "cancelled", _("Cancelled")

    class SkillPurpose(models.TextChoices):  # Letter §1, §4.1
        NEW = "new_skill", _("New-skill")
        UP = "up_skill", _("Up-skill")
        RE = "re_skill", _("Re-skill")

    class LearningMode(models.TextChoices):
        GROUP = "group", _("Group training")
        INDIVIDUAL = "individual", _("Individual learning")

    COUNTED_STATES: ClassVar[tuple[str, ...]] = ("running", "completed", "closed")
    COUNTS: ClassVar[Q] = Q(status__in=COUNTED_STATES)
    FINISHED_STATES: ClassVar[tuple[str, ...]] = ("completed", "closed")
    OVER: ClassVar[frozenset[str]] = frozenset({"closed", "cancelled"})

    curriculum = models.ForeignKey(
        Curriculum, models.PROTECT, verbose_name=_("curriculum"), related_name="courses"
    )
    name = models.CharField(_("course name"), max_length=200)
    name_order = ThaiSortKeyField(source="name")
    fiscal_year = models.ForeignKey(
        FiscalYear, models.PROTECT, verbose_name=_("fiscal year that pays"), related_name="+"
    )
    hours = models.DecimalField(_("hours"), max_digits=6, decimal_places=1)
    course_type = models.ForeignKey(
        CourseType, models.PROTECT, verbose_name=_("course type"), related_name="+", editable=False
    )
    learning_mode = models.CharField(
        _("way of learning"), max_length=10, choices=LearningMode, default=LearningMode.GROUP
    )
    skill_purpose = models.CharField(_("skill purpose"), max_length=10, choices=SkillPurpose)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    venue = models.CharField(_("venue"), max_length=200, blank=True)
    subdistrict = models.ForeignKey(
        Subdistrict,
        models.PROTECT,
        verbose_name=_("subdistrict of the venue"),
        null=True,
        blank=True,
        related_name="+",
    )
    instructor = models.CharField(_("instructor, in words"), max_length=150, blank=True)  # see courses.teaching
    project = models.ForeignKey(
        Project, models.PROTECT, verbose_name=_("project"), null=True, blank=True, related_name="courses"
    )
    needs_found = ArrayField(
        models.CharField(max_length=10, choices=FoundBy),
        verbose_name=_("how needs were found"),
        default=list,
        blank=True,
    )
    needs_found_other = models.CharField(_("another way, in words"), max_length=200, blank=True)
    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    status_reason = models.CharField(_("reason"), max_length=500, blank=True, editable=False)
    status_since = models.DateTimeField(_("in this state since"), null=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    objects = models.Manager.from_queryset(CourseQuerySet)()  # type: ignore[assignment,misc]

    class Meta(Binnable.Meta):
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        ordering = ["-starts_on", "name_order", "pk"]
        indexes = [
            *Binnable.Meta.indexes,
            models.Index(fields=["school", "fiscal_year", "status"], name="course_board"),
            models.Index(fields=["starts_on", "status"], name="course_first_day"),
            models.Index(fields=["-status_since"], name="course_last_moved"),
            models.Index(fields=["fiscal_year", "-starts_on", "name_order", "id"], name="course_list"),
        ]
        constraints = [
            *Binnable.Meta.constraints,
            SameSchool("curriculum", name="course_curriculum_same_school"),
            SameSchool("project", name="course_project_same_school"),
            models.CheckConstraint(
                name="course_ends_after_it_starts",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The last day is before the first day."),
            ),
            models.CheckConstraint(
                name="course_hours_above_zero",
                condition=Q(hours__gt=0),
                violation_error_message=_("A course has more than 0 hours."),
            ),
            models.CheckConstraint(
                name="course_stopped_with_a_reason",
                condition=~Q(status__in=["cancelled", "postponed"]) | ~Q(status_reason=""),
                violation_error_message=_("Say why."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def needs_in_words(self) -> str:
        """How needs were found, as form 13 says it."""
        ways = [str(FoundBy(way).label) for way in self.needs_found]
        return ", ".join(filter(None, [*ways, self.needs_found_other]))
