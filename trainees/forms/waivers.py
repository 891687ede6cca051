"""What a school writes when it asks to open with fewer people, and what its superior office answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from trainees.forms.text import ReasonField

TEXT = forms.Textarea(attrs={"rows": 3})


class WaiverRequestForm(forms.Form):
    reason = ReasonField(label=_("Why the course should open with fewer people"), max_length=500, widget=TEXT)


class WaiverDecisionForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("accept", _("Accept: the course may open with so many people")), ("refuse", _("Refuse"))],
        widget=forms.RadioSelect,
    )
    note = ReasonField(
        label=_("Note to the school"),
        max_length=500,
        widget=TEXT,
        required=False,
        help_text=_("Needed when you refuse."),
    )
