"""A paper that somebody scanned and sends: a PDF that holds pages and nothing else, or a picture, made anew.

A PDF is kept as it came, so it is looked through (documents/pdf_pages.py) and sent out only as something to save
(documents/files.py: serve).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO, Final

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from documents.files import file_name
from documents.pdf_pages import check_pages
from documents.pictures import prepare

MOST_BYTES: Final = 15 * 1024 * 1024


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
        if len(content) > MOST_BYTES:
            most = filesizeformat(MOST_BYTES)
            raise ValidationError(_("The file is too large: at most %(most)s."), "too_large", {"most": most})
        check_pages(content)
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
