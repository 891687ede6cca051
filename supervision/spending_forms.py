"""What may be typed about the money of a visit."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models import Spending
from courses.money.holding import baht
from courses.money.spending_forms import SpendingForm
from offices.thai.dates import short_date
from supervision.spending import may_be_put_to


class VisitSpendingForm(SpendingForm):
    """A commitment, advance or payment whose purpose is known: supervision."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["purpose"] = Spending.Purpose.SUPERVISION
        self.fields["purpose"].disabled = True
        del self.fields["fair"], self.fields["fair_rule"]


class RowChoice(forms.ModelChoiceField):
    def label_from_instance(self, row: Spending) -> str:
        told = [short_date(row.spent_on), row.get_kind_display(), _("%(sum)s baht") % {"sum": baht(row.amount)}]
        return " · ".join([*map(str, told), *filter(None, [row.payee, row.document_number])])


class PutToForm(forms.Form):
    """A row of money that was entered before and served the visit."""

    spending = RowChoice(queryset=Spending.objects.all(), label=_("A row that was entered before"))

    def __init__(self, user, visit, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["spending"].queryset = may_be_put_to(visit, user)
