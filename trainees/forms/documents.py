"""A person's document as it is typed: its kind and number, or why there is none."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from offices.thai.typed import Unreadable
from trainees.forms.text import SECRET, TidyField
from trainees.identity import person_key, read_number
from trainees.models import Trainee
from trainees.register import twin_of

KIND, NUMBER, WHY_NONE = "document_kind", "number", "no_document_reason"


class DocumentFields(forms.Form):
    """Fields of a form that knows its `user`; after `clean_document`, `twin` is who has this document already."""

    document_kind = forms.ChoiceField(label=_("Document"), choices=Trainee.Document)
    number = TidyField(
        label=_("Document number"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs=SECRET),
        help_text=_("Typed in full, with or without dashes. Afterwards only the last digits are shown."),
    )
    no_document_reason = TidyField(
        label=_("Why there is no document"),
        required=False,
        max_length=200,
        help_text=_("Only for somebody without any document."),
    )

    twin = None
    zero_was_missing = False

    def clean_document(self, cleaned, *, other_than=None):
        """Judge the three boxes together; `number` becomes the number as it is kept."""
        if KIND in self.errors or NUMBER in self.errors:
            return
        if cleaned.get(KIND) == Trainee.Document.NONE:
            self._clean_absence(cleaned)
            return
        cleaned[WHY_NONE] = ""
        try:
            document = read_number(cleaned[KIND], cleaned.get(NUMBER, ""))
        except Unreadable as refusal:
            self.add_error(NUMBER, ValidationError(refusal.message, refusal.code, refusal.params))
            return
        cleaned[NUMBER], self.zero_was_missing = document
        self.twin = twin_of(self.user, person_key(cleaned[KIND], document.number), other_than=other_than)
        if self.twin is not None:
            told = _("Already in your register: %(name)s.")
            self.add_error(NUMBER, ValidationError(told, "twin", {"name": self.twin}))

    def _clean_absence(self, cleaned):
        if cleaned.get(NUMBER):
            self.add_error(KIND, _("A number is typed below: choose which document it is from."))
        elif not cleaned.get(WHY_NONE):
            self.add_error(WHY_NONE, _("Say why there is no document."))
