"""A figure as people read it, and as a column of a file."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from documents.tables import Kind as ColumnKind
from offices.thai.digits import format_number, format_percent
from reports.indicators import Indicator
from reports.measures import Aside, Figure, Kind, Number

COLUMN: Final[dict[Kind, ColumnKind]] = {"integer": "integer", "percent": "percent", "decimal": "decimal"}


def shown(value: Number | None, kind: Kind = "integer") -> str:
    """A number of its kind; “–” where nobody knows."""
    match kind:
        case "percent":
            return format_percent(value)
        case "decimal":
            return format_number(value, 2)
        case _:
            return format_number(value)


def shown_figure(figure: Figure) -> str:
    return shown(figure.value, figure.kind)


def height(figure: Figure) -> float | None:
    """How far its bar goes, and how dark it is on the map: the figure, a share in percent."""
    if figure.value is None:
        return None
    return float(figure.value * 100) if figure.kind == "percent" else float(figure.value)


def sides_in_words(indicator: Indicator, figure: Figure) -> str:
    """What a share is made of: “5 of 8 passed”; nothing for a count, or where nobody knows."""
    if figure.sides is None:
        return ""
    some, whole = figure.sides
    return str(indicator.measure.sides) % {"some": format_number(some), "all": format_number(whole)}


def target_shown(indicator: Indicator, target: int | None) -> str:
    """A target; that of a share is in percent."""
    if target is None:
        return shown(None)
    return f"{format_number(target)}%" if indicator.measure.kind == "percent" else format_number(target)


def reached(figure: Figure, target: int | None) -> float | None:
    """The share of the target that was reached, None where there is no target or nobody knows."""
    if not target or figure.value is None:
        return None
    value = figure.value * 100 if figure.kind == "percent" else figure.value
    return float(value / target)


def asides_of(indicator: Indicator, figure: Figure, *, of_parts: bool = False) -> list[tuple[Aside, str]]:
    """What stands beside a figure, each with its heading."""
    asides = [each for each in indicator.measure.asides if each.of_parts or not of_parts]
    return [(aside, shown(figure[aside.name], aside.kind)) for aside in asides]


def figure_in_words(indicator: Indicator, figure: Figure) -> int | str | None:
    """A count as it is; a share with both of its sides."""
    if figure.kind != "percent":
        return figure.value if figure.value is None else int(figure.value)
    if figure.value is None or figure.sides is None:
        return None
    sides = {"some": format_number(figure.sides[0]), "all": format_number(figure.sides[1])}
    return f"{shown_figure(figure)} ({_('%(some)s of %(all)s') % sides})"
