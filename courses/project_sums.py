"""What a project's activities add up to, and whether that is what the project says (form 5 §6-8)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from courses.models import Activity, Project
from offices.thai.digits import format_number


class Sums(NamedTuple):
    """Each sum is None where nobody entered anything: that is not zero."""

    budget: Decimal | None
    quarters: tuple[Decimal | None, ...]

    @property
    def all_quarters(self) -> Decimal | None:
        return total(self.quarters)


def total(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is there; None of nothing."""
    there = [amount for amount in amounts if amount is not None]
    return sum(there, Decimal(0)) if there else None


def added_up(activities: Iterable[Activity]) -> Sums:
    rows = list(activities)
    quarters = tuple(total(getattr(row, column) for row in rows) for column in Activity.QUARTERS)
    return Sums(total(row.budget for row in rows), quarters)


def disagreements(project: Project, activities: Iterable[Activity]) -> list[str]:
    """Where budget, activities and quarters come to different sums, with both; a blank disagrees with nothing."""
    sums = added_up(activities)
    pairs = (
        (
            _("The project's budget is %(one)s baht, its activities add up to %(other)s."),
            project.budget,
            sums.budget,
        ),
        (
            _("The activities add up to %(one)s baht, their quarters to %(other)s."),
            sums.budget,
            sums.all_quarters,
        ),
    )
    return [
        text % {"one": format_number(one, 2), "other": format_number(other, 2)}
        for text, one, other in pairs
        if one is not None and other is not None and one != other
    ]
