"""Giving money to the offices below, giving it back, carrying it over the year.

Each act takes money out of purses of one office only, and that office is one whose rows its actor sees all of: so
what is left is never reckoned from a part.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.models import Allocation, BudgetLine
from courses.money.balance import QUARTERS, ZERO, Flow, Office, Purse, in_quarter
from courses.money.holding import baht, lock, office_of, refuse_unless_exact, refuse_unless_left
from offices.clock import today
from offices.models import FiscalYear, Membership, Province, School, User
from offices.scoping import provinces_for

LAST_QUARTER = QUARTERS[-1]
Source = Allocation.Source


def _purse(row: Allocation, office: Office | None = None) -> Purse:
    return Purse(office or office_of(row), row.fiscal_year_id, row.budget_line_id)


def _giver(row: Allocation) -> Office | None:
    """The office that gave; nobody did where money came from the budget or from the year before."""
    if row.source in (Source.BUDGET, Source.CARRIED):
        return None
    return Office(province=row.giver_id)


def _changes(row: Allocation) -> dict[Purse, Flow]:
    """What the row does to purses."""
    flows = {_purse(row): in_quarter(row.quarter, row.amount)}
    if giver := _giver(row):
        flows[_purse(row, giver)] = in_quarter(row.quarter, -row.amount)
    return flows


def _undone(flows: Mapping[Purse, Flow]) -> dict[Purse, Flow]:
    return {purse: [-each for each in flow] for purse, flow in flows.items()}


@transaction.atomic
def receive(*, allocation: Allocation, by: User) -> Allocation:
    """Record what the department received by the budget act; nobody stands above it to give it."""
    refuse_unless_exact(allocation.amount)
    allocation.source, allocation.created_by = Source.BUDGET, by
    with pghistory.context(user=by.pk, act="money.receive"):
        allocation.save(force_insert=True)
    return allocation


def receivers(user: User) -> list[tuple[Office, str]]:
    """The offices that the user's office gives to, with their names: provinces first, then schools."""
    members = Membership.objects.visible_to(user).on(today())
    schools = School.objects.visible_to(user).filter(Q(closed_on=None) | Q(closed_on__gt=today()))
    if user.province_id is None:
        schools = schools.exclude(pk__in=members.values("school"))
    provinces = [] if user.province_id else Province.objects.filter(provinces_for(user))
    return [(Office(province=each.pk), str(each)) for each in provinces] + [
        (Office(school=each.pk), each.name) for each in schools
    ]


@transaction.atomic
def allocate(
    *,
    amounts: Mapping[Office, Decimal],
    year: FiscalYear,
    quarter: int,
    line: BudgetLine,
    by: User,
    document_number: str,
    document_on: date,
    note: str = "",
) -> list[Allocation]:
    """Give money to offices below, all of them or none; never more than the giver has left."""
    giver = office_of(by)
    for amount in amounts.values():
        refuse_unless_exact(amount)
    if amounts.keys() - {office for office, _name in receivers(by)}:
        raise ValidationError(_("One of these offices does not receive from yours."), "not_below")
    rows = [
        Allocation(
            school_id=office.school,
            province_id=office.province,
            source=Source.PROVINCE if giver.province else Source.DEPARTMENT,
            giver_id=giver.province,
            fiscal_year=year,
            quarter=quarter,
            budget_line=line,
            amount=amount,
            document_number=document_number,
            document_on=document_on,
            note=note,
            created_by=by,
        )
        for office, amount in amounts.items()
    ]
    lock(giver, year.pk, by=by)
    taken = in_quarter(quarter, -sum(amounts.values(), ZERO))
    refuse_unless_left({Purse(giver, year.pk, line.pk): taken}, by=by)
    with pghistory.context(user=by.pk, act="money.allocate"):
        return Allocation.objects.bulk_create(rows)


@transaction.atomic
def give_back(
    *,
    allocation: Allocation,
    amount: Decimal,
    reason: str,
    by: User,
    document_number: str,
    document_on: date,
) -> Allocation:
    """Give a part of an allocation back to where it came from; only what the receiver has left."""
    refuse_unless_exact(amount)
    lock(office_of(allocation), allocation.fiscal_year_id, by=by)
    current = _current(allocation, by)
    if why := why_not_given_back(current):
        raise ValidationError(why, "stays")
    kept = still_given(current, by)
    if amount > kept:
        raise ValidationError(
            _("Of this allocation %(kept)s baht are still there; %(asked)s baht cannot be given back.")
            % {"kept": baht(kept), "asked": baht(amount)},
            "more_than_given",
        )
    back = Allocation(
        amount=-amount,
        note=reason,
        corrects=current,
        document_number=document_number,
        document_on=document_on,
        created_by=by,
        **{name: getattr(current, name) for name in _PLACE},
    )
    refuse_unless_left({_purse(back): in_quarter(back.quarter, -amount)}, by=by)
    with pghistory.context(user=by.pk, act="money.give_back"):
        back.save(force_insert=True)
    return back


_PLACE = ("school_id", "province_id", "source", "giver_id", "fiscal_year_id", "budget_line_id", "quarter")


def why_not_given_back(row: Allocation) -> str:
    if row.is_cancelled:
        return _("It is cancelled already.")
    if row.corrects_id or row.source == Source.CARRIED:
        return _("Cancel this row instead.")
    return ""


def still_given(row: Allocation, user: User) -> Decimal:
    """What of an allocation was not given back."""
    back = Allocation.objects.visible_to(user).standing().filter(corrects=row).aggregate(sum=Sum("amount"))
    return row.amount + (back["sum"] or ZERO)


@transaction.atomic
def carry_over(
    *, amount: Decimal, line: BudgetLine, year: FiscalYear, reason: str, by: User, **document: Any
) -> Allocation:
    """Carry money of the user's office into the next year, where it stays money of its budget line."""
    refuse_unless_exact(amount)
    following = FiscalYear.objects.filter(pk=year.pk + 1).first()
    if following is None:
        raise ValidationError(_("Fiscal year %(year)s does not exist yet.") % {"year": year.pk + 1}, "no_year")
    office = office_of(by)
    lock(office, year.pk, by=by)
    out = in_quarter(LAST_QUARTER, -amount)
    refuse_unless_left({Purse(office, year.pk, line.pk): out}, by=by)
    both: dict[str, Any] = {
        "school_id": office.school,
        "province_id": office.province,
        "source": Source.CARRIED,
        "budget_line": line,
        "note": reason,
        "created_by": by,
        **document,
    }
    with pghistory.context(user=by.pk, act="money.carry_over"):
        taken = Allocation.objects.create(fiscal_year=year, quarter=LAST_QUARTER, amount=-amount, **both)
        return Allocation.objects.create(
            fiscal_year=following, quarter=QUARTERS[0], amount=amount, carries=taken, **both
        )


@transaction.atomic
def cancel(*, allocation: Allocation, reason: str, by: User) -> None:
    """Take an allocation out of all sums; the row stays, with the reason."""
    for row in _with_its_other_half(allocation, by):
        _lock_losers(_undone(_changes(row)), by)
    for row in _with_its_other_half(allocation, by):
        current = _current(row, by)
        if current.is_cancelled:
            raise ValidationError(_("It is cancelled already."), "cancelled")
        if Allocation.objects.visible_to(by).standing().filter(corrects=current).exists():
            raise ValidationError(
                _("A part of this was given back. Cancel that first, so that nothing is counted twice."),
                "corrected",
            )
        refuse_unless_left(_undone(_changes(current)), by=by)
        with pghistory.context(user=by.pk, act="money.cancel_allocation"):
            current.cancelled_at, current.cancel_reason = timezone.now(), reason
            current.save(update_fields=["cancelled_at", "cancel_reason"])


@transaction.atomic
def take_back(*, allocation: Allocation, by: User) -> None:
    """Take the cancelling back, if there is still money for it."""
    for row in _with_its_other_half(allocation, by):
        _lock_losers(_changes(row), by)
    for row in _with_its_other_half(allocation, by):
        current = _current(row, by)
        if not current.is_cancelled:
            continue
        if (whole := current.corrects) is not None:
            if whole.is_cancelled:
                raise ValidationError(_("What it gives back of is cancelled itself."), "cancelled")
            if still_given(whole, by) + current.amount < 0:
                raise ValidationError(_("More would be given back than was given."), "more_than_given")
        refuse_unless_left(_changes(current), by=by)
        with pghistory.context(user=by.pk, act="money.take_back_allocation"):
            current.cancelled_at, current.cancel_reason = None, ""
            current.save(update_fields=["cancelled_at", "cancel_reason"])


def _with_its_other_half(row: Allocation, by: User) -> list[Allocation]:
    """The row; with money carried over the year, both its rows."""
    if row.source != Source.CARRIED:
        return [row]
    key = row.carries_id or row.pk
    halves = Allocation.objects.visible_to(by)
    return list(halves.filter(pk=key)) + list(halves.filter(carries=key))


def _lock_losers(changes: Mapping[Purse, Flow], by: User) -> None:
    for purse, flow in changes.items():
        if min(flow) < 0:
            lock(purse.office, purse.year, by=by)


def _current(row: Allocation, by: User) -> Allocation:
    """The row as it is now, held until the end."""
    rows = Allocation.objects.visible_to(by).select_for_update(of=("self",)).select_related("corrects")
    return rows.get(pk=row.pk)
