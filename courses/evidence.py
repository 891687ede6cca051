"""A paper or a picture that somebody sends as evidence: hostile until proved, what is inside decides.

A picture is made anew from its pixels, as photographs are; a PDF is kept as it came, and only ever sent to be saved.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import IO, Final

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.http import FileResponse
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from courses import photos
from documents.files import KeptOnlyOnCommit, file_name

MOST_BYTES: Final = 15 * 1024 * 1024
ACCEPTED: Final = ".pdf,image/jpeg,image/png,image/webp"
CONTENT_TYPES: Final = {".pdf": "application/pdf", ".jpg": "image/jpeg"}

_HEAD, _TAIL = 1024, 2048
# What a letter or a certificate never holds: a program, or a file inside the file.
_PROGRAM: Final = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia)\b")


@dataclass(frozen=True)
class Evidence:
    """What will be kept, and the name under which it is given back."""

    name: str
    content: bytes


def prepare(file: IO[bytes], name: str) -> Evidence:
    """The evidence in `file`; a ValidationError says why not."""
    size = file.seek(0, 2)
    file.seek(0)
    if not size:
        raise ValidationError(_("The file is empty."), "empty")
    if size > MOST_BYTES:
        most = filesizeformat(MOST_BYTES)
        raise ValidationError(_("The file is too large: at most %(most)s."), "too_large", {"most": most})
    content = file.read()
    file.seek(0)
    stem = name.rpartition(".")[0] or name
    if b"%PDF-" in content[:_HEAD]:
        _check_pdf(content)
        return Evidence(file_name(f"{stem}.pdf"), content)
    try:
        return Evidence(file_name(f"{stem}.jpg"), photos.prepare(file).large)
    except ValidationError as refusal:
        if getattr(refusal, "code", "") == "kind":
            raise ValidationError(_("Only a PDF or a picture (JPEG, PNG, WebP) can be added."), "kind") from None
        raise


def _check_pdf(content: bytes) -> None:
    if b"%%EOF" not in content[-_TAIL:]:
        raise ValidationError(_("The PDF is damaged or not complete."), "damaged")
    if _PROGRAM.search(content):
        raise ValidationError(
            _("The PDF holds a program or another file. Please print it into a new PDF."), "program"
        )


def put(file: FieldFile, evidence: Evidence | None) -> None:
    """Let `file` hold the evidence, or nothing; what it held before leaves the disk once that is certain."""
    storage, before = file.storage, file.name
    if evidence is None:
        file.name = ""
    else:
        file.save("evidence", ContentFile(evidence.content), save=False)
        transaction.on_commit(KeptOnlyOnCommit(storage, str(file.name)))
    if before:
        transaction.on_commit(partial(storage.delete, before), robust=True)


def serve(file: FieldFile, name: str) -> FileResponse:
    """Send evidence as something to save, that no browser runs and no cache keeps. Ask who may see it first."""
    kind = CONTENT_TYPES.get(name[-4:], "application/octet-stream")
    response = FileResponse(file.open("rb"), as_attachment=True, filename=name, content_type=kind)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
