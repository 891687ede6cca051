"""A list as a file: a few rows at once, many as a job."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from documents.renderers import OF_LISTS, RENDERERS
from documents.tables import Book
from jobs.queue import enqueue

MOST_AT_ONCE = 2_000


def asked_of(request: HttpRequest) -> dict[str, str]:
    """What the list in the address was asked for, its page left out."""
    return {name: str(value) for name, value in request.GET.items() if value and name != "page"}


def sent(
    request: HttpRequest, ending: str, *, count: int, make: Callable[[], Book], task: Any, **params: Any
) -> HttpResponseBase:
    """The book that `make` makes, or the job of `task`, which makes the same one with `params`."""
    if ending not in OF_LISTS:
        raise Http404
    user: Any = request.user
    if count > MOST_AT_ONCE:
        return redirect("jobs:detail", enqueue(task, user, ending=ending, **params).pk)
    renderer, file, book = RENDERERS[ending], BytesIO(), make()
    renderer.write(book, file)
    file.seek(0)
    return FileResponse(
        file, as_attachment=True, filename=f"{book.title}.{ending}", content_type=renderer.content_type
    )
