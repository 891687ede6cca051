"""What flows down a page: paragraphs, room, rules, pictures, blocks side by side.

A block gives strips. A strip is never cut, and `keep` ties it to the one after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from documents.typesetting.lines import Style, wrap
from documents.typesetting.sheet import LINE, Sheet, measure

Draw = Callable[[Sheet, float, float], None]


class Strip(NamedTuple):
    """How high it is, and how it is drawn from its left edge and its top.

    Without `draw` it is the room between two blocks, and falls away where a page begins.
    """

    height: float
    draw: Draw | None = None
    keep: bool = False


def _draw_nothing(sheet: Sheet, x: float, top: float) -> None:
    """For room that stays where a page begins."""


class Block:
    def strips(self, width: float) -> Iterable[Strip]:
        raise NotImplementedError

    def repeated(self, width: float) -> Sequence[Strip]:
        """What is drawn again on top of each further page."""
        return ()

    def height(self, width: float) -> float:
        return sum(strip.height for strip in self.strips(width))


class Paragraph(Block):
    """Lines of text. Neither the first nor the last stands alone on a page; `keep` ties them to what follows."""

    def __init__(self, text: str, style: Style | None = None, *, keep: bool = False) -> None:
        self.text, self.style, self.keep = text, style or Style(), keep

    def strips(self, width: float) -> Iterator[Strip]:
        style = self.style
        lines = self._lines(width)
        if style.before:
            yield Strip(style.before, keep=True)
        for number, line in enumerate(lines):
            last = number == len(lines) - 1
            tied = self.keep or (not last and (number == 0 or number == len(lines) - 2))
            yield Strip(style.line_height, self._drawer(line, width, number == 0, last), tied)
        if style.after:
            yield Strip(style.after, keep=self.keep)

    def last_width(self, width: float) -> float:
        """How far the last line reaches."""
        lines = self._lines(width)
        first = self.style.first_indent if len(lines) == 1 else 0
        return self.style.left_indent + first + measure(lines[-1], self.style)

    def _lines(self, width: float) -> list[str]:
        return wrap(self.text, self.style, width - self.style.left_indent)

    def _drawer(self, line: str, width: float, first: bool, last: bool) -> Draw:
        indent = self.style.left_indent + (self.style.first_indent if first else 0)

        def draw(sheet: Sheet, x: float, top: float) -> None:
            sheet.line_of_text(x + indent, top, line, self.style, width - indent, last=last)

        return draw


class Space(Block):
    """Room."""

    def __init__(self, height: float) -> None:
        self._height = height

    def strips(self, width: float) -> Iterable[Strip]:
        return [Strip(self._height, _draw_nothing)]


class Rule(Block):
    """A line across, with room around it."""

    def __init__(self, color: str = LINE, thickness: float = 0.7, room: float = 4) -> None:
        self.color, self.thickness, self.room = color, thickness, room

    def strips(self, width: float) -> Iterable[Strip]:
        def draw(sheet: Sheet, x: float, top: float) -> None:
            sheet.rule(x, top - self.room, width, color=self.color, thickness=self.thickness)

        return [Strip(2 * self.room, draw)]


class Picture(Block):
    """An image file, as wide as said, its height by its own shape."""

    def __init__(self, path: str, width: float, align: str = "left") -> None:
        from reportlab.lib.utils import ImageReader

        self.image, self._width, self.align = ImageReader(path), width, align
        across, down = self.image.getSize()
        self._height = width * down / across

    def strips(self, width: float) -> Iterable[Strip]:
        shift = {"left": 0.0, "center": (width - self._width) / 2, "right": width - self._width}[self.align]

        def draw(sheet: Sheet, x: float, top: float) -> None:
            size = {"width": self._width, "height": self._height}
            sheet.drawImage(self.image, x + shift, top - self._height, mask="auto", **size)

        return [Strip(self._height, draw)]


class Together(Block):
    """Blocks that stay on one page, if one page can hold them."""

    def __init__(self, *blocks: Block) -> None:
        self.blocks = blocks

    def strips(self, width: float) -> Iterator[Strip]:
        strips = [strip for block in self.blocks for strip in block.strips(width)]
        yield from (strip._replace(keep=True) for strip in strips[:-1])
        yield from strips[-1:]


class Beside(Block):
    """Columns side by side, such as places to sign; each is a share of the width and its blocks."""

    def __init__(self, *columns: tuple[float, Sequence[Block]], gap: float = 12) -> None:
        self.columns, self.gap = columns, gap

    def strips(self, width: float) -> Iterable[Strip]:
        shares = sum(share for share, _ in self.columns)
        room = width - self.gap * (len(self.columns) - 1)
        placed: list[tuple[float, float, Draw]] = []
        left = deepest = 0.0
        for share, blocks in self.columns:
            own, down = room * share / shares, 0.0
            for strip in (strip for block in blocks for strip in block.strips(own)):
                if strip.draw:
                    placed.append((left, down, strip.draw))
                down += strip.height
            left, deepest = left + own + self.gap, max(deepest, down)

        def draw(sheet: Sheet, x: float, top: float) -> None:
            for across, down, drawn in placed:
                drawn(sheet, x + across, top - down)

        return [Strip(deepest, draw)]
