"""A book as an Excel workbook, written row by row: a cover, then a sheet for each table, several for a long one.

The dates are real dates, shown in the Buddhist era; IDs are text; what looks like a formula is marked as text,
so that it shows as it is and never runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from typing import IO, Any, Final

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from documents.renderers.cells import clean, looks_like_formula, plain
from documents.tables import Book, Column, Kind, Row, Table, Value
from offices.thai.dates import short_date
from offices.thai.digits import BLANK, format_number

MOST_ROWS: Final = 1_048_576  # of one sheet in Excel
LONGEST_TEXT: Final = 32_767  # of one cell
FIRST_DAY: Final = date(1900, 3, 1)  # Excel counts a 29 February 1900 that never was
SHEET_NAME: Final = 31

# 07 is the Buddhist calendar, 041E Thai: as Excel itself writes it, and LibreOffice reads it.
FORMATS: Final[dict[Kind, str]] = {
    "text": "General",
    "id": "@",
    "integer": "#,##0",
    "decimal": "#,##0.00",
    "money": "#,##0.00",
    "percent": "0.0%",
    "date": "[$-107041E]d mmm yyyy;@",
    "datetime": "[$-107041E]d mmm yyyy h:mm;@",
}
WIDTHS: Final[dict[Kind, int]] = {
    "text": 30,
    "id": 20,
    "integer": 12,
    "decimal": 14,
    "money": 16,
    "percent": 11,
    "date": 14,
    "datetime": 20,
}
LEFT: Final = frozenset({"text", "id"})
DATES: Final = frozenset({"date", "datetime"})

TITLE = Font(bold=True, size=14)
BOLD = Font(bold=True)
SOFT = Font(color="595959", italic=True)
HEAD = PatternFill("solid", fgColor="D9E2EC")
UNDER = Border(bottom=Side("thin"))
OVER = Border(top=Side("thin"))
WRAP = Alignment(wrap_text=True, vertical="top")
RIGHT = Alignment(horizontal="right")


def write(book: Book, target: IO[bytes], rows_per_sheet: int = MOST_ROWS) -> None:
    workbook = Workbook(write_only=True)
    try:
        sheets = _Sheets(workbook, {_("Cover").casefold()})
        written = [part for table in book.tables for part in _write_table(sheets, book, table, rows_per_sheet)]
        _write_cover(workbook, book, written)  # last, for it says what the others came to hold
        workbook.save(target)
    except BaseException:
        _discard(workbook)
        raise


@dataclass
class _Sheets:
    """Makes sheets with names that Excel takes, each once."""

    workbook: Workbook
    taken: set[str] = field(default_factory=set)

    def make(self, title: str) -> Any:
        wished = re.sub(r"[\[\]:*?/\\\s]+", " ", clean(title)).strip(" '") or _("Table")
        name, number = _cut(wished, SHEET_NAME), 1
        while name.casefold() in self.taken or name.casefold() == "history":
            number += 1
            ending = f" ({number})"
            name = _cut(wished, SHEET_NAME - len(ending)) + ending
        self.taken.add(name.casefold())
        return self.workbook.create_sheet(name)


@dataclass
class _Part:
    """One sheet, and which rows of its table stand in it."""

    sheet: str
    first: int
    last: int

    def told(self) -> str:
        if self.last < self.first:
            return _("no rows")
        ends = {"first": format_number(self.first), "last": format_number(self.last)}
        return _("rows %(first)s to %(last)s") % ends


def _write_table(sheets: _Sheets, book: Book, table: Table, rows_per_sheet: int) -> list[_Part]:
    rows = iter(table)
    parts: list[_Part] = []
    while True:
        first = next(rows, None)
        if first is None and parts:
            break
        begun = parts[-1].last if parts else 0
        sheet = sheets.make(str(table.title))
        heading = _heading(book, table, begun)
        space = rows_per_sheet - len(heading) - 1 - (table.totals is not None)
        some = chain([] if first is None else [first], islice(rows, space - 1))
        parts.append(_Part(sheet.title, begun + 1, begun + _write_sheet(sheet, table, heading, some)))
    if table.totals is not None:
        sheet.append(_Line(sheet, table.columns, bold=True).filled(table.totals))
    return parts


def _heading(book: Book, table: Table, begun: int) -> list[tuple[str, Font]]:
    """The lines above a table: its title, the file's stamp, its note; the head of its columns follows."""
    title = str(table.title)
    if begun:
        title = _("%(title)s (from row %(row)s on)") % {"title": title, "row": format_number(begun + 1)}
    stamp = " · ".join(f"{label}: {value}" for label, value in book.stamp.lines())
    lines = [(title, TITLE), (stamp, SOFT)]
    return [*lines, (str(table.note), SOFT)] if table.note else lines


def _write_sheet(sheet: Any, table: Table, heading: list[tuple[str, Font]], rows: Iterator[Row]) -> int:
    head = len(heading) + 1
    sheet.freeze_panes = f"A{head + 1}"
    for number, column in enumerate(table.columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width or WIDTHS[column.kind]
    for text, font in heading:
        sheet.append([_text_cell(sheet, text, font=font)])
    sheet.append(
        [_text_cell(sheet, c.label, font=BOLD, fill=HEAD, border=UNDER, alignment=WRAP) for c in table.columns]
    )
    line, count = _Line(sheet, table.columns), 0
    for row in rows:
        sheet.append(line.filled(row))
        count += 1
    sheet.auto_filter.ref = f"A{head}:{get_column_letter(len(table.columns))}{head + count}"
    return count


class _Line:
    """Fills one set of cells again and again: making and styling new ones for each row costs most of the time."""

    def __init__(self, sheet: Any, columns: Sequence[Column], bold: bool = False) -> None:
        style: dict[str, Any] = {"font": BOLD, "border": OVER} if bold else {}
        self._columns = []
        for column in columns:
            aligned = style if column.kind in LEFT else {"alignment": RIGHT, **style}
            shown_as = FORMATS[column.kind]
            words = _cell(sheet, number_format="@" if column.kind == "id" else "General", **aligned)
            quoted = _cell(sheet, number_format="@" if column.kind == "id" else "General", **aligned)
            quoted.quotePrefix = True
            self._columns.append((column.kind, _cell(sheet, number_format=shown_as, **style), words, quoted))

    def filled(self, row: Row) -> list[Any]:
        return [self._fill(value, *cells) for value, cells in zip(row, self._columns, strict=True)]

    @staticmethod
    def _fill(value: Value, kind: Kind, figure: Any, words: Any, quoted: Any) -> Any:
        found = plain(value)
        if found is None:
            found = BLANK
        elif isinstance(found, date):
            day = found.date() if isinstance(found, datetime) else found
            if kind not in DATES or day < FIRST_DAY:
                found = short_date(day)
        elif kind in LEFT or kind in DATES:
            found = str(found)
        if isinstance(found, str):
            return _put_text(quoted if looks_like_formula(found) else words, found)
        figure.value = found
        return figure


def _write_cover(workbook: Workbook, book: Book, parts: list[_Part]) -> None:
    sheet = workbook.create_sheet(_("Cover"), 0)
    sheet.column_dimensions["A"].width = 40
    sheet.column_dimensions["B"].width = 60
    sheet.append([_text_cell(sheet, book.title, font=TITLE)])
    sheet.append([])
    for label, value in [*book.cover, *book.stamp.lines()]:
        (cell,) = _Line(sheet, [Column("value", "", _kind_of(value))]).filled([value])
        cell.alignment = Alignment(horizontal="left", wrap_text=True)
        sheet.append([_text_cell(sheet, label, font=BOLD), cell])
    sheet.append([])
    sheet.append([_text_cell(sheet, text, font=BOLD) for text in (_("Sheet"), _("Rows in it"))])
    for part in parts:
        sheet.append([_text_cell(sheet, part.sheet), _text_cell(sheet, part.told())])


def _kind_of(value: Value) -> Kind:
    match value:
        case datetime():
            return "datetime"
        case date():
            return "date"
        case int() if not isinstance(value, bool):
            return "integer"
        case float() | Decimal():
            return "decimal"
        case _:
            return "text"


def _cell(sheet: Any, **style: Any) -> Any:
    cell = WriteOnlyCell(sheet)
    for name, value in style.items():
        setattr(cell, name, value)
    return cell


def _text_cell(sheet: Any, text: Value, **style: Any) -> Any:
    words = str(plain(text))
    cell = _cell(sheet, **style)
    cell.quotePrefix = looks_like_formula(words)
    return _put_text(cell, words)


def _put_text(cell: Any, text: str) -> Any:
    """As text whatever it looks like: openpyxl would take "=…" for a formula and "#N/A" for an error."""
    cell.value = text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"
    cell.data_type = "s"
    return cell


def _cut(text: str, units: int) -> str:
    """Excel counts a name in units of UTF-16."""
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore").rstrip(" '")


def _discard(workbook: Workbook) -> None:
    """A work that was stopped in the middle leaves no half-written sheets in the temporary folder."""
    for sheet in workbook.worksheets:
        with suppress(Exception):
            sheet.close()
        with suppress(Exception):
            sheet._writer.cleanup()
