"""Which figures one wants to see, and which report one wants compiled."""

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.renderers import RENDERERS
from offices.models import FiscalYear
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
    quarter = forms.ChoiceField(label=_("Quarter"), required=False)

    field_order = ["year", "quarter", "office"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        quarters = [(number, _("Quarter %(number)s") % {"number": number}) for number in QUARTERS]
        self.fields["quarter"].choices = [("", _("Whole year")), *quarters]


class CompileForm(OfficeForm):
    format = forms.ChoiceField(label=_("Kind of file"), choices=[(each, KINDS[each]) for each in RENDERERS])
