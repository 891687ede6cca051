"""The figures for programs, and as lines of text for a person at a terminal: null, or –, where nobody knows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from offices.thai.digits import format_number, format_percent
from reports.breakdowns import View
from reports.figures import Counted
from reports.indicators import Indicator
from reports.measures import Figure, Measured, Persons


def as_json(view: View, figures: Sequence[Counted], as_of: datetime) -> dict[str, Any]:
    return {
        "year": view.period.year,
        "office": str(view.office),
        "as_of": as_of.isoformat(),
        "indicators": [
            {
                "code": counted.indicator.code,
                **_told(counted.indicator, counted.total),
                "target": counted.target,
                "breakdowns": {
                    each.dimension.code: {
                        part.code: _told(counted.indicator, figure) for part, figure in each.parts
                    }
                    for each in counted.breakdowns
                },
            }
            for counted in figures
        ],
    }


def _told(indicator: Indicator, figure: Measured) -> dict[str, int | float | None]:
    """The value, a share of one where it is a share, and what stands beside it."""
    value = figure.value if isinstance(figure, Figure) or figure.value is None else float(figure.value)
    beside = (indicator.measure or Persons()).told
    return {"value": value, **{name: getattr(figure, name) for name in beside}}


def as_lines(figures: Sequence[Counted]) -> Iterator[str]:
    for counted in figures:
        total = counted.total
        yield _line(f"{counted.indicator.code} {counted.indicator.label}", total)
        for each in counted.breakdowns:
            yield f"    {each.dimension.label}"
            for part, figure in each.parts:
                yield _line(f"        {part.label}", figure)


def _line(label: str, figure: Measured) -> str:
    shown = format_number(figure.value) if isinstance(figure, Figure) else format_percent(figure.value)
    return f"{shown:>12} {format_number(figure.enrolments):>12}  {label}"
