"""What may be typed about public holidays."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from offices.holidays import LONGEST_NAME, Line, read_lines
from offices.models import Holiday
from offices.thai.forms import ThaiDateField, TidyField


class HolidayLines(forms.Form):
    """Several holidays at once, pasted or typed."""

    lines = forms.CharField(
        label=_("Holidays, one on each line"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6, "placeholder": _("13/04/2569 Songkran")}),
        help_text=_("The day, a space, the name."),
    )

    def clean_lines(self) -> list[Line]:
        return read_lines(self.cleaned_data["lines"])


class HolidayForm(forms.ModelForm):
    day = ThaiDateField(label=_("Day"))
    name = TidyField(label=_("Name of the holiday"), max_length=LONGEST_NAME)

    class Meta:
        model = Holiday
        fields = ("day", "name")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        day = cleaned.get("day")
        if day and Holiday.objects.filter(Holiday.LIVE, day=day).exclude(pk=self.instance.pk).exists():
            self.add_error("day", _("This day is a holiday already."))
        return cleaned
