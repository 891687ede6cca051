"""The register of instructors: how it is narrowed, its columns on screen, the same rows as a file and its log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import django_filters as filters
import django_tables2 as tables
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.filters import PlacedFilter, words_in
from courses.models import Instructor, Teaching
from documents.tables import Book, Column, Row, Stamp, Table
from offices.looks import NUMERIC
from offices.models import Disclosure, User


class InstructorFilter(PlacedFilter):
    q = filters.CharFilter(label=_("Name or ability"), method="holding")

    class Meta:
        model = Instructor
        fields: list[str] = []

    always_shown = ("q", "province", "school")

    def __init__(self, data: Any, queryset: QuerySet[Instructor], *, user: User) -> None:
        super().__init__(data, queryset, user=user)
        self.arrange("q")

    def holding(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        columns = ["first_name", "surname", "expertise", "experience", "occupation", "workplace"]
        return queryset.filter(words_in(columns, value))


class InstructorTable(tables.Table):
    name = tables.Column(
        _("Name"),
        accessor="full_name",
        linkify=("courses:instructor", {"pk": tables.A("pk")}),
        order_by=("name_order", "pk"),
    )
    school = tables.Column(_("School"), order_by=("school__name_order", "name_order", "pk"))
    expertise = tables.Column(_("Special ability"), orderable=False)
    occupation = tables.Column(_("Present occupation"), order_by=("occupation", "name_order", "pk"))
    used = tables.Column(_("Courses"), order_by=("-used", "pk"), attrs=NUMERIC)

    class Meta:
        attrs = {"caption": _("Instructors")}
        empty_text = _("No instructor fits this filter.")

    def __init__(self, *args: Any, several_schools: bool, **kwargs: Any) -> None:
        super().__init__(*args, exclude=() if several_schools else ("school",), **kwargs)


def narrowed(user: User, asked: Any) -> InstructorFilter:
    """The instructors of the list that `asked` stands for, with the number of courses that they (shall) teach."""
    live = Q(teachings__binned_at__isnull=True, teachings__course__binned_at__isnull=True)
    used = Count("teachings", filter=live & ~Q(teachings__reply=Teaching.Reply.DECLINED))
    people = Instructor.objects.visible_to(user).filter(Instructor.KNOWN).select_related("school")
    people = people.defer(*Instructor.ENCRYPTED).annotate(used=used)
    return InstructorFilter(asked, people.order_by("name_order", "pk"), user=user)


class RegisterBook:
    """The file, and how many people of which school went into it."""

    def __init__(self, user: User, asked: dict[str, str]) -> None:
        self.narrow = narrowed(user, asked)
        self.taken: Counter[int] = Counter()
        stamp = Stamp(as_of=timezone.now(), by=user.name, office=user.place, filters=self.narrow.told())
        table = Table(_("Instructors"), _columns(), self._rows)
        self.book = Book(_("Instructors"), stamp, [table])

    def _rows(self) -> Iterator[Row]:
        self.taken.clear()
        for person in self.narrow.qs.select_related("school", "subdistrict__district__province").iterator(2_000):
            self.taken[person.school_id] += 1
            yield _row(person)

    def log(self, by: User) -> None:
        """One line for each school whose instructors are in the file."""
        Disclosure.objects.bulk_create(
            Disclosure(
                school_id=school, act=Disclosure.Act.EXPORT, subject=Instructor._meta.label, rows=people, by=by
            )
            for school, people in sorted(self.taken.items())
        )


def _columns() -> list[Column]:
    return [
        Column("name", _("Name"), width=30),
        Column("school", _("School"), width=30),
        Column("birth_year", _("Year of birth"), "id", 10),
        Column("education", _("Education"), width=24),
        Column("occupation", _("Present occupation"), width=24),
        Column("workplace", _("Workplace and where it is"), width=30),
        Column("expertise", _("Special ability"), width=36),
        Column("experience", _("Courses taught before, and where"), width=36),
        Column("experience_years", _("Years of teaching"), "integer"),
        Column("address", _("Address"), width=40),
        Column("phone", _("Phone"), "id"),
        Column("food", _("Food")),
        Column("national_id", _("National ID (masked)"), "id", 20),
        Column("bank", _("Bank")),
        Column("bank_branch", _("Branch of the bank")),
        Column("bank_account", _("Bank account (masked)"), "id", 16),
        Column("courses", _("Courses"), "integer"),
    ]


def _row(person: Any) -> Row:
    return [
        person.full_name,
        person.school.name,
        str(person.born_in) if person.born_in else None,
        person.education or None,
        person.occupation or None,
        person.workplace or None,
        person.expertise or None,
        person.experience or None,
        person.experience_years,
        person.address or None,
        person.phone or None,
        person.get_food_display() or None,
        person.masked_id or None,
        person.bank or None,
        person.bank_branch or None,
        person.masked_account or None,
        person.used,
    ]
