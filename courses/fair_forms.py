"""What may be typed about fairs and an office's part in them."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses import fairs
from courses.models import Fair, FairPart
from courses.places import SubdistrictField, label_of
from offices.forms import VersionedModelForm
from offices.models import FiscalYear
from offices.thai.dates import fiscal_year_of, short_date
from offices.thai.forms import ThaiDateField, ThaiIntegerField, ThaiMoneyField
from offices.thai.typed import tidy


class FairForm(VersionedModelForm):
    """A fair. Its days and its place may come later; once known, the days lie in its fiscal year."""

    derived_columns = ("name_order",)

    fiscal_year = forms.ModelChoiceField(
        queryset=FiscalYear.objects.all(), label=_("Fiscal year"), empty_label=None
    )
    starts_on = ThaiDateField(
        label=_("First day"), required=False, help_text=_("Such as 16/01/2569; empty as long as nobody knows.")
    )
    ends_on = ThaiDateField(label=_("Last day"), required=False, help_text=_("Empty for a fair of one day."))
    subdistrict = SubdistrictField(
        label=_("Subdistrict"),
        required=False,
        help_text=_("Type a name or a postal code and choose from the list."),
        widget=forms.TextInput(
            attrs={
                "list": "subdistricts",
                "autocomplete": "off",
                "hx-get": reverse_lazy("courses:fair_subdistricts"),
                "hx-target": "#subdistricts",
                "hx-trigger": "input changed delay:300ms",
            }
        ),
    )

    class Meta:
        model = Fair
        fields = ["name", "fiscal_year", "starts_on", "ends_on", "place", "subdistrict", "about"]
        labels = {
            "name": _("Name of the fair"),
            "place": pgettext_lazy("fair", "Place"),
            "about": _("What it is about"),
        }
        help_texts = {"name": _("Choose one of the names offered, or type another.")}
        widgets = {
            "name": forms.TextInput(attrs={"list": "fair-names", "autocomplete": "off"}),
            "about": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, user, *args, **kwargs):
        super().__init__(user, *args, **kwargs)
        if self.instance.subdistrict_id and self.initial.get("subdistrict") == self.instance.subdistrict_id:
            self.initial["subdistrict"] = label_of(self.instance.subdistrict)

    def clean_name(self):
        name = tidy(self.cleaned_data["name"])
        if not name:
            raise ValidationError(self.fields["name"].error_messages["required"], "required")
        return name

    def clean_place(self):
        return tidy(self.cleaned_data["place"])

    def clean(self):
        cleaned = super().clean()
        if {"starts_on", "ends_on"} & set(self.errors):
            return cleaned
        first, last, year = (cleaned.get(name) for name in ("starts_on", "ends_on", "fiscal_year"))
        if first and not last:
            last = cleaned["ends_on"] = first
        if last and not first:
            self.add_error("starts_on", ValidationError(_("Give the first day too."), "half"))
        elif first and last < first:
            self.add_error("ends_on", ValidationError(_("The last day is before the first day."), "order"))
        elif first and year and fiscal_year_of(first) != year.pk:
            params = {"day": short_date(first), "year": fiscal_year_of(first)}
            why = _("%(day)s lies in fiscal year %(year)d: choose that year, or another day.")
            self.add_error("starts_on", ValidationError(why, "year", params))
        elif self.instance.status == Fair.Status.HELD:
            self._refuse_days_to_come(first, last)
        return cleaned

    def _refuse_days_to_come(self, first, last):
        """A fair that has been held keeps days that have come."""
        try:
            fairs.refuse_unless_begun(Fair(starts_on=first, ends_on=last))
        except ValidationError as refusal:
            self.add_error("starts_on", refusal)


class FairMoveForm(forms.Form):
    """A change of a fair's state: where to, and why."""

    to = forms.ChoiceField(choices=Fair.Status, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=fairs.LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why.")},
    )

    def __init__(self, *args, step: fairs.Step | None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = step is not None and step.needs_reason


def _baht(label, **more):
    return ThaiMoneyField(label=label, required=False, min_value=0, max_digits=14, decimal_places=2, **more)


class FairPartForm(VersionedModelForm):
    """What an office tells of its part. Nothing typed means that nobody counted, or planned."""

    visitors = ThaiIntegerField(
        label=_("Visitors"),
        required=False,
        min_value=0,
        max_value=10_000_000,
        help_text=_("At your own booth; for the organiser, at the whole fair. Empty where nobody counted."),
    )
    sales = _baht(
        _("Sales (baht)"),
        help_text=_("Of your own booth only. 0 where nothing was sold; empty where nobody counted."),
    )
    planned_event = _baht(
        _("Planned spending: event and training expenses, rule of 2549 (baht)"),
        help_text=_("What your own office means to spend on the fair. It refuses nothing: it is compared."),
    )
    planned_procurement = _baht(_("Planned spending: procurement, rule of 2560 (baht)"))
    planned_training = _baht(_("Planned spending: vocational training, guideline of 2568 (baht)"))

    class Meta:
        model = FairPart
        fields = ["visitors", "sales", "planned_event", "planned_procurement", "planned_training", "note"]
        labels = {"note": _("Note")}
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def clean(self):
        cleaned = super().clean()
        if not fairs.has_begun(self.instance.fair):
            for name in ("visitors", "sales"):
                if cleaned.get(name) is not None:
                    self.add_error(name, ValidationError(_("The fair has not begun yet."), "to_come"))
        return cleaned
