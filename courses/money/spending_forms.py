"""What may be typed about commitments, advances and payments."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models import BudgetLine, Course, ExpenseLine, Fair, Spending
from courses.models.money import LONGEST_REASON
from courses.money.fields import BahtField, ExpenseChoice, LineChoice, TaxField, offer_lines, refuse_other_years
from courses.money.holding import office_of
from offices.forms import VersionedModelForm
from offices.thai.dates import fiscal_year_of, short_date
from offices.thai.forms import ThaiDateField

TOLD_WHY = frozenset({"amount", "budget_line", "spent_on"})
Kind, Purpose = Spending.Kind, Spending.Purpose


class CourseChoice(forms.ModelChoiceField):
    def label_from_instance(self, course: Course) -> str:
        return f"{course.name} · {short_date(course.starts_on)}"


class SpendingForm(VersionedModelForm):
    """One commitment, advance or payment of the user's office; a change of its money must be explained."""

    spent_on = ThaiDateField(label=_("Day"), help_text=_("Such as 16/01/2569. It decides the quarter."))
    due_on = ThaiDateField(label=_("To be cleared by"), required=False)
    budget_line = LineChoice(queryset=BudgetLine.objects.none(), label=_("Budget line"))
    expense_line = ExpenseChoice(
        queryset=ExpenseLine.objects.none(), label=_("What it is spent on"), required=False
    )
    amount = BahtField(label=_("Amount (baht)"), help_text=_("Before tax is withheld."))
    tax_withheld = TaxField(label=_("Tax withheld (baht)"), required=False)
    course = CourseChoice(queryset=Course.objects.all(), label=_("Course"), required=False)
    fair = forms.ModelChoiceField(queryset=Fair.objects.none(), label=_("Fair"), required=False)
    reason = forms.CharField(
        label=_("Why it is changed"),
        required=False,
        max_length=LONGEST_REASON,
        help_text=_("Needed where the amount, the budget line or the day changes."),
    )

    class Meta:
        model = Spending
        fields = (
            "purpose",
            "course",
            "fair",
            "fair_rule",
            "spent_on",
            "budget_line",
            "expense_line",
            "amount",
            "tax_withheld",
            "payee",
            "document_number",
            "due_on",
            "note",
        )
        labels = {
            "purpose": _("Spent for"),
            "fair_rule": _("Rule that it is spent under"),
            "payee": _("Paid to"),
            "document_number": _("Document number"),
            "note": _("Note"),
        }

    def __init__(self, user, *args, year, **kwargs):
        super().__init__(user, *args, **kwargs)
        self.year = year
        self._offer(user)
        self._fit_the_kind()
        if self.instance._state.adding:
            del self.fields["reason"]
            if not self.initial.get("budget_line"):
                self.initial["budget_line"] = self.fields["budget_line"].initial
        if self.instance.clears_id:
            self.fields["budget_line"].disabled = True

    def _offer(self, user):
        row, year = self.instance, self.year
        offer_lines(self.fields["budget_line"], user, office_of(user), year)
        lines = ExpenseLine.objects.filter(Q(expense_class__fiscal_year=year) | Q(pk=row.expense_line_id))
        self.fields["expense_line"].queryset = lines.select_related("expense_class")
        fairs = Fair.objects.filter(Q(fiscal_year=year) & ~Q(status="cancelled") | Q(pk=row.fair_id))
        self.fields["fair"].queryset = fairs
        if user.school_id is None:
            del self.fields["course"]
            kept = [choice for choice in self.fields["purpose"].choices if choice[0] != Purpose.COURSE]
            self.fields["purpose"].choices = kept
            return
        years = [year.pk, year.pk - 1]  # what a year leaves to be paid is paid in the next
        courses = self.fields["course"].queryset
        self.fields["course"].queryset = courses.filter(Q(fiscal_year__in=years) | Q(pk=row.course_id))

    def _fit_the_kind(self):
        match self.instance.kind:
            case Kind.ADVANCE:
                self.fields["payee"].label = _("Borrower")
                self.fields["document_number"].label = _("Number of the loan contract")
                self.fields["payee"].required = self.fields["document_number"].required = True
                self.fields["amount"].help_text = ""
                del self.fields["tax_withheld"]
            case Kind.COMMITMENT:
                self.fields["payee"].label = _("Contractor or seller")
                self.fields["document_number"].label = _("Number of the contract or order")
                self.fields["amount"].help_text = ""
                del self.fields["tax_withheld"]
            case _:
                del self.fields["due_on"]
        if self.instance.kind != Kind.ADVANCE:
            self.fields["expense_line"].required = True

    def clean_spent_on(self):
        day = self.cleaned_data["spent_on"]
        refuse_other_years(day, self.year, fiscal_year_of(day))
        return day

    def clean(self):
        cleaned = super().clean()
        self._clean_purpose(cleaned)
        amount, tax = cleaned.get("amount"), cleaned.get("tax_withheld")
        if amount is not None and tax is not None and tax > amount:
            self.add_error("tax_withheld", ValidationError(_("The tax withheld is at most the amount."), "tax"))
        if "reason" in self.fields and set(self.changed_data) & TOLD_WHY and not cleaned.get("reason"):
            self._miss("reason", _("Say why the money changes."))
        return cleaned

    def _clean_purpose(self, cleaned):
        """What belongs to another purpose is left out."""
        purpose = cleaned.get("purpose")
        if purpose == Purpose.COURSE and not cleaned.get("course"):
            self._miss("course", _("Choose the course."))
        if purpose == Purpose.FAIR and not cleaned.get("fair"):
            self._miss("fair", _("Choose the fair."))
        if purpose == Purpose.FAIR and not cleaned.get("fair_rule"):
            self._miss("fair_rule", _("Choose one of the three rules."))
        if purpose and purpose != Purpose.COURSE:
            cleaned["course"] = None
        if purpose and purpose != Purpose.FAIR:
            cleaned["fair"], cleaned["fair_rule"] = None, ""

    def _miss(self, name, why):
        if name not in self.errors:
            self.add_error(name, ValidationError(why, "required"))
