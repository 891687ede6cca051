"""The wall around a purse: who takes money out waits for who does so already, and gets no more than is left."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from courses.models import BudgetLine
from courses.money.balance import Flow, Office, Purse, added_up, left_by_quarter
from offices.models import FiscalYear, Province, School, User
from offices.owned import OfficeOwned
from offices.thai.digits import format_number

SATANG = Decimal("0.01")
MOST = Decimal("999999999999.99")


class Overspent(ValidationError):
    """More was asked for than is left; says how much that is."""

    def __init__(self, *, purse: Purse, quarter: int, left: Decimal, asked: Decimal) -> None:
        self.left, self.asked = left, asked
        told = {
            "line": str(BudgetLine.objects.get(pk=purse.line)),
            "quarter": quarter,
            "year": purse.year,
            "left": baht(left),
            "asked": baht(asked),
            "missing": baht(asked - left),
        }
        super().__init__(
            _(
                "“%(line)s”, up to quarter %(quarter)s of %(year)s: %(left)s baht are left, %(asked)s baht are "
                "asked for, %(missing)s baht too much."
            ),
            "overspent",
            told,
        )


def baht(amount: Decimal) -> str:
    return format_number(amount, 2)


def office_of(row: OfficeOwned | User) -> Office:
    """The office that a row or a person belongs to."""
    return Office(row.school_id, row.province_id)


def lock(office: Office, year: int, *, by: User) -> None:
    """Until the end of the transaction nobody else takes money out of this office's purses.

    An office that is no longer seen (a school that went to another province) cannot be held to account from here.
    """
    rows: Any = FiscalYear.objects.filter(pk=year)  # stands for the department
    if office.school is not None:
        rows = School.objects.visible_to(by).filter(pk=office.school)
    elif office.province is not None:
        rows = Province.objects.filter(pk=office.province)
    if rows.select_for_update(no_key=True, of=("self",)).first() is None:
        raise ValidationError(_("This school belongs to another office now: it can give back by itself."), "moved")


def refuse_unless_left(changes: Mapping[Purse, Flow], *, by: User) -> None:
    """Refuse changes by which a purse would hold less than nothing at the end of some quarter.

    Whoever asks holds the lock of each office whose purse loses by them.
    """
    for purse, flow in changes.items():
        change = added_up(flow)
        if min(change) >= 0:
            continue
        left = left_by_quarter(by, purse)
        after = [(was + gain, quarter) for quarter, (was, gain) in enumerate(zip(left, change, strict=True), 1)]
        worst, quarter = min((each for each in after if change[each[1] - 1] < 0), key=lambda each: each[0])
        if worst < 0:
            raise Overspent(purse=purse, quarter=quarter, left=left[quarter - 1], asked=-change[quarter - 1])


def refuse_unless_exact(amount: Decimal) -> None:
    """Baht and satang only, more than nothing, and no slip of the finger."""
    if not amount.is_finite() or amount > MOST:
        raise ValidationError(_("This amount is too large."), "too_large")
    if amount != amount.quantize(SATANG):
        raise ValidationError(_("Baht and satang only: two decimals at most."), "satang")
    if amount <= 0:
        raise ValidationError(_("An amount is more than 0."), "zero")
