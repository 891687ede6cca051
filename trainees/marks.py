"""Grids in which a person has one row of marks: the points of form 10, the levels of form 12."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, ClassVar, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from offices.clock import today
from offices.thai.dates import short_date
from trainees.cells import Cell, names_of
from trainees.grids import Sheet, events_of
from trainees.models import Enrolment, Result, Satisfaction
from trainees.models.satisfaction import ITEMS, Way

TENTH: Final = Decimal("0.1")
BEST: Final = Decimal(5)


class MarkSheet(Sheet):
    """People × columns of one row each. The second part of a cell's key names the column, as `columns` says."""

    model: ClassVar[Any]
    columns: ClassVar[Mapping[str, str]]
    found: dict[int, Any]

    def new_row(self, enrolment: int) -> Any:
        return self.model(school_id=self.course.school_id, enrolment_id=enrolment)

    def changed(self, changes: Mapping[str, Decimal | None]) -> list[Any]:
        """The rows that these cells belong to, with their new values; those without a key are new."""
        touched: dict[int, Any] = {}
        for key, value in changes.items():
            person, part = key.split("-")
            enrolment = int(person)
            row = touched.get(enrolment) or self.found.get(enrolment) or self.new_row(enrolment)
            setattr(row, self.columns[part], value)
            touched[enrolment] = row
        return list(touched.values())

    def write(self, changes: Mapping[str, Decimal | None]) -> None:
        self.keep(self.changed(changes))

    def keep(self, touched: Iterable[Any]) -> None:
        rows, touched = self.model.objects.visible_to(self.user), list(touched)
        rows.bulk_create([row for row in touched if row.pk is None])
        rows.bulk_update([row for row in touched if row.pk is not None], list(self.columns.values()))

    def last_writers(self, keys: Iterable[str]) -> dict[str, str]:
        wanted = set(keys)
        events = events_of(self.model, self.user, {int(key.split("-")[0]) for key in wanted})
        newest: dict[str, Any] = {}
        before: dict[int, dict[str, Any]] = {}
        for event in events:
            old = before.get(event.enrolment_id, dict.fromkeys(self.columns))
            now = {part: getattr(event, column) for part, column in self.columns.items()}
            newest |= {f"{event.enrolment_id}-{part}": event for part in now if now[part] != old[part]}
            before[event.enrolment_id] = now
        return names_of({key: event for key, event in newest.items() if key in wanted})

    def _found(self) -> dict[int, Any]:
        rows = self.model.objects.visible_to(self.user).filter(enrolment__in=self.rows)
        return {row.enrolment_id: row for row in rows}


class ResultSheet(MarkSheet):
    """People × the three parts of the assessment. A blank part is not assessed yet."""

    act = "result.record"
    step = TENTH
    model = Result
    columns: ClassVar[Mapping[str, str]] = {part: part for part in Result.MOST}

    def fill(self) -> None:
        self.found = self._found()
        closed = self.why_closed()
        for row in self.rows:
            left = ""
            if row.withdrawn_on:
                left = _("withdrew on %(day)s") % {"day": short_date(row.withdrawn_on)}
            result = self.found.get(row.pk)
            for part, most in Result.MOST.items():
                stored = getattr(result, part) if result else None
                key = f"{row.pk}-{part}"
                self.cells[key] = Cell(key, stored, Decimal(most), closed or left)

    def step_refusal(self) -> str:
        return _("At most one decimal, such as 15.5.")


class SatisfactionSheet(MarkSheet):
    """People × the items of form 12. A blank item was not answered. What came by phone stays as it came."""

    act = "satisfaction.record"
    step = Decimal(1)
    model = Satisfaction
    columns: ClassVar[Mapping[str, str]] = {str(item): f"item_{item}" for item in ITEMS}

    def fill(self) -> None:
        self.found = self._found()
        asked = (row.status == Enrolment.Status.ENROLLED or row.first_attended_on for row in self.rows)
        self.rows = [row for row, is_asked in zip(self.rows, asked, strict=True) if is_asked]
        closed, by_phone = self.why_closed(), _("answered on a phone")
        for row in self.rows:
            answer = self.found.get(row.pk)
            why_not = closed or (by_phone if answer and answer.way == Way.PHONE else "")
            for part, column in self.columns.items():
                level = getattr(answer, column) if answer else None
                key = f"{row.pk}-{part}"
                self.cells[key] = Cell(key, None if level is None else Decimal(level), BEST, why_not)

    def new_row(self, enrolment: int) -> Satisfaction:
        row: Satisfaction = super().new_row(enrolment)
        row.answered_on = min(today(), self.course.ends_on)
        return row

    def write(self, changes: Mapping[str, Decimal | None]) -> None:
        """An answer of which nothing is left is taken away: blank is not an answer."""
        touched = self.changed(changes)
        self.keep(row for row in touched if not row.is_blank)
        blank = [row.pk for row in touched if row.is_blank]
        Satisfaction.objects.visible_to(self.user).filter(pk__in=blank).delete()

    def read(self, cell: Cell, typed: str) -> Decimal | None:
        level = super().read(cell, typed)
        if level == 0:
            raise ValidationError(self.step_refusal(), "too_little")
        return level

    def step_refusal(self) -> str:
        return _("A level from 1 to 5.")
