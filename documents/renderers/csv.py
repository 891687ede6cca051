"""A book as CSV for Excel and for programs: UTF-8 with its mark, CRLF, figures without thousands, ISO dates.

The head of the first table is line 1, so that programs find it; what the file says of itself follows after an
empty line at the end. Where a book has several tables, each has its title above.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date
from typing import IO

from documents.renderers.cells import looks_like_formula, plain
from documents.tables import Book, Column, Value
from offices.thai.digits import BLANK, format_percent


def write(book: Book, target: IO[bytes]) -> None:
    text = io.TextIOWrapper(target, encoding="utf-8-sig", newline="", write_through=True)
    try:
        csv.writer(text, lineterminator="\r\n").writerows(_lines(book))
    finally:
        text.detach()


def _lines(book: Book) -> Iterator[list[str]]:
    for table in book.tables:
        if len(book.tables) > 1:
            yield [_cell(table.title)]
        yield [_cell(column.label) for column in table.columns]
        for row in table:
            yield _row(table.columns, row)
        if table.totals is not None:
            yield _row(table.columns, table.totals)
        if table.note:
            yield [_cell(table.note)]
        yield []
    yield [_cell(book.title)]
    for label, value in [*book.cover, *book.stamp.lines()]:
        yield [_cell(label), _cell(value)]


def _row(columns: Sequence[Column], row: Sequence[Value]) -> list[str]:
    return [_cell(value, column.kind) for column, value in zip(columns, row, strict=True)]


def _cell(value: Value, kind: str = "text") -> str:
    found = plain(value)
    if found is None:
        return BLANK
    if isinstance(found, str):
        return f"'{found}" if looks_like_formula(found) else found
    if isinstance(found, date):
        return found.isoformat()
    return format_percent(found) if kind == "percent" else str(found)
