"""What is typed before a person's data is erased."""

from django import forms
from django.utils.translation import gettext_lazy as _

from trainees.forms.text import ReasonField


class EraseForm(forms.Form):
    """The first step: how the request came. The second only says that it is meant."""

    reason = ReasonField(
        label=_("How the request came, and who received it"),
        help_text=_("Such as: by letter of 16/01/2569. Do not write the person's name: this text stays."),
    )


class ConfirmEraseForm(EraseForm):
    reason = ReasonField(widget=forms.HiddenInput)
    confirmed = forms.BooleanField(label=_("I understand that this cannot be undone."))
