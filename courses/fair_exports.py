"""Fairs, and the parts of offices in one fair, as files: the rows that the same person sees on the screen."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courses.fair_lists import FairFilter, FairTable, with_parts
from courses.models import Fair, FairPart
from courses.money.fairs import PLANNED
from documents.tables import Book, Column, Row, Stamp, Table
from offices.models import User

CHUNK = 2_000


def narrowed(user: User, asked: dict[str, str], year: int | None) -> FairFilter:
    return FairFilter(asked, with_parts(Fair.objects.select_related("organiser"), user), user=user, year=year)


def rows_of(user: User, asked: dict[str, str], year: int | None) -> QuerySet[Fair]:
    """The fairs of the list that `asked` (the address's query) stands for, in its order."""
    narrow = narrowed(user, asked, year)
    table = FairTable(narrow.qs, order_by=asked.get("sort") or None, several_offices=True)
    return table.data.data


def book(user: User, asked: dict[str, str], year: int | None) -> Book:
    title = _("Fairs")
    table = Table(title, _columns(), lambda: map(_row, rows_of(user, asked, year)))
    return Book(title, _stamp(user, narrowed(user, asked, year).told()), [table])


def _stamp(user: User, filters: list[tuple[str, str]]) -> Stamp:
    return Stamp(as_of=timezone.now(), by=user.name, office=user.place, filters=filters)


def _columns() -> list[Column]:
    return [
        Column("fiscal_year", _("Fiscal year"), "id", 10),
        Column("name", _("Fair"), width=48),
        Column("organiser", _("Organiser"), width=30),
        Column("status", pgettext("fair", "State")),
        Column("starts_on", _("First day"), "date"),
        Column("ends_on", _("Last day"), "date"),
        Column("place", pgettext("fair", "Place"), width=36),
        Column("own_part", _("Your office")),
        Column("own_visitors", _("Your visitors"), "integer"),
        Column("own_sales", _("Your sales (baht)"), "money"),
        Column("parts", _("Offices taking part"), "integer"),
    ]


def _row(fair: Fair) -> Row:
    own = fair.own_role  # type: ignore[attr-defined]
    return [
        str(fair.fiscal_year_id),
        fair.name,
        fair.organiser_name,
        fair.get_status_display(),
        fair.starts_on,
        fair.ends_on,
        fair.place or None,
        FairPart.Role(own).label if own else None,
        fair.own_visitors,  # type: ignore[attr-defined]
        fair.own_sales,  # type: ignore[attr-defined]
        fair.parts,  # type: ignore[attr-defined]
    ]


def parts_of(user: User, fair: Fair) -> QuerySet[FairPart]:
    """The parts in a fair that `user` sees: who organises it, then provinces, then schools."""
    seen = FairPart.objects.visible_to(user).filter(fair=fair).select_related("school", "province")
    return seen.order_by("-role", "province__position", "school__name_order", "pk")


def parts_book(user: User, fair: Fair) -> Book:
    planned = {name: FairPart._meta.get_field(name).verbose_name for name in PLANNED.values()}  # type: ignore[union-attr]
    columns = [
        Column("office", _("Office"), width=40),
        Column("part", _("Part in it")),
        Column("visitors", _("Visitors"), "integer"),
        Column("sales", _("Sales (baht)"), "money"),
        *(Column(name, label, "money") for name, label in planned.items()),
        Column("note", _("Note"), width=40),
    ]
    table = Table(fair.name, columns, lambda: _part_rows(parts_of(user, fair)))
    return Book(_("Offices taking part"), _stamp(user, [(_("Fair"), fair.name)]), [table])


def _part_rows(parts: QuerySet[FairPart]) -> Iterator[Row]:
    for part in parts.iterator(CHUNK):
        planned = [getattr(part, name) for name in PLANNED.values()]
        yield part.office_name, part.get_role_display(), part.visitors, part.sales, *planned, part.note or None
