"""Satisfaction and follow-up as files: the rows that the lists show to the same person, and the log of people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courses.models import Course
from documents.tables import Book, Column, Row, Stamp, Table
from offices.clock import today
from offices.models import Disclosure, User
from offices.years import years_known
from trainees.follow_up import due_on, income_band, standing
from trainees.models import Enrolment, FollowUp
from trainees.models.follow_ups import Use
from trainees.models.satisfaction import PARTS
from trainees.ratings import RatedFilter, part_names
from trainees.satisfaction import Summary, summaries
from trainees.worklist import FollowUpFilter

CHUNK = 1_000
Progress = Callable[..., None]

YES_NO = (
    "has_work", "is_entrepreneur", "joined_group", "joined_enterprise", "works_with_partners", "sells", "is_known",
)  # fmt: skip


class FollowUpBook:
    """The file of one wave, and how many people of which school went into it."""

    def __init__(self, user: User, asked: dict[str, str], progress: Progress) -> None:
        self.user, self.wave, self.progress = user, int(asked["wave"]), progress
        self.narrow = FollowUpFilter(asked, user=user, wave=self.wave, years=years_known())
        self.taken: Counter[int] = Counter()
        told = [(label, value) for label, value in self.narrow.told() if value != asked["wave"]]
        self.people = self.narrow.to_show()
        self.total = self.people.count()
        told = [(_("Days after the course"), str(self.wave)), *told]
        stamp = Stamp(as_of=timezone.now(), by=user.name, office=user.place, filters=told)
        self.book = Book(_("Follow-up"), stamp, [Table(_("Follow-up"), _columns(), self._rows)])

    def _rows(self) -> Iterator[Row]:
        self.taken.clear()
        every = self.people.order_by("course__ends_on", "course", "trainee__name_order", "pk").iterator(CHUNK)
        while chunk := list(islice(every, CHUNK)):
            records = FollowUp.objects.visible_to(self.user).filter(enrolment__in=[row.pk for row in chunk])
            found = {record.enrolment_id: record for record in records.filter(wave=self.wave)}
            for row in chunk:
                self.taken[row.school_id] += 1
                yield _row(row, self.wave, found.get(row.pk))
            self.progress(self.taken.total())

    def log(self, by: User) -> None:
        """One line for each school whose people are in the file."""
        Disclosure.objects.bulk_create(
            Disclosure(
                school_id=school, act=Disclosure.Act.EXPORT, subject=FollowUp._meta.label, rows=people, by=by
            )
            for school, people in sorted(self.taken.items())
        )


def _columns() -> list[Column]:
    return [
        Column("school", _("School"), width=30),
        Column("course", _("Course"), width=36),
        Column("ends_on", _("Last day"), "date"),
        Column("name", _("Name"), width=30),
        Column("due_on", pgettext("follow-up", "Due on"), "date"),
        Column("state", pgettext("follow-up", "State"), width=20),
        Column("asked_on", _("Asked on"), "date"),
        Column("uses", _("How what was learnt is used"), width=40),
        Column("added_income", _("Added income a month"), "money"),
        Column("income_band", _("Band of added income"), width=24),
        *(Column(name, capfirst(_label(name))) for name in YES_NO),
        Column("evidence", _("How one can tell"), width=30),
    ]


def _label(name: str) -> str:
    field: Any = FollowUp._meta.get_field(name)
    return str(field.verbose_name)


def _row(place: Enrolment, wave: int, record: FollowUp | None) -> Row:
    course, due = place.course, due_on(place.course.ends_on, wave)
    first: list[Any] = [place.school.name, course.name, course.ends_on, place.trainee.full_name, due]
    stands = standing(record.outcome if record else None, due, today())
    if record is None:
        return [*first, str(stands.label), *[None] * (5 + len(YES_NO))]
    band = income_band(record.added_income)
    return [
        *first,
        str(stands.label),
        record.asked_on,
        ", ".join(str(Use(use).label) for use in record.uses) or None,
        record.added_income,
        str(band.label) if band else None,
        *(_yes_no(getattr(record, name)) for name in YES_NO),
        record.evidence or None,
    ]


def _yes_no(answer: bool | None) -> str | None:
    return None if answer is None else _("Yes") if answer else _("No")


def satisfaction_book(user: User, asked: dict[str, str], year: int | None, progress: Progress) -> Book:
    """The means of the list's courses; no person stands in it."""
    narrow = RatedFilter(asked, user=user, year=year)
    courses, filters = narrow.qs, narrow.told()
    if not any(name == "year" for name in asked):
        filters = [(_("Fiscal year"), str(year)), *filters]
    stamp = Stamp(as_of=timezone.now(), by=user.name, office=user.place, filters=filters)
    columns = [
        Column("school", _("School"), width=30),
        Column("course", _("Course"), width=36),
        Column("ends_on", _("Last day"), "date"),
        Column("asked", _("People asked"), "integer"),
        Column("answered", _("Answered"), "integer"),
        *(Column(part, name, "decimal", 20) for part, name in zip(PARTS, part_names(), strict=True)),
        Column("overall", _("Overall"), "decimal"),
        Column("words", _("In words")),
    ]
    total = courses.count()

    def rows() -> Iterator[Row]:
        done, every = 0, courses.iterator(CHUNK)
        while chunk := list(islice(every, CHUNK)):
            found = summaries(user, chunk)
            yield from (_rated(course, found[course.pk]) for course in chunk)
            done += len(chunk)
            progress(done, total)

    return Book(_("Satisfaction"), stamp, [Table(_("Satisfaction"), columns, rows)])


def _rated(course: Course, said: Summary) -> list[Any]:
    figures = [said.asked, said.answered, *said.parts, said.overall]
    return [course.school.name, course.name, course.ends_on, *figures, said.words or None]
