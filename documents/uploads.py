"""A sheet that somebody sends is hostile until proved: what is inside decides, not what its name says.

`check_sheet` refuses with a reason in words (a ValidationError, so that a form can show it beside its field).
Nothing here trusts a size or a position that the file tells of itself: it is unpacked and counted.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from typing import IO, Final, Literal
from xml.parsers import expat

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from offices.thai.digits import format_number

SheetKind = Literal["xlsx", "csv"]

MOST_BYTES: Final = 20 * 1024 * 1024
MOST_UNPACKED: Final = 400 * 1024 * 1024
SUSPICIOUS_RATIO: Final = 250  # deflate packs zeros 1000:1, a million formatted empty rows some 50:1
RATIO_MATTERS_FROM: Final = 10 * 1024 * 1024
MOST_PARTS: Final = 500
MOST_ROWS: Final = 200_000
MOST_COLUMNS: Final = 200
MOST_CELLS: Final = 5_000_000

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # workbooks before 2007, and those with a password
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_CHUNK: Final = 1 << 18
_REFERENCE: Final = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")


def check_sheet(file: IO[bytes], name: str) -> SheetKind:
    """Which of the two kinds of sheet this is, or why it is refused."""
    size = file.seek(0, 2)
    file.seek(0)
    start = file.read(8)
    if not size:
        raise _refused(_("The file is empty."), "empty")
    if size > MOST_BYTES:
        raise _too_large()
    ending = name.rpartition(".")[2].lower()
    if ending in {"xlsm", "xlsb", "xltm"}:
        raise _macros()
    if start == _OLE:
        raise _refused(
            _("This is an old Excel workbook (.xls) or one with a password. Please save it as .xlsx without one."),
            "old_or_locked",
        )
    if ending not in {"xlsx", "csv"}:
        raise _refused(_("Please send an Excel workbook (.xlsx) or a CSV file (.csv)."), "ending")
    if ending == "xlsx":
        if not start.startswith(_ZIP):
            raise _not_a_workbook()
        _check_workbook(file, size)
        return "xlsx"
    if start.startswith(_ZIP):
        raise _refused(_("The name says CSV, but the file is something else."), "not_csv")
    _check_text(file)
    return "csv"


def check_extent(rows: int, columns: int) -> None:
    """Refuse what is too large to be a list of people or courses."""
    if rows > MOST_ROWS:
        most = format_number(MOST_ROWS)
        raise _refused(
            _("There are more than %(most)s rows. Please send the list in parts.") % {"most": most}, "rows"
        )
    if columns > MOST_COLUMNS or rows * columns > MOST_CELLS:
        most = format_number(MOST_COLUMNS)
        raise _refused(
            _("The sheet is too wide: at most %(most)s columns. Something may stand far off to the right.")
            % {"most": most},
            "columns",
        )


def _check_text(file: IO[bytes]) -> None:
    file.seek(0)
    if file.read(2) in _UTF_16:
        return
    file.seek(0)
    while chunk := file.read(_CHUNK):
        if b"\0" in chunk:
            raise _refused(_("The name says CSV, but the file is something else."), "not_csv")


def _check_workbook(file: IO[bytes], size: int) -> None:
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            _check_parts(archive)
            unpacked = 0
            for part in archive.infolist():
                unpacked = _check_part(archive, part, unpacked, size)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as fault:
        raise _not_a_workbook() from fault


def _check_parts(archive: zipfile.ZipFile) -> None:
    """The list of what is inside: no bomb, no way out of a folder, no program, and a workbook at all."""
    parts = archive.infolist()
    names = [part.filename for part in parts]
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise _bomb()
    if len(set(names)) < len(names) or any(_leads_out(name) for name in names):
        raise _not_a_workbook()
    if any(part.flag_bits & 1 for part in parts):
        raise _refused(_("The workbook has a password. Please save it without one."), "old_or_locked")
    if any(name.lower().endswith(("vbaproject.bin", ".exe", ".dll", ".js", ".vbs")) for name in names):
        raise _macros()
    if "[Content_Types].xml" not in names or archive.getinfo("[Content_Types].xml").file_size > _CHUNK:
        raise _not_a_workbook()
    types = archive.read("[Content_Types].xml").lower()
    if b"macroenabled" in types:
        raise _macros()
    if b"spreadsheetml.sheet.main+xml" not in types:
        raise _not_a_workbook()


def _leads_out(name: str) -> bool:
    return name.startswith(("/", "\\")) or "\\" in name or ":" in name or ".." in name.split("/")


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, unpacked: int, size: int) -> int:
    """Unpack one part without keeping it; how much has come out of the file so far."""
    extent = _Extent()
    said, part.file_size = part.file_size, MOST_UNPACKED + _CHUNK  # else no more comes out than the file admits
    before = unpacked
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            unpacked += len(chunk)
            if unpacked > MOST_UNPACKED or (unpacked > RATIO_MATTERS_FROM and unpacked > SUSPICIOUS_RATIO * size):
                raise _bomb()
            extent.feed(chunk)
    if unpacked - before != said:
        raise _not_a_workbook()
    check_extent(extent.rows, extent.columns)
    return unpacked


class _Extent:
    """How far the filled cells of a worksheet reach, in whichever part of the archive it hides.

    The reader makes room for the whole rectangle, so one cell in the last corner would cost all memory. Cells
    that are only formatted do not count.
    """

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self._row = self._column = 0
        self._is_sheet = True  # until it shows that it is none
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._root
        self._parser.StartDoctypeDeclHandler = self._doctype

    def feed(self, chunk: bytes) -> None:
        if self._is_sheet:
            try:
                self._parser.Parse(chunk)
            except (expat.ExpatError, _NotASheet):
                self._is_sheet = False  # a picture, a theme, or broken: the reader will say so

    def _doctype(self, *declaration: object) -> None:
        raise _not_a_workbook()

    def _root(self, name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] != "worksheet":
            raise _NotASheet
        self._parser.StartElementHandler = self._element

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "c":
                place = _REFERENCE.fullmatch(attributes.get("r", ""))
                if place:
                    self._column, self._row = _number(place[1]), int(place[2])
                else:
                    self._column += 1
            case "row":
                given = attributes.get("r", "")
                self._row = int(given) if given.isdecimal() else self._row + 1
                self._column = 0
            case "v" | "is" | "f":
                self.rows = max(self.rows, self._row)
                self.columns = max(self.columns, self._column)


class _NotASheet(Exception):
    pass


def _number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _refused(message: str, code: str) -> ValidationError:
    return ValidationError(message, code=code)


def _too_large() -> ValidationError:
    most = filesizeformat(MOST_BYTES)
    return _refused(_("The file is too large: at most %(most)s.") % {"most": most}, "too_large")


def _macros() -> ValidationError:
    return _refused(_("The workbook holds macros. Please save it as .xlsx, without them."), "macros")


def _not_a_workbook() -> ValidationError:
    return _refused(
        _("This is not a whole Excel workbook. Please open it in Excel or LibreOffice and save it as .xlsx."),
        "not_a_workbook",
    )


def _bomb() -> ValidationError:
    return _refused(_("The workbook unpacks to far too much. Please copy the list into a new one."), "bomb")
