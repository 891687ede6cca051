"""What a channel sold, month by month of a fiscal year: a grid to enter it, and what it adds up to.

No row is a blank cell: nobody knows. Zero means that nothing was sold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Final, Self

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from offices.clock import today
from offices.models import User
from offices.scoping import Eyes
from offices.thai.dates import fiscal_year_bounds, month_and_year, quarter_of
from offices.thai.digits import format_number
from trainees.cells import Cell, Grid, names_of
from trainees.models import Channel, Sale

SATANG: Final = Decimal("0.01")
MOST: Final = Decimal("999999999999.99")


def months_of(year: int) -> list[date]:
    """The first days of a fiscal year's months."""
    first = fiscal_year_bounds(year)[0]
    counted = range(first.month - 1, first.month + 11)
    return [date(first.year + month // 12, month % 12 + 1, 1) for month in counted]


def lock_channel(channel: Channel, by: User) -> Channel:
    """The channel as it is now, held until the end of the transaction."""
    held = Channel.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=channel.pk).first()
    if held is None:
        raise ValidationError(_("Somebody has thrown this away meanwhile."), "gone")
    return held


def key_of(month: date) -> str:
    return f"{month:%Y-%m}"


class MoneyCell(Cell):
    """A cell of baht: 1,250.50."""

    @property
    def shown(self) -> str:
        return "" if self.stored is None else format_number(self.stored, 2)


class SalesGrid(Grid):
    """A channel's sales, a line for each month of one fiscal year."""

    act: ClassVar[str] = "sales.record"
    step: ClassVar[Decimal] = SATANG

    def __init__(self, channel: Channel, user: Eyes, *, year: int) -> None:
        self.channel, self.year = channel, year
        self.months = {key_of(month): month for month in months_of(year)}
        super().__init__(user)

    @classmethod
    def held(cls, of: Channel, by: User, **which: Any) -> Self:
        return cls(lock_channel(of, by), by, **which)

    def fill(self) -> None:
        rows = Sale.objects.visible_to(self.user).filter(channel=self.channel)
        self.found = {key_of(row.month): row for row in rows.filter(month__in=self.months.values())}
        for key, month in self.months.items():
            stored = self.found[key].amount if key in self.found else None
            why_not = "" if stored is not None else self._why_not(month)  # what is wrong can be made blank
            self.cells[key] = MoneyCell(key, stored, MOST, why_not)

    def _why_not(self, month: date) -> str:
        if month > today():
            return _("still to come")
        if month < self.channel.opened_on.replace(day=1):
            return _("not open yet")
        if self.channel.closed_on and month > self.channel.closed_on:
            return _("closed")
        return ""

    def write(self, changes: Mapping[str, Decimal | None]) -> None:
        rows = Sale.objects.visible_to(self.user)
        new, gone, changed = [], [], []
        for key, amount in changes.items():
            there = self.found.get(key)
            if there is None and amount is not None:
                month = self.months[key]
                new.append(
                    Sale(school_id=self.channel.school_id, channel=self.channel, month=month, amount=amount)
                )
            elif there is not None and amount is None:
                gone.append(there.pk)
            elif there is not None and amount is not None:
                there.amount = amount
                changed.append(there)
        rows.filter(pk__in=gone).delete()
        rows.bulk_update(changed, ["amount"])
        rows.bulk_create(new)

    def last_writers(self, keys: Iterable[str]) -> dict[str, str]:
        months = [self.months[key] for key in keys]
        events: Any = Sale.pgh_event_model.objects.visible_to(self.user)  # type: ignore[attr-defined]
        events = events.filter(channel=self.channel.pk, month__in=months).select_related("pgh_context")
        return names_of({key_of(event.month): event for event in events.order_by("pgh_id")})

    def line_of(self, key: str) -> str:
        return month_and_year(self.months[key])

    def step_refusal(self) -> str:
        return _("Baht with at most two decimals, such as 1,250.50.")

    def totals(self) -> Totals:
        return Totals([(self.months[key], cell.stored) for key, cell in self.cells.items()])


@dataclass(frozen=True)
class Total:
    """A sum of the months that are known; None when none is."""

    label: str
    amount: Decimal | None
    known: int
    months: int


class Totals:
    """A year's months and what they add up to, by quarter and altogether."""

    def __init__(self, months: Sequence[tuple[date, Decimal | None]]) -> None:
        self.months = months

    def quarters(self) -> list[Total]:
        return [
            self._total(
                _("Quarter %(number)d") % {"number": number},
                [a for m, a in self.months if quarter_of(m) == number],
            )
            for number in (1, 2, 3, 4)
        ]

    def year(self) -> Total:
        return self._total(_("The whole year"), [amount for _month, amount in self.months])

    def most(self) -> Decimal:
        return max((amount for _month, amount in self.months if amount is not None), default=Decimal(0))

    @staticmethod
    def _total(label: str, amounts: Sequence[Decimal | None]) -> Total:
        known = [amount for amount in amounts if amount is not None]
        return Total(label, sum(known, Decimal(0)) if known else None, len(known), len(amounts))
