"""Cells that are saved one by one or all together: what they hold, and how what is typed is judged.

A cell is saved only over the value that its writer saw. What somebody else has written meanwhile is never
overwritten in silence: it is answered as a conflict, and whoever typed chooses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar, Final, Self

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from offices.models import User
from offices.scoping import Eyes
from offices.thai.digits import BLANK, parse_number
from offices.thai.typed import Unreadable, tidy

LONGEST: Final = 40


class State(StrEnum):
    SAVED = "saved"
    PROBLEM = "problem"
    CONFLICT = "conflict"


@dataclass(frozen=True)
class Cell:
    """One cell: what is stored, the most it can hold, and why nothing can be entered (empty: it can)."""

    key: str
    stored: Decimal | None
    most: Decimal
    why_not: str = ""

    @property
    def shown(self) -> str:
        return plain(self.stored)


@dataclass(frozen=True)
class Entry:
    """What somebody typed into a cell, over the value they saw there."""

    cell: str
    typed: str
    seen: str


@dataclass(frozen=True)
class Answer:
    """What became of an entry; `value` is what is stored now."""

    cell: str
    state: State
    value: str
    message: str = ""
    who: str = ""


class NoSuchCell(LookupError):
    """The grid has no such cell, for this person."""


def plain(value: Decimal | None) -> str:
    """3.0 → 3, 2.5 → 2.5, nothing → nothing: what stands in a cell."""
    return "" if value is None else f"{value.normalize():f}"


class Grid:
    """The cells of one subject (a course, a channel), as `user` sees them now."""

    act: ClassVar[str]
    step: ClassVar[Decimal]

    def __init__(self, user: Eyes) -> None:
        self.user = user
        self.cells: dict[str, Cell] = {}
        self.fill()

    @classmethod
    def held(cls, of: Any, by: User, **which: Any) -> Self:
        """The grid with its subject held until the end of the transaction, so that two who type are told apart."""
        raise NotImplementedError

    def fill(self) -> None:
        """Read the cells."""
        raise NotImplementedError

    def write(self, changes: Mapping[str, Decimal | None]) -> None:
        """Store new values of cells; None makes a cell blank."""
        raise NotImplementedError

    def last_writers(self, keys: Iterable[str]) -> dict[str, str]:
        """Who changed these cells last, by name."""
        raise NotImplementedError

    def line_of(self, key: str) -> str:
        """The name of the line that a cell stands in."""
        raise NotImplementedError

    def why_closed(self) -> str:
        """Why nothing of this can be entered now; empty when it can."""
        return ""

    def read(self, cell: Cell, typed: str) -> Decimal | None:
        """The value that was typed; refused with the reason when it cannot stand in this cell."""
        text = tidy(typed[: LONGEST + 1])
        if not text:
            return None
        try:
            value = parse_number(text)
        except Unreadable as refusal:
            raise ValidationError(str(refusal), refusal.code) from None
        if value < 0:
            raise ValidationError(_("This cannot be negative."), "negative")
        if value > cell.most:
            raise ValidationError(_("At most %(most)s.") % {"most": plain(cell.most)}, "too_much")
        if value % self.step:
            raise ValidationError(self.step_refusal(), "step")
        return abs(value)  # −0 is 0

    def step_refusal(self) -> str:
        raise NotImplementedError


def names_of(events: Mapping[str, Any]) -> dict[str, str]:
    """Who made these changes, by name; those of nobody known are left out."""
    who = {key: e.pgh_context.metadata.get("user") for key, e in events.items() if e.pgh_context}
    people = User.objects.in_bulk({pk for pk in who.values() if pk})
    return {key: people[pk].name for key, pk in who.items() if pk in people}


@transaction.atomic
def record(
    kind: type[Grid],
    *,
    of: Any,
    entries: Iterable[Entry],
    by: User,
    all_or_nothing: bool = False,
    **which: Any,
) -> list[Answer]:
    """Save what was typed into cells, each judged by itself; or, when asked, nothing unless all is right."""
    grid = kind.held(of, by, **which)
    answers: list[Answer] = []
    changes: dict[str, Decimal | None] = {}
    for entry in entries:
        if entry.cell not in grid.cells:
            raise NoSuchCell(entry.cell)
        answer, value = _judged(grid, grid.cells[entry.cell], entry)
        answers.append(answer)
        if answer.state == State.SAVED and value != grid.cells[entry.cell].stored:
            changes[entry.cell] = value
            grid.cells[entry.cell] = replace(grid.cells[entry.cell], stored=value)
    if all_or_nothing and any(answer.state != State.SAVED for answer in answers):
        changes = {}
    if changes:
        with pghistory.context(user=by.pk, act=grid.act):
            grid.write(changes)
    clashing = [answer.cell for answer in answers if answer.state == State.CONFLICT]
    writers = grid.last_writers(clashing) if clashing else {}
    return [replace(answer, who=writers.get(answer.cell, "")) for answer in answers]


def _judged(grid: Grid, cell: Cell, entry: Entry) -> tuple[Answer, Decimal | None]:
    try:
        value = grid.read(cell, entry.typed)
    except ValidationError as refusal:
        return Answer(cell.key, State.PROBLEM, cell.shown, " ".join(refusal.messages)), None
    if value == cell.stored:
        return Answer(cell.key, State.SAVED, cell.shown), value
    if cell.why_not:
        told = _("Nothing can be entered here: %(why)s") % {"why": cell.why_not}
        return Answer(cell.key, State.PROBLEM, cell.shown, told), None
    if entry.seen != cell.shown:
        told = _("Somebody else has entered %(theirs)s meanwhile; you typed %(mine)s.")
        shown = {"theirs": cell.shown or BLANK, "mine": replace(cell, stored=value).shown or BLANK}
        return Answer(cell.key, State.CONFLICT, cell.shown, told % shown), None
    return Answer(cell.key, State.SAVED, replace(cell, stored=value).shown), value
