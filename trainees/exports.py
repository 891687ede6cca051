"""The register as a file: the rows that the list shows to the same person, with masked IDs, and its log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from documents.tables import Book, Column, Row, Stamp, Table
from offices.clock import today
from offices.models import Disclosure, User
from trainees.ages import age_on
from trainees.filters import TraineeFilter
from trainees.models import Trainee
from trainees.models.facts import Fact
from trainees.tables import born_shown

CHUNK = 2_000
Progress = Callable[[int], None]


def narrowed(user: User, asked: Any) -> TraineeFilter:
    """The people of the list that `asked` (the address's query) stands for."""
    people = (
        Trainee.objects.visible_to(user).filter(Trainee.KNOWN).select_related("school").defer(*Trainee.ENCRYPTED)
    )
    return TraineeFilter(asked, people, user=user)


class RegisterBook:
    """The file, and how many people of which school went into it."""

    def __init__(self, user: User, asked: dict[str, str], progress: Progress) -> None:
        self.narrow = narrowed(user, asked)
        self.progress = progress
        self.taken: Counter[int] = Counter()
        table = Table(_("Trainees"), _columns(), self._rows)
        people = self.narrow.qs
        self.total = people.count()
        told = [(label, value) for label, value in self.narrow.told() if value != asked.get("person")]
        stamp = Stamp(as_of=timezone.now(), by=user.name, office=user.place, filters=told)
        self.book = Book(_("Trainees"), stamp, [table])

    def _rows(self) -> Iterator[Row]:
        self.taken.clear()
        people = self.narrow.qs.select_related("school", "subdistrict__district__province")
        for trainee in people.iterator(CHUNK):
            self.taken[trainee.school_id] += 1
            if self.taken.total() % CHUNK == 0:
                self.progress(self.taken.total())
            yield _row(trainee)

    def log(self, by: User) -> None:
        """One line for each school whose people are in the file."""
        Disclosure.objects.bulk_create(
            Disclosure(
                school_id=school,
                act=Disclosure.Act.EXPORT,
                subject=Trainee._meta.label,
                rows=people,
                by=by,
            )
            for school, people in sorted(self.taken.items())
        )


def _columns() -> list[Column]:
    return [
        Column("name", _("Name"), width=30),
        Column("school", _("School"), width=30),
        Column("document_kind", _("Document")),
        Column("document", _("Document number (masked)"), "id", 20),
        Column("sex", _("Sex")),
        Column("born", _("Birth date")),
        Column("age", _("Age today"), "integer"),
        Column("education", _("Education")),
        Column("occupation", _("Occupation")),
        Column("groups", _("Groups"), width=40),
        Column("address", _("Address"), width=40),
        Column("phone", _("Phone"), "id"),
    ]


def _row(trainee: Trainee) -> Row:
    return (
        trainee.full_name,
        trainee.school.name,
        trainee.get_document_kind_display(),
        trainee.masked_document or None,
        trainee.get_sex_display() or None,
        None if trainee.birth_date is None else born_shown(trainee),
        age_on(today(), trainee.birth_date, trainee.birth_precision),
        trainee.get_education_display() or None,
        trainee.get_occupation_display() or None,
        ", ".join(str(Fact(fact).label) for fact in trainee.facts) or None,
        trainee.address or None,
        trainee.phone or None,
    )
