"""Text into lines that fit: at words where possible, at syllables where a word is wider than the line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from documents.typesetting import words
from documents.typesetting.shaping import Face, face, plain

Align = Literal["left", "center", "right", "justify"]

TEXT_SIZE: Final = 10.9
"""Sarabun at this size looks like TH Sarabun New at 16 points (DOMAIN §6)."""

ASCENT: Final = 1.068  # of the size: the room that a line needs above its letters' feet, and below them
DESCENT: Final = 0.232


@dataclass(frozen=True)
class Style:
    """How a text looks. Sizes are in points, `leading` in sizes: below 1.3 the marks of two lines meet."""

    face: str = "regular"
    size: float = TEXT_SIZE
    leading: float = 1.4
    align: Align = "left"
    color: str = "#000000"
    first_indent: float = 0
    left_indent: float = 0
    before: float = 0
    after: float = 0

    @property
    def line_height(self) -> float:
        return self.size * self.leading

    @property
    def rise(self) -> float:
        """From the top of a line to the feet of its letters."""
        return (self.line_height - (ASCENT + DESCENT) * self.size) / 2 + ASCENT * self.size


def wrap(text: str, style: Style, width: float, *, whole_runs: bool = False) -> list[str]:
    """The lines of a text in `width` points, each with the space that ended it.

    With `whole_runs` a line ends at a space before it cuts a name: right for cells, too ragged for prose.
    """
    text = plain(text)
    found = face(style.face)
    lines: list[str] = []
    for number, part in enumerate(text.split("\n")):
        first = style.first_indent if number == 0 else 0
        if found.width(part, style.size) <= width - first:
            lines.append(part)
        else:
            lines += _broken(part, found, style.size, width, first, whole_runs)
    return lines


def _broken(text: str, found: Face, size: float, width: float, first: float, whole_runs: bool) -> Iterator[str]:
    line, left = "", width - first
    for run in words.runs(text):
        needed = found.width(run.rstrip(" "), size)
        if needed <= left:
            line += run
            left -= found.width(run, size)
            continue
        if whole_runs and line and needed <= width and left < width / 2:
            yield line
            line, left = run, width - found.width(run, size)
            continue
        for piece in _pieces(run, found, size, width):
            if line and found.width(piece.rstrip(" "), size) > left:
                yield line
                line, left = "", width
            line += piece
            left -= found.width(piece, size)
    yield line


def _pieces(run: str, found: Face, size: float, width: float) -> Iterator[str]:
    """The words of a run; one that no line can hold is cut smaller."""
    for piece in words.pieces(run):
        if found.width(piece.rstrip(" "), size) <= width:
            yield piece
        else:
            yield from words.clusters(piece)
