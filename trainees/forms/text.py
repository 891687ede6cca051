"""Text as people paste it: without invisible characters, and without NUL, which no database takes."""

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

from offices.thai.typed import tidy

SECRET = {"autocomplete": "off", "data-secret": ""}
"""For boxes that hold a document number: never offered again by the browser, never kept by our script."""

LONGEST_LINES = 4000


class TidyField(forms.CharField):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.validators = [v for v in self.validators if not isinstance(v, ProhibitNullCharactersValidator)]

    def to_python(self, value):
        return tidy(super().to_python(value) or "")


class ReasonField(TidyField):
    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label", _("Reason"))
        kwargs.setdefault("max_length", 200)
        super().__init__(*args, **kwargs)


class LinesField(forms.CharField):
    """Text over several lines, each without invisible characters."""

    widget = forms.Textarea

    def __init__(self, *args, rows=3, **kwargs):
        kwargs.setdefault("max_length", LONGEST_LINES)
        super().__init__(*args, required=False, **kwargs)
        self.widget.attrs |= {"rows": rows, "autocomplete": "off"}

    def to_python(self, value):
        text = str(value or "").replace("\r\n", "\n").replace("\r", "\n")
        return "\n".join(tidy(line) for line in text.split("\n")).strip()
