"""A list as a book: the rows that the screen shows to the same person, and how they are narrowed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django_tables2 import Table as ScreenTable

from documents.tables import Book, Column, Row, Stamp, Table
from offices.lists import Narrowed
from offices.models import User
from offices.thai.dates import short_date

CHUNK = 2_000


def list_book(
    title: str,
    columns: Sequence[Column],
    narrowed: Narrowed,
    row: Callable[[Any], Row],
    user: User,
    *,
    as_in: type[ScreenTable],
) -> Book:
    """One table of what is left of a list, with its filter on the cover line, in the order that the screen has."""
    order = (narrowed.data or {}).get("sort") or None
    rows = as_in(narrowed.qs, order_by=order).data.data
    table = Table(title, columns, lambda: (row(each) for each in rows.iterator(CHUNK)))
    return stamped(title, [table], user, _told(narrowed))


def stamped(title: str, tables: Sequence[Table], user: User, filters: Sequence[tuple[str, str]]) -> Book:
    """A book of tables that says when and for whom it was made, and what its rows are narrowed to."""
    return Book(title, Stamp(as_of=timezone.now(), by=user.name, office=user.place, filters=filters), tables)


def _told(narrowed: Narrowed) -> list[tuple[str, str]]:
    """What the rows are narrowed to, in words: label and value."""
    form, words = narrowed.form, []
    if not form.is_valid():
        return []
    for name, value in form.cleaned_data.items():
        if value in (None, ""):
            continue
        field: Any = form.fields[name]
        labels = {} if hasattr(field, "queryset") else dict(getattr(field, "choices", ()))
        shown = short_date(value) if isinstance(value, date) else str(labels.get(value, value))
        words.append((str(field.label), shown))
    return words
