"""The list of courses with what their people said (form 12): how it is narrowed, and its columns."""

from __future__ import annotations

import django_filters as filters
import django_tables2 as tables
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from courses.filters import ALL_YEARS, PlacedFilter
from courses.models import Course
from offices.looks import NUMERIC, ROOMY, TIGHT, UNBROKEN
from offices.thai.dates import short_date
from offices.thai.digits import BLANK, format_number
from offices.thai.typed import tidy
from trainees.filters import LONGEST_SEARCH
from trainees.models import Satisfaction
from trainees.satisfaction import Summary

WITH, WITHOUT = "with", "without"


def part_names() -> list[str]:
    return [_("Content"), _("Process"), _("Instructor"), _("Facilities")]


class RatedFilter(PlacedFilter):
    """Courses that began or are over, of the year in the switcher or of all years."""

    q = filters.CharFilter(label=gettext_lazy("Course"), method="holding")
    answers = filters.ChoiceFilter(
        label=gettext_lazy("Answers"),
        choices=[(WITH, gettext_lazy("Somebody answered")), (WITHOUT, gettext_lazy("Nobody answered yet"))],
        method="having_answers",
        empty_label=gettext_lazy("All"),
    )
    year = filters.ChoiceFilter(
        label=gettext_lazy("Fiscal year"), method="unchanged", choices=[(ALL_YEARS, gettext_lazy("All years"))]
    )

    class Meta:
        model = Course
        fields: list[str] = []

    field_order = ("q", "answers", "year", "province", "school")

    def __init__(self, data, *, user, year):
        self.chosen_year = year
        courses = Course.objects.visible_to(user).counted().select_related("school")
        super().__init__(data, courses, user=user)
        self.filters["year"].extra["empty_label"] = _("Year %(year)s") % {"year": year} if year else BLANK
        self.filters = {name: self.filters[name] for name in self.field_order if name in self.filters}

    def holding(self, queryset, name, value):
        for word in tidy(value)[:LONGEST_SEARCH].split():
            queryset = queryset.filter(name__icontains=word)
        return queryset

    def having_answers(self, queryset, name, value):
        answered = Exists(Satisfaction.objects.visible_to(self.user).filter(enrolment__course=OuterRef("pk")))
        return queryset.filter(answered if value == WITH else ~answered)

    def unchanged(self, queryset, name, value):
        return queryset

    def filter_queryset(self, queryset):
        found = super().filter_queryset(queryset)
        if self.form.cleaned_data.get("year") == ALL_YEARS:
            return found
        return found.of_year(self.chosen_year)


def _mean(label):
    return tables.Column(label, empty_values=(), orderable=False, attrs=NUMERIC)


class RatedTable(tables.Table):
    name = tables.Column(
        gettext_lazy("Course"),
        linkify=("trainees:satisfaction", {"pk": tables.A("pk")}),
        order_by=("name_order", "pk"),
    )
    school = tables.Column(gettext_lazy("School"), order_by=("school__name_order", "pk"), attrs=ROOMY)
    ends_on = tables.Column(gettext_lazy("Last day"), order_by=("ends_on", "pk"), attrs=UNBROKEN)
    answered = tables.Column(
        pgettext_lazy("satisfaction", "Answered"), empty_values=(), orderable=False, attrs=UNBROKEN
    )
    content = _mean(gettext_lazy("Content"))
    process = _mean(gettext_lazy("Process"))
    instructor = _mean(gettext_lazy("Instructor"))
    facilities = _mean(gettext_lazy("Facilities"))
    overall = _mean(gettext_lazy("Overall"))
    words = tables.Column(gettext_lazy("In words"), empty_values=(), orderable=False)

    class Meta:
        attrs = {"caption": gettext_lazy("Courses and their satisfaction"), "class": TIGHT}
        empty_text = gettext_lazy("No course fits this filter.")

    def __init__(self, *args, several_schools, **kwargs):
        self.said: dict[int, Summary] = {}
        super().__init__(*args, exclude=() if several_schools else ("school",), **kwargs)

    def _said(self, record: Course) -> Summary:
        return self.said.get(record.pk, Summary())

    def render_ends_on(self, value):
        return short_date(value)

    def render_answered(self, record: Course):
        said = self._said(record)
        return _("%(n)s of %(of)s") % {"n": format_number(said.answered), "of": format_number(said.asked)}

    def render_content(self, record: Course, column):
        means = self._said(record).means or {}
        return format_number(means.get(column.accessor), 2)

    render_process = render_instructor = render_facilities = render_content

    def render_overall(self, record: Course):
        return format_number(self._said(record).overall, 2)

    def render_words(self, record: Course):
        return self._said(record).words or BLANK
