"""Which figures one wants to see, and which report one wants compiled."""

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.renderers import RENDERERS
from offices.models import FiscalYear
from offices.thai.forms import ThaiDateField
from reports.asked import NARROWING
from reports.offices import offices_for
from reports.periods import QUARTERS

KINDS = {
    "xlsx": _("Excel workbook (XLSX)"),
    "pdf": _("Document for printing (PDF)"),
    "csv": _("Table for any program (CSV)"),
    "json": _("Data (JSON)"),
}


class OfficeForm(forms.Form):
    """Year and office; offers only the offices that whoever asks may see."""

    year = forms.TypedChoiceField(label=_("Fiscal year"), coerce=int)
    office = forms.ChoiceField(label=_("Office"))

    def __init__(self, view, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year.pk, str(year)) for year in FiscalYear.objects.all()]
        self.fields["office"].choices = offices_for(view.user, view.office, view.period, view.places)


class FigureForm(OfficeForm):
    """The filters of figures; days, where given, stand instead of the year."""

    quarter = forms.ChoiceField(label=_("Quarter"), required=False)
    first = ThaiDateField(label=_("From the day"), required=False)
    last = ThaiDateField(label=_("To the day"), required=False)
    indicator = forms.CharField(required=False, widget=forms.HiddenInput)

    always_shown = ("year", "quarter", "office")
    field_order = ["year", "quarter", "office", "first", "last"]

    def __init__(self, view, *args, **kwargs):
        super().__init__(view, *args, **kwargs)
        quarters = [(number, _("Quarter %(number)s") % {"number": number}) for number in QUARTERS]
        self.fields["quarter"].choices = [("", _("Whole year")), *quarters]
        for dimension in NARROWING:
            parts = [(part.code, part.label) for part in dimension.parts(view)]
            self.fields[dimension.code] = forms.ChoiceField(
                label=dimension.label, required=False, choices=[("", _("All")), *parts]
            )


class CompileForm(OfficeForm):
    format = forms.ChoiceField(label=_("Kind of file"), choices=[(each, KINDS[each]) for each in RENDERERS])
