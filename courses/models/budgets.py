"""What money is called in a fiscal year: budget lines, what it is spent on, and rates. Data of the department."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from offices.history import tracked_reference
from offices.models import FiscalYear


@tracked_reference()
class BudgetLine(models.Model):
    """One line of the budget that pays the programme, in the full words of the budget act."""

    fiscal_year = models.ForeignKey(FiscalYear, models.PROTECT, verbose_name=_("fiscal year"), related_name="+")
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    plan = models.CharField(_("plan"), max_length=200)
    output = models.CharField(_("output"), max_length=200)
    activity = models.CharField(_("activity"), max_length=200)
    category = models.CharField(_("category of expenditure"), max_length=200)
    item = models.CharField(_("item"), max_length=200)
    code = models.CharField(
        _("budget code"), max_length=40, blank=True, help_text=_("Leave it empty until it is known.")
    )

    class Meta:
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        ordering = ["fiscal_year", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["fiscal_year", "code", "item"],
                name="budget_line_once_a_year",
                violation_error_message=_("This item stands in the year already, under the same code."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.item} ({self.code})" if self.code else self.item

    @property
    def in_full(self) -> str:
        """All its words, from the plan down to the item."""
        return " / ".join([self.plan, self.output, self.activity, self.category, self.item])


@tracked_reference()
class ExpenseClass(models.Model):
    """A class of expenses, such as materials."""

    fiscal_year = models.ForeignKey(FiscalYear, models.PROTECT, verbose_name=_("fiscal year"), related_name="+")
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        verbose_name = _("expense class")
        verbose_name_plural = _("expense classes")
        ordering = ["fiscal_year", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["fiscal_year", "name"],
                name="expense_class_once_a_year",
                violation_error_message=_("This class stands in the year already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


@tracked_reference()
class ExpenseLine(models.Model):
    """What money is spent on; it belongs to a class, and by that to a year."""

    expense_class = models.ForeignKey(
        ExpenseClass, models.PROTECT, verbose_name=_("expense class"), related_name="lines"
    )
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    name = models.CharField(_("name"), max_length=150)

    class Meta:
        verbose_name = _("expense line")
        verbose_name_plural = _("expense lines")
        ordering = ["expense_class__position", "expense_class", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["expense_class", "name"],
                name="expense_line_once_a_class",
                violation_error_message=_("This line stands in the class already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


@tracked_reference()
class Rate(models.Model):
    """What may be paid at most for one unit of an expense line; shipped empty, because no rate is published."""

    expense_line = models.ForeignKey(
        ExpenseLine, models.PROTECT, verbose_name=_("expense line"), related_name="rates"
    )
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    what = models.CharField(_("what it is for"), max_length=200)
    most = models.DecimalField(
        _("at most (baht)"),
        max_digits=12,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    unit = models.CharField(_("for each"), max_length=100, help_text=_("Such as: hour, person and meal."))
    letter = models.CharField(_("letter that sets it"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("rate")
        verbose_name_plural = _("rates")
        ordering = ["expense_line__expense_class__position", "expense_line__position", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="rate_above_zero",
                condition=Q(most__gt=0),
                violation_error_message=_("A rate is more than 0."),
            )
        ]

    def __str__(self) -> str:
        return self.what
