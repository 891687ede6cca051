"""The look of the printed forms: number in a box, centred title, dotted lines, ruled tables, places to sign."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO, Any, Final

from reportlab.lib.units import mm

from documents.typesetting.blanks import Blank, Fill, Signature, Tick
from documents.typesetting.flow import Beside, Block, Paragraph, Strip, Together
from documents.typesetting.furniture import Furniture, Margins, Place
from documents.typesetting.heads import Head, HeadRows
from documents.typesetting.lines import Style
from documents.typesetting.pages import Paper
from documents.typesetting.sheet import Sheet, measure
from documents.typesetting.tables import CellText, Grid, Track
from offices.thai.dates import long_date, month_and_year
from offices.thai.digits import to_thai

MARGINS: Final = Margins(top=28 * mm, right=16 * mm, bottom=14 * mm, left=20 * mm)
WIDE: Final = Margins(top=28 * mm, right=13 * mm, bottom=14 * mm, left=16 * mm)
"""For the forms with many columns."""
TITLE: Final = Style(face="bold", size=12.2, leading=1.6, align="center", after=3)
SUBTITLE: Final = Style(face="bold", leading=1.6, align="center", after=8)
LINE: Final = Style(leading=1.85)
TEXT: Final = Style(leading=1.6)
BOLD: Final = Style(face="bold", leading=1.6)
CELL: Final = Style(size=10, leading=1.4)
NUMBER: Final = Style(face="bold")
BOX_HEIGHT: Final = 23.0
LEAST_BOX: Final = 92.0


@dataclass(frozen=True)
class Frame(Furniture):
    """The form's number in its box on each page; from its second page on also -2-, as in the pack.

    `first` counts the pages before this form, where several stand in one file.
    """

    first: int = 0
    digits: Callable[[str], str] = str

    def draw(self, sheet: Sheet, place: Place) -> None:
        right, top = place.width - place.margins.right, place.height - 12 * mm
        if self.form:
            width = max(LEAST_BOX, measure(self.form, NUMBER) + 28)
            sheet.box(right - width, top, width, BOX_HEIGHT, thickness=0.9)
            sheet.write(right - (width + measure(self.form, NUMBER)) / 2, top - 15.5, self.form, NUMBER)
        page = place.number - self.first
        if page > 1:
            number = self.digits(f"-{page}-")
            sheet.write((place.width - measure(number, TEXT)) / 2, top - 15.5, number, TEXT)
        if self.foot_left:
            sheet.write(place.margins.left, 9 * mm, self.foot_left, Style(size=8.5))


class Pen:
    """Writes the words of a form, and what is filled in, in the digits asked for."""

    def __init__(self, words: Mapping[str, Any], *, thai_digits: bool = False) -> None:
        self.words = words
        self.digits: Callable[[str], str] = to_thai if thai_digits else str

    def __getitem__(self, key: str) -> str:
        return self.digits(self.words[key])

    def blank(self, value: str = "", least: float = 60, grow: float = 1) -> Blank:
        return Blank(self.digits(value), least=least, grow=grow, centered=bool(value) and grow == 0)

    def fill(self, *parts: str | Blank | Tick, style: Style = LINE) -> Fill:
        """A line of the form; a string is the key of its words."""
        return Fill(*(self[part] if isinstance(part, str) else part for part in parts), style=style)

    def head(self, *parts: str | Blank, then: Sequence[str | Blank]) -> Block:
        """A line of the form; `then` stands together on the next one where the value before it is long."""
        return OneOrTwo(self.fill(*parts, *then), (self.fill(*parts), self.fill(*then)))

    def title(self, key: str = "title", style: Style = TITLE) -> Paragraph:
        return Paragraph(self[key], style)

    def signature(self, key: str, name: str = "", *more: tuple[str, str]) -> Signature:
        lines = [(label, self.digits(value)) for label, value in more]
        return Signature(self["sign"], self[key], self.digits(name), *lines, style=LINE)

    def note(self) -> Block:
        return Noted(self["note_label"], self["note"])

    def begin(self, target: IO[bytes], author: str, margins: Margins = MARGINS) -> Paper:
        """A file of this form, Thai whatever the language of the screen."""
        title = f"{self['box']} {self['title']}"
        return Paper(target, title=title, author=author, lang="th", margins=margins, furniture=self.frame())

    def frame(self, first: int = 0, foot: str = "") -> Frame:
        return Frame(form=self["box"], first=first, digits=self.digits, foot_left=foot)

    def grid(
        self,
        tracks: Sequence[Track],
        rows: Sequence[Sequence[CellText]],
        *,
        heads: Sequence[Sequence[Head]] | None = None,
        height: float = 24,
        style: Style = CELL,
        head: Style | None = None,
        middle: bool = True,
        prose: bool = False,
    ) -> Grid:
        """A ruled table; the pack writes most heads in ordinary letters."""
        grid = Grid(tracks, rows, style=style, ruled="all", least_height=height, middle=middle, prose=prose)
        heads = [[Head(self.digits(track.label)) for track in tracks]] if heads is None else heads
        grid.heads = HeadRows(heads, head or style, boxed=True)
        return grid


class Noted(Block):
    """A bold word and the note behind it."""

    def __init__(self, label: str, text: str, before: float = 14) -> None:
        self.label, self.text, self.before = label, text, before

    def strips(self, width: float) -> Iterator[Strip]:
        word = measure(self.label, BOLD) + 8
        yield Strip(self.before, keep=True)
        yield from Beside(
            (word, [Paragraph(self.label, BOLD)]), (width - word, [Paragraph(self.text, TEXT)]), gap=0
        ).strips(width)


class OneOrTwo(Block):
    """A line if one is enough, else two."""

    def __init__(self, one: Fill, two: Sequence[Fill]) -> None:
        self.one, self.two = one, two

    def strips(self, width: float) -> Iterator[Strip]:
        strips = list(self.one.strips(width))
        yield from strips if len(strips) == 1 else (strip for fill in self.two for strip in fill.strips(width))


class Ended(Block):
    """A table and what ends it: its last row goes overleaf with the places to sign, so none is signed bare."""

    def __init__(self, grid: Grid, *ending: Block) -> None:
        self.grid, self.ending = grid, Together(*ending)

    def repeated(self, width: float) -> Sequence[Strip]:
        return self.grid.repeated(width)

    def strips(self, width: float) -> Iterator[Strip]:
        waiting: Strip | None = None
        for strip in self.grid.strips(width):
            if waiting is not None:
                yield waiting
            waiting = strip
        if waiting is not None:
            yield waiting._replace(keep=True)
        yield from self.ending.strips(width)


def empty_rows(how_many: int, columns: int) -> list[list[str]]:
    return [[""] * columns for _row in range(how_many)]


def period(first: date | None, last: date | None) -> str:
    """16 – 17 มกราคม 2569"""
    if first is None or last is None:
        return ""
    if first == last:
        return long_date(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} – {long_date(last)}"
    if first.year == last.year:
        return f"{first.day} {_month(first)} – {long_date(last)}"
    return f"{long_date(first)} – {long_date(last)}"


def day_month_year(first: date | None, last: date | None = None) -> tuple[str, str, str]:
    """What stands on the three dotted lines of a date (วันที่ … เดือน … พ.ศ. …); for a period, on those of its end."""
    if first is None:
        return "", "", ""
    last = last or first
    day, month, year = period(first, last).rsplit(" ", 2)
    return day, month, year


def _month(day: date) -> str:
    return month_and_year(day).rsplit(" ", 1)[0]
