"""Form fields of money: an amount in baht and satang, and choices that say what is left."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from courses.models import BudgetLine, ExpenseLine
from courses.money.balance import Office, balances
from courses.money.holding import baht, refuse_unless_exact
from offices.models import FiscalYear, User
from offices.thai.forms import ThaiMoneyField


class BahtField(ThaiMoneyField):
    """An amount above nothing, typed with either digits; shown as 1,234.50."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None:
            refuse_unless_exact(value)


class TaxField(BahtField):
    """An amount that may be nothing at all: no tax was withheld."""

    def validate(self, value: Any) -> None:
        if value != 0:
            super().validate(value)


class LineChoice(forms.ModelChoiceField):
    """A budget line, with what the office has left of it."""

    lefts: dict[int, Decimal]

    def label_from_instance(self, line: BudgetLine) -> str:
        left = self.lefts.get(line.pk)
        if left is None:
            return str(line)
        return _("%(left)s baht left · %(line)s") % {"line": line, "left": baht(left)}


class ExpenseChoice(forms.ModelChoiceField):
    def label_from_instance(self, line: ExpenseLine) -> str:
        return f"{line.expense_class} · {line}"


def offer_lines(field: LineChoice, user: User, office: Office, year: FiscalYear) -> None:
    """The lines of the year, and those of which the office holds money carried over from another."""
    found = balances(user, "budget_line", of=office, fiscal_year=year)
    field.lefts = {key: balance.left for (key,), balance in found.items() if balance.left is not None}
    lines = BudgetLine.objects.filter(fiscal_year=year) | BudgetLine.objects.filter(pk__in=field.lefts)
    field.queryset = lines
    if len(lines) == 1:
        field.initial = lines[0].pk


def refuse_other_years(day: Any, year: FiscalYear, fiscal_year: int) -> None:
    if day is not None and fiscal_year != year.pk:
        raise ValidationError(
            _("This day lies in fiscal year %(other)d. Choose that year at the top first: here is %(year)s.")
            % {"other": fiscal_year, "year": year},
            "year",
        )
