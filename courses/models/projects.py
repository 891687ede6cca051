"""A school's yearly projects, which carry courses (form 5)."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from offices.history import tracked
from offices.models import FiscalYear
from offices.owned import Binnable, SameSchool, SchoolOwned
from offices.thai.fields import ThaiSortKeyField


@tracked
class Project(Binnable):
    """A project (โครงการ) of one school and fiscal year, with what form 5 asks of it."""

    name = models.CharField(_("name of the project"), max_length=200)
    name_order = ThaiSortKeyField(source="name")
    fiscal_year = models.ForeignKey(FiscalYear, models.PROTECT, verbose_name=_("fiscal year"), related_name="+")
    policy = models.TextField(_("policies it follows"), blank=True)
    rationale = models.TextField(_("principle and rationale"), blank=True)
    aims = models.TextField(_("aims"), blank=True)
    targets = models.TextField(_("targets in number and quality"), blank=True)
    budget = models.DecimalField(
        _("budget of the whole project"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    responsible = models.CharField(_("responsible person or group"), max_length=200, blank=True)
    partners = models.TextField(_("partners"), blank=True)
    related = models.TextField(_("related projects"), blank=True)
    outcomes = models.TextField(_("expected outcomes"), blank=True)
    output_indicators = models.TextField(_("indicators of output"), blank=True)
    outcome_indicators = models.TextField(_("indicators of outcome"), blank=True)
    evaluation = models.TextField(_("how it is followed and evaluated"), blank=True)

    class Meta(Binnable.Meta):
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["-fiscal_year", "name_order", "pk"]
        indexes = [
            *Binnable.Meta.indexes,
            models.Index(fields=["school", "fiscal_year", "name_order"], name="project_of_school"),
        ]
        constraints = [
            *Binnable.Meta.constraints,
            models.CheckConstraint(
                name="project_budget_not_below_zero",
                condition=Q(budget__isnull=True) | Q(budget__gte=0),
                violation_error_message=_("A budget cannot be negative."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked
class Activity(SchoolOwned):
    """A main activity of a project, and what it spends in each quarter. What nobody planned is blank, not zero."""

    QUARTERS: ClassVar[tuple[str, ...]] = ("quarter_1", "quarter_2", "quarter_3", "quarter_4")

    project = models.ForeignKey(
        Project, models.CASCADE, verbose_name=_("project"), related_name="activities", editable=False
    )
    position = models.PositiveSmallIntegerField(_("order"))
    title = models.CharField(_("main activity"), max_length=300)
    aim = models.TextField(_("aim"), blank=True)
    target_group = models.CharField(_("target group"), max_length=200, blank=True)
    target = models.CharField(_("target"), max_length=200, blank=True)
    area = models.CharField(_("area"), max_length=200, blank=True)
    period = models.CharField(_("period"), max_length=200, blank=True)
    budget = models.DecimalField(_("budget"), max_digits=12, decimal_places=2, null=True, blank=True)
    quarter_1 = models.DecimalField(_("quarter 1"), max_digits=12, decimal_places=2, null=True, blank=True)
    quarter_2 = models.DecimalField(_("quarter 2"), max_digits=12, decimal_places=2, null=True, blank=True)
    quarter_3 = models.DecimalField(_("quarter 3"), max_digits=12, decimal_places=2, null=True, blank=True)
    quarter_4 = models.DecimalField(_("quarter 4"), max_digits=12, decimal_places=2, null=True, blank=True)

    class Meta(SchoolOwned.Meta):
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["position", "pk"]
        constraints = [
            *SchoolOwned.Meta.constraints,
            SameSchool("project", name="activity_project_same_school"),
            *(
                models.CheckConstraint(
                    name=f"activity_{column}_not_below_zero",
                    condition=Q(**{f"{column}__isnull": True}) | Q(**{f"{column}__gte": 0}),
                    violation_error_message=_("A budget cannot be negative."),
                )
                for column in ("budget", "quarter_1", "quarter_2", "quarter_3", "quarter_4")
            ),
        ]

    def __str__(self) -> str:
        return self.title
