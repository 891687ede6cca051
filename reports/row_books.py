"""The rows behind a figure as a file: what the list shows to the same person, in its order, and the log of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from documents.tables import Book, Row, Stamp, Table
from offices.models import Disclosure, User
from reports.asked import view_of_address
from reports.opened import Opened
from reports.row_filter import RowFilter
from trainees.models import Enrolment

CHUNK = 2_000
Progress = Callable[[int], None]


class RowBook:
    """The file, and how many rows of which school are in it; raises LookupError for a figure that is not there."""

    def __init__(self, user: User, asked: Mapping[str, str], progress: Progress) -> None:
        opened = Opened.parse(view_of_address(user, asked, None), asked)
        self.narrow, self.progress = RowFilter(asked, opened), progress
        self.kind, self.taken = self.narrow.kind, Counter[int]()
        self.rows = self.kind.table(self.narrow.qs, order_by=asked.get("sort") or None).data.data
        self.total = self.narrow.qs.count()
        title = _("Rows behind %(code)s") % {"code": opened.indicator.code}
        filters = [*opened.told(), *self.narrow.told()]
        stamp = Stamp(as_of=timezone.now(), by=user.name, office=opened.view.office.name, filters=filters)
        self.book = Book(title, stamp, [Table(title, self.kind.file.columns(), self._rows)])

    def _rows(self) -> Iterator[Row]:
        self.taken.clear()
        for row in self.rows.iterator(CHUNK):
            self.taken[row.school_id] += 1
            if self.taken.total() % CHUNK == 0:
                self.progress(self.taken.total())
            yield self.kind.file.cells(row)

    def log(self, by: User) -> None:
        """One line for each school whose people are in the file; nothing where no person stands in it."""
        if not self.kind.file.of_people:
            return
        Disclosure.objects.bulk_create(
            Disclosure(
                school_id=school, act=Disclosure.Act.EXPORT, subject=Enrolment._meta.label, rows=people, by=by
            )
            for school, people in sorted(self.taken.items())
        )


def asked_of(opened: Opened, narrow: RowFilter, sort: str) -> dict[str, str]:
    """What a job is told, and what stands in the address of the list."""
    return {**opened.address, **narrow.asked, **({"sort": sort} if sort else {})}
