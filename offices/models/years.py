"""Fiscal years and the rules that hold in each: course types and when a trainee passes. All data."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DecimalRangeField, RangeBoundary, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from offices.history import tracked_reference
from offices.thai.dates import fiscal_year_bounds


def follow_up_waves() -> list[int]:
    """Ours, until a year says otherwise."""
    return [30, 90, 180]


def days_to_remind_before() -> list[int]:
    return [0, 3]


def days_to_remind_after() -> list[int]:
    return [1, 7]


PERCENT = [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))]


@tracked_reference()
class FiscalYear(models.Model):
    """A fiscal year by its Buddhist number: 2569 runs from 1 October 2025 to 30 September 2026."""

    year = models.PositiveSmallIntegerField(_("fiscal year"), primary_key=True)
    hours_step = models.DecimalField(
        _("smallest step of hours"), max_digits=3, decimal_places=2, default=Decimal("0.5")
    )
    most_hours = models.DecimalField(
        _("most hours that are believed"),
        max_digits=6,
        decimal_places=1,
        default=Decimal(1000),
        help_text=_("Longer courses are refused as a slip of the finger."),
    )
    pass_percent = models.DecimalField(
        _("total needed to pass (%)"), max_digits=5, decimal_places=2, default=Decimal(60), validators=PERCENT
    )
    attendance_percent = models.DecimalField(
        _("attendance needed to pass (%)"),
        max_digits=5,
        decimal_places=2,
        default=Decimal(80),
        validators=PERCENT,
    )
    parts_have_minimums = models.BooleanField(_("each part has a minimum"), default=False)
    least_knowledge = models.DecimalField(
        _("least for knowledge (of 20)"), max_digits=5, decimal_places=2, default=Decimal(12)
    )
    least_practice = models.DecimalField(
        _("least for practice (of 40)"), max_digits=5, decimal_places=2, default=Decimal(24)
    )
    least_quality = models.DecimalField(
        _("least for quality of work (of 40)"), max_digits=5, decimal_places=2, default=Decimal(24)
    )
    follow_up_days = ArrayField(
        models.PositiveSmallIntegerField(),
        verbose_name=_("days after the course at which people are asked"),
        default=follow_up_waves,
        help_text=_("Days after the last course day, such as 30, 90, 180."),
    )
    remind_before = ArrayField(
        models.PositiveSmallIntegerField(),
        verbose_name=_("days before a circular is due at which offices are reminded"),
        default=days_to_remind_before,
        blank=True,
    )
    remind_after = ArrayField(
        models.PositiveSmallIntegerField(),
        verbose_name=_("days after a circular was due at which offices are reminded"),
        default=days_to_remind_after,
        blank=True,
    )
    individual_needs_group = models.BooleanField(_("individual learning needs the group size too"), default=False)

    class Meta:
        verbose_name = _("fiscal year")
        verbose_name_plural = _("fiscal years")
        ordering = ["-year"]

    def __str__(self) -> str:
        return str(self.year)

    @property
    def starts_on(self) -> date:
        return fiscal_year_bounds(self.year)[0]

    @property
    def ends_on(self) -> date:
        return fiscal_year_bounds(self.year)[1]


@tracked_reference()
class CourseType(models.Model):
    """One of a year's course types (Letter §4.1): its hours, both ends included, and its group size."""

    class Kind(models.TextChoices):
        SHORT = "short", _("Short course")
        LONG = "long", _("Long course")

    fiscal_year = models.ForeignKey(
        FiscalYear, models.CASCADE, verbose_name=_("fiscal year"), related_name="course_types"
    )
    kind = models.CharField(_("type"), max_length=5, choices=Kind)
    least_hours = models.DecimalField(_("from hours"), max_digits=6, decimal_places=1)
    most_hours = models.DecimalField(_("to hours"), max_digits=6, decimal_places=1, null=True, blank=True)
    group_size = models.PositiveSmallIntegerField(_("group size"))

    class Meta:
        verbose_name = _("course type")
        verbose_name_plural = _("course types")
        ordering = ["fiscal_year", "least_hours"]
        constraints = [
            models.UniqueConstraint(fields=["fiscal_year", "kind"], name="one_of_each_course_type_a_year"),
            models.CheckConstraint(
                name="course_type_hours_in_order",
                condition=Q(least_hours__gt=0)
                & (Q(most_hours__isnull=True) | Q(most_hours__gte=F("least_hours"))),
                violation_error_message=_("The hours must be above zero and in order."),
            ),
            ExclusionConstraint(
                name="course_types_do_not_overlap",
                expressions=[
                    ("fiscal_year", RangeOperators.EQUAL),
                    (
                        Func(
                            "least_hours",
                            "most_hours",
                            RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                            function="NUMRANGE",
                            output_field=DecimalRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("The hours of two course types overlap."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def covers(self, hours: Decimal) -> bool:
        return self.least_hours <= hours and (self.most_hours is None or hours <= self.most_hours)


@tracked_reference()
class ChecklistItem(models.Model):
    """One point that makes a product “of quality, to standard” in a year (Letter §5.1.1(2)); shipped empty."""

    fiscal_year = models.ForeignKey(
        FiscalYear, models.CASCADE, verbose_name=_("fiscal year"), related_name="checklist_items"
    )
    position = models.PositiveSmallIntegerField(_("order"))
    text = models.CharField(_("what is looked at"), max_length=300)
    is_required = models.BooleanField(_("must be met"), default=True)

    class Meta:
        verbose_name = _("point of the product checklist")
        verbose_name_plural = _("points of the product checklist")
        ordering = ["fiscal_year", "position", "pk"]

    def __str__(self) -> str:
        return self.text


@tracked_reference()
class SatisfactionBand(models.Model):
    """From which mean on satisfaction has this level in words (form 12); shipped empty, so no words are shown."""

    fiscal_year = models.ForeignKey(
        FiscalYear, models.CASCADE, verbose_name=_("fiscal year"), related_name="satisfaction_bands"
    )
    least_mean = models.DecimalField(
        _("from a mean of"),
        max_digits=3,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(1)), MaxValueValidator(Decimal(5))],
    )
    label = models.CharField(_("level in words"), max_length=60)

    class Meta:
        verbose_name = _("level of satisfaction")
        verbose_name_plural = _("levels of satisfaction")
        ordering = ["fiscal_year", "-least_mean"]
        constraints = [
            models.UniqueConstraint(fields=["fiscal_year", "least_mean"], name="one_level_from_each_mean")
        ]

    def __str__(self) -> str:
        return self.label
