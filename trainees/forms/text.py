"""Text of people's forms: reasons, and what must not be remembered by a browser."""

from django import forms
from django.utils.translation import gettext_lazy as _

from offices.forms import SECRET as SECRET
from offices.thai.forms import TidyField as TidyField
from offices.thai.typed import tidy

LONGEST_LINES = 4000


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
