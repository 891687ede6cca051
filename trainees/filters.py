"""Narrowing the register."""

from __future__ import annotations

import uuid

import django_filters as filters
from django import forms
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from courses.filters import PlacedFilter
from courses.models import Course
from offices.clock import today
from offices.thai.typed import tidy
from offices.years import years_known
from trainees.ages import age_band_case
from trainees.forms.people import titles
from trainees.gaps import INCOMPLETE
from trainees.models import Enrolment, Trainee
from trainees.models.facts import AgeBand, Sex

WITH, WITHOUT = "with", "without"
INCOMPLETE_ONES, COMPLETE_ONES = "incomplete", "complete"
LONGEST_SEARCH = 100


def named(text: str) -> Q:
    """People in whose title, first name or surname every typed word is found."""
    found = Q()
    for word in tidy(text)[:LONGEST_SEARCH].split():
        anywhere = Q(first_name__icontains=word) | Q(surname__icontains=word) | Q(monastic_name__icontains=word)
        found &= anywhere | _with_title(word)
    return found


def _with_title(word: str) -> Q:
    """นางสมศรี, as it is written on lists: a title, and behind it without a space the name."""
    rests = {word.removeprefix(title) for title in titles() if word.startswith(title) and word != title}
    found = Q(title__istartswith=word)
    for rest in rests:
        found |= Q(title=word.removesuffix(rest), first_name__istartswith=rest)
    return found


class TraineeFilter(PlacedFilter):
    q = filters.CharFilter(label=_("Name"), method="by_name")
    sex = filters.ChoiceFilter(label=_("Sex"), choices=Sex, empty_label=_("All"))
    age = filters.ChoiceFilter(label=_("Age today"), choices=AgeBand, method="in_age_band", empty_label=_("All"))
    document = filters.ChoiceFilter(
        label=_("Document"),
        choices=[(WITH, _("With a document")), (WITHOUT, _("Without a document"))],
        method="having_document",
        empty_label=_("All"),
    )
    gaps = filters.ChoiceFilter(
        label=_("Form 2"),
        choices=[(INCOMPLETE_ONES, _("Incomplete")), (COMPLETE_ONES, _("Complete"))],
        method="having_gaps",
        empty_label=_("All"),
    )
    year = filters.ChoiceFilter(
        label=_("On a course of the year"),
        choices=lambda: [(year, str(year)) for year in years_known()],
        method="on_course_of_year",
        empty_label=_("All"),
    )
    course = filters.ModelChoiceFilter(
        label=_("On the course"),
        queryset=Course.objects.none(),
        method="on_course",
        empty_label=_("All"),
    )
    person = filters.CharFilter(label=_("One person"), method="with_key", widget=forms.HiddenInput)

    class Meta:
        model = Trainee
        fields: list[str] = []

    field_order = ("q", "sex", "age", "document", "gaps", "year", "course", "person")

    def __init__(self, data, queryset, *, user):
        super().__init__(data, queryset, user=user)
        if self.sees_schools:  # thousands of courses are no choice
            del self.filters["course"]
        else:
            courses = Course.objects.visible_to(user).only("name")
            self.filters["course"].queryset = self.filters["course"].extra["queryset"] = courses
        places = [name for name in ("province", "school") if name in self.filters]
        order = [name for name in self.field_order if name in self.filters]
        self.filters = {name: self.filters[name] for name in [*order, *places]}

    def by_name(self, queryset, name, value):
        return queryset.filter(named(value))

    def in_age_band(self, queryset, name, value):
        band = age_band_case(today(), birth=F("birth_date"), precision=F("birth_precision"))
        return queryset.filter(Exact(band, value))

    def having_document(self, queryset, name, value):
        return queryset.filter(person_key__isnull=value == WITHOUT)

    def having_gaps(self, queryset, name, value):
        return queryset.filter(INCOMPLETE if value == INCOMPLETE_ONES else ~INCOMPLETE)

    def on_course_of_year(self, queryset, name, value):
        return queryset.filter(Exists(self._places().filter(course__fiscal_year=value)))

    def on_course(self, queryset, name, value):
        return queryset.filter(Exists(self._places().filter(course=value)))

    def _places(self):
        return Enrolment.objects.visible_to(self.user).filter(trainee=OuterRef("pk")).order_by()

    def with_key(self, queryset, name, value):
        try:
            return queryset.filter(person_key=uuid.UUID(value))
        except ValueError:
            return queryset.none()
