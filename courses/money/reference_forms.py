"""What the department types about the names of money in a year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import models
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.models import BudgetLine, ExpenseClass, ExpenseLine, Rate
from courses.money.fields import BahtField, ExpenseChoice
from offices.models import FiscalYear
from offices.thai.forms import ThaiIntegerField


class NamedForm(forms.ModelForm):
    """A row of the year, in its place among the others."""

    position = ThaiIntegerField(label=_("Order"), initial=1, min_value=1, max_value=9999)

    def __init__(self, year, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "expense_class" in self.fields:
            self.fields["expense_class"].queryset = ExpenseClass.objects.filter(fiscal_year=year)
        elif "expense_line" in self.fields:
            lines = ExpenseLine.objects.filter(expense_class__fiscal_year=year)
            self.fields["expense_line"].queryset = lines.select_related("expense_class")
        else:
            self.instance.fiscal_year = year

    def _get_validation_exclusions(self):
        """The year is not typed, but what stands once a year is looked for in it."""
        return super()._get_validation_exclusions() - {"fiscal_year"}


class BudgetLineForm(NamedForm):
    class Meta:
        model = BudgetLine
        fields = ("plan", "output", "activity", "category", "item", "code", "position")


class ExpenseClassForm(NamedForm):
    class Meta:
        model = ExpenseClass
        fields = ("name", "position")


class ExpenseLineForm(NamedForm):
    class Meta:
        model = ExpenseLine
        fields = ("expense_class", "name", "position")


class RateForm(NamedForm):
    expense_line = ExpenseChoice(queryset=ExpenseLine.objects.none(), label=_("Expense line"))
    most = BahtField(label=_("At most (baht)"))

    class Meta:
        model = Rate
        fields = ("expense_line", "what", "most", "unit", "letter", "position")


@dataclass(frozen=True)
class Named:
    """One kind of name: its rows of a year, its form, and what its screens say."""

    model: type[models.Model]
    form: type[NamedForm]
    year: str
    new: str | Promise
    edit: str | Promise

    def of(self, year: FiscalYear) -> QuerySet[Any]:
        return self.model._default_manager.filter(**{self.year: year})


KINDS = {
    "lines": Named(BudgetLine, BudgetLineForm, "fiscal_year", _("New budget line"), _("Change the budget line")),
    "classes": Named(
        ExpenseClass, ExpenseClassForm, "fiscal_year", _("New expense class"), _("Change the expense class")
    ),
    "expenses": Named(
        ExpenseLine,
        ExpenseLineForm,
        "expense_class__fiscal_year",
        _("New expense line"),
        _("Change the expense line"),
    ),
    "rates": Named(
        Rate, RateForm, "expense_line__expense_class__fiscal_year", _("New rate"), _("Change the rate")
    ),
}
