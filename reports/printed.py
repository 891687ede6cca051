"""The figures for programs, and as lines of text for a person at a terminal: null, or –, where nobody knows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from offices.thai.digits import format_number
from reports.breakdowns import View
from reports.figures import Counted
from reports.measures import Figure, Number
from reports.shown import shown_figure


def as_json(view: View, figures: Sequence[Counted], as_of: datetime) -> dict[str, Any]:
    return {
        "year": view.period.year,
        "office": str(view.office),
        "as_of": as_of.isoformat(),
        "indicators": [
            {
                "code": counted.indicator.code,
                **_told(counted, counted.total),
                "target": counted.target,
                "breakdowns": {
                    each.dimension.code: {part.code: _told(counted, figure) for part, figure in each.parts}
                    for each in counted.breakdowns
                },
            }
            for counted in figures
        ],
    }


def _told(counted: Counted, figure: Figure) -> dict[str, int | float | None]:
    """The value, a share of one where it is a share, and what stands beside it."""
    asides = {aside.name: _plain(figure[aside.name]) for aside in counted.indicator.measure.asides}
    return {"value": _plain(figure.value), **asides}


def _plain(value: Number | None) -> int | float | None:
    return float(value) if isinstance(value, Decimal) else value


def as_lines(figures: Sequence[Counted]) -> Iterator[str]:
    for counted in figures:
        yield _line(f"{counted.indicator.code} {counted.indicator.label}", counted.total)
        for each in counted.breakdowns:
            yield f"    {each.dimension.label}"
            for part, figure in each.parts:
                yield _line(f"        {part.label}", figure)


def _line(label: str, figure: Figure) -> str:
    return f"{shown_figure(figure):>12} {format_number(figure.rows):>12}  {label}"
