"""The grids of a course: cells of hours (form 9), points (form 10), levels (form 12; both in trainees/marks.py).

They are saved one by one or all together.

A cell is saved only over the value that its writer saw. What somebody else has written meanwhile is never
overwritten in silence: it is answered as a conflict, and whoever typed chooses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar, Final

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from courses.models import Course, Session
from offices.clock import today
from offices.models import User
from offices.scoping import Eyes
from offices.thai.dates import short_date
from offices.thai.digits import BLANK, parse_number
from offices.thai.typed import Unreadable, tidy
from trainees.models import Attendance, Enrolment
from trainees.operations import lock_course

HALF: Final = Decimal("0.5")
WHOLE_SESSION: Final = frozenset({"/", "✓", "✔", "√"})
"""What a tick on the paper sheet is typed as: the whole session."""
LONGEST: Final = 40
ENTERED: Final = frozenset({Course.Status.RUNNING, Course.Status.COMPLETED})


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


class Sheet:
    """One course's grid, as `user` sees it now."""

    act: ClassVar[str]
    step: ClassVar[Decimal]

    def __init__(self, course: Course, user: Eyes) -> None:
        self.course, self.user = course, user
        rows = Enrolment.objects.visible_to(user).filter(course=course).select_related("trainee")
        self.rows = list(rows.defer("trainee__document_number").order_by("trainee__name_order", "pk"))
        self.cells: dict[str, Cell] = {}
        self.fill()

    def fill(self) -> None:
        """Read the cells."""
        raise NotImplementedError

    def write(self, changes: Mapping[str, Decimal | None]) -> None:
        """Store new values of cells; None makes a cell blank."""
        raise NotImplementedError

    def last_writers(self, keys: Iterable[str]) -> dict[str, str]:
        """Who changed these cells last, by name."""
        raise NotImplementedError

    def why_closed(self) -> str:
        """Why nothing of this course can be entered now; empty when it can."""
        if self.course.status in ENTERED:
            return ""
        if self.course.status == Course.Status.CLOSED:
            return _("The course is closed: this can only be read.")
        return _("This is entered once the training is open.")

    def read(self, cell: Cell, typed: str) -> Decimal | None:
        """The value that was typed; refused with the reason when it cannot stand in this cell."""
        text = tidy(typed[: LONGEST + 1])
        if not text:
            return None
        if text in WHOLE_SESSION and isinstance(self, AttendanceSheet):
            return cell.most
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


class AttendanceSheet(Sheet):
    """People × sessions: hours attended. No row is a blank cell, which is not an absence."""

    act = "attendance.record"
    step = HALF

    def fill(self) -> None:
        self.sessions = list(Session.objects.visible_to(self.user).filter(course=self.course))
        found = Attendance.objects.visible_to(self.user).filter(enrolment__in=self.rows)
        self.found = {f"{row.enrolment_id}-{row.session_id}": row for row in found}
        day, later, closed = today(), _("still to come"), self.why_closed()
        for row in self.rows:
            left = _("withdrew on %(day)s") % {"day": short_date(row.withdrawn_on)} if row.withdrawn_on else ""
            for session in self.sessions:
                key = f"{row.pk}-{session.pk}"
                stored = self.found[key].hours if key in self.found else None
                why_not = closed or (later if session.held_on > day else "")
                if row.withdrawn_on and session.held_on > row.withdrawn_on:
                    why_not = why_not or left
                self.cells[key] = Cell(key, stored, session.hours, why_not)

    def write(self, changes: Mapping[str, Decimal | None]) -> None:
        rows = Attendance.objects.visible_to(self.user)
        new, gone, changed = [], [], []
        for key, value in changes.items():
            there = self.found.get(key)
            if there is None and value is not None:
                enrolment, session = key.split("-")
                new.append(
                    Attendance(
                        school_id=self.course.school_id,
                        enrolment_id=int(enrolment),
                        session_id=int(session),
                        hours=value,
                    )
                )
            elif there is not None and value is None:
                gone.append(there.pk)
            elif there is not None and value is not None:
                there.hours = value
                changed.append(there)
        rows.filter(pk__in=gone).delete()
        rows.bulk_update(changed, ["hours"])
        rows.bulk_create(new)

    def last_writers(self, keys: Iterable[str]) -> dict[str, str]:
        wanted = set(keys)
        events = events_of(Attendance, self.user, {int(key.split("-")[0]) for key in wanted})
        return names_of({key: e for e in events if (key := f"{e.enrolment_id}-{e.session_id}") in wanted})

    def step_refusal(self) -> str:
        return _("Only whole and half hours, such as 3 or 2.5.")


def events_of(model: Any, user: Eyes, enrolments: Iterable[int]) -> Iterable[Any]:
    """The changes of these people's rows, oldest first."""
    rows = model.pgh_event_model.objects.visible_to(user).filter(enrolment__in=list(enrolments))
    return rows.select_related("pgh_context").order_by("pgh_id")


def names_of(events: Mapping[str, Any]) -> dict[str, str]:
    who = {key: e.pgh_context.metadata.get("user") for key, e in events.items() if e.pgh_context}
    people = User.objects.in_bulk({pk for pk in who.values() if pk})
    return {key: people[pk].name for key, pk in who.items() if pk in people}


@transaction.atomic
def record(
    make: Callable[[Course, User], Sheet],
    *,
    course: Course,
    entries: Iterable[Entry],
    by: User,
    all_or_nothing: bool = False,
) -> list[Answer]:
    """Save what was typed into cells, each judged by itself; or, when asked, nothing unless all is right.

    The course is held meanwhile, so that two who type into one cell are told apart.
    """
    sheet = make(lock_course(course, by), by)
    answers: list[Answer] = []
    changes: dict[str, Decimal | None] = {}
    for entry in entries:
        if entry.cell not in sheet.cells:
            raise NoSuchCell(entry.cell)
        answer, value = _judged(sheet, sheet.cells[entry.cell], entry)
        answers.append(answer)
        if answer.state == State.SAVED and value != sheet.cells[entry.cell].stored:
            changes[entry.cell] = value
            sheet.cells[entry.cell] = replace(sheet.cells[entry.cell], stored=value)
    if all_or_nothing and any(answer.state != State.SAVED for answer in answers):
        changes = {}
    if changes:
        with pghistory.context(user=by.pk, act=sheet.act):
            sheet.write(changes)
    clashing = [answer.cell for answer in answers if answer.state == State.CONFLICT]
    writers = sheet.last_writers(clashing) if clashing else {}
    return [replace(answer, who=writers.get(answer.cell, "")) for answer in answers]


def _judged(sheet: Sheet, cell: Cell, entry: Entry) -> tuple[Answer, Decimal | None]:
    try:
        value = sheet.read(cell, entry.typed)
    except ValidationError as refusal:
        return Answer(cell.key, State.PROBLEM, cell.shown, " ".join(refusal.messages)), None
    if value == cell.stored:
        return Answer(cell.key, State.SAVED, cell.shown), value
    if cell.why_not:
        told = _("Nothing can be entered here: %(why)s") % {"why": cell.why_not}
        return Answer(cell.key, State.PROBLEM, cell.shown, told), None
    if entry.seen != cell.shown:
        told = _("Somebody else has entered %(theirs)s meanwhile; you typed %(mine)s.")
        shown = {"theirs": cell.shown or BLANK, "mine": plain(value) or BLANK}
        return Answer(cell.key, State.CONFLICT, cell.shown, told % shown), None
    return Answer(cell.key, State.SAVED, plain(value)), value


def follow_session(by: User, session: Session) -> None:
    """A session's day or hours have changed: first days follow; hours that no longer fit are refused."""
    rows = Attendance.objects.visible_to(by).filter(session=session)
    if rows.filter(hours__gt=session.hours).exists():
        raise ValidationError(
            {
                "hours": [
                    _("Somebody's recorded attendance of this session is longer. Correct the attendance first.")
                ]
            }
        )
    rows.update(hours=F("hours"))  # wakes the trigger that keeps first days; makes no new version
