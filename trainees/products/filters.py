"""Narrowing the list of products."""

from __future__ import annotations

import django_filters as filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.filters import PlacedFilter, words_in
from courses.models import Course
from trainees.models import Product
from trainees.products.standing import Standing

ASSESSED = "assessed"
MOST_CATEGORIES = 200
LONGEST_SEARCH = 100

STANDS: dict[str, Q] = {
    ASSESSED: Q(latest_is_met__isnull=False),
    Standing.MET: Q(latest_is_met=True),
    Standing.NOT_MET: Q(latest_is_met=False),
    Standing.NEVER: Q(latest_is_met__isnull=True),
}


class ProductFilter(PlacedFilter):
    """Products with their standing (`standing.with_standing`)."""

    q = filters.CharFilter(label=_("Product, standard or course"), method="holding")
    standing = filters.ChoiceFilter(
        label=_("Assessment"),
        choices=[(ASSESSED, _("Assessed")), *Standing.choices],
        method="standing_so",
        empty_label=_("All"),
    )
    category = filters.ChoiceFilter(label=_("Category"), empty_label=_("All categories"))
    course = filters.ModelChoiceFilter(
        label=_("From the course"), queryset=Course.objects.none(), empty_label=_("All courses")
    )

    class Meta:
        model = Product
        fields: list[str] = []

    field_order = ("q", "standing", "category", "course")
    always_shown = ("q", "standing", "category", "course", "province", "school")

    def __init__(self, data, queryset, *, user):
        super().__init__(data, queryset, user=user)
        if self.sees_schools:  # thousands of courses are no choice
            del self.filters["course"]
        else:
            courses = Course.objects.visible_to(user).filter(Course.COUNTS).only("name")
            self.filters["course"].queryset = self.filters["course"].extra["queryset"] = courses
        self.filters["category"].extra["choices"] = [(name, name) for name in _categories(user)]
        places = [name for name in ("province", "school") if name in self.filters]
        order = [name for name in self.field_order if name in self.filters]
        self.filters = {name: self.filters[name] for name in [*order, *places]}

    def holding(self, queryset, name, value):
        return queryset.filter(words_in(["name", "standard", "course__name"], value[:LONGEST_SEARCH]))

    def standing_so(self, queryset, name, value):
        return queryset.filter(STANDS[value])


def _categories(user) -> list[str]:
    """The categories in use among the products that the user sees."""
    used = Product.objects.visible_to(user).exclude(category="").order_by("category")
    return list(used.values_list("category", flat=True).distinct()[:MOST_CATEGORIES])
