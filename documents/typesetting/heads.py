"""The head of a table, of one storey or several: cells that reach over columns and down over storeys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from documents.typesetting.flow import Strip
from documents.typesetting.lines import Style, wrap
from documents.typesetting.sheet import INK, TINT, Sheet

SIDE: Final = 3.0
ROOM: Final = 3.0


@dataclass(frozen=True)
class Head:
    """One cell of a head: over so many columns, down over so many storeys."""

    text: str
    span: int = 1
    down: int = 1


class _Placed(NamedTuple):
    row: int
    column: int
    head: Head
    lines: list[str]


class HeadRows:
    """All storeys of a head, as one strip tied to the first row."""

    def __init__(self, rows: Sequence[Sequence[Head]], style: Style, boxed: bool) -> None:
        self.rows, self.style, self.boxed = rows, style, boxed

    def strips(self, widths: Sequence[float]) -> Sequence[Strip]:
        if not self.rows:
            return ()
        edges = [sum(widths[:number]) for number in range(len(widths) + 1)]
        cells = self._place(edges)
        heights = self._heights(cells)
        return [
            Strip(sum(heights), lambda sheet, x, top: self._draw(sheet, x, top, cells, heights, edges), keep=True)
        ]

    def _place(self, edges: Sequence[float]) -> list[_Placed]:
        taken: set[tuple[int, int]] = set()
        cells = []
        for row, heads in enumerate(self.rows):
            column = 0
            for head in heads:
                while (row, column) in taken:
                    column += 1
                room = edges[column + head.span] - edges[column] - 2 * SIDE
                cells.append(_Placed(row, column, head, wrap(head.text, self.style, room, whole_runs=True)))
                taken |= {(row + y, column + x) for y in range(head.down) for x in range(head.span)}
                column += head.span
        return cells

    def _heights(self, cells: Sequence[_Placed]) -> list[float]:
        """Each storey as high as its own cells need; one that reaches down makes its last storey higher."""
        heights = [0.0] * len(self.rows)
        for cell in sorted(cells, key=lambda cell: cell.head.down):
            storeys = range(cell.row, cell.row + cell.head.down)
            needed = len(cell.lines) * self.style.line_height + 2 * ROOM
            heights[storeys[-1]] += max(0.0, needed - sum(heights[storey] for storey in storeys))
        return heights

    def _draw(
        self,
        sheet: Sheet,
        x: float,
        top: float,
        cells: Sequence[_Placed],
        heights: Sequence[float],
        edges: Sequence[float],
    ) -> None:
        if not self.boxed:
            sheet.tint(x, top, edges[-1], sum(heights), TINT)
        centred = replace(self.style, align="center")
        for cell in cells:
            down = top - sum(heights[: cell.row])
            height = sum(heights[cell.row : cell.row + cell.head.down])
            left, right = edges[cell.column], edges[cell.column + cell.head.span]
            line_top = down - (height - len(cell.lines) * self.style.line_height) / 2
            for line in cell.lines:
                sheet.line_of_text(x + left + SIDE, line_top, line, centred, right - left - 2 * SIDE)
                line_top -= self.style.line_height
            if self.boxed:
                sheet.box(x + left, down, right - left, height, thickness=0.5)
        if not self.boxed:
            sheet.rule(x, top - sum(heights), edges[-1], color=INK, thickness=0.6)
