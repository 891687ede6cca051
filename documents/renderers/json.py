"""A book as JSON for programs: stable keys, figures as numbers, percentages as shares of one, null for unknown."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import IO, Any

from documents.renderers.cells import plain
from documents.tables import Book, Column, Table, Value
from offices.thai.dates import BANGKOK


def write(book: Book, target: IO[bytes]) -> None:
    for piece in _pieces(book):
        target.write(piece.encode())


def _pieces(book: Book) -> Iterator[str]:
    stamp = book.stamp
    head = {
        "title": _value(book.title),
        "as_of": stamp.as_of.astimezone(BANGKOK).isoformat(timespec="seconds"),
        "by": _value(stamp.by),
        "office": _value(stamp.office),
        "filters": [{"label": _value(label), "value": _value(value)} for label, value in stamp.filters],
        "version": stamp.version,
        "cover": [{"label": _value(label), "value": _value(value)} for label, value in book.cover],
    }
    yield _text(head)[:-1] + ', "tables": ['
    for number, table in enumerate(book.tables):
        yield ", " if number else ""
        yield from _table(table)
    yield "]}\n"


def _table(table: Table) -> Iterator[str]:
    columns = [{"key": column.key, "label": _value(column.label), "kind": column.kind} for column in table.columns]
    totals = None if table.totals is None else _row(table.columns, table.totals)
    head = {"title": _value(table.title), "note": _value(table.note), "columns": columns, "totals": totals}
    yield _text(head)[:-1] + ', "rows": ['
    for number, row in enumerate(table):
        yield (",\n" if number else "\n") + _text(_row(table.columns, row))
    yield "]}"


def _row(columns: Sequence[Column], row: Sequence[Value]) -> dict[str, Any]:
    return {column.key: _value(value) for column, value in zip(columns, row, strict=True)}


def _value(value: Value) -> str | int | float | None:
    found = plain(value)
    if isinstance(found, date):
        return found.isoformat()
    if isinstance(found, Decimal):
        return int(found) if found == found.to_integral_value() else float(found)
    return found


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
