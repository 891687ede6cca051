"""Lists of what comes of courses: each kind of row has a list, a form, a page, a bin and a file, all alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import django_tables2 as tables
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.functional import Promise

from courses.filters import PlacedFilter
from documents.tables import Book, Column, Row, Stamp, Table
from offices.forms import VersionedModelForm
from offices.models import User
from offices.owned import Binnable
from offices.scoping import Eyes

CHUNK = 2_000
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Words:
    """What people read about a kind of row."""

    title: str | Promise
    about: str | Promise
    new: str | Promise
    change: str | Promise
    none_yet: str | Promise
    file: str | Promise


@dataclass(frozen=True)
class Listing:
    """One kind of row. `slug` begins the names of its routes, as in trainees:channel_list.

    `rows` are what a user sees, with the figures of a fiscal year; `columns` and `cells` are its file.
    """

    slug: str
    model: type[Binnable]
    words: Words
    icon: str
    rows: Callable[[Eyes, int | None], QuerySet[Any]]
    filter: type[PlacedFilter]
    table: type[tables.Table]
    form: type[VersionedModelForm]
    form_template: str
    columns: Callable[[int | None], list[Column]]
    cells: Callable[[Eyes, Sequence[Any], int | None], Iterable[Row]]

    def route(self, act: str) -> str:
        return f"trainees:{self.slug}_{act}"

    def narrowed(self, user: User, asked: Any, year: int | None) -> PlacedFilter:
        """The rows of the list that `asked` (the address's query) stands for."""
        return self.filter(asked, self.rows(user, year), user=user)

    def in_order(self, user: User, asked: dict[str, str], year: int | None) -> QuerySet[Any]:
        """The same rows in the order that was asked for."""
        narrow = self.narrowed(user, asked, year)
        return self.table(narrow.qs, order_by=asked.get("sort") or None, several_schools=True).data.data

    def book(self, user: User, asked: dict[str, str], year: int | None, progress: Progress) -> Book:
        """The list as a file."""
        table = Table(self.words.title, self.columns(year), lambda: self._rows(user, asked, year, progress))
        told = self.narrowed(user, asked, year).told()
        stamp = Stamp(as_of=timezone.now(), by=user.name, office=user.place, filters=told)
        return Book(self.words.title, stamp, [table])

    def _rows(self, user: User, asked: dict[str, str], year: int | None, progress: Progress) -> Iterator[Row]:
        done = 0
        every = self.in_order(user, asked, year).iterator(CHUNK)
        while chunk := list(islice(every, CHUNK)):
            yield from self.cells(user, chunk, year)
            done += len(chunk)
            progress(done)


def figure(rows: QuerySet[Any], parent: str, measure: Any = None) -> Subquery:
    """One figure of the rows that hang on each row of a list by `parent`: how many, or `measure`."""
    hanging = rows.filter(**{parent: OuterRef("pk")}).order_by().values(parent)
    return Subquery(hanging.annotate(figure=measure or Count("pk")).values("figure"))
