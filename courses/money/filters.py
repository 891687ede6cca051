"""Narrowing the lists of allocations and of spending."""

from __future__ import annotations

import django_filters as filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.filters import NO_PROVINCE, PlacedFilter, ThaiDateFilter, words_in
from courses.models import Allocation, BudgetLine, Course, ExpenseLine, Fair, Spending
from courses.models.money import QUARTERS, STANDS

STANDING, CANCELLED, OPEN = "standing", "cancelled", "open"


class MoneyFilter(PlacedFilter):
    """Rows of the year in the switcher. A province's rows are those of its office and of its schools."""

    q = filters.CharFilter(label=_("Search"), method="holding")
    budget_line = filters.ModelChoiceFilter(label=_("Budget line"), queryset=BudgetLine.objects.none())
    quarter = filters.ChoiceFilter(label=_("Quarter"), choices=QUARTERS, empty_label=_("All quarters"))
    office = filters.ChoiceFilter(
        label=_("Whose"), choices=[("own", _("Our own office's"))], empty_label=_("All offices"), method="own_only"
    )

    searched: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    always_shown: tuple[str, ...] = ()

    def __init__(self, data, queryset, *, user, year):
        self.year = year
        super().__init__(data, queryset.filter(fiscal_year=year), user=user)
        rows = queryset.filter(fiscal_year=year).order_by().values("budget_line")
        lines = BudgetLine.objects.filter(Q(fiscal_year=year) | Q(pk__in=rows))
        self.filters["budget_line"].queryset = self.filters["budget_line"].extra["queryset"] = lines
        if not self.sees_schools:
            del self.filters["office"]
        self.filters = {name: self.filters[name] for name in self.shown if name in self.filters}

    def holding(self, queryset, name, value):
        return queryset.filter(words_in(list(self.searched), value))

    def own_only(self, queryset, name, value):
        return queryset.filter(school=self.user.school_id, province=self.user.province_id)

    def in_province(self, queryset, name, value):
        of_schools = self._of_province("school", value)
        if value == NO_PROVINCE:
            return queryset.filter(of_schools, school__isnull=False)
        return queryset.filter(of_schools | Q(province=value))


class AllocationFilter(MoneyFilter):
    source = filters.ChoiceFilter(label=_("Given by"), choices=Allocation.Source, empty_label=_("All"))
    state = filters.ChoiceFilter(
        label=_("State"),
        choices=[(STANDING, _("Counts")), (CANCELLED, _("Cancelled"))],
        empty_label=_("All states"),
        method="in_state",
    )

    class Meta:
        model = Allocation
        fields: list[str] = []

    searched = ("document_number", "note", "budget_line__item", "school__name", "province__name_th")
    shown = ("q", "budget_line", "quarter", "source", "state", "office", "province", "school")
    always_shown = ("q", "budget_line", "quarter")

    def in_state(self, queryset, name, value):
        return queryset.filter(STANDS if value == STANDING else ~STANDS)


class SpendingFilter(MoneyFilter):
    kind = filters.ChoiceFilter(
        label=pgettext_lazy("money", "Kind"), choices=Spending.Kind, empty_label=_("All kinds")
    )
    purpose = filters.ChoiceFilter(label=_("Spent for"), choices=Spending.Purpose, empty_label=_("All purposes"))
    fair_rule = filters.ChoiceFilter(
        label=_("Rule that it is spent under"), choices=Spending.FairRule, empty_label=_("All rules")
    )
    expense_class = filters.ChoiceFilter(
        label=_("Expense class"), field_name="expense_line__expense_class", empty_label=_("All classes")
    )
    expense_line = filters.ChoiceFilter(label=_("Expense line"), empty_label=_("All lines"))
    state = filters.ChoiceFilter(
        label=_("State"),
        choices=[(OPEN, _("Not cleared")), (STANDING, _("Counts")), (CANCELLED, _("Cancelled"))],
        empty_label=_("All states"),
        method="in_state",
    )
    spent_from = ThaiDateFilter(label=_("On or after"), field_name="spent_on", lookup_expr="gte")
    spent_to = ThaiDateFilter(label=_("On or before"), field_name="spent_on", lookup_expr="lte")
    course = filters.ModelChoiceFilter(label=_("Course"), queryset=Course.objects.none(), widget=forms.HiddenInput)
    fair = filters.ModelChoiceFilter(label=_("Fair"), queryset=Fair.objects.none(), widget=forms.HiddenInput)

    class Meta:
        model = Spending
        fields: list[str] = []

    searched = ("document_number", "payee", "note", "course__name", "fair__name")
    shown = (
        "q", "kind", "state", "purpose", "budget_line", "quarter", "expense_class", "expense_line", "fair_rule",
        "spent_from", "spent_to", "office", "province", "school", "course", "fair",
    )  # fmt: skip
    always_shown = ("q", "kind", "state", "course", "fair")

    def __init__(self, data, queryset, *, user, year):
        super().__init__(data, queryset, user=user, year=year)
        lines = ExpenseLine.objects.filter(expense_class__fiscal_year=year).select_related("expense_class")
        found = [(line, line.expense_class) for line in lines]
        self.filters["expense_line"].extra["choices"] = [(line.pk, line.name) for line, _kind in found]
        self.filters["expense_class"].extra["choices"] = list(
            {kind.pk: kind.name for _line, kind in found}.items()
        )
        for name, rows in (("course", Course.objects.visible_to(user)), ("fair", Fair.objects.all())):
            self.filters[name].queryset = self.filters[name].extra["queryset"] = rows

    def in_state(self, queryset, name, value):
        match value:
            case "open":
                return (
                    queryset.exclude(kind=Spending.Kind.PAYMENT)
                    .filter(STANDS)
                    .alias(open=Spending.OPEN)
                    .filter(open__gt=0)
                )
            case "cancelled":
                return queryset.filter(~STANDS)
            case _:
                return queryset.filter(STANDS)

    @property
    def only(self) -> str:
        """The one course or fair that the rows are of, in words."""
        chosen = self.form.cleaned_data if self.form.is_valid() else {}
        return str(chosen.get("course") or chosen.get("fair") or "")
