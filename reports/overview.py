"""One indicator over the places of an office: what the map, the bars and the table of an overview show.

Counted by the same grouped functions as the sheets of the consolidated workbook.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil, floor, log10
from typing import Any, Final
from urllib.parse import urlencode

import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from offices.models import Province, User
from offices.thai.digits import format_percent
from reports import shown
from reports.asked import in_one_line, query_of, without_office
from reports.breakdowns import View
from reports.by_course import COURSE
from reports.dimensions import PLACE
from reports.figures import Breakdown, Counted
from reports.indicators import INDICATORS, Indicator
from reports.measures import Figure, Number
from reports.offices import Kind, Level, Office, Place
from reports.periods import Period
from reports.stored import Served, served
from reports.targets import targets_by_place

CLASSES: Final = 5


@dataclass(frozen=True)
class Line:
    """A place with its figure; `position` is its turn in Thai order."""

    place: Place
    figure: Figure
    target: int | None
    position: int
    url: str = ""
    shade: int | None = None

    @property
    def value(self) -> Number | None:
        return self.figure.value

    @property
    def shown(self) -> str:
        return shown.shown_figure(self.figure)

    @property
    def height(self) -> float | None:
        return shown.height(self.figure)

    @property
    def reached(self) -> float | None:
        """The share of the target, None where there is no target or nobody knows."""
        return shown.reached(self.figure, self.target)


@dataclass(frozen=True)
class Shade:
    """One class of the map's scale: the figures from `first` to `last`; shares in percent."""

    level: int
    first: int
    last: int


@dataclass(frozen=True)
class Shape:
    """A province on the map."""

    map_id: str
    line: Line


@dataclass(frozen=True)
class Overview:
    view: View
    counted: Counted
    lines: list[Line]
    served: Served
    shades: list[Shade] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)

    @property
    def indicator(self) -> Indicator:
        return self.counted.indicator

    @property
    def total(self) -> Figure:
        return self.counted.total

    @property
    def shown(self) -> str:
        return shown.shown_figure(self.total)

    @property
    def by_month(self) -> Breakdown | None:
        return self.counted.by_month

    @property
    def query(self) -> str:
        return query_of(self.view)

    @property
    def about(self) -> str:
        return in_one_line(self.view, self.served.as_of)

    @property
    def unit(self) -> str:
        return "%" if self.total.kind == "percent" else ""

    @property
    def known(self) -> int:
        """How many places have a figure."""
        return sum(line.figure.value is not None for line in self.lines)


def overview(view: View, indicator: Indicator) -> Overview:
    """The places of an office that has parts, with their figures."""
    found = served(view, indicator)
    counted = next(
        (each for each in found.figures if each.indicator is indicator), Counted(indicator, indicator.unknown)
    )
    figures = counted.by_place
    targets = targets_by_place(view, indicator.code, view.office.level)
    most = max((shown.height(each) or 0 for each in figures.values()), default=0)
    shades = scale(100 if indicator.unknown.kind == "percent" else most)
    lines = [
        _line(view, indicator, place, figures, targets, position, shades)
        for position, place in enumerate(view.places)
    ]
    shapes = _shapes(lines) if view.office.kind == Kind.NATION else []
    return Overview(view, counted, lines, found, shades if shapes else [], shapes)


def own_overview(user: User, year: int) -> Overview | None:
    """The first indicator of a fiscal year over the places of one's own office."""
    view = View(user, Office.own(user), Period.of_known(year))
    return overview(view, INDICATORS[0]) if view.office.has_parts else None


def find(code: str) -> Indicator | None:
    """The indicator of this code; without a code, the first."""
    return next((each for each in INDICATORS if not code or each.code == code), None)


def scale(most: float) -> list[Shade]:
    """Five classes of round and equal width that hold every figure up to `most`."""
    if most <= 0:
        return []
    rough = most / CLASSES
    magnitude = 10 ** floor(log10(rough)) if rough >= 1 else 1
    width = next(int(step * magnitude) for step in (1, 2, 2.5, 3, 4, 5, 10) if _fits(step * magnitude, most))
    return [Shade(level, (level - 1) * width + (level > 1), level * width) for level in range(1, CLASSES + 1)]


def _fits(width: float, most: float) -> bool:
    return width == int(width) and width * CLASSES >= most


def _line(
    view: View,
    indicator: Indicator,
    place: Place,
    figures: dict[str, Figure],
    targets: dict[str, int],
    position: int,
    shades: list[Shade],
) -> Line:
    figure = figures.get(place.code, indicator.unknown)
    drawn = shown.height(figure)
    shade = None if drawn is None or not shades else max(1, ceil(drawn / shades[0].last))
    return Line(place, figure, targets.get(place.code), position, _way_down(view, indicator, place, figure), shade)


def _way_down(view: View, indicator: Indicator, place: Place, figure: Figure) -> str:
    """To the overview of a province, the courses of a school; to the rows where a line has no own office."""
    asked = {**without_office(view), "indicator": indicator.code}
    if place.office:
        asked["office"] = place.office
        if view.office.level is Level.PROVINCE:
            return f"{reverse('reports:overview')}?{urlencode(asked)}"
        return f"{reverse('reports:indicators')}?{urlencode(asked)}#{COURSE}"
    if not figure.rows:
        return ""
    asked |= {"office": str(view.office), "dimension": PLACE, "part": place.code}
    return f"{reverse('reports:evidence')}?{urlencode(asked)}"


def _shapes(lines: list[Line]) -> list[Shape]:
    on_map = dict(Province.objects.values_list("code", "map_id"))
    return [Shape(on_map[line.place.code], line) for line in lines if on_map.get(line.place.code)]


NUMERIC: Final = {"th": {"class": "numeric"}, "td": {"class": "numeric"}}


def _address(record: Line) -> str | None:
    return record.url or None


class OverviewTable(tables.Table):
    """The figures of the map and the bars; the bars are drawn from these rows, in their order."""

    place = tables.Column(_("Place"), accessor="place__name", order_by="position", linkify=_address)
    figure = tables.Column(_("Figure"), accessor="value", empty_values=(), attrs=NUMERIC)
    beside = tables.Column(_("Enrolments"), accessor="figure", empty_values=(), orderable=False, attrs=NUMERIC)
    target = tables.Column(_("Target"), empty_values=(), attrs=NUMERIC)
    reached = tables.Column(_("Reached"), empty_values=(), attrs=NUMERIC)

    class Meta:
        order_by = "-figure"
        empty_text = _("No place has a figure yet.")
        row_attrs: Any = {
            "data-place": lambda record: record.place.name,
            "data-figure": lambda record: "" if record.height is None else record.height,
            "data-shown": lambda record: record.shown,
            "data-target": lambda record: "" if record.target is None else record.target,
        }

    def __init__(self, found: Overview, *, known_only: bool = False) -> None:
        lines = [line for line in found.lines if line.figure.value is not None or not known_only]
        super().__init__(lines)
        self.indicator = found.indicator
        self.aside = next(each for each in found.indicator.measure.asides if each.of_parts)
        self.columns["beside"].column.verbose_name = self.aside.label
        self.left_out = len(found.lines) - len(lines)
        self.caption = f"{found.indicator.code} {found.indicator.label}"

    def render_figure(self, record: Line) -> str:
        return record.shown

    def render_beside(self, value: Figure) -> str:
        return shown.shown(value[self.aside.name], self.aside.kind)

    def render_target(self, value: int | None) -> str:
        return shown.target_shown(self.indicator, value)

    def render_reached(self, value: float | None) -> str:
        return format_percent(value)
