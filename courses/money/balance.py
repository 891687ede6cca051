"""What offices received, gave on, spent and have left. The only place that reckons it.

A purse is what one office has of one budget line in one fiscal year. Money is usable from the quarter on for
which it was given; what is not used stays for later quarters, up to the end of the year. So a purse has, for
each quarter, what is left up to it, and may give or spend in a quarter the least that is left in it or in a
later one (docs/adr/0007-what-is-left.md).

A commitment or an advance takes its amount out of the purse, less what is released; a payment that clears one
takes out nothing more, any other payment its amount.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Case, F, Q, Sum, When

from courses.models import Allocation, Spending
from offices.scoping import Eyes

ZERO = Decimal(0)
QUARTERS = (1, 2, 3, 4)


class Office(NamedTuple):
    """Who holds money: a school, a province, or (neither) the department."""

    school: int | None = None
    province: str | None = None


class Purse(NamedTuple):
    office: Office
    year: int
    line: int


Flow = list[Decimal]
"""What came in, less what went out, in each of the four quarters."""


@dataclass
class Balance:
    """Sums of an office, or of several. None: there is no row of this kind; blank is not zero."""

    received: Decimal | None = None
    carried: Decimal | None = None
    given: Decimal | None = None
    committed: Decimal | None = None
    advanced: Decimal | None = None
    paid: Decimal | None = None
    used: Decimal | None = None

    @property
    def coming(self) -> Decimal | None:
        """What came in, whoever gave it."""
        return _plus(self.received, self.carried)

    @property
    def left(self) -> Decimal | None:
        """What may still be given or spent, all quarters together."""
        if self.coming is None and self.given is None and self.used is None:
            return None
        return (self.coming or ZERO) - (self.given or ZERO) - (self.used or ZERO)

    def __add__(self, other: Balance) -> Balance:
        return Balance(*(_plus(getattr(self, name), getattr(other, name)) for name in self.__dataclass_fields__))


def _plus(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    if one is None:
        return other
    return one if other is None else one + other


def together(balances: Iterable[Balance]) -> Balance:
    return sum(balances, Balance())


# What a row of spending takes out of its purse.
USED = Case(
    When(clears__isnull=False, then=ZERO),
    default=F("amount") - F("released"),
    output_field=Spending._meta.get_field("amount").clone(),
)
CARRIED = Q(source=Allocation.Source.CARRIED)


def balances(
    user: Eyes, *columns: str, of: Office | None = None, **narrowed: Any
) -> dict[tuple[Any, ...], Balance]:
    """The sums of what `user` sees, grouped by `columns`, of one office alone or of all.

    Columns that both kinds of rows have: fiscal_year, budget_line, quarter, and school with province, without
    which one office must be named. What an office gave stands at its own place.
    """
    if of is None and not {"school", "province"} <= set(columns):
        raise ValueError("Whose? What one office gives is what another receives.")
    found: dict[tuple[Any, ...], Balance] = {}
    own = {} if of is None else {"school": of.school, "province": of.province}
    received = Allocation.objects.visible_to(user).standing().filter(**narrowed, **own)
    for *key, came, carried in (
        received.order_by()
        .values_list(*columns)
        .annotate(came=Sum("amount", filter=~CARRIED), carried=Sum("amount", filter=CARRIED))
    ):
        balance = found.setdefault(tuple(key), Balance())
        balance.received, balance.carried = came, carried
    for key, given in _given(user, columns, of, narrowed):
        found.setdefault(key, Balance()).given = given
    for key, balance in spent(user, *columns, **narrowed, **own).items():
        whole = found.setdefault(key, Balance())
        found[key] = whole + balance
    return found


def _given(
    user: Eyes, columns: tuple[str, ...], of: Office | None, narrowed: dict[str, Any]
) -> Iterable[tuple[tuple[Any, ...], Decimal]]:
    given = Allocation.objects.visible_to(user).standing().filter(**narrowed)
    given = given.filter(source__in=[Allocation.Source.DEPARTMENT, Allocation.Source.PROVINCE])
    if of is not None:
        if of.school is not None:
            return
        given = given.filter(giver=of.province)
    places = {"school": "nobody", "province": "giver"}
    asked = [places.get(column, column) for column in columns]
    shown = [column for column in asked if column != "nobody"]
    for *values, amount in given.order_by().values_list(*shown).annotate(given=Sum("amount")):
        rest = iter(values)
        yield tuple(None if column == "nobody" else next(rest) for column in asked), amount


def spent(user: Eyes, *columns: str, **narrowed: Any) -> dict[tuple[Any, ...], Balance]:
    """The sums of spending alone, grouped by any of its columns."""
    rows = Spending.objects.visible_to(user).standing().filter(**narrowed).order_by()
    kind = Spending.Kind
    return {
        tuple(key): Balance(committed=committed, advanced=advanced, paid=paid, used=used)
        for *key, committed, advanced, paid, used in rows.values_list(*columns).annotate(
            committed=Sum(Spending.OPEN, filter=Q(kind=kind.COMMITMENT)),
            advanced=Sum(Spending.OPEN, filter=Q(kind=kind.ADVANCE)),
            paid=Sum("amount", filter=Q(kind=kind.PAYMENT)),
            used=Sum(USED),
        )
    }


def left_by_quarter(user: Eyes, purse: Purse) -> Flow:
    """What is left in a purse up to each quarter."""
    of = {"fiscal_year": purse.year, "budget_line": purse.line}
    found = balances(user, "quarter", of=purse.office, **of)
    return added_up([found.get((quarter,), Balance()).left or ZERO for quarter in QUARTERS])


def added_up(flow: Flow) -> Flow:
    """Sums up to each quarter."""
    sums, so_far = [], ZERO
    for each in flow:
        so_far += each
        sums.append(so_far)
    return sums


def usable(left: Flow, quarter: int) -> Decimal:
    """What may be given or spent in a quarter: no later quarter may end below nothing by it."""
    return min(left[quarter - 1 :])


def in_quarter(quarter: int, amount: Decimal) -> Flow:
    return [amount if each == quarter else ZERO for each in QUARTERS]
