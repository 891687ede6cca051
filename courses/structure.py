"""The structure of a curriculum (form 3): what its rows add up to, and whether that is what it says of itself."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from courses.models import Curriculum, Topic
from courses.rules import hours_shown


class Hours(NamedTuple):
    theory: Decimal
    practice: Decimal

    @property
    def total(self) -> Decimal:
        return self.theory + self.practice


def added_up(topics: Iterable[Topic]) -> Hours:
    rows = list(topics)
    return Hours(
        sum((row.hours_theory for row in rows), Decimal(0)),
        sum((row.hours_practice for row in rows), Decimal(0)),
    )


def disagreements(curriculum: Curriculum, topics: Iterable[Topic]) -> list[str]:
    """Where the rows add up to other hours than the curriculum's, with both figures; none without rows."""
    rows = list(topics)
    if not rows:
        return []
    found = added_up(rows)
    said = Hours(curriculum.hours_theory, curriculum.hours_practice)
    pairs = ((_("Theory"), said.theory, found.theory), (_("Practice"), said.practice, found.practice))
    return [
        _("%(part)s: the curriculum says %(said)s hours, its rows add up to %(found)s.")
        % {"part": part, "said": hours_shown(one), "found": hours_shown(other)}
        for part, one, other in pairs
        if one != other
    ]
