"""The rows behind a figure as lines of a file: masked numbers, nothing decrypted, one column for each fact."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from documents.tables import Column, Row
from reports.tables import VERDICTS
from trainees.models import Use
from trainees.passing import judge


@dataclass(frozen=True)
class RowFile:
    """Columns and cells; `of_people`: taking it away is logged."""

    columns: Callable[[], list[Column]]
    cells: Callable[[Any], Row]
    of_people: bool = False


def _yes_no(answer: bool | None) -> str | None:
    return None if answer is None else _("Yes") if answer else _("No")


def _school_columns() -> list[Column]:
    return [Column("school_code", _("School code"), "id", 16), Column("school", _("School"), width=32)]


def _school(row: Any) -> list[Any]:
    return [row.school.code, row.school.name]


def _person_columns() -> list[Column]:
    return [
        *_school_columns(),
        Column("course", _("Course"), width=36),
        Column("starts_on", _("First course day"), "date"),
        Column("ends_on", _("Last course day"), "date"),
        Column("person", _("Person"), width=30),
        Column("document", _("Document number (masked)"), "id", 20),
        Column("sex", _("Sex")),
        Column("came", _("First came on"), "date"),
    ]


def _person(row: Any) -> list[Any]:
    course, trainee = row.course, row.trainee
    return [
        *_school(row),
        course.name,
        course.starts_on,
        course.ends_on,
        trainee.full_name,
        trainee.masked_document or None,
        trainee.get_sex_display() or None,
        row.first_attended_on,
    ]


def _judged_columns() -> list[Column]:
    return [
        *_person_columns(),
        Column("points", _("Points of 100"), "decimal"),
        Column("attended", _("Share of the hours"), "percent"),
        Column("judgement", _("Judgement"), width=24),
        Column("reasons", _("Why"), width=40),
    ]


def _judged(row: Any) -> Row:
    judged = judge(row, row.attended_hours, row.course.hours, row.course.fiscal_year)
    share = None if row.attendance_percent is None else row.attendance_percent / 100
    reasons = ", ".join(map(str, judged.reasons)) or None
    return [*_person(row), row.total, share, str(VERDICTS[row.passed]), reasons]


def _work_columns() -> list[Column]:
    return [
        *_person_columns(),
        Column("sells", _("Own product in an open channel")),
        Column("has_shown", _("Work shown at a fair or contest")),
    ]


def _work(row: Any) -> Row:
    return [*_person(row), _yes_no(row.sells), _yes_no(row.has_shown)]


def _answer_columns() -> list[Column]:
    return [
        *_person_columns(),
        Column("due", _("Due")),
        Column("wave", _("Answered at days"), "integer"),
        Column("uses", _("Uses"), width=40),
        Column("partners", _("Works with partners")),
        Column("joined", _("Joined a group or enterprise")),
        Column("sells", _("Sells")),
        Column("income", _("Added income (baht a month)"), "money"),
    ]


def _answer(row: Any) -> Row:
    first = [*_person(row), _yes_no(row.is_due)]
    answer = row.latest_answer
    if answer is None:
        return [*first, *[None] * 6]
    uses = ", ".join(str(Use(use).label) for use in answer.uses) or None
    marks = [_yes_no(mark) for mark in (row.works_together, row.has_joined, row.sold)]
    return [*first, answer.wave, uses, *marks, answer.added_income]


def _product_columns() -> list[Column]:
    return [
        *_school_columns(),
        Column("product", _("Product"), width=36),
        Column("course", _("Course"), width=36),
        Column("meets", _("Meets the checklist")),
        Column("assessed_on", _("Assessed on"), "date"),
        Column("is_new", pgettext("product", "New")),
    ]


def _product(row: Any) -> Row:
    meets = _("Never assessed") if row.verdict is None else _yes_no(row.verdict)
    assessed_on = None if row.verdict is None else row.decided_on
    return [*_school(row), row.name, row.course.name, meets, assessed_on, _yes_no(row.is_new)]


def _fair_columns() -> list[Column]:
    return [
        Column("fair", _("Fair"), width=36),
        Column("starts_on", _("First day of the fair"), "date"),
        Column("office", _("Office"), width=32),
        Column("role", _("Part in it")),
        Column("visitors", _("Visitors"), "integer"),
        Column("sales", _("Sales (baht)"), "money"),
    ]


def _fair(row: Any) -> Row:
    return [row.fair.name, row.fair.starts_on, row.office_name, row.get_role_display(), row.visitors, row.sales]


def _channel_columns() -> list[Column]:
    return [
        *_school_columns(),
        Column("channel", _("Sales channel"), width=36),
        Column("kind", _("Kind"), width=24),
        Column("opened_on", _("Open since"), "date"),
        Column("closed_on", _("Open until"), "date"),
    ]


def _channel(row: Any) -> Row:
    return [*_school(row), row.name, row.get_kind_display(), row.opened_on, row.closed_on]


ENTRANTS: Final = RowFile(_person_columns, _person, of_people=True)
JUDGED: Final = RowFile(_judged_columns, _judged, of_people=True)
WORK: Final = RowFile(_work_columns, _work, of_people=True)
ANSWERS: Final = RowFile(_answer_columns, _answer, of_people=True)
PRODUCTS: Final = RowFile(_product_columns, _product)
FAIR_PARTS: Final = RowFile(_fair_columns, _fair)
CHANNELS: Final = RowFile(_channel_columns, _channel)
