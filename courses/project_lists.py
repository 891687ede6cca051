"""The list of projects: how it is narrowed, its columns on screen, and the same rows as a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import django_filters as filters
import django_tables2 as tables
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.filters import ALL_YEARS, PlacedFilter, words_in
from courses.models import Project
from documents.tables import Book, Column, Row, Stamp, Table
from offices.looks import NUMERIC
from offices.models import User
from offices.thai.digits import format_number

TEXTS = (
    "responsible", "policy", "rationale", "aims", "targets", "partners", "related", "outcomes",
    "output_indicators", "outcome_indicators", "evaluation",
)  # fmt: skip


class ProjectFilter(PlacedFilter):
    """The projects of the year in the switcher, or of all years."""

    q = filters.CharFilter(label=_("Search"), method="holding")
    year = filters.ChoiceFilter(label=_("Fiscal year"), method="unchanged", choices=[(ALL_YEARS, _("All years"))])

    class Meta:
        model = Project
        fields: list[str] = []

    always_shown = ("q", "year", "province", "school")

    def __init__(self, data, queryset, *, user, year):
        self.year = year
        super().__init__(data, queryset, user=user)
        self.filters["year"].extra["empty_label"] = _("Year %(year)s") % {"year": year} if year else "–"
        self.arrange("q", "year")

    def holding(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(words_in(["name", "responsible", "aims"], value))

    def unchanged(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        found = super().filter_queryset(queryset)
        if self.form.cleaned_data.get("year") == ALL_YEARS:
            return found
        return found.filter(fiscal_year=self.year)


class ProjectTable(tables.Table):
    name = tables.Column(
        _("Project"), linkify=("courses:project", {"pk": tables.A("pk")}), order_by=("name_order", "pk")
    )
    school = tables.Column(_("School"), order_by=("school__name_order", "pk"))
    fiscal_year = tables.Column(
        _("Fiscal year"), accessor="fiscal_year_id", order_by=("fiscal_year", "name_order", "pk")
    )
    budget = tables.Column(_("Budget (baht)"), order_by=("budget", "pk"), attrs=NUMERIC)
    used = tables.Column(_("Courses"), order_by=("-used", "pk"), attrs=NUMERIC)
    responsible = tables.Column(_("Responsible person or group"), order_by=("responsible", "pk"))
    ways = tables.TemplateColumn(
        template_name="courses/project_ways.html", verbose_name=_("Actions"), orderable=False
    )

    class Meta:
        attrs = {"caption": _("Projects")}
        empty_text = _("No project fits this filter.")

    def __init__(self, *args: Any, several_schools: bool, may_edit: bool, **kwargs: Any) -> None:
        left_out = [*([] if several_schools else ["school"]), *([] if may_edit else ["ways"])]
        super().__init__(*args, exclude=left_out, **kwargs)

    def render_budget(self, value: Any) -> str:
        return format_number(value, 2)


def narrowed(user: User, asked: Any, year: int | None) -> ProjectFilter:
    """The projects of the list that `asked` (the address's query) stands for, with the number of their courses."""
    used = Count("courses", filter=Q(courses__binned_at__isnull=True))
    projects = Project.objects.visible_to(user).select_related("school").annotate(used=used)
    projects = projects.order_by("-fiscal_year", "name_order", "pk")
    return ProjectFilter(asked, projects, user=user, year=year)


def book(user: User, asked: dict[str, str], year: int | None) -> Book:
    narrow = narrowed(user, asked, year)
    rows = ProjectTable(
        narrow.qs, order_by=asked.get("sort") or None, several_schools=True, may_edit=False
    ).data.data
    told = narrow.told()
    if "year" not in asked:
        told = [(str(_("Fiscal year")), str(year)), *told]
    stamp = Stamp(as_of=timezone.now(), by=user.name, office=user.place, filters=told)
    return Book(_("Projects"), stamp, [Table(_("Projects"), _columns(), lambda: _rows(rows))])


def _columns() -> list[Column]:
    fields = {name: Project._meta.get_field(name).verbose_name for name in TEXTS}  # type: ignore[union-attr]
    return [
        Column("school_code", _("School code"), "id", 16),
        Column("school", _("School"), width=32),
        Column("fiscal_year", _("Fiscal year"), "id", 10),
        Column("name", _("Project"), width=40),
        Column("budget", _("Budget (baht)"), "money"),
        Column("courses", _("Courses"), "integer"),
        *(Column(name, label, width=30) for name, label in fields.items()),
    ]


def _rows(projects: QuerySet[Any]) -> Iterator[Row]:
    for project in projects.iterator(2_000):
        yield [
            project.school.code,
            project.school.name,
            str(project.fiscal_year_id),
            project.name,
            project.budget,
            project.used,
            *(getattr(project, name) or None for name in TEXTS),
        ]
