"""A PDF that somebody sends and that is kept as it came: pages and nothing else.

What runs, opens other programs or carries files along is refused. Scans of papers and what goes with a circular
are judged alike.
"""

from __future__ import annotations

import re
import zlib
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_UNPACKED: Final = 40 * 1024 * 1024
MOST_PACKED: Final = 400

_MORE_THAN_PAGES: Final = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFile|RichMedia|XFA)(?![A-Za-z])")
_SPELT_OUT: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_OBJECTS: Final = re.compile(rb"/ObjStm\b.*?stream\r?\n", re.DOTALL)
_TAIL: Final = 2048


def check_pages(content: bytes) -> None:
    """Refuse, with the reason in words, a PDF that is not whole, is locked, or is more than its pages."""
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-_TAIL:]:
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
