"""What is typed to change the rules of a fiscal year: its own, those of its course types and its lists, as one."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Any

import pghistory
from django import forms
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from offices.forms import Difference, as_read
from offices.models import CourseType, FiscalYear, User
from offices.thai.forms import ThaiDecimalField, ThaiIntegerField
from offices.year_rows import BaseYearRows, DaysField
from offices.years import rules_version

DECIMALS = (
    "hours_step",
    "most_hours",
    "pass_percent",
    "attendance_percent",
    "least_knowledge",
    "least_practice",
    "least_quality",
)


class YearForm(forms.ModelForm):
    """The rules of a year. Who opened it before somebody else changed it is told, and may send it again."""

    follow_up_days = DaysField(
        label=_("Days after the course at which people are asked"),
        help_text=_("Days after the last course day, such as 30, 90, 180."),
    )
    remind_before = DaysField(
        first=0,
        example="3, 0",
        required=False,
        label=_("Days before a circular is due at which offices are reminded"),
        help_text=_("0 is the day itself. Empty: nobody is reminded before."),
    )
    remind_after = DaysField(
        example="1, 7",
        required=False,
        label=_("Days after a circular was due at which offices are reminded"),
        help_text=_("Empty: nobody is reminded afterwards by itself."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = FiscalYear
        fields = (
            *DECIMALS[:4],
            "parts_have_minimums",
            *DECIMALS[4:],
            "individual_needs_group",
            "follow_up_days",
            "remind_before",
            "remind_after",
        )
        field_classes = dict.fromkeys(DECIMALS, ThaiDecimalField)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update({name: getattr(self.instance, name).normalize() for name in DECIMALS})
        self.initial["version"] = rules_version(self.instance)

    def clean_hours_step(self) -> Decimal:
        step = self.cleaned_data["hours_step"]
        if step <= 0:
            raise forms.ValidationError(_("The smallest step of hours must be above zero."))
        return step

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        FiscalYear.objects.select_for_update().get(pk=self.instance.pk)
        newest = rules_version(self.instance)
        if cleaned.pop("version", None) != newest:
            data: Any = self.data.copy()  # type: ignore[attr-defined]
            data[self.add_prefix("version")] = str(newest)
            self.data = data
            raise forms.ValidationError(
                _(
                    "Somebody else has changed these rules since you opened them. "
                    "Look them over; send again to keep what you typed."
                ),
                code="conflict",
            )
        return cleaned


class CourseTypeForm(forms.ModelForm):
    class Meta:
        model = CourseType
        fields = ("kind", "least_hours", "most_hours", "group_size")
        field_classes = {
            "least_hours": ThaiDecimalField,
            "most_hours": ThaiDecimalField,
            "group_size": ThaiIntegerField,
        }
        help_texts = {"most_hours": _("Leave empty where there is no upper bound.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            self.fields["kind"].disabled = True
            bounds = {name: getattr(self.instance, name) for name in ("least_hours", "most_hours")}
            self.initial.update({name: hours and hours.normalize() for name, hours in bounds.items()})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        least, most = cleaned.get("least_hours"), cleaned.get("most_hours")
        if least is not None and least <= 0:
            self.add_error("least_hours", _("The hours must be above zero."))
        elif least is not None and most is not None and most < least:
            self.add_error("most_hours", _("The upper bound must not be below the lower one."))
        if cleaned.get("group_size") == 0:
            self.add_error("group_size", _("A group has at least one person."))
        return cleaned

    def validate_constraints(self) -> None:
        """Not against the stored types: those of this very form are changing too. The set of forms looks."""


class BaseCourseTypes(forms.BaseInlineFormSet):
    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        typed = [f.cleaned_data for f in self.forms if f.cleaned_data.get("least_hours") is not None]
        if len({t["kind"] for t in typed}) < len(typed):
            raise forms.ValidationError(_("Each course type stands in a year once."))
        typed.sort(key=lambda t: t["least_hours"])
        for lower, higher in pairwise(typed):
            if lower["most_hours"] is None or lower["most_hours"] >= higher["least_hours"]:
                raise forms.ValidationError(_("The hours of two course types overlap."))


CourseTypes = forms.inlineformset_factory(
    FiscalYear, CourseType, form=CourseTypeForm, formset=BaseCourseTypes, max_num=2, extra=2, can_delete=False
)


def differences(form: YearForm, types: BaseCourseTypes) -> list[Difference]:
    """Where the rules that were typed differ from those that somebody else has stored meanwhile."""
    year = FiscalYear.objects.prefetch_related("course_types").get(pk=form.instance.pk)
    stored = {kind.pk: kind for kind in year.course_types.all()}
    found = _differing(form, year)
    for typed in types.forms:
        if kind := stored.get(typed.instance.pk):
            found += _differing(typed, kind, of=f"{kind}: ")
    return found


def _differing(form: forms.ModelForm, stored: FiscalYear | CourseType, *, of: str = "") -> list[Difference]:
    lines = [
        Difference(
            f"{of}{bound.label}",
            as_read(bound.field, bound.value() if bound.errors else form.cleaned_data.get(bound.name)),
            as_read(bound.field, getattr(stored, bound.name)),
        )
        for bound in form.visible_fields()
    ]
    return [line for line in lines if line.mine != line.theirs]


@transaction.atomic
def save_rules(
    *, form: YearForm, types: BaseCourseTypes, points: BaseYearRows, bands: BaseYearRows, by: User
) -> None:
    """Save the year and its rows as one. Whichever bound moves, one of the two orders never overlaps."""
    with pghistory.context(user=by.pk, act="year.edit"):
        form.save()
        points.save_rows()
        bands.save_rows()
        changed = [f for f in types.forms if f.has_changed()]
        try:
            with transaction.atomic():
                _save_in_order(changed)
        except IntegrityError:
            _save_in_order(changed[::-1])


def _save_in_order(changed: list[Any]) -> None:
    for one in changed:
        one.instance.save()
