"""Money that offices receive, give on and spend (Letter §4.1–4.2). What is left is reckoned in courses/money."""

from __future__ import annotations

from typing import Any, ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.models.budgets import BudgetLine, ExpenseLine
from courses.models.courses import Course
from courses.models.fairs import Fair
from offices.history import tracked_office
from offices.models import FiscalYear, Province, User
from offices.owned import OfficeOwned, SameSchool, bump_version
from offices.scoping import GivenQuerySet, OfficeQuerySet, rows_given_by

LONGEST_REASON = 500
QUARTERS = [(quarter, str(quarter)) for quarter in (1, 2, 3, 4)]
STANDS = Q(cancelled_at__isnull=True)

# What was given stays as it is: it is corrected by a row with a reason, or cancelled with one.
amount_stays = pgtrigger.Protect(
    name="amount_stays",
    operation=pgtrigger.Update,
    condition=pgtrigger.Condition(
        "ROW(OLD.amount, OLD.quarter, OLD.budget_line_id, OLD.fiscal_year_id, OLD.source)"
        " IS DISTINCT FROM ROW(NEW.amount, NEW.quarter, NEW.budget_line_id, NEW.fiscal_year_id, NEW.source)"
        " OR ROW(OLD.school_id, OLD.province_id, OLD.giver_id)"
        " IS DISTINCT FROM ROW(NEW.school_id, NEW.province_id, NEW.giver_id)"
    ),
)
clears_its_own = pgtrigger.Trigger(
    name="clears_its_own",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    func="""
        IF NEW.clears_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM courses_spending AS whole
             WHERE whole.id = NEW.clears_id AND whole.kind <> 'payment'
               AND whole.fiscal_year_id = NEW.fiscal_year_id AND whole.budget_line_id = NEW.budget_line_id
               AND whole.school_id IS NOT DISTINCT FROM NEW.school_id
               AND whole.province_id IS NOT DISTINCT FROM NEW.province_id)
        THEN
            RAISE EXCEPTION 'A payment clears a commitment or an advance of its own office, year and budget line.';
        END IF;
        RETURN NEW;
    """,
)
sum_up_cleared = pgtrigger.Trigger(
    name="sum_up_cleared",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func="""
        UPDATE courses_spending AS whole
           SET cleared = paid.amount
          FROM (SELECT COALESCE(SUM(amount), 0) AS amount FROM courses_spending
                 WHERE clears_id = COALESCE(NEW.clears_id, OLD.clears_id) AND cancelled_at IS NULL) AS paid
         WHERE whole.id = COALESCE(NEW.clears_id, OLD.clears_id) AND whole.cleared <> paid.amount;
        RETURN NULL;
    """,
)


class Entered(OfficeOwned):
    """A row of money: it keeps who entered it, and is never deleted but cancelled, with a reason."""

    fiscal_year = models.ForeignKey(
        FiscalYear, models.PROTECT, verbose_name=_("fiscal year"), related_name="+", editable=False
    )
    budget_line = models.ForeignKey(BudgetLine, models.PROTECT, verbose_name=_("budget line"), related_name="+")
    amount = models.DecimalField(_("amount (baht)"), max_digits=14, decimal_places=2)
    document_number = models.CharField(_("document number"), max_length=60, blank=True)
    note = models.CharField(_("note"), max_length=LONGEST_REASON, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, editable=False)
    cancel_reason = models.CharField(
        _("why it was cancelled"), max_length=LONGEST_REASON, blank=True, editable=False
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    class Meta(OfficeOwned.Meta):
        abstract = True
        constraints = [
            *OfficeOwned.Meta.constraints,
            models.CheckConstraint(
                name="%(class)s_cancelled_with_a_reason",
                condition=Q(STANDS, cancel_reason="") | (~STANDS & ~Q(cancel_reason="")),
                violation_error_message=_("Say why."),
            ),
        ]

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None


class AllocationQuerySet(GivenQuerySet):
    def standing(self) -> Self:
        """Rows that count."""
        return self.filter(STANDS)

    def kept_by(self, user: User) -> Self:
        """Rows that the user's office answers for: what it gave, and what it has of its own accord."""
        own = Q(school=user.school_id, province=user.province_id, source__in=["budget", "carried"])
        return self.visible_to(user).filter(own | rows_given_by(user))


@tracked_office
class Allocation(Entered):
    """Money that an office received, usable from a quarter on; the row is the receiver's.

    A negative one gives back a part of another (`corrects`), or takes money out of a year to carry it into the
    next (`source` carried); the row of the next year names it in `carries`.
    """

    class Source(models.TextChoices):
        BUDGET = "budget", _("Budget act")
        DEPARTMENT = "department", pgettext_lazy("giver", "Department")
        PROVINCE = "province", pgettext_lazy("giver", "Provincial office")
        CARRIED = "carried", _("Carried over the year")

    document_on = models.DateField(_("date of the document"))
    quarter = models.PositiveSmallIntegerField(
        _("from quarter"),
        choices=QUARTERS,
        help_text=_("The quarter from which on the money may be used. What is not used stays for later quarters."),
    )
    source = models.CharField(_("given by"), max_length=10, choices=Source, editable=False)
    giver = models.ForeignKey(
        Province,
        models.PROTECT,
        verbose_name=_("giving province"),
        null=True,
        related_name="+",
        editable=False,
    )
    corrects = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("gives back of"), null=True, related_name="+", editable=False
    )
    carries = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("carried over from"), null=True, related_name="+", editable=False
    )

    objects = models.Manager.from_queryset(AllocationQuerySet)()  # type: ignore[assignment,misc]

    class Meta(Entered.Meta):
        verbose_name = _("allocation")
        verbose_name_plural = _("allocations")
        ordering = ["-document_on", "-pk"]
        triggers = [bump_version, amount_stays]
        indexes = [
            models.Index(fields=["fiscal_year", "budget_line", "province", "school"], name="allocation_received"),
            models.Index(fields=["fiscal_year", "giver"], name="allocation_given"),
            models.Index(fields=["corrects"], name="allocation_corrects"),
        ]
        constraints = [
            *Entered.Meta.constraints,
            models.CheckConstraint(
                name="allocation_from_the_office_above",
                condition=Q(source="budget", giver=None, school=None, province=None)
                | (Q(source="department", giver=None) & (Q(school__isnull=False) | Q(province__isnull=False)))
                | Q(source="province", giver__isnull=False, school__isnull=False)
                | Q(source="carried", giver=None),
            ),
            models.CheckConstraint(
                name="allocation_negative_only_with_a_reason",
                condition=Q(amount__gt=0, corrects=None)
                | (Q(amount__lt=0) & ~Q(note="") & (Q(corrects__isnull=False) | Q(source="carried"))),
                violation_error_message=_("Say why."),
            ),
            models.CheckConstraint(
                name="allocation_in_a_quarter",
                condition=Q(quarter__gte=1, quarter__lte=4),
            ),
            models.CheckConstraint(
                name="allocation_carries_into_the_next_year",
                condition=Q(carries=None) | Q(source="carried", amount__gt=0),
            ),
            models.UniqueConstraint(fields=["carries"], name="carried_over_once"),
        ]

    def __str__(self) -> str:
        return f"{self.office_name} {self.amount:,f}"

    @property
    def giver_name(self) -> str:
        """Who gave it, as a person would say it."""
        if self.giver_id:
            return str(self.giver)
        return str(self.get_source_display())


class SpendingQuerySet(OfficeQuerySet):
    def standing(self) -> Self:
        """Rows that count."""
        return self.filter(STANDS)


@tracked_office
class Spending(Entered):
    """Money that an office commits, lends as an advance, or pays, out of what it received.

    A payment may clear a commitment or an advance of the same office. `cleared` is the sum of such payments (a
    trigger keeps it), `released` what will not be paid after all; what is still open is the rest.
    """

    class Kind(models.TextChoices):
        COMMITMENT = "commitment", pgettext_lazy("money", "Commitment")
        ADVANCE = "advance", pgettext_lazy("money", "Advance")
        PAYMENT = "payment", pgettext_lazy("money", "Payment")

    class Purpose(models.TextChoices):
        COURSE = "course", pgettext_lazy("purpose", "A course")
        FAIR = "fair", pgettext_lazy("purpose", "A fair")
        SUPERVISION = "supervision", pgettext_lazy("purpose", "Supervision")
        GENERAL = "general", pgettext_lazy("purpose", "The programme as a whole")

    class FairRule(models.TextChoices):  # Letter §4.2
        EVENT = "event", _("Event and training expenses, rule of 2549")
        PROCUREMENT = "procurement", _("Procurement, rule of 2560")
        TRAINING = "training", _("Vocational training, guideline of 2568")

    OPEN: ClassVar[Any] = F("amount") - F("released") - F("cleared")

    kind = models.CharField(pgettext_lazy("money", "kind"), max_length=10, choices=Kind, editable=False)
    spent_on = models.DateField(_("day"))
    quarter = models.PositiveSmallIntegerField(_("quarter"), choices=QUARTERS, editable=False)
    purpose = models.CharField(_("spent for"), max_length=12, choices=Purpose)
    course = models.ForeignKey(
        Course, models.PROTECT, verbose_name=_("course"), null=True, blank=True, related_name="+"
    )
    fair = models.ForeignKey(Fair, models.PROTECT, verbose_name=_("fair"), null=True, blank=True, related_name="+")
    fair_rule = models.CharField(_("rule that it is spent under"), max_length=12, choices=FairRule, blank=True)
    expense_line = models.ForeignKey(
        ExpenseLine, models.PROTECT, verbose_name=_("expense line"), null=True, blank=True, related_name="+"
    )
    payee = models.CharField(_("who is paid or borrows"), max_length=200, blank=True)
    due_on = models.DateField(_("to be cleared by"), null=True, blank=True)
    tax_withheld = models.DecimalField(
        _("tax withheld (baht)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    clears = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("clears"),
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    cleared = models.DecimalField(
        _("cleared by payments (baht)"), max_digits=14, decimal_places=2, default=0, editable=False
    )
    released = models.DecimalField(
        _("released or returned (baht)"), max_digits=14, decimal_places=2, default=0, editable=False
    )
    release_reason = models.CharField(
        _("why it was released"), max_length=LONGEST_REASON, blank=True, editable=False
    )

    objects = models.Manager.from_queryset(SpendingQuerySet)()  # type: ignore[assignment,misc]

    class Meta(Entered.Meta):
        verbose_name = _("expenditure")
        verbose_name_plural = _("expenditures")
        ordering = ["-spent_on", "-pk"]
        triggers = [bump_version, clears_its_own, sum_up_cleared]
        indexes = [
            models.Index(fields=["fiscal_year", "budget_line", "province", "school"], name="spending_of_office"),
            models.Index(fields=["fiscal_year", "-spent_on", "-id"], name="spending_list"),
            models.Index(fields=["course"], name="spending_of_course", condition=Q(course__isnull=False)),
            models.Index(fields=["fair"], name="spending_of_fair", condition=Q(fair__isnull=False)),
            models.Index(fields=["clears"], name="spending_clears", condition=Q(clears__isnull=False)),
        ]
        constraints = [
            *Entered.Meta.constraints,
            SameSchool("course", name="spending_course_same_school"),
            models.CheckConstraint(
                name="spending_above_zero",
                condition=Q(amount__gt=0),
                violation_error_message=_("An amount is more than 0."),
            ),
            models.CheckConstraint(name="spending_in_a_quarter", condition=Q(quarter__gte=1, quarter__lte=4)),
            models.CheckConstraint(
                name="spending_for_its_purpose",
                condition=Q(purpose="course", course__isnull=False, school__isnull=False, fair=None, fair_rule="")
                | (Q(purpose="fair", course=None, fair__isnull=False) & ~Q(fair_rule=""))
                | Q(purpose__in=["supervision", "general"], course=None, fair=None, fair_rule=""),
                violation_error_message=_("Choose the course or the fair, and no other."),
            ),
            models.CheckConstraint(
                name="spending_on_an_expense_line",
                condition=Q(expense_line__isnull=False) | Q(kind="advance"),
                violation_error_message=_("Choose what it is spent on."),
            ),
            models.CheckConstraint(
                name="advance_has_contract_and_borrower",
                condition=~Q(kind="advance") | (~Q(document_number="") & ~Q(payee="")),
                violation_error_message=_("An advance has the number of its contract and a borrower."),
            ),
            models.CheckConstraint(
                name="only_payments_clear_and_withhold",
                condition=Q(kind="payment") | Q(clears=None, tax_withheld=None),
            ),
            models.CheckConstraint(
                name="tax_withheld_within_the_amount",
                condition=Q(tax_withheld=None) | Q(tax_withheld__gte=0, tax_withheld__lte=F("amount")),
                violation_error_message=_("The tax withheld is at most the amount."),
            ),
            models.CheckConstraint(
                name="cleared_and_released_within_the_amount",
                condition=Q(cleared__gte=0, released__gte=0, amount__gte=F("cleared") + F("released")),
                violation_error_message=_("More is cleared or released than there was."),
            ),
            models.CheckConstraint(
                name="payments_stay_open_for_nothing",
                condition=~Q(kind="payment") | Q(cleared=0, released=0),
            ),
            models.CheckConstraint(
                name="released_with_a_reason",
                condition=Q(released=0) | ~Q(release_reason=""),
                violation_error_message=_("Say why."),
            ),
            models.CheckConstraint(name="cancelled_with_nothing_cleared", condition=Q(STANDS) | Q(cleared=0)),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount:,f}"

    @property
    def open_amount(self) -> Any:
        """What of a commitment or an advance is still open; nothing of a payment."""
        return None if self.is_payment else self.amount - self.released - self.cleared

    @property
    def is_payment(self) -> bool:
        return self.kind == Spending.Kind.PAYMENT

    @property
    def net(self) -> Any:
        """What the payee gets."""
        return self.amount - (self.tax_withheld or 0)
