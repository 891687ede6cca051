"""A figure that is opened to its rows: which one, of whose view, and which part of a breakdown of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from reports.asked import address_of, narrowed_in_words
from reports.breakdowns import Dimension, Part, View
from reports.by_course import course_dimension
from reports.definition import Indicator
from reports.figures import LeftOut, figure_of_part, left_out, rows_behind, total
from reports.indicators import BY_CODE, INDICATORS
from reports.measures import Figure
from reports.stored import Before, counted_before


@dataclass(frozen=True)
class Opened:
    view: View
    indicator: Indicator
    dimension: Dimension | None = None
    part: Part | None = None

    @classmethod
    def parse(cls, view: View, asked: Mapping[str, str]) -> Self:
        """What an address asks for; raises LookupError where there is no such figure or part."""
        indicator = BY_CODE[asked.get("indicator", INDICATORS[0].code)]
        code, wanted = asked.get("dimension", ""), asked.get("part", "")
        if not code:
            return cls(view, indicator)
        for dimension in _dimensions(indicator, view):
            if dimension.code == code and dimension.applies(view):
                for part in dimension.parts(view):
                    if part.code == wanted:
                        return cls(view, indicator, dimension, part)
        raise LookupError(code)

    @property
    def whole(self) -> dict[str, str]:
        """The address of the whole figure, as names and values."""
        of_view = {name: str(value) for name, value in address_of(self.view).items()}
        return {"indicator": self.indicator.code, **of_view}

    @property
    def address(self) -> dict[str, str]:
        part = {"dimension": self.dimension.code, "part": self.part.code} if self.dimension and self.part else {}
        return self.whole | part

    @property
    def query(self) -> str:
        return urlencode(self.address)

    def figure(self) -> Figure:
        """What stands above the rows: as it was counted for the page that led here, or counted now."""
        if self.dimension and self.part:
            before = self._before and self._before.part(self.dimension.code, self.part.code)
            return before or figure_of_part(self.indicator, self.view, self.dimension, self.part.code)
        return self._before.total if self._before else total(self.indicator, self.view)

    def left_out(self) -> list[LeftOut]:
        """What was not counted in the whole figure, and why."""
        known = self._before.left_out if self._before else None
        return left_out(self.view, self.indicator) if known is None else known

    @cached_property
    def _before(self) -> Before | None:
        return counted_before(self.view, self.indicator)

    def rows(self) -> QuerySet[Any]:
        return rows_behind(self.indicator, self.view, self.dimension, self.part.code if self.part else "")

    def told(self) -> list[tuple[str, str]]:
        """The same in words, for a file that stands alone."""
        told = [
            (_("Indicator"), f"{self.indicator.code} {self.indicator.label}"),
            (_("Period"), str(self.view.period)),
            *narrowed_in_words(self.view),
        ]
        if self.dimension and self.part:
            told.append((str(self.dimension.label), str(self.part.label)))
        return told


def _dimensions(indicator: Indicator, view: View) -> list[Dimension]:
    of_courses = course_dimension(indicator, view)
    return [*indicator.dimensions, *([of_courses] if of_courses else [])]
