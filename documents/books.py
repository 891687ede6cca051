"""From a book to a private file, or at once to whoever asks: the end of every export."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from tempfile import TemporaryFile

from django.http import FileResponse, Http404

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


def send_book(book: Book, ending: str, name: str) -> FileResponse:
    """A short book, made while one waits; long ones are jobs."""
    if ending not in RENDERERS:
        raise Http404
    renderer, file = RENDERERS[ending], BytesIO()
    renderer.write(book, file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.{ending}", content_type=renderer.content_type)
