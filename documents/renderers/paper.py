"""A book on paper: cover, contents, then each table under its title, on upright or lying pages by its columns.

Rows are drawn as they come, and never all in memory. A book of one table without a cover has no contents either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, islice
from typing import IO, Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from documents.renderers.cells import plain
from documents.tables import Book, Kind, Row, Table, Value
from documents.typesetting.fitting import Measured, Part, measured, parts
from documents.typesetting.flow import Paragraph, Rule, Space
from documents.typesetting.furniture import Furniture
from documents.typesetting.lines import Style
from documents.typesetting.pages import LANDSCAPE, PORTRAIT, TITLE, Paper
from documents.typesetting.sheet import SOFT
from documents.typesetting.tables import Grid, Track
from offices.thai.dates import short_date, short_datetime
from offices.thai.digits import BLANK, format_number, format_percent

SAMPLE: Final = 300  # rows whose cells say how wide the columns become
WORDS: Final = frozenset({"text", "id", "date", "datetime"})

CELL: Final = Style(size=9.5, leading=1.35)
HEAD: Final = Style(face="bold", size=9.5, leading=1.35)
NOTE: Final = Style(size=9, leading=1.4, color=SOFT, after=5)
COVER_TITLE: Final = Style(face="bold", size=24, leading=1.4)
COVER_OFFICE: Final = Style(size=16, leading=1.5, color="#3b4754")
ACCENT: Final = "#1f4e79"


def write(book: Book, target: IO[bytes]) -> None:
    title, stamp = str(book.title), book.stamp
    freshness = ": ".join(stamp.lines()[0])
    around = Furniture(head_left=title, head_right=stamp.office, foot_left=freshness)
    author = " · ".join(part for part in (stamp.by, stamp.office) if part)
    with Paper(target, title=title, author=author, lang=get_language() or "th") as paper:
        if len(book.tables) == 1 and not book.cover:
            paper.furniture = around
            layout = _Layout.of(book.tables[0], paper)
            paper.new_page(layout.sizes[0])
            paper.add(Paragraph(title, TITLE))
            paper.add(Paragraph(" · ".join(": ".join(line) for line in stamp.lines()), NOTE))
            _write_table(paper, layout, titled=str(book.tables[0].title) != title)
            return
        _write_cover(paper, book)
        paper.contents(_("Contents"))
        paper.furniture = around
        for table in book.tables:
            _write_table(paper, _Layout.of(table, paper))


def _write_cover(paper: Paper, book: Book) -> None:
    facts = [(str(label), shown(value)) for label, value in book.cover]
    tracks = [Track(share=2), Track(share=1)]
    blocks = [
        Paragraph(str(book.title), COVER_TITLE),
        Paragraph(book.stamp.office, COVER_OFFICE),
        Rule(color=ACCENT, thickness=2, room=12),
        Grid(tracks, facts, style=Style(leading=1.35)),
        Space(14),
        Grid(tracks, book.stamp.lines(), style=Style(size=9.5, leading=1.35, color=SOFT)),
    ]
    free = paper.full_height - sum(block.height(paper.width) for block in blocks)
    paper.add(Space(max(0.0, min(free / 3, 120))), *blocks)


@dataclass(frozen=True)
class _Layout:
    """A table with what its first rows say of its columns, and the parts it is cut into."""

    table: Table
    rows: Iterable[Row]
    columns: Sequence[Measured]
    parts: Sequence[Part]

    @classmethod
    def of(cls, table: Table, paper: Paper) -> _Layout:
        once = isinstance(table.rows, Iterator)  # such rows cannot be asked for again
        rows: Iterable[Row] = list(table) if once else table
        columns = _measured(table, islice(rows, SAMPLE))
        sides = paper.margins.left + paper.margins.right
        return cls(table, rows, columns, parts(columns, PORTRAIT[0] - sides, LANDSCAPE[0] - sides))

    @property
    def sizes(self) -> list[tuple[float, float]]:
        return [LANDSCAPE if part.lying else PORTRAIT for part in self.parts]


def _write_table(paper: Paper, layout: _Layout, *, titled: bool = True) -> None:
    table, cut = layout.table, layout.parts
    for number, (part, size) in enumerate(zip(cut, layout.sizes, strict=True), start=1):
        if size != paper.size:
            paper.new_page(size)
        if number == 1 and titled:
            paper.heading(str(table.title))
        if number == 1 and table.note:
            paper.add(Paragraph(str(table.note), NOTE, keep=True))
        if len(cut) > 1:
            numbers = {"part": number, "parts": len(cut)}
            paper.heading(_("Columns, part %(part)s of %(parts)s") % numbers, 1, listed=False)
        _write_part(paper, layout, part)


def _write_part(paper: Paper, layout: _Layout, part: Part) -> None:
    table, columns, rows = layout.table, layout.columns, iter(layout.rows)
    first = next(rows, None)
    if first is None:
        paper.add(Paragraph(_("no rows"), NOTE))
        return
    tracks = [
        Track(columns[number].label, width, align=columns[number].align)
        for number, width in zip(part.columns, part.widths, strict=True)
    ]
    lines = (_cells(table, part, row) for row in chain([first], rows))
    totals = None if table.totals is None else _cells(table, part, table.totals)
    paper.add(Grid(tracks, lines, totals=totals, style=CELL), Space(10))


def _cells(table: Table, part: Part, row: Row) -> list[str]:
    values = list(zip(table.columns, row, strict=True))
    return [shown(value, column.kind) for column, value in (values[number] for number in part.columns)]


def _measured(table: Table, sample: Iterable[Row]) -> list[Measured]:
    texts: list[list[str]] = [[] for _each in table.columns]
    for row in chain(sample, [] if table.totals is None else [table.totals]):
        for number, (column, value) in enumerate(zip(table.columns, row, strict=True)):
            texts[number].append(shown(value, column.kind))
    return [
        measured(
            str(column.label),
            "left" if column.kind in WORDS else "right",
            found,
            CELL,
            HEAD,
            breakable=column.kind == "text",
        )
        for found, column in zip(texts, table.columns, strict=True)
    ]


def shown(value: Value, kind: Kind = "integer") -> str:
    """A value as it stands in a cell of that kind."""
    found = plain(value)
    match found:
        case None:
            return BLANK
        case str():
            return found
        case datetime():
            return short_datetime(found) if kind == "datetime" else short_date(found)
        case date():
            return short_date(found)
    match kind:
        case "text" | "id":
            return str(found)
        case "decimal" | "money":
            return format_number(found, 2)
        case "percent":
            return format_percent(found)
        case _:
            return format_number(found)
