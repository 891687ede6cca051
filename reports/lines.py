"""Tables with one line for each province or school: all figures side by side, or one with its parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from django.utils.translation import gettext as _

from documents.tables import Column, Row, Table, Value
from reports.breakdowns import View
from reports.dimensions import PLACE
from reports.figures import Counted, count_all_by_place
from reports.indicators import Indicator
from reports.offices import Level
from reports.shown import COLUMN

Heads = list[Column]
Lines = Callable[[], Iterator[tuple[str, list[Value]]]]
"""The code of each place, and what stands in front of its figures."""

LONGEST_LABEL = 60


def tables_by_place(view: View, own: Sequence[Counted], level: Level, *, wide: bool) -> Iterator[Table]:
    """All ten figures with what stands beside them; `wide`: then each of them with its parts."""
    heads, lines = _places(view, level)
    kind = _("By province") if level is Level.PROVINCE else _("By school")
    counted = count_all_by_place(view, level, broken_down=wide)
    columns = [column for each in own for column in _columns(each.indicator)]
    yield Table(
        kind,
        [*heads, *columns],
        _rows(lines, lambda code: [v for each in own for v in _values(each.indicator, counted, code)]),
        note=adding_note(own),
        totals=_totals(view, heads, [v for each in own for v in _sides(each.indicator, each)]),
    )
    if not wide:
        return
    for each in own:
        parts = [column for column, _value in _parts(each, each)]
        yield Table(
            f"{each.indicator.code} {kind}",
            [*heads, *_columns(each.indicator)[:1], *parts],
            _rows(lines, _with_parts(each, counted[each.indicator.code])),
            note=adding_note([each]),
            totals=_totals(view, heads, [each.total.value, *(value for _column, value in _parts(each, each))]),
        )


def adding_note(own: Sequence[Counted]) -> str:
    return " ".join(f"{each.indicator.code}: {each.indicator.across_places.label}" for each in own)


def _rows(lines: Lines, figures: Callable[[str], list[Value]]) -> Callable[[], Iterator[Row]]:
    return lambda: ([*front, *figures(code)] for code, front in lines())


def _with_parts(own: Counted, by_place: dict[str, Counted]) -> Callable[[str], list[Value]]:
    def values(code: str) -> list[Value]:
        here = by_place.get(code)
        total = here.total if here else own.indicator.unknown
        return [total.value, *(value for _column, value in _parts(own, here))]

    return values


def _places(view: View, level: Level) -> tuple[Heads, Lines]:
    if level is Level.PROVINCE:
        heads = [Column("code", _("Province code"), "id", 12), Column("name", _("Province"), "text", 28)]
        return heads, lambda: (
            (place.code, [place.code if place.office else "", place.name])
            for place in view.office.places(view.user, view.period)
        )
    heads = [
        Column("province", _("Province"), "text", 28),
        Column("code", _("School code"), "id", 14),
        Column("name", _("School"), "text", 40),
    ]
    schools = view.office.schools(view.user, view.period)
    attached = _("Directly attached schools")
    return heads, lambda: (
        (school.code, [" → ".join(school.provinces) or attached, school.code, school.name]) for school in schools
    )


def _totals(view: View, heads: Heads, figures: Sequence[Value]) -> Row:
    """Counted anew for the whole office, never the sum of the lines."""
    label = _("%(office)s, counted anew") % {"office": view.office.name}
    return [*([""] * (len(heads) - 1)), label, *figures]


def _columns(indicator: Indicator) -> list[Column]:
    code, kind = indicator.code, COLUMN[indicator.measure.kind]
    label = str(indicator.label)
    short = label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 3]}…"
    asides = [
        Column(f"{code}.{aside.name}", f"{code} {aside.label}", COLUMN[aside.kind], 12)
        for aside in indicator.measure.asides
    ]
    return [
        Column(code, f"{code} {short}", kind, 14),
        *asides,
        Column(f"{code}.target", f"{code} {_('Target')}", "integer", 10),
    ]


def _values(indicator: Indicator, counted: dict[str, dict[str, Counted]], place: str) -> list[Value]:
    return _sides(indicator, counted[indicator.code].get(place))


def _sides(indicator: Indicator, counted: Counted | None) -> list[Value]:
    figure = counted.total if counted else indicator.unknown
    asides = [figure[aside.name] for aside in indicator.measure.asides]
    return [figure.value, *asides, counted.target if counted else None]


def _parts(own: Counted, here: Counted | None) -> Iterator[tuple[Column, Value]]:
    """The parts that the whole office has, with the values of one place; places are the lines themselves."""
    indicator = own.indicator
    figures = {
        (breakdown.dimension.code, part.code): figure
        for breakdown in (here.breakdowns if here else [])
        for part, figure in breakdown.parts
    }
    asides = [aside for aside in indicator.measure.asides if aside.of_parts]
    for breakdown in own.breakdowns:
        if breakdown.dimension.code == PLACE:
            continue
        for part, _figure in breakdown.parts:
            key = f"{indicator.code}.{breakdown.dimension.code}.{part.code}"
            label = f"{breakdown.dimension.label}: {part.label}"
            found = figures.get((breakdown.dimension.code, part.code), indicator.unknown)
            unit = f"{label} ({indicator.measure.unit})"
            yield Column(key, unit, COLUMN[indicator.measure.kind], 12), found.value
            for aside in asides:
                heading = f"{label} ({aside.label})"
                yield Column(f"{key}.{aside.name}", heading, COLUMN[aside.kind], 12), found[aside.name]
