"""From a book to a private file: the end of every export."""

from __future__ import annotations

from datetime import datetime
from tempfile import TemporaryFile

from documents.files import keep
from documents.models import PrivateFile
from documents.renderers import RENDERERS
from documents.tables import Book
from offices.models import User


def keep_book(
    user: User, book: Book, ending: str = "xlsx", name: str = "", expires_at: datetime | None = None
) -> PrivateFile:
    """Write `book` as one of `RENDERERS` and keep it for `user`, by the book's title if no name is given."""
    renderer = RENDERERS[ending]
    with TemporaryFile() as file:
        renderer.write(book, file)
        return keep(user, f"{name or book.title}.{ending}", file, renderer.content_type, expires_at)
