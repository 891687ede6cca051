"""The table of a chart as a file: one indicator by the parts of one breakdown, with what stands beside."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from documents.tables import Book, Column, Row, Stamp, Table
from offices.models import User
from reports import shown
from reports.asked import narrowed_in_words
from reports.breakdowns import Part, View
from reports.dimensions import PLACE
from reports.figures import Breakdown, Counted
from reports.measures import Figure
from reports.targets import targets_by_place


def chart_book(user: User, view: View, counted: Counted, breakdown: Breakdown, as_of: datetime) -> Book:
    """Targets stand beside places, which have them."""
    indicator = counted.indicator
    targets = (
        targets_by_place(view, indicator.code, view.office.level) if breakdown.dimension.code == PLACE else None
    )
    columns = [
        Column("part", breakdown.dimension.label, width=36),
        Column("value", indicator.measure.unit, shown.COLUMN[indicator.measure.kind], 16),
        *(Column(each.name, each.label, shown.COLUMN[each.kind], 16) for each in _asides(counted)),
    ]
    if targets is not None:
        columns += [Column("target", _("Target"), "integer"), Column("reached", _("Reached"), "percent")]

    def row(label: str, figure: Figure, target: int | None) -> Row:
        cells = [label, figure.value, *(figure[each.name] for each in _asides(counted))]
        return cells if targets is None else [*cells, target, shown.reached(figure, target)]

    def rows() -> Iterator[Row]:
        for part, figure in breakdown.parts:
            yield row(str(part.label), figure, _target(targets, part))

    label = _("%(office)s, counted anew") % {"office": view.office.name}
    title = f"{indicator.code} {breakdown.dimension.label}"
    table = Table(
        title, columns, rows, note=str(_note(counted, breakdown)), totals=row(label, counted.total, counted.target)
    )
    filters = [
        (_("Indicator"), f"{indicator.code} {indicator.label}"),
        (_("Period"), str(view.period)),
        *narrowed_in_words(view),
    ]
    return Book(title, Stamp(as_of=as_of, by=user.name, office=view.office.name, filters=filters), [table])


def _asides(counted: Counted):
    return [each for each in counted.indicator.measure.asides if each.of_parts]


def _target(targets: dict[str, int] | None, part: Part) -> int | None:
    return targets.get(part.code) if targets else None


def _note(counted: Counted, breakdown: Breakdown) -> str:
    if breakdown.dimension.overlapping:
        return _("These groups overlap: the parts do not add up.")
    by_place = breakdown.dimension.code == PLACE
    return str((counted.indicator.across_places if by_place else counted.indicator.across_time).label)
