"""The grids of a course: cells of hours (form 9); those of points and levels stand in trainees/marks.py."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Final, Self

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext as _

from courses.models import Course, Session
from offices.clock import today
from offices.models import User
from offices.scoping import Eyes
from offices.thai.dates import short_date
from offices.thai.typed import tidy
from trainees.cells import Cell, Grid, names_of
from trainees.models import Attendance, Enrolment
from trainees.operations import lock_course

HALF: Final = Decimal("0.5")
WHOLE_SESSION: Final = frozenset({"/", "✓", "✔", "√"})
"""What a tick on the paper sheet is typed as: the whole session."""
ENTERED: Final = frozenset({Course.Status.RUNNING, Course.Status.COMPLETED})


class Sheet(Grid):
    """One course's grid, a line for each person."""

    def __init__(self, course: Course, user: Eyes) -> None:
        self.course = course
        rows = Enrolment.objects.visible_to(user).filter(course=course).select_related("trainee")
        self.rows = list(rows.defer("trainee__document_number").order_by("trainee__name_order", "pk"))
        super().__init__(user)

    @classmethod
    def held(cls, of: Course, by: User, **which: Any) -> Self:
        return cls(lock_course(of, by), by)

    def line_of(self, key: str) -> str:
        names = {row.pk: str(row.trainee) for row in self.rows}
        return names[int(key.split("-")[0])]

    def why_closed(self) -> str:
        if self.course.status in ENTERED:
            return ""
        if self.course.status == Course.Status.CLOSED:
            return _("The course is closed: this can only be read.")
        return _("This is entered once the training is open.")


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

    def read(self, cell: Cell, typed: str) -> Decimal | None:
        return cell.most if tidy(typed) in WHOLE_SESSION else super().read(cell, typed)

    def step_refusal(self) -> str:
        return _("Only whole and half hours, such as 3 or 2.5.")


def events_of(model: Any, user: Eyes, enrolments: Iterable[int]) -> Iterable[Any]:
    """The changes of these people's rows, oldest first."""
    rows = model.pgh_event_model.objects.visible_to(user).filter(enrolment__in=list(enrolments))
    return rows.select_related("pgh_context").order_by("pgh_id")


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
