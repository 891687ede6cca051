"""Committing, lending and paying money, and taking such rows back: always against what is left."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.models import Spending
from courses.money.balance import QUARTERS, ZERO, Flow, Purse, in_quarter
from courses.money.holding import baht, lock, office_of, refuse_unless_exact, refuse_unless_left
from offices.models import User
from offices.thai.dates import quarter_of

WORDS = {"cancelled_at", "cancel_reason", "cleared", "released", "release_reason", "version", "created_by"}


def _changes(row: Spending, sign: int = -1) -> dict[Purse, Flow]:
    """What the row does to its purse."""
    used = ZERO if row.clears_id else row.amount - row.released
    return {Purse(office_of(row), row.fiscal_year_id, row.budget_line_id): in_quarter(row.quarter, sign * used)}


def _from_one_to_other(old: Spending, new: Spending) -> dict[Purse, Flow]:
    flows = _changes(old, sign=1)
    for purse, flow in _changes(new).items():
        before = flows.get(purse, [ZERO] * len(QUARTERS))
        flows[purse] = [one + other for one, other in zip(before, flow, strict=True)]
    return flows


@transaction.atomic
def spend(*, spending: Spending, by: User) -> Spending:
    """Save a new commitment, advance or payment of the user's office."""
    refuse_unless_exact(spending.amount)
    lock(office_of(by), spending.fiscal_year_id, by=by)
    spending.quarter, spending.created_by = quarter_of(spending.spent_on), by
    _refuse_more_than_open(spending, by)
    refuse_unless_left(_changes(spending), by=by)
    with pghistory.context(user=by.pk, act="money.spend"):
        spending.save(force_insert=True)
    return spending


@transaction.atomic
def change(*, spending: Spending, reason: str, by: User) -> Spending:
    """Save what was changed about a row; its history tells what, by whom and why."""
    refuse_unless_exact(spending.amount)
    lock(office_of(spending), spending.fiscal_year_id, by=by)
    old = _current(spending, by)
    _refuse_cancelled(old)
    spending.quarter = quarter_of(spending.spent_on)
    if spending.amount < old.cleared + old.released:
        raise ValidationError(
            {
                "amount": _("%(gone)s baht of it are cleared or released already: it cannot be less.")
                % {"gone": baht(old.cleared + old.released)}
            }
        )
    if old.cleared and spending.budget_line_id != old.budget_line_id:
        raise ValidationError({"budget_line": _("Payments clear this already: its budget line stays.")})
    _refuse_more_than_open(spending, by, besides=old.amount)
    refuse_unless_left(_from_one_to_other(old, spending), by=by)
    columns = [c.name for c in Spending._meta.concrete_fields if not c.primary_key and c.name not in WORDS]
    with pghistory.context(user=by.pk, act="money.change", reason=reason):
        spending.save(update_fields=columns)
    return spending


@transaction.atomic
def cancel(*, spending: Spending, reason: str, by: User) -> None:
    """Take a row out of all sums; it stays, with the reason."""
    lock(office_of(spending), spending.fiscal_year_id, by=by)
    current = _current(spending, by)
    _refuse_cancelled(current)
    if current.cleared:
        raise ValidationError(
            _("Payments of %(cleared)s baht clear this: cancel those first.") % {"cleared": baht(current.cleared)},
            "cleared",
        )
    with pghistory.context(user=by.pk, act="money.cancel"):
        current.cancelled_at, current.cancel_reason = timezone.now(), reason
        current.save(update_fields=["cancelled_at", "cancel_reason"])


@transaction.atomic
def take_back(*, spending: Spending, by: User) -> None:
    """Take the cancelling back, if there is still money for it."""
    lock(office_of(spending), spending.fiscal_year_id, by=by)
    current = _current(spending, by)
    if not current.is_cancelled:
        return
    _refuse_more_than_open(current, by)
    refuse_unless_left(_changes(current), by=by)
    with pghistory.context(user=by.pk, act="money.take_back"):
        current.cancelled_at, current.cancel_reason = None, ""
        current.save(update_fields=["cancelled_at", "cancel_reason"])


@transaction.atomic
def release(*, spending: Spending, amount: Decimal, reason: str, by: User) -> None:
    """Let go what of a commitment will not be paid, or record what of an advance was brought back."""
    refuse_unless_exact(amount)
    lock(office_of(spending), spending.fiscal_year_id, by=by)
    current = _current(spending, by)
    _refuse_cancelled(current)
    if current.is_payment or amount > current.open_amount:
        raise _more_than_open(current, amount)
    with pghistory.context(user=by.pk, act="money.release"):
        current.released, current.release_reason = current.released + amount, reason
        current.save(update_fields=["released", "release_reason"])


def _refuse_more_than_open(spending: Spending, by: User, besides: Decimal = ZERO) -> None:
    """A payment clears no more than is open of its commitment or advance; `besides` is what it cleared before."""
    if not spending.clears_id:
        return
    whole = _current(spending.clears, by)
    _refuse_cancelled(whole)
    if spending.amount > whole.open_amount + besides:
        raise _more_than_open(whole, spending.amount, besides)


def _more_than_open(whole: Spending, asked: Decimal, besides: Decimal = ZERO) -> ValidationError:
    left = (whole.open_amount or ZERO) + besides
    told = _("%(open)s baht are open of it; %(asked)s baht are %(missing)s baht too much.")
    figures = {"open": baht(left), "asked": baht(asked), "missing": baht(asked - left)}
    return ValidationError({"amount": ValidationError(told, "more_than_open", figures)})


def _refuse_cancelled(row: Spending) -> None:
    if row.is_cancelled:
        raise ValidationError(_("It is cancelled already."), "cancelled")


def _current(row: Any, by: User) -> Spending:
    """The row as it is now, held until the end."""
    return Spending.objects.visible_to(by).select_for_update(of=("self",)).get(pk=row.pk)
