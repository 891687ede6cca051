"""The worklist of the follow-up: narrowed by wave, standing, course and place; and its columns."""

from __future__ import annotations

import django_filters as filters
import django_tables2 as tables
from django import forms
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.filters import PlacedFilter
from courses.models import Course
from offices.clock import today
from offices.looks import NUMERIC, ROOMY, TIGHT, UNBROKEN
from offices.thai.dates import short_date
from offices.thai.digits import BLANK, format_number
from offices.thai.typed import tidy
from trainees.asking import TO_ASK, due_people, standing_at
from trainees.filters import LONGEST_SEARCH, named
from trainees.follow_up import Standing, due_on, income_band, standing
from trainees.models import Enrolment, Trainee

ALL, ASK = "all", "to_ask"


class FollowUpFilter(PlacedFilter):
    """People of one wave. Unless asked otherwise: those who are still to be asked."""

    wave = filters.CharFilter(method="unchanged", widget=forms.HiddenInput)
    q = filters.CharFilter(label=_("Name or course"), method="holding")
    standing = filters.ChoiceFilter(
        label=pgettext_lazy("follow-up", "State"),
        choices=[*Standing.choices, (ALL, _("All who are due"))],
        method="standing_so",
        empty_label=_("To be asked"),
    )
    course = filters.ModelChoiceFilter(
        label=_("Course"), queryset=Course.objects.none(), empty_label=_("All courses")
    )
    year = filters.ChoiceFilter(
        label=_("Fiscal year that pays"),
        field_name="course__fiscal_year",
        empty_label=_("All years"),
    )

    class Meta:
        model = Enrolment
        fields: list[str] = []

    field_order = ("q", "standing", "course", "year", "province", "school", "wave")

    def __init__(self, data, *, user, wave, years):
        self.days = wave
        people = due_people(user, wave).select_related("trainee", "course", "school")
        super().__init__(data, people.defer(*Enrolment.ENCRYPTED), user=user)
        self.filters["year"].extra["choices"] = [(year, str(year)) for year in years]
        if self.sees_schools:  # thousands of courses are no choice
            del self.filters["course"]
        else:
            courses = Course.objects.visible_to(user).filter(status__in=Course.FINISHED_STATES).only("name")
            self.filters["course"].queryset = self.filters["course"].extra["queryset"] = courses
        self.filters = {name: self.filters[name] for name in self.field_order if name in self.filters}

    def unchanged(self, queryset, name, value):
        return queryset

    def holding(self, queryset, name, value):
        anywhere = Q()
        for word in tidy(value)[:LONGEST_SEARCH].split():
            anywhere &= Q(course__name__icontains=word)
        people = Q(trainee__in=self._named(value))
        return queryset.filter(people | anywhere)

    def _named(self, value):
        return Trainee.objects.visible_to(self.user).filter(named(value)).order_by().values("pk")

    def standing_so(self, queryset, name, value):
        return queryset  # in `to_show`: the response rate is counted before

    def to_show(self):
        """The rows of the list; those of `qs` are the people due, whatever became of it."""
        chosen = self.form.cleaned_data.get("standing")
        if chosen == ALL:
            return self.qs
        return self.qs.filter(standing_at(chosen, self.days) if chosen else TO_ASK)


def stands(record, table):
    """How far a row of the list is, for its template."""
    return {"standing": standing(record.outcome, due_on(record.course.ends_on, table.days), today())}


def way_to(record, table):
    """Where staff write down what they hear; others only look on."""
    return reverse("trainees:follow_up", args=[record.pk, table.days]) if table.may_edit else None


class FollowUpTable(tables.Table):
    name = tables.Column(_("Name"), accessor="trainee", order_by=("trainee__name_order", "pk"), linkify=way_to)
    phone = tables.Column(_("Phone"), accessor="trainee__phone", orderable=False, attrs=UNBROKEN, default=BLANK)
    course = tables.Column(
        _("Course"),
        accessor="course__name",
        order_by=("course__name_order", "pk"),
        attrs=ROOMY,
    )
    school = tables.Column(_("School"), order_by=("school__name_order", "pk"), attrs=ROOMY)
    due = tables.Column(
        pgettext_lazy("follow-up", "Due on"), empty_values=(), order_by=("course__ends_on", "pk"), attrs=UNBROKEN
    )
    standing = tables.TemplateColumn(
        template_name="trainees/follow_up_state.html",
        verbose_name=pgettext_lazy("follow-up", "State"),
        extra_context=stands,
        orderable=False,
    )
    asked_on = tables.Column(_("Asked on"), order_by=("asked_on", "pk"), attrs=UNBROKEN, default=BLANK)
    added_income = tables.Column(
        _("Added income a month"), order_by=("added_income", "pk"), attrs=NUMERIC, default=BLANK
    )

    class Meta:
        attrs = {"caption": _("People who passed"), "class": TIGHT}
        empty_text = _("Nobody fits this filter.")
        order_by = ("due", "course", "name")

    def __init__(self, *args, several_schools, wave, may_edit, **kwargs):
        self.days, self.may_edit = wave, may_edit
        left_out = [*([] if several_schools else ["school"]), *([] if may_edit else ["phone"])]
        super().__init__(*args, exclude=left_out, **kwargs)

    def render_due(self, record: Enrolment):
        return short_date(due_on(record.course.ends_on, self.days))

    def render_asked_on(self, value):
        return short_date(value)

    def render_added_income(self, value):
        shown, band = format_number(value.normalize()), income_band(value)
        return f"{shown} ({band.label})" if band else shown
