"""A book as PDF. Typesetting takes time and memory to load, so only whoever makes a PDF loads it."""

from __future__ import annotations

from typing import IO

from documents.tables import Book


def write(book: Book, target: IO[bytes]) -> None:
    from documents.renderers import paper

    paper.write(book, target)
