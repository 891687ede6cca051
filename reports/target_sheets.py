"""Targets in a sheet: the table as a file to read, and as a sheet that is filled in and read back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Final

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.invitation_sheets import write_sheet
from documents.sheets import Expected, Problem, read_rows
from documents.tables import Book, Column, Row, Stamp, Table
from offices.models import User
from offices.thai.digits import to_arabic
from offices.thai.typed import tidy
from reports.indicators import INDICATORS, Indicator
from reports.target_grid import Line, TargetGrid, is_share

OF_OFFICE: Final = (
    Expected("year", gettext_lazy("Fiscal year")),
    Expected("code", gettext_lazy("Office code")),
    Expected("office", gettext_lazy("Office"), required=False),
)


def heading(indicator: Indicator) -> str:
    """The number alone and its unit: what is in brackets is not compared when the sheet is read back."""
    return f"{indicator.code} (%)" if is_share(indicator.code) else indicator.code


def columns() -> list[Expected]:
    return [*OF_OFFICE, *(Expected(each.code, heading(each)) for each in INDICATORS)]


def book(grid: TargetGrid, user: User) -> Book:
    """The table as it is shown."""
    title = _("Targets of fiscal year %(year)s") % {"year": grid.board.year}
    office = [Column("code", _("Office code"), "id", 14), Column("office", _("Office"), width=32)]
    figures = [Column(each.code, heading(each), "integer", 12) for each in INDICATORS]
    note = "\n".join(f"{each.code} {each.label}" for each in INDICATORS)
    stamp = Stamp(as_of=timezone.now(), by=user.name, office=grid.board.name)
    return Book(title, stamp, [Table(_("Targets"), [*office, *figures], list(_rows(grid)), note)])


def _rows(grid: TargetGrid) -> Iterator[Row]:
    for line in grid.board.lines:
        yield [line.code, line.name, *(grid.cells[f"{line.key}-{each.code}"].stored for each in INDICATORS)]


def template(grid: TargetGrid, kind: str) -> bytes:
    """The sheet to fill in, with what is stored now."""
    heads = [str(column.label) for column in columns()]
    rows = []
    for code, name, *values in _rows(grid):
        rows.append([grid.board.year, code, name, *("" if value is None else value for value in values)])
    return write_sheet(heads, rows, kind)


@dataclass
class Filled:
    """What a sheet would change, by cell, and everything that is wrong in it."""

    changes: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read(file: IO[bytes], grid: TargetGrid) -> Filled:
    """Judge every cell as the screen does; nothing is saved. Raises ValidationError for what is no such sheet."""
    rows = list(read_rows(file).by_key(columns()))
    if not rows:
        raise ValidationError(_("There is no office in the sheet."), code="blank")
    filled, lines, seen = Filled(), {line.code: line for line in grid.board.lines}, dict[str, int]()
    for number, row in rows:
        line = lines.get(to_arabic(row["code"]))
        wrong = _wrong_office(row, line, grid, seen)
        filled.problems += [Problem(number, column, message) for column, message in wrong]
        if line is None:
            continue
        seen.setdefault(line.key, number)
        if not wrong:
            _read_line(number, row, line, grid, filled)
    return filled


def _wrong_office(
    row: dict[str, str], line: Line | None, grid: TargetGrid, seen: dict[str, int]
) -> list[tuple[str, str]]:
    wrong = []
    if to_arabic(row["year"]) != str(grid.board.year):
        told = _("This table is of fiscal year %(year)s.") % {"year": grid.board.year}
        wrong.append((str(OF_OFFICE[0].label), told))
    if line is None:
        told = _("There is no office “%(office)s” in this table.") % {"office": row["code"][:60]}
        wrong.append((str(OF_OFFICE[1].label), told))
    elif line.key in seen:
        told = _("The same office stands in row %(row)s.") % {"row": seen[line.key]}
        wrong.append((str(OF_OFFICE[1].label), told))
    return wrong


def _read_line(number: int, row: dict[str, str], line: Line, grid: TargetGrid, filled: Filled) -> None:
    for indicator in INDICATORS:
        cell, typed = grid.cells[f"{line.key}-{indicator.code}"], tidy(row[indicator.code])
        try:
            value = grid.read(cell, typed)
        except ValidationError as refusal:
            filled.problems.append(Problem(number, heading(indicator), " ".join(refusal.messages)))
            continue
        if value != cell.stored:
            filled.changes[cell.key] = typed
