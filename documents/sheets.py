"""Sheets as text: from Excel, LibreOffice or CSV of any Thai encoding to one header and numbered rows of words.

sheet = read_rows(upload)
for number, row in sheet.by_key([Expected("name", _("Name")), Expected("phone", _("Phone"), required=False)]):
    form = TraineeForm(user, row)      # the same form as the screen
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import IO, Any, Final

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from documents.renderers.cells import looks_like_formula
from documents.uploads import check_extent, check_sheet
from offices.thai.typed import tidy

DELIMITERS: Final = (",", ";", "\t", "|")
HEADLINES: Final = 10  # above the header stand no more


@dataclass(frozen=True)
class Problem:
    """What is wrong in one cell of a sheet, or in a whole row when no column is named."""

    row: int
    column: str
    message: str


@dataclass(frozen=True)
class Expected:
    """A column that a sheet should have; it is known by its label in either language, or by another name."""

    key: str
    label: str | Promise
    required: bool = True
    also: Sequence[str] = ()

    def names(self) -> set[str]:
        said = {self.key, *self.also}
        for language in ("th", "en"):
            with translation.override(language):
                said.add(str(self.label))
        return {_same(name) for name in said}


@dataclass(frozen=True)
class Sheet:
    """A header and the rows below that hold anything, each with its number in the file."""

    header: list[str]
    rows: list[tuple[int, list[str]]]

    def by_key(self, columns: Sequence[Expected]) -> Iterator[tuple[int, dict[str, str]]]:
        """The rows by the keys of these columns; a wrong header is refused with everything that is wrong in it."""
        places = self._places(columns)
        return ((number, {key: row[place] for key, place in places.items()}) for number, row in self.rows)

    def _places(self, columns: Sequence[Expected]) -> dict[str, int]:
        known = {name: column.key for column in columns for name in column.names()}
        found = [known.get(_same(label)) for label in self.header]
        faults = [
            _("The column “%(label)s” is missing.") % {"label": column.label}
            for column in columns
            if column.required and column.key not in found
        ]
        faults += [
            _("The column “%(label)s” is not known here.") % {"label": label}
            for label, key in zip(self.header, found, strict=True)
            if key is None and label
        ]
        labels = {column.key: column.label for column in columns}
        faults += [
            _("The column “%(label)s” stands there %(times)s times.") % {"label": labels[key], "times": times}
            for key, times in Counter(key for key in found if key).items()
            if times > 1
        ]
        if faults:
            raise ValidationError(faults, code="header")
        return {key: place for place, key in enumerate(found) if key}


def read_rows(file: IO[bytes], name: str = "") -> Sheet:
    """Read the first sheet of an upload, whatever made it; `name` where the file itself bears another."""
    kind = check_sheet(file, name or str(getattr(file, "name", "")))
    file.seek(0)
    return _sheet(_workbook_rows(file) if kind == "xlsx" else _text_rows(file.read()))


def _sheet(lines: Iterable[Sequence[Any]]) -> Sheet:
    rows: list[tuple[int, list[str]]] = []
    for number, line in enumerate(lines, start=1):
        cells = [_text(value) for value in line]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            check_extent(len(rows), len(cells))
            rows.append((number, cells))
    if not rows:
        raise ValidationError(_("There is nothing in the sheet."), code="blank")
    width = max(len(cells) for _number, cells in rows)
    for _number, cells in rows:
        cells.extend([""] * (width - len(cells)))
    head = _head([cells for _number, cells in rows[:HEADLINES]])
    return Sheet(rows[head][1], rows[head + 1 :])


def _head(rows: list[list[str]]) -> int:
    """Which of the first rows is the header: lines with one cell above it are a title."""
    return next((place for place, cells in enumerate(rows) if sum(map(bool, cells)) > 1), 0)


def _workbook_rows(file: IO[bytes]) -> Iterable[Sequence[Any]]:
    try:
        workbook = CalamineWorkbook.from_filelike(file)
        shown = [
            sheet.name
            for sheet in workbook.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
        ]
        if not shown:
            raise ValidationError(_("There is nothing in the sheet."), code="blank")
        return workbook.get_sheet_by_name(shown[0]).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError) as fault:
        raise ValidationError(
            _("The workbook cannot be read. Please open it in Excel or LibreOffice and save it as .xlsx again."),
            code="unreadable",
        ) from fault


def _text_rows(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    except csv.Error as fault:
        raise ValidationError(
            _("The CSV file cannot be read: a quotation mark may be missing."), code="unreadable"
        ) from fault


def _decoded(content: bytes) -> str:
    """Excel on a Thai Windows still writes the old Thai code page when asked for CSV."""
    encodings = ["utf-16"] if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "cp874"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValidationError(
        _("The letters of this CSV file cannot be read. Please save it as “CSV UTF-8”."), code="encoding"
    )


def _delimiter(text: str) -> str:
    """The one that parts the header into most columns."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=lambda mark: len(next(csv.reader([first], delimiter=mark), [])))


def _text(value: Any) -> str:
    """A cell as a person would have typed it."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer():
            return str(int(value))  # 1234567890123.0 is a national ID
        case datetime():
            moment = value.time()
            return value.date().isoformat() if moment == time() else f"{value:%Y-%m-%d %H:%M}"
        case date() | time() | timedelta():
            return str(value)
        case str():
            text = tidy(value)
            return text[1:] if text.startswith("'") and looks_like_formula(text[1:]) else text
        case _:
            return str(value)


def _same(label: str) -> str:
    """Labels are compared without spaces, case, stars and what stands in brackets."""
    return tidy(label).partition("(")[0].replace(" ", "").replace("*", "").casefold()
