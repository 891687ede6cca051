"""Tables of any length: cells wrap, heads are repeated overleaf, rows come when needed and go when drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, NamedTuple

from documents.typesetting.flow import Block, Strip
from documents.typesetting.heads import Head, HeadRows
from documents.typesetting.lines import Align, Style, wrap
from documents.typesetting.sheet import INK, LINE, TINT, Sheet, measure

CELL: Final = Style(size=10, leading=1.35)
SIDE: Final = 4.0  # room between a cell's text and its sides
ROOM: Final = 2.2  # and above and below it
BORDER: Final = 0.5
MOST_LINES: Final = 24  # of one strip: a longer cell goes on in the next, overleaf if need be


@dataclass(frozen=True)
class Track:
    """One column: its head, its width in points or else its share of what the others leave, its alignment."""

    label: str = ""
    width: float | None = None
    share: float = 1
    align: Align = "left"


@dataclass(frozen=True)
class Cell:
    """A cell that is not as its column has it, or reaches over several."""

    text: str
    align: Align | None = None
    bold: bool = False
    span: int = 1


CellText = str | Cell


class _Laid(NamedTuple):
    """A cell's lines, and between which edges they stand."""

    left: float
    right: float
    align: Align
    bold: bool
    lines: list[str]


class Grid(Block):
    """A table. `ruled` by all its lines as forms are, or by the lines under its rows as lists are.

    `heads` replaces the columns' labels where a head has several storeys. Cells of `prose` fill their lines;
    others rather break at a space, so that a name stays whole.
    """

    def __init__(
        self,
        tracks: Sequence[Track],
        rows: Iterable[Sequence[CellText]],
        *,
        heads: Sequence[Sequence[Head]] | None = None,
        totals: Sequence[CellText] | None = None,
        style: Style = CELL,
        ruled: Literal["all", "rows"] = "rows",
        least_height: float = 0,
        middle: bool = False,
        prose: bool = False,
    ) -> None:
        self.tracks, self.rows, self.totals, self.prose = tracks, rows, totals, prose
        self.style, self.bold = style, replace(style, face="bold")
        self.ruled, self.least_height, self.middle = ruled, least_height, middle
        labels = [[Head(track.label) for track in tracks]] if any(track.label for track in tracks) else []
        self.heads = HeadRows(labels if heads is None else heads, self.bold, boxed=ruled == "all")

    def widths(self, width: float) -> list[float]:
        fixed = sum(track.width for track in self.tracks if track.width is not None)
        shares = sum(track.share for track in self.tracks if track.width is None)
        rest = max(0.0, width - fixed)
        return [rest * t.share / shares if t.width is None else t.width for t in self.tracks]

    def repeated(self, width: float) -> Sequence[Strip]:
        return self.heads.strips(self.widths(width))

    def strips(self, width: float) -> Iterator[Strip]:
        widths = self.widths(width)
        edges = [sum(widths[:number]) for number in range(len(widths) + 1)]
        yield from self.heads.strips(widths)
        rows = iter(self.rows)
        row = next(rows, None)
        while row is not None:
            following = next(rows, None)
            strips = self._row(row, edges)
            yield from strips[:-1]
            yield strips[-1]._replace(keep=following is None and self.totals is not None)
            row = following
        if self.totals is not None:
            yield from self._row(self.totals, edges, totals=True)

    def _row(self, row: Sequence[CellText], edges: Sequence[float], totals: bool = False) -> list[Strip]:
        """The row as one strip, or as several if it is very high."""
        laid: list[_Laid] = []
        column, deepest = 0, 1
        for cell in row:
            track = self.tracks[column]
            if isinstance(cell, str):
                text, align, bold, end = cell, track.align, totals, column + 1
            else:
                text, align, end = cell.text, cell.align or track.align, column + cell.span
                bold = totals or cell.bold
            left, right = edges[column] + SIDE, edges[end] - SIDE
            style = self.bold if bold else self.style
            lines = wrap(text, style, right - left, whole_runs=not self.prose) if text else []
            deepest = max(deepest, len(lines))
            laid.append(_Laid(left, right, align, bold, lines))
            column = end
        if deepest <= MOST_LINES:
            return [self._strip(laid, deepest, edges, totals)]
        strips = []
        for start in range(0, deepest, MOST_LINES):
            some = [cell._replace(lines=cell.lines[start : start + MOST_LINES]) for cell in laid]
            strips.append(self._strip(some, min(MOST_LINES, deepest - start), edges, totals))
        return strips

    def _strip(self, laid: Sequence[_Laid], deepest: int, edges: Sequence[float], totals: bool) -> Strip:
        height = max(self.least_height, deepest * self.style.line_height + 2 * ROOM)

        def draw(sheet: Sheet, x: float, top: float) -> None:
            if totals and self.ruled == "rows":
                sheet.tint(x, top, edges[-1], height, TINT)
            for bold in (False, True):
                cells = (cell for cell in laid if cell.bold == bold)
                placed = (text for cell in cells for text in self._placed(cell, x, top, height))
                sheet.write_all(placed, self.bold if bold else self.style)
            self._draw_lines(sheet, x, top, height, edges, laid, totals)

        return Strip(height, draw)

    def _placed(self, cell: _Laid, x: float, top: float, height: float) -> Iterator[tuple[float, float, str]]:
        style = self.bold if cell.bold else self.style
        spare = (height - len(cell.lines) * style.line_height) / 2 if self.middle else ROOM
        foot = top - spare - style.rise
        for line in cell.lines:
            match cell.align:
                case "right":
                    yield x + cell.right - measure(line.rstrip(" "), style), foot, line
                case "center":
                    free = cell.right - cell.left - measure(line.rstrip(" "), style)
                    yield x + cell.left + free / 2, foot, line
                case _:
                    yield x + cell.left, foot, line
            foot -= style.line_height

    def _draw_lines(
        self,
        sheet: Sheet,
        x: float,
        top: float,
        height: float,
        edges: Sequence[float],
        laid: Sequence[_Laid],
        totals: bool,
    ) -> None:
        if self.ruled == "rows":
            sheet.rule(x, top - height, edges[-1], color=INK if totals else LINE)
            return
        sheet.rule(x, top - height, edges[-1], color=INK, thickness=BORDER)
        if not self.heads.rows:
            sheet.rule(x, top, edges[-1], color=INK, thickness=BORDER)
        for edge in (0.0, *(cell.right + SIDE for cell in laid)):
            sheet.upright(x + edge, top, height, color=INK, thickness=BORDER)
