"""What may be typed about a need survey, and what somebody answers (form 1)."""

from __future__ import annotations

import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses import needs
from courses.models import Answer, Reason, Survey
from offices.clock import today
from offices.forms import SECRET, VersionedModelForm
from offices.models import FiscalYear, Subdistrict
from offices.thai.dates import fiscal_year_of
from offices.thai.forms import ThaiDateField, ThaiDecimalField, TidyField
from offices.thai.typed import tidy

LONGEST_TOPIC = 150
MOST_WISHES = 20


def _lines(text: str, parted_by: str = r"\n") -> list[str]:
    return needs.distinct(filter(None, (tidy(line) for line in re.split(parted_by, text))))


class SurveyForm(VersionedModelForm):
    """A need survey of the school; the topics stand one on each line."""

    derived_columns = ("title_order", "fiscal_year")

    title = TidyField(label=_("Title of the survey"), max_length=200)
    opens_on = ThaiDateField(label=_("Open from"), help_text=_("Such as 16/01/2569."))
    closes_on = ThaiDateField(label=_("Open until"), help_text=_("After this day the QR code takes no answers."))
    topics = forms.CharField(
        label=_("Topics offered, one on each line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_(
            "People tick several of them and may write others. Those of form 1 and your curricula stand here."
        ),
    )

    class Meta:
        model = Survey
        fields = ["title", "opens_on", "closes_on", "topics", "about"]
        labels = {"about": _("Words to the people asked")}
        widgets = {"about": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, user, *args, **kwargs):
        super().__init__(user, *args, **kwargs)
        if self.instance.pk:
            self.initial["topics"] = "\n".join(self.instance.topics)

    def clean_topics(self):
        topics = _lines(self.cleaned_data["topics"])
        if len(topics) > needs.MOST_TOPICS:
            raise ValidationError(_("At most %(most)d topics."), "many", {"most": needs.MOST_TOPICS})
        for topic in topics:
            if len(topic) > LONGEST_TOPIC:
                raise ValidationError(
                    _("“%(topic)s…” is too long: a topic has at most %(most)d letters."),
                    "long",
                    {"topic": topic[:30], "most": LONGEST_TOPIC},
                )
        return topics

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("opens_on"), cleaned.get("closes_on")
        if first and last and last < first:
            self.add_error("closes_on", ValidationError(_("The last day is before the first day."), "order"))
        if first:
            year = FiscalYear.objects.filter(pk=fiscal_year_of(first)).first()
            if year is None:
                text = _("This day lies in fiscal year %(year)d, which does not exist yet.")
                self.add_error("opens_on", ValidationError(text, "year", {"year": fiscal_year_of(first)}))
            else:
                self.instance.fiscal_year = year
        return cleaned


class AnswerForm(VersionedModelForm):
    """One answer of form 1. By phone nobody types the day; a contact is never shown again in a form."""

    topics = forms.MultipleChoiceField(
        label=_("What do you want to learn?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick as many as you like."),
    )
    other_topics = forms.CharField(
        label=_("Something else"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Separate several with commas or new lines."),
    )
    hours = forms.ChoiceField(
        label=_("For how many hours?"),
        choices=Answer.Hours,
        required=False,
        widget=forms.RadioSelect,
    )
    hours_other = ThaiDecimalField(
        label=_("Hours, where it is another number"),
        required=False,
        min_value=Decimal("0.5"),
        max_value=Decimal(1000),
        max_digits=6,
        decimal_places=1,
    )
    days = forms.MultipleChoiceField(
        label=_("On which days can you come?"),
        choices=Answer.Days,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    time_of_day = TidyField(
        label=_("At what time?"), required=False, max_length=100, help_text=_("Such as 9–12, or in the evening.")
    )
    reasons = forms.MultipleChoiceField(
        label=_("What do you want to learn it for?"),
        choices=Reason,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick as many as you like."),
    )
    reasons_other = TidyField(label=_("Another reason, in words"), required=False, max_length=200)
    has_occupation = forms.TypedChoiceField(
        label=_("Do you have an occupation now?"),
        choices=[("yes", pgettext_lazy("occupation", "Yes")), ("no", pgettext_lazy("occupation", "No"))],
        coerce=lambda said: said == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    subdistrict = forms.ModelChoiceField(
        label=_("In which subdistrict do you live?"),
        queryset=Subdistrict.objects.none(),
        required=False,
        empty_label=_("Elsewhere, or not said"),
    )
    contact = TidyField(
        label=_("Name and phone, if you want to hear of such a course"),
        required=False,
        max_length=150,
        help_text=_("Nobody has to say it. It is kept encrypted, used for this only, and erased afterwards."),
        widget=forms.TextInput(attrs=SECRET),
    )
    answered_on = ThaiDateField(label=_("Day of the answer"))

    field_order = [
        "answered_on", "topics", "other_topics", "hours", "hours_other", "days", "time_of_day", "reasons",
        "reasons_other", "has_occupation", "subdistrict", "contact",
    ]  # fmt: skip

    class Meta:
        model = Answer
        fields = [
            "topics", "hours", "hours_other", "days", "time_of_day", "reasons", "reasons_other", "has_occupation",
            "subdistrict", "contact", "answered_on",
        ]  # fmt: skip

    def __init__(self, user, *args, by_phone=False, **kwargs):
        super().__init__(user, *args, **kwargs)
        survey = self.instance.survey
        self.fields["topics"].choices = [(topic, topic) for topic in survey.topics]
        near = Subdistrict.objects.filter(district=survey.school.district_id or "").order_by("name_th")
        self.fields["subdistrict"].queryset = near
        if by_phone:
            del self.fields["answered_on"]
            self.instance.answered_on = today()
        if self.instance.pk:
            del self.fields["contact"]
            self.initial["other_topics"] = "\n".join(t for t in self.instance.topics if t not in survey.topics)
            self.initial["has_occupation"] = {True: "yes", False: "no"}.get(self.instance.has_occupation, "")

    def clean_answered_on(self):
        day = self.cleaned_data["answered_on"]
        if day > today():
            raise ValidationError(_("This day is still to come."), "future")
        return day

    def clean_days(self):
        ticked = set(self.cleaned_data["days"])
        return [day for day in Answer.Days.values if day in ticked]

    def clean_reasons(self):
        ticked = set(self.cleaned_data["reasons"])
        return [reason for reason in Reason.values if reason in ticked]

    def clean_other_topics(self):
        others = _lines(self.cleaned_data["other_topics"], r"[\n,，]")
        if any(len(topic) > LONGEST_TOPIC for topic in others):
            raise ValidationError(
                _("Say each thing in at most %(most)d letters."), "long", {"most": LONGEST_TOPIC}
            )
        return others

    def clean(self):
        cleaned = super().clean()
        self._clean_wishes(cleaned)
        if cleaned.get("hours_other") is not None and cleaned.get("hours") != Answer.Hours.OTHER:
            text = _("Choose “Another number of hours” as well, or leave this empty.")
            self.add_error("hours_other", ValidationError(text, "other"))
        if cleaned.get("reasons_other") and Reason.OTHER not in cleaned.get("reasons", []):
            text = _("Tick “Another reason” as well, or leave this empty.")
            self.add_error("reasons_other", ValidationError(text, "other"))
        self.instance.has_contact = bool(cleaned.get("contact")) or self.instance.has_contact
        return cleaned

    def _clean_wishes(self, cleaned):
        """What was ticked and what was written, as one."""
        wishes = needs.distinct([*cleaned.get("topics", []), *(cleaned.get("other_topics") or [])])
        cleaned["topics"] = wishes
        if not wishes and not {"topics", "other_topics"} & set(self.errors):
            self.add_error("topics", ValidationError(_("Say at least one thing."), "nothing"))
        elif len(wishes) > MOST_WISHES:
            self.add_error("topics", ValidationError(_("At most %(most)d things."), "many", {"most": MOST_WISHES}))
