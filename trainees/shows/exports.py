"""What is shown at a fair, as a file. Entries that name people are logged, like every file of personal data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from courses.models import Fair
from documents.tables import Book, Column, Row, Stamp, Table
from offices.models import Disclosure, User
from trainees.models import ContestEntry
from trainees.shows.lists import EntryFilter, ShowFilter, entries_at, exhibits_at, kind_of

CHUNK = 2_000


class ShowsBook:
    """The file of both lists of a fair, and how many named people of which school went into it."""

    def __init__(self, user: User, fair: Fair, asked: Any) -> None:
        exhibits = ShowFilter(asked, exhibits_at(fair, user), user=user)
        entries = EntryFilter(asked, entries_at(fair, user), user=user)
        self.exhibits, self.entries = exhibits.qs, entries.qs
        self.named: Counter[int] = Counter()
        self.total = self.exhibits.count() + self.entries.count()
        filters = [(_("Fair"), fair.name), *exhibits.told()]
        stamp = Stamp(as_of=timezone.now(), by=user.name, office=user.place, filters=filters)
        tables = [
            Table(_("Exhibits"), _exhibit_columns(), self._exhibit_rows),
            Table(_("Entries in contests"), _entry_columns(), self._entry_rows),
        ]
        self.book = Book(_("Exhibits and contests"), stamp, tables)

    def _exhibit_rows(self) -> Iterator[Row]:
        for exhibit in self.exhibits.iterator(CHUNK):
            school = exhibit.school
            yield school.code, school.name, str(exhibit), kind_of(exhibit), exhibit.note or None

    def _entry_rows(self) -> Iterator[Row]:
        self.named.clear()
        for entry in self.entries.iterator(CHUNK):
            self.named[entry.school_id] += entry.enrolment_id is not None
            yield _entry_row(entry)

    def log(self, by: User) -> None:
        """One line for each school whose people are named in the file."""
        Disclosure.objects.bulk_create(
            Disclosure(
                school_id=school, act=Disclosure.Act.EXPORT, subject=ContestEntry._meta.label, rows=people, by=by
            )
            for school, people in sorted(self.named.items())
            if people
        )


def _exhibit_columns() -> list[Column]:
    return [
        Column("school_code", _("School code"), "id", 16),
        Column("school", _("School"), width=32),
        Column("what", _("What is shown"), width=40),
        Column("kind", _("Product or course")),
        Column("note", _("Note"), width=40),
    ]


def _entry_columns() -> list[Column]:
    return [
        Column("school_code", _("School code"), "id", 16),
        Column("school", _("School"), width=32),
        Column("contest", _("Contest"), width=36),
        Column("product", _("Product"), width=32),
        Column("person", _("Person"), width=28),
        Column("course", _("Course"), width=32),
        Column("result", _("Result of the contest"), width=28),
    ]


def _entry_row(entry: ContestEntry) -> Row:
    place = entry.enrolment
    return [
        entry.school.code,
        entry.school.name,
        entry.contest,
        entry.product.name if entry.product else None,
        place.trainee.full_name if place else None,
        place.course.name if place else None,
        entry.result or None,
    ]
