"""Books as files: each renderer streams a `documents.tables.Book` into a binary file, deaf to what it means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Final

from documents.renderers import csv, json, pdf, xlsx
from documents.tables import Book


@dataclass(frozen=True)
class Renderer:
    write: Callable[[Book, IO[bytes]], None]
    content_type: str
    wide: bool = True  # whether a table may have a hundred columns


RENDERERS: Final = {
    "xlsx": Renderer(xlsx.write, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "pdf": Renderer(pdf.write, "application/pdf", wide=False),
    "csv": Renderer(csv.write, "text/csv; charset=utf-8"),
    "json": Renderer(json.write, "application/json"),
}

OF_LISTS: Final = ("xlsx", "csv", "json")
"""The kinds of file that every list leaves as."""
