"""The parts a figure is broken down into. Each dimension is one rule, used to count, narrow and open the rows.

A partition puts every row into exactly one part: its rows add up to the whole, its persons need not (one may be
on courses of two months). The groups of an overlapping dimension may share rows. Whatever cannot be said of a row
is a part of its own, so that nothing gets lost.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Protocol, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, CharField, Func, Q, QuerySet, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from offices.scoping import Eyes
from reports.models import Target
from reports.offices import Office, Place
from reports.periods import Period

Rows = TypeVar("Rows", bound=QuerySet)

NOT_RECORDED: Final = "not_recorded"
CODES: Final = ArrayField(TextField())
_in_none: Final = gettext_lazy("In no group, or not recorded")


@dataclass(frozen=True)
class Part:
    code: str
    label: str | Promise
    office: str = ""  # a place's own office, where it has one


@dataclass(frozen=True)
class View:
    """Whose eyes look at which office's figures of which period, `narrowed` to parts of dimensions by codes."""

    user: Eyes
    office: Office
    period: Period
    narrowed: tuple[tuple[str, str], ...] = ()

    @cached_property
    def places(self) -> list[Place]:
        """The parts of the office."""
        return self.office.places(self.user, self.period)

    @cached_property
    def targets(self) -> list[tuple[str, str | None, str | None, int]]:
        """Code of the indicator, code of the school or province whose it is, value; none for a part of a year."""
        if self.narrowed or self.period.year is None or self.period.quarter:
            return []
        rows = Target.objects.visible_to(self.user).filter(fiscal_year=self.period.year)
        return list(rows.values_list("code", "school__code", "province", "value"))


class Dimension(Protocol):
    """One rule by which evidence rows are told apart."""

    @property
    def code(self) -> str: ...
    @property
    def label(self) -> str | Promise: ...
    @property
    def overlapping(self) -> bool: ...
    @property
    def of_basis(self) -> Callable[[View], Combinable] | None:
        """The same over the rows of the basis, where a part without any is “–” and not 0."""

    def applies(self, view: View) -> bool: ...
    def parts(self, view: View) -> list[Part]: ...
    def part_of(self, view: View) -> Combinable:
        """The part of a row, once for each part that it is in."""

    def narrow(self, view: View, rows: Rows, part: str) -> Rows:
        """The rows of one part."""


def _always(view: View) -> bool:
    return True


@dataclass(frozen=True)
class Partition:
    """Every row has one value: `expression` over its columns, null or '' where nobody wrote it down."""

    code: str
    label: str | Promise
    listed: Callable[[View], list[Part]]
    expression: Callable[[View], Combinable]
    of_basis: Callable[[View], Combinable] | None = None
    is_for: Callable[[View], bool] = _always
    overlapping: bool = False

    def applies(self, view: View) -> bool:
        return self.is_for(view)

    def parts(self, view: View) -> list[Part]:
        return [*self.listed(view), Part(NOT_RECORDED, _("Not recorded"))]

    def part_of(self, view: View) -> Combinable:
        written = NullIf(self.expression(view), Value(""))
        return Coalesce(written, Value(NOT_RECORDED), output_field=CharField())

    def narrow(self, view: View, rows: Rows, part: str) -> Rows:
        return rows.alias(**{f"part_{self.code}": self.part_of(view)}).filter(**{f"part_{self.code}": part})


@dataclass(frozen=True)
class Groups:
    """Groups that a row may be in several of: `codes` is an array of them, empty where it is in none."""

    code: str
    label: str | Promise
    listed: Callable[[View], list[Part]]
    codes: Callable[[View], Combinable]
    in_none: str | Promise = _in_none
    overlapping: bool = True
    of_basis: None = None

    def applies(self, view: View) -> bool:
        return True

    def parts(self, view: View) -> list[Part]:
        return [*self.listed(view), Part(NOT_RECORDED, self.in_none)]

    def part_of(self, view: View) -> Combinable:
        each = Func(self.array(view), function="UNNEST", output_field=TextField())
        each.set_returning = True
        return each

    def narrow(self, view: View, rows: Rows, part: str) -> Rows:
        name = f"parts_{self.code}"
        return rows.alias(**{name: self.array(view)}).filter(**{f"{name}__contains": [part]})

    def array(self, view: View) -> Combinable:
        """All groups of a row, never empty."""
        nowhere = Value([NOT_RECORDED], output_field=CODES)
        nothing = Value([], output_field=CODES)
        return Coalesce(NullIf(self.codes(view), nothing), nowhere, output_field=CODES)


def by_conditions(conditions: Mapping[str, Q]) -> Combinable:
    """The codes of the conditions that hold of a row; each condition is asked once, whatever it costs."""
    asked = (Case(When(condition, then=Value(code))) for code, condition in conditions.items())
    array = Func(*asked, function="ARRAY", template="%(function)s[%(expressions)s]", output_field=CODES)
    return Func(array, Value(None), function="ARRAY_REMOVE", output_field=CODES)


def behind(dimension: Dimension, rows: Callable[[View], QuerySet]) -> Groups:
    """A dimension of other rows that stand behind one: the groups of whoever made a product, say.

    `rows` are those behind OuterRef columns of the evidence row; the dimension is over them.
    """

    def codes(view: View) -> Combinable:
        found = rows(view).order_by().annotate(code=dimension.part_of(view)).values("code").distinct()
        return Func(ArraySubquery(found), Value(NOT_RECORDED), function="ARRAY_REMOVE", output_field=CODES)

    def listed(view: View) -> list[Part]:
        return [part for part in dimension.parts(view) if part.code != NOT_RECORDED]

    return Groups(dimension.code, dimension.label, listed, codes)
