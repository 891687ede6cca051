"""What a person says when applying for one course (form 2, parts 2 to 5 and 7); it stands on the enrolment."""

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

from offices.thai.forms import ThaiDecimalField
from trainees.forms.answers import YesNoField
from trainees.forms.text import TidyField
from trainees.models.facts import Fact, Reason

APPLICATION = ("reasons", "reasons_other", "has_occupation", "income_before", "heard_from")


class FactsField(forms.MultipleChoiceField):
    """The one set of ticks that feeds target groups, statuses and policy groups."""

    def __init__(self, **kwargs):
        given = {
            "label": _("Groups this person belongs to"),
            "required": False,
            "choices": Fact,
            "widget": forms.CheckboxSelectMultiple,
        }
        super().__init__(**given | kwargs)


class ApplicationFields(forms.Form):
    """Fields of a form about an enrolment, or about a new person who is put on a course in one go."""

    reasons = forms.MultipleChoiceField(
        label=_("Why this person wants to learn"),
        required=False,
        choices=Reason,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick all that were named."),
    )
    reasons_other = TidyField(label=_("Another reason, in words"), required=False, max_length=100)
    has_occupation = YesNoField(label=_("Has an occupation now"))
    income_before = ThaiDecimalField(
        label=_("Income a year before the course (baht)"),
        required=False,
        max_digits=12,
        decimal_places=2,
        validators=[MinValueValidator(0, _("An income cannot be negative."))],
        help_text=_("Left empty when it is not known. Whoever earns nothing has 0."),
    )
    heard_from = TidyField(
        label=_("How they heard of the course"),
        required=False,
        max_length=200,
        help_text=_("Such as a village meeting, LINE, a friend."),
    )

    def clean_application(self, cleaned):
        if cleaned.get("reasons_other") and Reason.OTHER not in cleaned.get("reasons", []):
            self.add_error("reasons_other", _("Tick “Another reason” as well, or leave this empty."))
