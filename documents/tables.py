"""Tables and books as data: what stands in a file, said once; documents/renderers say it as XLSX, CSV or JSON.

A renderer knows kinds of columns, never what a column means. A value that is None is not known and shows
as "–"; zero is zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Literal, get_args

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from offices.thai.dates import short_datetime

Kind = Literal["text", "id", "integer", "decimal", "money", "percent", "date", "datetime"]
KINDS: Final = frozenset(get_args(Kind))
Value = str | int | float | Decimal | date | datetime | Promise | None
Row = Sequence[Value]


@dataclass(frozen=True)
class Column:
    """One column. `key` is for programs (JSON), `label` for people, `width` in characters.

    A "percent" holds a share of one (0.625 shows as 62.5%); an "id" is digits that are not a number;
    "money" is baht.
    """

    key: str
    label: str | Promise
    kind: Kind = "text"
    width: int | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"Column {self.key!r}: there is no kind {self.kind!r}.")


@dataclass(frozen=True)
class Table:
    """Columns and their rows. Give `rows` as a function that makes them anew, and they are never all in memory."""

    title: str | Promise
    columns: Sequence[Column]
    rows: Callable[[], Iterable[Row]] | Iterable[Row]
    note: str | Promise = ""
    totals: Row | None = None

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows() if callable(self.rows) else self.rows)


@dataclass(frozen=True)
class Stamp:
    """What every file says of itself: how fresh, by whom, for which office, through which filters."""

    as_of: datetime
    by: str
    office: str
    filters: Sequence[tuple[str, str]] = ()
    version: str = ""

    def lines(self) -> list[tuple[str, str]]:
        """The stamp as label and value, for people."""
        lines = [
            (_("Figures as of"), short_datetime(self.as_of)),
            (_("Made by"), self.by),
            (_("Office"), self.office),
            *((str(label), str(value)) for label, value in self.filters),
        ]
        return [*lines, (_("Version"), self.version)] if self.version else lines


@dataclass(frozen=True)
class Book:
    """One file: a cover (label and value), then its tables."""

    title: str | Promise
    stamp: Stamp
    tables: Sequence[Table]
    cover: Sequence[tuple[str | Promise, Value]] = ()
