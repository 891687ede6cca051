"""Narrowing the rows behind a figure: by words, by what is true of their kind, by every dimension of the figure.

The figure itself stays what it is; its own narrowing stands in the address under the same names without “rows-”.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from courses.filters import told, words_in
from reports.breakdowns import Dimension
from reports.by_course import COURSE, course_dimension
from reports.dimensions import PLACE
from reports.offices import Kind
from reports.opened import Opened
from reports.row_kinds import Fact, kind_of

PREFIX: Final = "rows"
NAME: Final = f"{PREFIX}-name"
LONGEST_SEARCH: Final = 100


class RowFilter(filters.FilterSet):
    name = filters.CharFilter(method="called")
    course_name = filters.CharFilter(label=_("Course name"), method="of_course")
    school_name = filters.CharFilter(label=_("School"), method="of_school")

    def __init__(self, asked: Mapping[str, Any], opened: Opened) -> None:
        self.opened, self.kind = opened, kind_of(opened.indicator)
        super().__init__(asked, self.kind.prepare(opened.rows()), prefix=PREFIX)
        self.filters["name"].label = self.kind.name
        if not self.kind.course:
            del self.filters["course_name"]
        if not opened.view.office.has_parts:
            del self.filters["school_name"]
        for code, fact in self.kind.facts.items():
            self.filters[code] = _of_fact(fact)
        for dimension in self._dimensions():
            self.filters[dimension.code] = self._of_dimension(dimension)

    def _dimensions(self) -> list[Dimension]:
        """Those that can still tell rows apart: not the one whose part is opened. Schools are searched by name."""
        view, of_courses = self.opened.view, course_dimension(self.opened.indicator, self.opened.view)
        done = {code for code, _part in view.narrowed}
        if self.opened.dimension:
            done.add(self.opened.dimension.code)
        if view.office.kind != Kind.NATION:
            done.add(PLACE)
        every = [*([of_courses] if of_courses else []), *self.opened.indicator.dimensions]
        return [each for each in every if each.code not in done]

    def _of_dimension(self, dimension: Dimension) -> filters.ChoiceFilter:
        view = self.opened.view
        parts = [(part.code, part.label) for part in dimension.parts(view)]
        return filters.ChoiceFilter(
            label=dimension.label,
            choices=parts,
            method=lambda rows, name, value: dimension.narrow(view, rows, value),
            empty_label=_("All"),
        )

    @property
    def always_shown(self) -> list[str]:
        shown = ["name", "course_name", PLACE, "school_name", *self.kind.facts, COURSE, "sex"]
        return [name for name in shown if name in self.filters]

    @property
    def is_narrowed(self) -> bool:
        self.form.full_clean()  # a choice that does not exist narrows nothing
        return any(value not in (None, "") for value in self.form.cleaned_data.values())

    @property
    def is_narrowed_further(self) -> bool:
        return any(self.form.cleaned_data.get(name) for name in self.filters if name not in self.always_shown)

    @property
    def asked(self) -> dict[str, str]:
        """What narrows the rows, as it stands in an address."""
        return {name: value for name, value in self.data.items() if value and name.startswith(f"{PREFIX}-")}

    def told(self) -> list[tuple[str, str]]:
        return told(self.form)

    def called(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(self.kind.by_name(self.opened.view.user, value[:LONGEST_SEARCH]))

    def of_course(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(words_in([self.kind.course], value[:LONGEST_SEARCH]))

    def of_school(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(words_in(["school__name"], value[:LONGEST_SEARCH]))


def _of_fact(fact: Fact) -> filters.ChoiceFilter:
    return filters.ChoiceFilter(
        label=fact.label,
        choices=[(code, label) for code, (label, _condition) in fact.values.items()],
        method=lambda rows, name, value: rows.filter(fact.values[value][1]),
        empty_label=_("All"),
    )
