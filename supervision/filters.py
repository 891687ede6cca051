"""Narrowing the list of visits."""

from __future__ import annotations

import django_filters as filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.filters import ALL_YEARS, PlacedFilter
from offices.thai.typed import tidy
from supervision.models import Visit

LONGEST_SEARCH = 100


class VisitFilter(PlacedFilter):
    """The visits to courses of the year in the switcher and all drafts, or those of all years."""

    q = filters.CharFilter(label=_("Course or supervisor"), method="holding")
    status = filters.ChoiceFilter(
        label=pgettext_lazy("visit", "State"), choices=Visit.Status, empty_label=_("All states")
    )
    stage = filters.ChoiceFilter(
        label=pgettext_lazy("visit", "When"), choices=Visit.Stage, empty_label=_("During and after training")
    )
    year = filters.ChoiceFilter(label=_("Fiscal year"), method="unchanged", choices=[(ALL_YEARS, _("All years"))])

    class Meta:
        model = Visit
        fields: list[str] = []

    always_shown = ("q", "status", "stage", "year", "province", "school")

    def __init__(self, data, queryset, *, user, year, drafts):
        self.chosen_year = year
        super().__init__(data, queryset, user=user)
        if not drafts:
            del self.filters["status"]
        self.filters["year"].extra["empty_label"] = _("Year %(year)s") % {"year": year} if year else "–"
        self.filters = {name: self.filters[name] for name in self.always_shown if name in self.filters}

    def holding(self, queryset, name, value):
        found = Q()
        for word in tidy(value)[:LONGEST_SEARCH].split():
            found &= Q(course__name__icontains=word) | Q(supervisor_name__icontains=word)
        return queryset.filter(found)

    def unchanged(self, queryset, name, value):
        return queryset

    def filter_queryset(self, queryset):
        found = super().filter_queryset(queryset)
        if self.form.cleaned_data.get("year") == ALL_YEARS:
            return found
        return found.filter(Q(course__fiscal_year=self.chosen_year) | Q(status=Visit.Status.DRAFT))
