"""The counting itself: evidence rows are fetched once, then tallied for the whole, each line and each part.

The evidence is compiled by Django, so its scope is in it; only the tallying over its columns is written here as
SQL, because one statement then serves all breakdowns of an indicator.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import connection
from django.db.models import QuerySet

from reports.breakdowns import Dimension, Groups, View
from reports.measures import Row, Tally

WHOLE: Final = ""  # the place of what is not counted by place
Key = tuple[str, str]
"""Place and part."""


@dataclass
class Tallied:
    """What was counted by place, and for each dimension by place and part; and where anything was to be known."""

    totals: dict[str, Row] = field(default_factory=dict)
    parts: dict[str, dict[Key, Row]] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    known_parts: dict[str, set[Key]] = field(default_factory=dict)


def tally(
    rows: QuerySet[Any],
    basis: QuerySet[Any],
    view: View,
    *,
    columns: Mapping[str, Any],
    tallies: Mapping[str, Tally],
    dimensions: Iterable[Dimension],
    place: tuple[Any, Any],
) -> Tallied:
    """Count in one statement. `place`: the line of an evidence row and of a row of the basis; None: no lines."""
    dimensions = [each for each in dimensions if each.applies(view)]
    evidence = _fetched(rows, {"place": place[0], **columns, **{_column(d): _value(d, view) for d in dimensions}})
    of_basis = {d.code: d.of_basis(view) for d in dimensions if d.of_basis is not None}
    known = _fetched(basis, {"place": place[1], **{f"part_{code}": value for code, value in of_basis.items()}})
    counted = ", ".join(_sql(each) for each in tallies.values())
    nothing = ", ".join("NULL" for _each in tallies)
    selects = [f"SELECT 'e', '', '', place, {counted} FROM evidence GROUP BY place"]
    selects += [_by_part(dimension, counted) for dimension in dimensions]
    selects.append(f"SELECT 'b', '', '', place, {nothing} FROM basis GROUP BY place")
    selects += [
        f"SELECT 'b', '{code}', part_{code}, place, {nothing} FROM basis GROUP BY part_{code}, place"
        for code in of_basis
    ]
    statement = (
        f"WITH evidence AS MATERIALIZED ({evidence[0]}), basis AS MATERIALIZED ({known[0]}) "
        + " UNION ALL ".join(selects)
    )
    return _read(statement, [*evidence[1], *known[1]], list(tallies))


def _column(dimension: Dimension) -> str:
    return f"part_{dimension.code}"


def _value(dimension: Dimension, view: View) -> Any:
    return dimension.array(view) if isinstance(dimension, Groups) else dimension.part_of(view)


def _fetched(rows: QuerySet[Any], columns: Mapping[str, Any]) -> tuple[str, tuple[Any, ...]]:
    """The SQL of some rows with these columns and no others; a column of None is the whole office's line."""
    given = {name: value for name, value in columns.items() if value is not None}
    query = rows.order_by().annotate(**{f"x_{name}": value for name, value in given.items()})
    sql, params = query.values(*(f"x_{name}" for name in given), "pk").query.sql_with_params()
    named = ", ".join(f"x_{name} AS {name}" if name in given else f"'' AS {name}" for name in columns)
    return f"SELECT {named} FROM ({sql}) AS fetched", params


def _by_part(dimension: Dimension, counted: str) -> str:
    code, column = dimension.code, _column(dimension)
    if isinstance(dimension, Groups):
        source = f"evidence CROSS JOIN LATERAL unnest({column}) AS one (part)"
        return f"SELECT 'e', '{code}', part, place, {counted} FROM {source} GROUP BY part, place"
    return f"SELECT 'e', '{code}', {column}, place, {counted} FROM evidence GROUP BY {column}, place"


def _sql(tally: Tally) -> str:
    when = tally.when.replace("|", "OR").replace("&", "AND")
    condition = f" FILTER (WHERE {when})" if when else ""
    match tally.how:
        case "rows":
            return f"count(*){condition}"
        case "values":
            return f"count({tally.of}){condition}"
        case "distinct":
            return f"count(DISTINCT {tally.of}){condition}"
        case "sum":
            return f"sum({tally.of}){condition}"
        case "median":
            return f"percentile_cont(0.5) WITHIN GROUP (ORDER BY {tally.of}){condition}"


def _read(statement: str, params: list[Any], names: list[str]) -> Tallied:
    found = Tallied()
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        for source, dimension, part, place, *numbers in cursor.fetchall():
            if place is None:  # an office above the lines
                continue
            row = dict(zip(names, numbers, strict=True))
            match source, dimension:
                case "e", "":
                    found.totals[place] = row
                case "e", _:
                    found.parts.setdefault(dimension, {})[place, part] = row
                case "b", "":
                    found.known.add(place)
                case _:
                    found.known_parts.setdefault(dimension, set()).add((place, part))
    return found


def count_rows(several: Iterable[QuerySet[Any]]) -> list[int]:
    """How many rows each of these has, asked in one statement."""
    queries = [each.order_by().values("pk").query.sql_with_params() for each in several]
    if not queries:
        return []
    asked = ", ".join(
        f"(SELECT count(*) FROM ({sql}) AS rows_{number})" for number, (sql, _p) in enumerate(queries)
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {asked}", [param for _sql, params in queries for param in params])
        return list(cursor.fetchone())
