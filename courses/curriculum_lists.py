"""The list of curricula: what it is narrowed to, and the same rows as a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.filters import CurriculumFilter
from courses.models import Curriculum
from courses.tables import CurriculumTable
from documents.tables import Book, Column, Row, Stamp, Table
from offices.models import User

TEXTS = ("background", "principles", "aims", "target", "media", "assessment", "completion")


def narrowed(user: User, asked: Any) -> CurriculumFilter:
    """The curricula that `asked` (the address's query) stands for, with the number of their courses."""
    used = Count("courses", filter=Q(courses__binned_at__isnull=True))
    curricula = Curriculum.objects.visible_to(user).select_related("school").annotate(used=used)
    return CurriculumFilter(asked, curricula.order_by("title_order", "pk"), user=user)


def rows_of(user: User, asked: dict[str, str]) -> QuerySet[Any]:
    order = asked.get("sort") or None
    table = CurriculumTable(narrowed(user, asked).qs, order_by=order, several_schools=True, may_edit=False)
    return table.data.data


def book(user: User, asked: dict[str, str]) -> Book:
    rows, title = rows_of(user, asked), _("Curricula")
    stamp = Stamp(as_of=timezone.now(), by=user.name, office=user.place, filters=narrowed(user, asked).told())
    return Book(title, stamp, [Table(title, _columns(), lambda: _rows(rows))])


def _columns() -> list[Column]:
    fields = {name: Curriculum._meta.get_field(name).verbose_name for name in TEXTS}  # type: ignore[union-attr]
    return [
        Column("school_code", _("School code"), "id", 16),
        Column("school", _("School"), width=32),
        Column("title", _("Title"), width=40),
        Column("trade_group", _("Trade group"), width=24),
        Column("fit", _("Fits"), width=20),
        Column("hours_theory", _("Hours of theory"), "decimal"),
        Column("hours_practice", _("Hours of practice"), "decimal"),
        Column("hours", _("Hours"), "decimal"),
        Column("value_chain", _("Value chain"), width=28),
        Column("courses", _("Courses made from it"), "integer"),
        *(Column(name, label, width=36) for name, label in fields.items()),
    ]


def _rows(curricula: QuerySet[Any]) -> Iterator[Row]:
    for curriculum in curricula.iterator(2_000):
        yield [
            curriculum.school.code,
            curriculum.school.name,
            curriculum.title,
            curriculum.get_trade_group_display(),
            curriculum.get_fit_display(),
            curriculum.hours_theory,
            curriculum.hours_practice,
            curriculum.hours,
            curriculum.chain or None,
            curriculum.used,
            *(getattr(curriculum, name) or None for name in TEXTS),
        ]
