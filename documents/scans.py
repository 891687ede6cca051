"""A paper that somebody scanned and sends: a PDF that holds pages and nothing else, or a picture, made anew.

A PDF is kept as it came, so it is looked through: what runs, opens other programs or carries files along is
refused with a reason. It is sent out only as something to save (documents/files.py: serve).
"""

from __future__ import annotations

import hashlib
import re
import zlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO, Final

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from documents.files import file_name
from documents.pictures import prepare

MOST_BYTES: Final = 15 * 1024 * 1024
MOST_UNPACKED: Final = 40 * 1024 * 1024
MOST_PACKED: Final = 400

_MORE_THAN_PAGES: Final = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFile|RichMedia|XFA)(?![A-Za-z])")
_SPELT_OUT: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_OBJECTS: Final = re.compile(rb"/ObjStm\b.*?stream\r?\n", re.DOTALL)
_TAIL: Final = 2048


@dataclass(frozen=True)
class Scan:
    """What is kept of a paper. The mark is that of the file as it was sent."""

    name: str
    content: bytes
    content_type: str
    sha256: str


def take_in(file: IO[bytes], name: str) -> Scan:
    """The paper in `file`; a ValidationError says why not."""
    file.seek(0)
    if file.read(5) == b"%PDF-":
        file.seek(0)
        content = file.read(MOST_BYTES + 1)
        _check_pdf(content)
        mark = hashlib.sha256(content).hexdigest()
        return Scan(_named(name, ".pdf"), content, "application/pdf", mark)
    try:
        made = prepare(file)
    except ValidationError as refusal:
        if refusal.code == "kind":
            raise ValidationError(_("Send a PDF, or a picture as JPEG, PNG or WebP."), "kind") from None
        raise
    return Scan(_named(name, ".jpg"), made.large, "image/jpeg", made.sha256)


def _named(name: str, ending: str) -> str:
    """Its own name, with the ending of what it is."""
    return file_name(f"{PurePath(file_name(name)).stem or 'file'}{ending}")


def _check_pdf(content: bytes) -> None:
    if len(content) > MOST_BYTES:
        most = filesizeformat(MOST_BYTES)
        raise ValidationError(_("The file is too large: at most %(most)s."), "too_large", {"most": most})
    if b"%%EOF" not in content[-_TAIL:]:
        raise _damaged()
    if b"/Encrypt" in content:
        raise ValidationError(
            _("The PDF is locked or has a password. Please print it into a new one, without."), "locked"
        )
    # A name may be spelt with #41 for A: then it is looked for as it is read.
    plain = _SPELT_OUT.sub(lambda found: bytes([int(found[1], 16)]), content)
    hidden = plain.count(b"/ObjStm") != content.count(b"/ObjStm")
    if hidden or any(_MORE_THAN_PAGES.search(part) for part in (plain, *_packed_objects(content))):
        raise ValidationError(
            _(
                "The PDF holds a program or another file inside. Please print it into a new one, "
                "or send a picture of the paper."
            ),
            "more_than_pages",
        )


def _packed_objects(content: bytes) -> list[bytes]:
    """What stands in the compressed lists of objects that newer PDFs have."""
    found, room = [], MOST_UNPACKED
    if content.count(b"/ObjStm") > MOST_PACKED:
        raise _damaged()
    for place in _OBJECTS.finditer(content):
        try:
            unpacked = zlib.decompressobj().decompress(memoryview(content)[place.end() :], room)
        except zlib.error as fault:
            raise _damaged() from fault
        room -= len(unpacked)
        if room <= 0:
            raise _damaged()
        found.append(_SPELT_OUT.sub(lambda each: bytes([int(each[1], 16)]), unpacked))
    return found


def _damaged() -> ValidationError:
    return ValidationError(_("The PDF is damaged or not complete."), "damaged")
