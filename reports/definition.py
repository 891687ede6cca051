"""What an indicator of the letter is: evidence rows and a measure of them, with all that is said of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.db.models import QuerySet, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from offices.scoping import Eyes
from reports.beside import Beside
from reports.breakdowns import Dimension
from reports.measures import Figure, Measure, Row, Tally
from reports.offices import Office
from reports.omissions import Omission
from reports.periods import Period

Evidence = Callable[[Eyes, Office, Period], QuerySet]


class Adding(TextChoices):
    """What becomes of a figure when places or periods are put together."""

    ADD = "add", _("The parts add up.")
    RECOUNT = "recount", _("Counted anew for the wider place or period; the parts do not add up to it.")
    PEOPLE = "people", _("Persons are counted anew, so the parts do not add up to them; enrolments add up.")
    SHARES = "shares", _("Both sides of the share are added up first, then divided.")
    SHARES_AND_GROUPS = (
        "shares_and_groups",
        _("Both sides of the share are added up first, then divided; groups are counted anew."),
    )
    SHARES_AND_BAHT = (
        "shares_and_baht",
        _(
            "Both sides of the share are added up first, then divided; baht add up; mean and median are "
            "counted anew."
        ),
    )


class Parts(TextChoices):
    """What becomes of the parts of a breakdown when they are put together."""

    OVERLAP = "overlap", _("These groups overlap: the parts do not add up.")
    SIDES = "sides", _("Both sides of the share add up to those of the total.")
    ROWS = (
        "rows",
        _("The rows behind the parts add up to the total; what is counted once may stand in several parts."),
    )

    @property
    def in_short(self) -> str | Promise:
        """For a column of a table."""
        return IN_SHORT[self]


IN_SHORT: Final = {
    Parts.OVERLAP: _("Groups overlap"),
    Parts.SIDES: _("Both sides add up"),
    Parts.ROWS: _("Rows add up"),
}

SHARES: Final = frozenset({Adding.SHARES, Adding.SHARES_AND_GROUPS, Adding.SHARES_AND_BAHT})
"""Shares of rows. That of 2.3 is one of persons, who may stand in several parts."""


class Family(TextChoices):
    """The headings of Letter §5."""

    QUANTITY = "quantity", _("Outputs: quantity (Letter §5.1.1)")
    QUALITY = "quality", _("Outputs: quality (Letter §5.1.2)")
    OUTCOME = "outcome", _("Outcomes (Letter §5.2)")


@dataclass(frozen=True)
class Indicator:
    """One figure of the letter: which rows count, and how they are measured."""

    code: str
    family: Family
    letter: str
    label: str | Promise  # the letter's own words
    counted: str | Promise  # in simple words: what is counted, and from which rows
    left_out: str | Promise
    decides: str | Promise  # the date that decides
    across_places: Adding
    across_time: Adding
    evidence: Evidence
    basis: Evidence  # rows without which nobody can know the figure
    measure: Measure
    dimensions: tuple[Dimension, ...]
    day: str  # leads from an evidence row to the date that decides
    basis_day: str  # the same from a row of the basis
    of_offices: bool = False  # its rows are those of offices, not of schools
    beside: tuple[Beside, ...] = ()  # counted from other rows, shown beside the figure
    omissions: tuple[Omission, ...] = ()

    @property
    def unknown(self) -> Figure:
        """The figure of which nobody knows."""
        return self.measure.unknown

    def adding(self, dimension: Dimension) -> Parts:
        """How its parts by a dimension add up; whatever does not is counted anew for each part."""
        if dimension.overlapping:
            return Parts.OVERLAP
        return Parts.SIDES if self.across_places in SHARES else Parts.ROWS

    @cached_property
    def slug(self) -> str:
        """What its columns are called by in a statement that serves several indicators: i_3_1."""
        return f"i_{self.code.replace('.', '_')}"

    def prefixed(self, tally: Tally) -> Tally:
        """The tally over its own columns in such a statement."""
        return tally.over(self._own)

    def own(self, row: Row | None) -> Row:
        """Its own counts out of such a statement's row; where there is none, what is counted of nothing."""
        if row is None:
            return self.measure.nothing
        return {name: row[own] for name, own in self._own_names}

    @cached_property
    def _own_names(self) -> list[tuple[str, str]]:
        return [(name, self._own(name)) for name in self.measure.tallies]

    def _own(self, name: str) -> str:
        return f"{self.slug}_{name}"
