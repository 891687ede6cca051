"""Private files on disk: kept with their row, served to whoever may see them, removed when expired."""

from __future__ import annotations

import hashlib
import re
import weakref
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import IO, Any, Final

from django.core.files import File
from django.core.files.storage import Storage
from django.db import transaction
from django.http import FileResponse

from documents.models import PrivateFile
from offices.models import User
from offices.thai.typed import tidy

LONGEST_NAME: Final = 150
_NOT_IN_NAMES: Final = re.compile(r'[\\/:*?"<>|]')


class KeptOnlyOnCommit:
    """Removes bytes whose row never came to be.

    Django forgets the callbacks of a transaction, or of a savepoint, that is undone, and nothing else holds
    this one: so it is called, and lets the bytes be, or it dies, and takes them along.
    """

    def __init__(self, storage: Storage, name: str) -> None:
        self._removal = weakref.finalize(self, storage.delete, name)

    def __call__(self) -> None:
        self._removal.detach()


def keep(
    user: User, name: str, source: IO[bytes] | Path, content_type: str, expires_at: datetime | None = None
) -> PrivateFile:
    """Keep a file for `user` in the office they hold now: the bytes first, then the row that names them."""
    with _reading(source) as file:
        kept = PrivateFile(
            name=file_name(name),
            content_type=content_type,
            owner=user,
            role=user.role,
            school_id=user.school_id,
            province_id=user.province_id,
            expires_at=expires_at,
        )
        kept.size, kept.sha256 = _measured(file)
        kept.file.save("file", File(file), save=False)
    with transaction.atomic():
        transaction.on_commit(KeptOnlyOnCommit(kept.file.storage, str(kept.file.name)))
        kept.save()
    return kept


def file_name(name: str) -> str:
    """A name that every file system takes; its ending stays when it is too long."""
    path = Path(_NOT_IN_NAMES.sub("-", tidy(name)) or "file")
    return path.stem[: LONGEST_NAME - len(path.suffix)].strip(". ") + path.suffix[:20]


def _reading(source: IO[bytes] | Path) -> AbstractContextManager[IO[bytes]]:
    return source.open("rb") if isinstance(source, Path) else nullcontext(source)


def _measured(file: IO[bytes]) -> tuple[int, str]:
    file.seek(0)
    digest, size = hashlib.sha256(), 0
    while chunk := file.read(1 << 20):
        digest.update(chunk)
        size += len(chunk)
    file.seek(0)
    return size, digest.hexdigest()


def serve(kept: Any) -> FileResponse:
    """Send a file as something to save, that no browser runs and no cache keeps. Ask who may see it first.

    `kept` is a row with `file`, `name` and `content_type`.
    """
    response = FileResponse(
        kept.file.open("rb"), as_attachment=True, filename=kept.name, content_type=kept.content_type
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@transaction.atomic
def remove(kept: PrivateFile) -> None:
    """Remove a file: the row first, its bytes once that is certain."""
    kept.delete()
    transaction.on_commit(partial(kept.file.storage.delete, str(kept.file.name)), robust=True)


def remove_expired() -> int:
    expired = list(PrivateFile.objects.expired())
    for kept in expired:
        remove(kept)
    return len(expired)
