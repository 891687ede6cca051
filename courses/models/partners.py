"""Partners (Letter §7): a register that a province shares with its schools, and what each partner does."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.models.courses import Course
from courses.models.curricula import Curriculum
from offices.history import tracked, tracked_register
from offices.owned import Binnable, ProvinceOwned, SameSchool, Throwable, UniqueInSchool
from offices.thai.fields import ThaiSortKeyField


@tracked_register
class Partner(Throwable, ProvinceOwned):
    """An agency, a firm or a group that works with the schools of a province."""

    class Kind(models.TextChoices):  # Letter §7.1, §7.2
        PUBLIC = "public", pgettext_lazy("partner", "Public sector")
        PRIVATE = "private", pgettext_lazy("partner", "Private sector")
        INDUSTRY = "industry", pgettext_lazy("partner", "Industry")
        CIVIL = "civil", pgettext_lazy("partner", "Civil society")
        LOCAL = "local", pgettext_lazy("partner", "Local government")
        SCHOOL = "school", pgettext_lazy("partner", "Another school")

    name = models.CharField(_("name of the partner"), max_length=200)
    name_order = ThaiSortKeyField(source="name")
    kind = models.CharField(_("kind of partner"), max_length=10, choices=Kind)
    address = models.CharField(_("address"), max_length=300, blank=True)
    contact = models.CharField(_("contact"), max_length=200, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta(ProvinceOwned.Meta):
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["name_order", "pk"]
        indexes = [
            models.Index(fields=["province", "name_order", "id"], name="partner_list"),
            models.Index(fields=["binned_at"], name="partner_bin", condition=Q(binned_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name


def _random_path(instance: CoursePartner, filename: str) -> str:
    token = uuid.uuid4().hex
    return f"evidence/{token[:2]}/{token}"


@tracked
class CoursePartner(Binnable):
    """What a partner does in a course. The partner keeps its name here, whatever becomes of the register."""

    class Role(models.TextChoices):  # Letter §7.1, §7.2
        CURRICULUM = "curriculum", _("Designs the curriculum")
        TRAINING = "training", _("Supports the training")
        WORKPLACE = "workplace", _("Gives practice at the workplace")
        INSTRUCTOR = "instructor", _("Sends an instructor")
        PRODUCT = "product", _("Improves products")
        SALES = "sales", _("Offers a sales channel")
        BUDGET = "budget", _("Gives money")
        VENUE = "venue", _("Gives the venue")

    LIVE: ClassVar[Q] = Q(binned_at__isnull=True, course__binned_at__isnull=True)

    course = models.ForeignKey(
        Course, models.CASCADE, verbose_name=_("course"), related_name="partners", editable=False
    )
    partner = models.ForeignKey(Partner, models.PROTECT, verbose_name=_("partner"), related_name="+")
    role = models.CharField(_("part of the partner"), max_length=10, choices=Role)
    note = models.CharField(_("note"), max_length=300, blank=True)
    evidence = models.FileField(upload_to=_random_path, max_length=100, blank=True, editable=False)
    evidence_name = models.CharField(_("evidence"), max_length=200, blank=True, editable=False)

    class Meta(Binnable.Meta):
        verbose_name = _("partner in a course")
        verbose_name_plural = _("partners in courses")
        ordering = ["partner__name_order", "role", "pk"]
        indexes = [*Binnable.Meta.indexes, models.Index(fields=["partner", "role"], name="course_partner_roles")]
        constraints = [
            *Binnable.Meta.constraints,
            SameSchool("course", name="course_partner_course_same_school"),
            UniqueInSchool(
                fields=["school", "course", "partner", "role"],
                condition=Q(binned_at__isnull=True),
                name="one_role_of_a_partner_in_a_course",
                violation_error_message=_("This partner already has this part in the course."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner} – {self.get_role_display()}"


@tracked
class CoDesigner(Binnable):
    """A partner that helped to design a curriculum (Letter §7.1)."""

    LIVE: ClassVar[Q] = Q(binned_at__isnull=True, curriculum__binned_at__isnull=True)

    curriculum = models.ForeignKey(
        Curriculum, models.CASCADE, verbose_name=_("curriculum"), related_name="co_designers", editable=False
    )
    partner = models.ForeignKey(Partner, models.PROTECT, verbose_name=_("partner"), related_name="+")
    role = models.CharField(_("what the partner did"), max_length=200)
    worked_on = models.DateField(_("worked together on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(Binnable.Meta):
        verbose_name = _("partner that designed a curriculum")
        verbose_name_plural = _("partners that designed curricula")
        ordering = ["worked_on", "partner__name_order", "pk"]
        indexes = [*Binnable.Meta.indexes, models.Index(fields=["partner"], name="co_designer_partner")]
        constraints = [
            *Binnable.Meta.constraints,
            SameSchool("curriculum", name="co_designer_curriculum_same_school"),
        ]

    def __str__(self) -> str:
        return f"{self.partner} – {self.curriculum}"
