"""Files that go with a circular: hostile until proved, then sent out only as something to save.

What is inside decides, not what the name says: PDF, pictures, and documents of today's office programs without
macros. `check_enclosure` refuses with a reason in words.
"""

from __future__ import annotations

import zipfile
import zlib
from typing import IO, Final

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from documents.pdf_pages import check_pages
from documents.uploads import MOST_PARTS, MOST_UNPACKED, check_sheet

MOST_BYTES: Final = 20 * 1024 * 1024
MOST_PIXELS: Final = 100_000_000

_WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PACKAGES: Final = {
    "docx": ("word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pptx": ("ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
}
_PICTURES: Final = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG"}
_PROGRAMS: Final = (".bin", ".exe", ".dll", ".js", ".vbs")
_CHUNK: Final = 1 << 18
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError)


def check_enclosure(file: IO[bytes], name: str) -> str:
    """The content type of a file that may go out with a circular, or why it is refused."""
    size = file.seek(0, 2)
    file.seek(0)
    if not size:
        raise ValidationError(_("The file is empty."), "empty")
    if size > MOST_BYTES:
        most = filesizeformat(MOST_BYTES)
        raise ValidationError(_("The file is too large: at most %(most)s."), "too_large", {"most": most})
    ending = name.rpartition(".")[2].lower()
    if ending == "pdf":
        check_pages(file.read())
        return "application/pdf"
    if ending in _PICTURES:
        return _check_picture(file, _PICTURES[ending])
    if ending == "xlsx":
        check_sheet(file, name)
        return _WORKBOOK
    if ending in _PACKAGES:
        return _check_package(file, *_PACKAGES[ending])
    raise ValidationError(
        _("Send a PDF, a picture (JPEG, PNG) or a document saved as .docx, .xlsx or .pptx."), "kind"
    )


def _check_picture(file: IO[bytes], kind: str) -> str:
    try:
        with Image.open(file, formats=[kind]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise ValidationError(
                    _("The picture has far too many points. Please make it smaller first."), "bomb"
                )
            picture.verify()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, UnidentifiedImageError):
        raise _damaged() from None
    except (OSError, SyntaxError, ValueError, EOFError) as fault:
        raise _damaged() from fault
    return f"image/{kind.lower()}"


def _check_package(file: IO[bytes], folder: str, content_type: str) -> str:
    """A document of today's office programs: a ZIP archive that is no bomb, leads nowhere and runs nothing."""
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            names = [part.filename for part in parts]
            if len(parts) > 4 * MOST_PARTS or any(".." in n.split("/") or n.startswith("/") for n in names):
                raise _damaged()
            if "[Content_Types].xml" not in names or not any(n.startswith(folder) for n in names):
                raise _damaged()
            if any(n.lower().endswith(_PROGRAMS) for n in names):
                raise ValidationError(
                    _("The document holds macros or a program. Please save it without them, or as a PDF."),
                    "macros",
                )
            _count(archive, parts)
    except _BROKEN as fault:
        raise _damaged() from fault
    return content_type


def _count(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """Unpack without keeping anything: what a file says of its own size is not believed."""
    unpacked = 0
    for part in parts:
        part.file_size = MOST_UNPACKED + _CHUNK  # else no more comes out than the file admits
        with archive.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                unpacked += len(chunk)
                if unpacked > MOST_UNPACKED:
                    raise ValidationError(_("The document unpacks to far too much."), "bomb")


def _damaged() -> ValidationError:
    return ValidationError(_("The file is damaged, or not what its name says."), "damaged")
