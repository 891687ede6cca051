"""The one paper that shows what a row tells of: kept beside the row, sent only to be saved."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from mimetypes import guess_type

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.http import FileResponse

from documents.files import KeptOnlyOnCommit, serve
from documents.scans import Scan


@dataclass(frozen=True)
class Kept:
    """A paper as documents.files.serve wants it."""

    file: FieldFile
    name: str

    @property
    def content_type(self) -> str:
        return guess_type(self.name)[0] or "application/octet-stream"


def put(file: FieldFile, scan: Scan | None) -> None:
    """Let `file` hold the paper, or nothing; what it held before leaves the disk once that is certain."""
    storage, before = file.storage, file.name
    if scan is None:
        file.name = ""
    else:
        file.save("evidence", ContentFile(scan.content), save=False)
        transaction.on_commit(KeptOnlyOnCommit(storage, str(file.name)))
    if before:
        transaction.on_commit(partial(storage.delete, before), robust=True)


def give(file: FieldFile, name: str) -> FileResponse:
    """Send the paper. Ask who may see it first."""
    return serve(Kept(file, name))
