"""What a fair costs by the three kinds of rule of Letter §4.2: what is planned, what is spent, what is left."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from courses.models import Fair, FairPart, Spending
from courses.money.balance import ZERO, Balance, spent, together
from courses.money.overview import Row
from offices.models import User

PLANNED: Final = {rule: f"planned_{rule.value}" for rule in Spending.FairRule}
"""The column of a part in a fair that says what is meant to be spent under a rule."""


@dataclass
class PlannedRow(Row):
    """A line of sums beside what was planned; left is the rest of the plan, unknown without one."""

    planned: Decimal | None = None


def by_rule(user: User, fair: Fair) -> list[PlannedRow]:
    """The three kinds, then their sum, over the offices whose money the user sees."""
    parts = FairPart.objects.visible_to(user).filter(fair=fair).order_by()
    planned: dict[str, Any] = parts.aggregate(**{name: Sum(name) for name in PLANNED.values()})
    found = spent(user, "fair_rule", fair=fair.pk)
    rows = [
        _row(str(rule.label), found.get((rule.value,), Balance()), planned[name], _rows_of(fair, rule))
        for rule, name in PLANNED.items()
    ]
    plans = [row.planned for row in rows if row.planned is not None]
    whole = together(row.balance for row in rows)
    return [*rows, _row(_("Together"), whole, sum(plans, ZERO) if plans else None, _rows_of(fair))]


def _row(label: str, balance: Balance, planned: Decimal | None, url: str) -> PlannedRow:
    left = None if planned is None else planned - (balance.used or ZERO)
    return PlannedRow(label, balance, left, url if balance.used is not None else "", planned=planned)


def _rows_of(fair: Fair, rule: Spending.FairRule | None = None) -> str:
    asked = {"fair": fair.pk} | ({"fair_rule": rule.value} if rule else {})
    return f"{reverse('money:spending_list')}?{urlencode(asked)}"
