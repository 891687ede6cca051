"""What may be typed about a course."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from courses import life, teaching
from courses.models import Course, Curriculum, FoundBy, Project
from courses.places import SubdistrictField, district_of, label_of
from courses.rules import HoursRefused, classify
from offices.forms import VersionedModelForm
from offices.models import CourseType, FiscalYear
from offices.thai.dates import fiscal_year_of
from offices.thai.forms import ThaiDateField, ThaiDecimalField
from offices.thai.typed import tidy

LISTENING = {
    "hx-get": reverse_lazy("courses:classify"),
    "hx-target": "#course-type",
    "hx-include": "closest form",
    "hx-params": "curriculum,hours,starts_on,fiscal_year",
    "hx-sync": "closest form:replace",
}
AS_ONE_TYPES = LISTENING | {"hx-trigger": "input changed delay:400ms, change"}
AS_ONE_CHOOSES = LISTENING | {"hx-trigger": "change"}


class CurriculumChoice(forms.ModelChoiceField):
    def label_from_instance(self, curriculum: Curriculum) -> str:
        return curriculum.title


class ProjectChoice(forms.ModelChoiceField):
    def label_from_instance(self, project: Project) -> str:
        return f"{project.name} ({project.fiscal_year_id})"


class CourseForm(VersionedModelForm):
    """One course. The type follows from the hours; the year that pays follows from the first day unless chosen."""

    derived_columns = ("course_type", "name_order")

    curriculum = CurriculumChoice(
        queryset=Curriculum.objects.all(),
        label=_("Curriculum"),
        widget=forms.Select(attrs=AS_ONE_CHOOSES),
    )
    project = ProjectChoice(
        queryset=Project.objects.all(), label=_("Project"), required=False, empty_label=_("No project")
    )
    needs_found = forms.MultipleChoiceField(
        label=_("How needs were found"),
        choices=FoundBy,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick all that fit (form 13)."),
    )
    hours = ThaiDecimalField(
        label=_("Hours"),
        required=False,
        help_text=_("Whole and half hours, without breaks. Leave it empty to take the curriculum's hours."),
        widget=forms.TextInput(attrs=AS_ONE_TYPES),
    )
    starts_on = ThaiDateField(label=_("First day"), help_text=_("Such as 16/01/2569."))
    ends_on = ThaiDateField(label=_("Last day"), help_text=_("The same day for a course of one day."))
    fiscal_year = forms.ModelChoiceField(
        queryset=FiscalYear.objects.all(),
        label=_("Fiscal year that pays"),
        required=False,
        empty_label=_("That of the first day"),
        widget=forms.Select(attrs=AS_ONE_CHOOSES),
    )
    subdistrict = SubdistrictField(
        label=_("Subdistrict of the venue"),
        required=False,
        help_text=_("Type a name or a postal code and choose from the list."),
        widget=forms.TextInput(
            attrs={
                "list": "subdistricts",
                "autocomplete": "off",
                "hx-get": reverse_lazy("courses:subdistricts"),
                "hx-target": "#subdistricts",
                "hx-trigger": "focus once, input changed delay:300ms",
            }
        ),
    )

    class Meta:
        model = Course
        fields = [
            "curriculum",
            "name",
            "hours",
            "skill_purpose",
            "learning_mode",
            "starts_on",
            "ends_on",
            "fiscal_year",
            "venue",
            "subdistrict",
            "instructor",
            "project",
            "needs_found",
            "needs_found_other",
        ]
        labels = {
            "name": _("Course name"),
            "skill_purpose": _("Skill purpose"),
            "learning_mode": _("Way of learning"),
            "venue": _("Venue"),
            "instructor": _("Instructor"),
            "needs_found_other": _("Another way, in words"),
        }
        help_texts = {"name": _("Leave it empty to take the curriculum's title.")}

    def __init__(self, user, *args, **kwargs):
        super().__init__(user, *args, **kwargs)
        self.fields["name"].required = False
        self.fields["subdistrict"].near = district_of(user.school)
        if self.instance.subdistrict_id and self.initial.get("subdistrict") == self.instance.subdistrict_id:
            self.initial["subdistrict"] = label_of(self.instance.subdistrict)
        if isinstance(hours := self.initial.get("hours"), Decimal):
            self.initial["hours"] = hours.normalize()
        for name in fixed_fields(self.instance):
            self.fields[name].disabled = True
            self.fields[name].help_text = _("This can no longer be changed: the training has begun.")
        if self.instance.pk and teaching.register_of(user, [self.instance.pk]):
            del self.fields["instructor"]  # the register says it: a fact is asked once

    def clean_name(self):
        return tidy(self.cleaned_data["name"])

    def clean_needs_found(self):
        """In the order of the form, however they were ticked."""
        ticked = set(self.cleaned_data["needs_found"])
        return [way for way in FoundBy.values if way in ticked]

    def clean_needs_found_other(self):
        return tidy(self.cleaned_data["needs_found_other"])

    def clean(self):
        cleaned = super().clean()
        curriculum = cleaned.get("curriculum")
        if curriculum and not cleaned.get("name") and "name" not in self.errors:
            cleaned["name"] = curriculum.title
        if curriculum and cleaned.get("hours") is None and "hours" not in self.errors:
            cleaned["hours"] = curriculum.hours
        self._clean_dates(cleaned.get("starts_on"), cleaned.get("ends_on"))
        self._choose_year(cleaned)
        self._classify(cleaned)
        self._clean_project(cleaned.get("project"), cleaned.get("fiscal_year"))
        if cleaned.get("needs_found_other") and FoundBy.OTHER not in cleaned.get("needs_found", []):
            self.add_error("needs_found_other", _("Tick “Another way” as well, or leave this empty."))
        return cleaned

    def _clean_project(self, project: Project | None, year: FiscalYear | None) -> None:
        if project and year and project.fiscal_year_id != year.pk:
            text = _("This project is of fiscal year %(project)s; the course is paid by %(course)s.")
            years = {"project": project.fiscal_year_id, "course": year.pk}
            self.add_error("project", ValidationError(text, "year", years))

    def _clean_dates(self, first: date | None, last: date | None) -> None:
        known = list(FiscalYear.objects.values_list("year", flat=True))
        for name, day, latest in (("starts_on", first, 0), ("ends_on", last, 1)):
            # A course may run over 30 September, into a year that nobody has opened yet.
            if day and not (known and min(known) <= fiscal_year_of(day) <= max(known) + latest):
                self.add_error(name, _unknown_year(day, known))
        if first and last and last < first and "ends_on" not in self.errors:
            self.add_error("ends_on", ValidationError(_("The last day is before the first day."), "order"))

    def _choose_year(self, cleaned):
        first = cleaned.get("starts_on")
        if cleaned.get("fiscal_year") is None and first and "fiscal_year" not in self.errors:
            cleaned["fiscal_year"] = FiscalYear.objects.filter(pk=fiscal_year_of(first)).first()
            if cleaned["fiscal_year"] is None:
                self.add_error("starts_on", _unknown_year(first, []))

    def _classify(self, cleaned):
        hours, year = cleaned.get("hours"), cleaned.get("fiscal_year")
        if hours is None or year is None:
            return
        try:
            self.instance.course_type = type_of(hours, year)
        except HoursRefused as refusal:
            self.add_error("hours", refusal)


def type_of(hours: Decimal, year: FiscalYear) -> CourseType:
    """The course type that a fiscal year's rules give to `hours`."""
    prefetch_related_objects([year], "course_types")
    return classify(hours, year.course_types.all(), step=year.hours_step, most_hours=year.most_hours)


def _unknown_year(day: date, known: list[int]) -> ValidationError:
    params = {"year": fiscal_year_of(day), "known": ", ".join(map(str, sorted(known)))}
    if not known:
        return ValidationError(
            _("This day lies in fiscal year %(year)d, which does not exist yet."), "year", params
        )
    return ValidationError(
        _("This day lies in fiscal year %(year)d; courses can be entered for %(known)s."), "year", params
    )


def fixed_fields(course: Course) -> set[str]:
    """What may no longer be changed about a course in its state: the rule was applied when training began."""
    if course._state.adding or course.status in life.BEFORE_TRAINING:
        return set()
    began = {"curriculum", "hours", "learning_mode", "fiscal_year"}
    match course.status:
        case Course.Status.RUNNING:
            return began
        case Course.Status.COMPLETED:
            return began | {"skill_purpose", "starts_on", "ends_on"}
        case _:
            return set(CourseForm.Meta.fields)


def is_changeable(course: Course) -> bool:
    """Whether anything about the course may still be edited."""
    return len(fixed_fields(course)) < len(CourseForm.Meta.fields)


class MoveForm(forms.Form):
    """A change of state: where to, from which state as it was seen, and why."""

    to = forms.ChoiceField(choices=Course.Status, widget=forms.HiddenInput)
    seen = forms.ChoiceField(choices=Course.Status, required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=life.LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why.")},
    )

    def __init__(self, *args, step: life.Step | None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = step is not None and step.needs_reason
