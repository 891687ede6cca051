"""Products that came out of courses, who made them, and whether they are of quality, to standard (Letter §2.2)."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models import Course
from offices.history import tracked
from offices.models import ChecklistItem, FiscalYear
from offices.owned import Binnable, SameSchool, SchoolOwned, UniqueInSchool
from offices.thai.fields import ThaiSortKeyField
from trainees.models.enrolments import Enrolment


@tracked
class Product(Binnable):
    """A product made in or after a course."""

    LIVE: ClassVar[Q] = Q(binned_at__isnull=True, course__binned_at__isnull=True)

    course = models.ForeignKey(Course, models.PROTECT, verbose_name=_("course"), related_name="products")
    name = models.CharField(_("name of the product"), max_length=200)
    name_order = ThaiSortKeyField(source="name")
    category = models.CharField(_("category"), max_length=100, blank=True)
    description = models.TextField(_("description"), blank=True)
    made_on = models.DateField(_("first made on"), null=True, blank=True)
    standard = models.CharField(_("standard that it has"), max_length=200, blank=True)
    identity = models.TextField(_("identity that ties it to the community"), blank=True)
    demand = models.TextField(_("how it fits what people ask for"), blank=True)
    packaging = models.TextField(_("better packaging"), blank=True)
    value_added = models.TextField(_("value added"), blank=True)
    price = models.DecimalField(
        _("price (baht)"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )

    class Meta(Binnable.Meta):
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["name_order", "pk"]
        indexes = [
            *Binnable.Meta.indexes,
            models.Index(fields=["school", "name_order", "id"], name="product_list"),
        ]
        constraints = [*Binnable.Meta.constraints, SameSchool("course", name="product_course_same_school")]

    def __str__(self) -> str:
        return self.name


@tracked
class Maker(SchoolOwned):
    """One of the people who made a product, by their place on a course. Whoever withdrew from it stays a maker."""

    LIVE: ClassVar[Q] = Q(
        product__binned_at__isnull=True,
        product__course__binned_at__isnull=True,
        enrolment__binned_at__isnull=True,
        enrolment__course__binned_at__isnull=True,
        enrolment__trainee__binned_at__isnull=True,
    )

    product = models.ForeignKey(
        Product, models.CASCADE, verbose_name=_("product"), related_name="makers", editable=False
    )
    enrolment = models.ForeignKey(
        Enrolment, models.PROTECT, verbose_name=_("person on a course"), related_name="made", editable=False
    )

    class Meta(SchoolOwned.Meta):
        verbose_name = _("maker")
        verbose_name_plural = _("makers")
        ordering = ["pk"]
        constraints = [
            *SchoolOwned.Meta.constraints,
            SameSchool("product", name="maker_product_same_school"),
            SameSchool("enrolment", name="maker_enrolment_same_school"),
            UniqueInSchool(
                fields=["school", "product", "enrolment"],
                name="one_maker_once",
                violation_error_message=_("This person is already among the makers."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product_id}: {self.enrolment_id}"


@tracked
class Assessment(Binnable):
    """A named person looked at a product on a day, by the checklist of that day's fiscal year. Never overwritten.

    `is_met` is derived when it is saved: every point that must be met is met. What was entered by mistake is
    taken back with a reason: it lies in the bin then, counts nowhere, and its product's page still shows it.
    """

    LIVE: ClassVar[Q] = Q(
        binned_at__isnull=True, product__binned_at__isnull=True, product__course__binned_at__isnull=True
    )

    product = models.ForeignKey(
        Product, models.CASCADE, verbose_name=_("product"), related_name="assessments", editable=False
    )
    fiscal_year = models.ForeignKey(
        FiscalYear, models.PROTECT, verbose_name=_("checklist of the year"), related_name="+", editable=False
    )
    assessed_on = models.DateField(_("assessed on"))
    assessor = models.CharField(_("assessed by"), max_length=150)
    assessor_position = models.CharField(_("position"), max_length=150, blank=True)
    note = models.TextField(_("note"), blank=True)
    is_met = models.BooleanField(_("meets the checklist"), editable=False)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    entered_at = models.DateTimeField(_("entered at"), auto_now_add=True)
    taken_back_because = models.CharField(_("why it was taken back"), max_length=200, blank=True, editable=False)

    class Meta(Binnable.Meta):
        verbose_name = _("assessment of a product")
        verbose_name_plural = _("assessments of products")
        ordering = ["-assessed_on", "-pk"]
        indexes = [
            *Binnable.Meta.indexes,
            models.Index(fields=["product", "-assessed_on", "-id"], name="assessment_latest"),
        ]
        constraints = [
            *Binnable.Meta.constraints,
            SameSchool("product", name="assessment_product_same_school"),
            models.CheckConstraint(
                name="assessment_taken_back_with_a_reason",
                condition=Q(binned_at__isnull=True) | ~Q(taken_back_because=""),
            ),
        ]
        triggers = [
            *Binnable.Meta.triggers,
            pgtrigger.ReadOnly(name="written_once", exclude=["binned_at", "taken_back_because", "version"]),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} {self.assessed_on}"


@tracked
class Verdict(SchoolOwned):
    """One point of the checklist, as it read then, and whether the product meets it."""

    assessment = models.ForeignKey(
        Assessment, models.CASCADE, verbose_name=_("assessment"), related_name="verdicts", editable=False
    )
    item = models.ForeignKey(
        ChecklistItem, models.SET_NULL, verbose_name=_("point"), null=True, related_name="+", editable=False
    )
    position = models.PositiveSmallIntegerField(_("order"), editable=False)
    text = models.CharField(_("what is looked at"), max_length=300, editable=False)
    is_required = models.BooleanField(_("must be met"), editable=False)
    is_met = models.BooleanField(_("met"))
    remark = models.CharField(_("remark"), max_length=300, blank=True)

    class Meta(SchoolOwned.Meta):
        verbose_name = _("verdict on a point")
        verbose_name_plural = _("verdicts on points")
        ordering = ["position", "pk"]
        constraints = [
            *SchoolOwned.Meta.constraints,
            SameSchool("assessment", name="verdict_assessment_same_school"),
        ]
        triggers = [
            *SchoolOwned.Meta.triggers,
            # The point may leave its year's checklist; what was said of it stays.
            pgtrigger.ReadOnly(name="written_once", exclude=["item", "version"]),
        ]

    def __str__(self) -> str:
        return self.text
