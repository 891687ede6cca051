"""What may be typed about allocations."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from courses.models import Allocation, BudgetLine
from courses.models.money import LONGEST_REASON, QUARTERS
from courses.money.allocating import receivers
from courses.money.balance import ZERO, Balance, Office, balances
from courses.money.fields import BahtField, LineChoice, offer_lines
from courses.money.holding import office_of
from offices.clock import today
from offices.forms import VersionedModelForm
from offices.thai.dates import fiscal_year_of, quarter_of
from offices.thai.forms import ThaiDateField


def reason_field(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why.")},
    )


class DocumentForm(forms.Form):
    """By which document money moves."""

    document_number = forms.CharField(label=_("Document number"), max_length=60)
    document_on = ThaiDateField(label=_("Date of the document"), help_text=_("Such as 16/01/2569."))


class GivingForm(DocumentForm):
    """Of which budget line, from which quarter on, by which document."""

    budget_line = LineChoice(queryset=BudgetLine.objects.none(), label=_("Budget line"))
    quarter = forms.TypedChoiceField(
        label=_("From quarter"),
        choices=QUARTERS,
        coerce=int,
        help_text=_("The quarter from which on the money may be used. What is not used stays for later quarters."),
    )
    note = forms.CharField(label=_("Note"), max_length=LONGEST_REASON, required=False)

    def __init__(self, user, year, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.year = user, year
        offer_lines(self.fields["budget_line"], user, office_of(user), year)
        self.fields["quarter"].initial = quarter_of(today()) if fiscal_year_of(today()) == year.pk else 1
        self.order_fields(["budget_line", "quarter", "document_number", "document_on", "note"])


class ReceiveForm(GivingForm):
    """What the department received by the budget act."""

    amount = BahtField(label=_("Amount (baht)"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields(["budget_line", "quarter", "amount"])

    def allocation(self) -> Allocation:
        return Allocation(fiscal_year=self.year, **self.cleaned_data)


class AllocateForm(GivingForm):
    """One allocation to many offices: an amount beside each that gets some. Empty is nothing; 0 is a slip."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.offices: dict[str, tuple[Office, str]] = {
            f"school_{office.school}" if office.school else f"province_{office.province}": (office, name)
            for office, name in receivers(self.user)
        }
        for key, (_office, name) in self.offices.items():
            self.fields[key] = BahtField(label=name, required=False)

    @property
    def head(self) -> list[BoundField]:
        return [field for field in self if field.name not in self.offices]

    def rows(self) -> Iterator[tuple[BoundField, Balance]]:
        """Each office with what it received of the year so far."""
        found = balances(self.user, "school", "province", fiscal_year=self.year)
        for key, (office, _name) in self.offices.items():
            yield self[key], found.get((office.school, office.province), Balance())

    @property
    def amounts(self) -> dict[Office, Decimal]:
        """As far as they can be read already."""
        typed = getattr(self, "cleaned_data", {})
        return {office: typed[key] for key, (office, _name) in self.offices.items() if typed.get(key) is not None}

    @property
    def total(self) -> Decimal:
        return sum(self.amounts.values(), ZERO)

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        if not self.amounts and not set(self.offices) & set(self.errors):
            raise ValidationError(_("Enter an amount for one office at least."), "nothing")
        return cleaned


class GiveBackForm(DocumentForm):
    amount = BahtField(label=_("Amount given back (baht)"))
    reason = reason_field(_("Why it is given back"))
    field_order = ("amount", "reason", "document_number", "document_on")


class CarryForm(DocumentForm):
    """Money to be carried over the year; all that is left, unless less is typed."""

    budget_line = LineChoice(queryset=BudgetLine.objects.none(), label=_("Budget line"))
    amount = BahtField(label=_("Amount carried over (baht)"))
    reason = reason_field(_("What it is kept for"))
    field_order = ("budget_line", "amount", "reason", "document_number", "document_on")

    def __init__(self, user, year, *args, **kwargs):
        super().__init__(*args, **kwargs)
        line = self.fields["budget_line"]
        offer_lines(line, user, office_of(user), year)
        if len(line.lefts) == 1:
            self.fields["amount"].initial = next(iter(line.lefts.values()))


class ReasonForm(forms.Form):
    reason = reason_field(_("Why it is cancelled"))


class ReleaseForm(forms.Form):
    amount = BahtField(label=_("Amount (baht)"))
    reason = reason_field(_("Why, and the number of the receipt where money was brought back"))


class AllocationForm(VersionedModelForm):
    """The words of an allocation. Its amount stays: it is given back or cancelled, with a reason."""

    document_on = ThaiDateField(label=_("Date of the document"))

    class Meta:
        model = Allocation
        fields = ("document_number", "document_on", "note")
        labels = {"document_number": _("Document number"), "note": _("Note")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["document_number"].required = True
        self.fields["note"].required = self.instance.amount < 0
