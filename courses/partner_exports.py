"""The register of partners as a file: the rows of the list, in its order. Who to talk to stays in the program."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.models import Partner
from courses.partner_lists import DEPARTMENTS_OWN, PartnerFilter, PartnerTable, with_work
from documents.tables import Book, Column, Row, Stamp, Table
from offices.models import User

CHUNK = 2_000
Progress = Callable[[int], None]


def narrowed(user: User, asked: dict[str, str]) -> PartnerFilter:
    partners = Partner.objects.visible_to(user).select_related("province")
    return PartnerFilter(asked, with_work(partners, user), user=user)


def rows_of(user: User, asked: dict[str, str]) -> QuerySet[Partner]:
    """The partners of the list that `asked` (the address's query) stands for, in its order."""
    table = PartnerTable(narrowed(user, asked).qs, order_by=asked.get("sort") or None, several_registers=True)
    return table.data.data


def book(user: User, asked: dict[str, str], progress: Progress = lambda done: None) -> Book:
    partners = rows_of(user, asked)
    title = _("Partners")
    table = Table(title, _columns(), lambda: _rows(partners, progress))
    filters = narrowed(user, asked).told()
    stamp = Stamp(as_of=timezone.now(), by=user.name, office=user.place, filters=filters)
    return Book(title, stamp, [table])


def _columns() -> list[Column]:
    return [
        Column("register", _("Register"), width=28),
        Column("name", _("Partner"), width=40),
        Column("kind", _("Kind of partner"), width=24),
        Column("address", _("Address"), width=48),
        Column("courses", _("Courses"), "integer"),
        Column("curricula", _("Curricula designed"), "integer"),
        Column("note", _("Note"), width=40),
    ]


def _rows(partners: QuerySet[Partner], progress: Progress) -> Iterator[Row]:
    for done, partner in enumerate(partners.iterator(CHUNK), 1):
        yield _row(partner)
        if done % CHUNK == 0:
            progress(done)


def _row(partner: Partner) -> Row:
    return [
        str(partner.province or DEPARTMENTS_OWN),
        partner.name,
        partner.get_kind_display(),
        partner.address or None,
        partner.courses,  # type: ignore[attr-defined]
        partner.curricula,  # type: ignore[attr-defined]
        partner.note or None,
    ]
