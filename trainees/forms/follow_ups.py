"""What became of somebody who passed (form 20, form 13 §11): asked by staff, or answered on a phone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from offices.clock import today
from offices.forms import VersionedModelForm
from offices.thai.dates import short_date
from offices.thai.forms import ThaiDateField, ThaiDecimalField
from trainees.follow_up import uses_after
from trainees.forms.answers import YesNoField
from trainees.forms.text import TidyField
from trainees.models import FollowUp

QUESTIONS: tuple[str, ...] = (
    "uses", "added_income", "has_work", "is_entrepreneur", "joined_group", "joined_enterprise",
    "works_with_partners", "sells", "is_known", "evidence",
)  # fmt: skip


class FollowUpForm(forms.ModelForm):
    """The questions alone, as whoever holds a link answers them. The course says which uses can be named."""

    uses = forms.MultipleChoiceField(
        label=_("How what was learnt is used"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick all that are true."),
    )
    added_income = ThaiDecimalField(
        label=_("Earns more by it each month (baht)"),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
        help_text=_("Only what came on top. Nothing more is 0; left empty when it is not known."),
    )
    has_work = YesNoField(label=_("Has work now"))
    is_entrepreneur = YesNoField(label=_("Became an entrepreneur"))
    joined_group = YesNoField(label=_("Joined a group"))
    joined_enterprise = YesNoField(label=_("Joined a community enterprise"))
    works_with_partners = YesNoField(label=_("Works with partners"))
    sells = YesNoField(label=_("Sells what they make"))
    is_known = YesNoField(label=_("Is known for it"))
    evidence = TidyField(
        label=_("How one can tell"),
        required=False,
        max_length=300,
        help_text=_("Such as a page, a prize, a report, regular customers."),
    )

    class Meta:
        model = FollowUp
        fields: tuple[str, ...] = QUESTIONS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        course = self.instance.enrolment.course
        uses: Any = self.fields["uses"]
        uses.choices = [(use.value, use.label) for use in uses_after(course)]
        if course.curriculum.teaches_life_skills:  # form 13, 11.4: of occupations only
            del self.fields["added_income"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self._is_answered(cleaned):
            raise forms.ValidationError(_("Nothing is answered yet: answer at least one question."), "blank")
        return cleaned

    def _is_answered(self, cleaned: dict[str, Any]) -> bool:
        return any(cleaned.get(question) not in (None, "", []) for question in QUESTIONS)


class StaffFollowUpForm(FollowUpForm, VersionedModelForm):
    """The same, with whether and when the person was reached."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=FollowUp.Outcome, widget=forms.RadioSelect)
    asked_on = ThaiDateField(label=_("Asked on"))
    note = TidyField(label=_("Note"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))

    class Meta(FollowUpForm.Meta):
        fields = ("outcome", "asked_on", *QUESTIONS, "note")

    derived_columns = ("way",)

    def clean_asked_on(self) -> Any:
        day, ended = self.cleaned_data["asked_on"], self.instance.enrolment.course.ends_on
        if day > today():
            raise forms.ValidationError(_("This day is still to come."), "future")
        if day <= ended:
            told = _("The course ended on %(day)s; people are asked afterwards.")
            raise forms.ValidationError(told, "too_early", {"day": short_date(ended)})
        return day

    def _is_answered(self, cleaned: dict[str, Any]) -> bool:
        """Of somebody who could not be reached nothing is known; an answer beside it is a slip."""
        answered = super()._is_answered(cleaned)
        if cleaned.get("outcome") != FollowUp.Outcome.NOT_REACHED:
            return answered
        if answered:
            self.add_error(
                "outcome",
                _("They could not be reached, yet something is answered. Take it out, or choose “Answered”."),
            )
        return True
