"""Figures, and what stands beside them, in templates."""

from django import template
from django.utils.functional import Promise

from reports import shown as words
from reports.breakdowns import Dimension
from reports.indicators import Indicator
from reports.measures import Aside, Figure

register = template.Library()


@register.filter
def figure(found: Figure) -> str:
    """62.5% or 1,234; – where nobody knows."""
    return words.shown_figure(found)


@register.filter
def sides(found: Figure, indicator: Indicator) -> str:
    """Of a share: “5 of 8 passed”."""
    return words.sides_in_words(indicator, found)


@register.filter
def asides(found: Figure, indicator: Indicator) -> list[tuple[Aside, str]]:
    """All that stands beside."""
    return words.asides_of(indicator, found)


@register.filter
def asides_of_parts(found: Figure, indicator: Indicator) -> list[tuple[Aside, str]]:
    """What stands beside where a line has many parts."""
    return words.asides_of(indicator, found, of_parts=True)


@register.filter
def adding(indicator: Indicator, dimension: Dimension) -> str | Promise:
    """How the parts of a breakdown add up."""
    return indicator.adding(dimension).label


@register.filter
def target(value: int | None, indicator: Indicator) -> str:
    return words.target_shown(indicator, value)


@register.filter
def reached(found: Figure, wanted: int | None) -> float | None:
    """The share of a target that was reached."""
    return words.reached(found, wanted)


@register.filter
def height(found: Figure) -> float | None:
    """How far its bar goes; a share in percent."""
    return words.height(found)


@register.filter
def gauge(found: Figure, total: Figure) -> dict[str, str] | None:
    """Value and most of a gauge: a share of all, a count of the whole figure."""
    if not found.value:
        return None
    some, most = found.sides or (found.value, total.value)
    return {"value": str(some), "max": str(most)}
