"""The visits of the list as a file: the same rows, in the same order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from documents.list_books import stamped
from documents.tables import Book, Column, Row, Table
from offices.models import User
from offices.permissions import Can, may
from supervision.filters import VisitFilter
from supervision.models import Visit
from supervision.tables import VisitTable


def narrowed(user: User, asked: Any, year: int | None) -> VisitFilter:
    """The newest edition of each form, and the drafts of the user's own office."""
    visits = Visit.objects.visible_to(user).newest(user).select_related("course", "school", "office")
    return VisitFilter(asked, visits, user=user, year=year, drafts=may(user, Can.SUPERVISE))


def rows_of(user: User, asked: dict[str, str], year: int | None) -> QuerySet[Any]:
    order = asked.get("sort") or None
    return VisitTable(narrowed(user, asked, year).qs, order_by=order, several_schools=True).data.data


def book(user: User, asked: dict[str, str], year: int | None) -> Book:
    rows, title, told = rows_of(user, asked, year), _("Visits"), narrowed(user, asked, year).told()
    if "year" not in asked:
        told = [(str(_("Fiscal year")), str(year)), *told]
    return stamped(title, [Table(title, _columns(), lambda: _rows(rows))], user, told)


def _columns() -> list[Column]:
    return [
        Column("visited_on", _("Day of the visit"), "date"),
        Column("school_code", _("School code"), "id", 16),
        Column("school", _("School"), width=32),
        Column("course", _("Course"), width=40),
        Column("stage", pgettext("visit", "When"), width=20),
        Column("office", _("Supervising office"), width=28),
        Column("supervisor", _("Supervisor"), width=28),
        Column("status", pgettext("visit", "State"), width=14),
        Column("edition", _("Edition"), "integer"),
        Column("recommendations", _("Recommendations for development"), width=60),
        Column("knowledge_use", _("Use of knowledge after training"), width=60),
        Column("product_quality", _("Quality of the products"), width=60),
    ]


def _rows(visits: QuerySet[Any]) -> Iterator[Row]:
    department = _("Department of Learning Encouragement")
    for visit in visits.iterator(2_000):
        yield [
            visit.visited_on,
            visit.school.code,
            visit.school.name,
            visit.course.name,
            visit.get_stage_display(),
            str(visit.office or department),
            visit.supervisor_name or None,
            visit.get_status_display(),
            visit.edition,
            visit.recommendations or None,
            visit.knowledge_use or None,
            visit.product_quality or None,
        ]
