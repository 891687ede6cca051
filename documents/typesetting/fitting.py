"""How wide a table's columns are by what stands in them, and on how many pages side by side they go.

Figures, dates and numbers are never broken; words may be. A table that is too wide for a lying page is cut
into parts, and its first columns, which say whose line it is, are repeated in each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from documents.typesetting import words
from documents.typesetting.lines import Align, Style
from documents.typesetting.shaping import plain
from documents.typesetting.sheet import measure

SIDE: Final = 4.5  # room on both sides of what is measured
WHOLE_HEAD: Final = 54.0  # what is written without a space stays whole up to this width
WHOLE_NAME: Final = 110.0
MOST_WORDS: Final = 240.0
MOST_REPEATED: Final = 0.35  # of the width, for what the columns that each part repeats must have
WISHED: Final = 120.0  # such a column gets what it wishes for up to this


@dataclass(frozen=True)
class Measured:
    """One column: what it must have, and what it would like to have."""

    label: str
    align: Align
    least: float
    wish: float
    names: bool  # whether it says whose line it is, rather than how much


def measured(
    label: str, align: Align, texts: Sequence[str], cell: Style, head: Style, *, breakable: bool
) -> Measured:
    """A column by its head and a sample of its cells."""
    widest = max((measure(text, cell) for text in texts), default=0.0)
    longest = _unbroken(label, head, WHOLE_HEAD)
    if not breakable:
        least = max(widest, longest) + 2 * SIDE
        return Measured(label, align, least, least, names=False)
    needed = max((_unbroken(text, cell, WHOLE_NAME) for text in set(texts)), default=0.0)
    least = max(longest, needed) + 2 * SIDE
    return Measured(label, align, least, max(least, min(widest + 2 * SIDE, MOST_WORDS)), names=True)


def _unbroken(text: str, style: Style, whole: float) -> float:
    """How wide a column must be so that its words stay whole; what has no space in it too, if it is short."""
    found = 0.0
    for run in words.runs(plain(text).replace("\n", " ")):
        width = measure(run.rstrip(" "), style)
        if width > whole:
            width = max(measure(piece.rstrip(" "), style) for piece in words.pieces(run))
        found = max(found, min(width, whole))
    return found


@dataclass(frozen=True)
class Part:
    """Which columns stand side by side, how wide, and whether on a lying page."""

    columns: tuple[int, ...]
    widths: tuple[float, ...]
    lying: bool


def parts(columns: Sequence[Measured], upright: float, lying: float) -> list[Part]:
    """One part if an upright or at least a lying page can hold all columns, else as many as it takes."""
    everything = tuple(range(len(columns)))
    comfortable = sum(min(column.wish, 2 * column.least) for column in columns)
    if comfortable <= upright:
        return [Part(everything, _widths(columns, upright), lying=False)]
    if sum(column.least for column in columns) <= lying:
        return [Part(everything, _widths(columns, lying), lying=True)]
    repeated = _repeated(columns, lying)
    columns = [
        replace(column, least=min(column.wish, max(column.least, WISHED))) if number in repeated else column
        for number, column in enumerate(columns)
    ]
    held = sum(columns[number].least for number in repeated)
    groups: list[list[int]] = []
    room = 0.0
    for number in everything[len(repeated) :]:
        if not groups or columns[number].least > room:
            groups.append([])
            room = lying - held
        groups[-1].append(number)
        room -= columns[number].least
    return [
        Part(group, _widths([columns[number] for number in group], lying), lying=True)
        for group in ((*repeated, *some) for some in groups)
    ]


def _repeated(columns: Sequence[Measured], width: float) -> tuple[int, ...]:
    """The columns that head every part: the first that name the line, as far as they leave room."""
    found: list[int] = []
    for number, column in enumerate(columns[:-1]):
        held = sum(columns[each].least for each in found) + column.least
        if held > width * MOST_REPEATED or (found and not column.names):
            break
        found.append(number)
    return tuple(found)


def _widths(columns: Sequence[Measured], width: float) -> tuple[float, ...]:
    """Each column its least, and of the rest what it wishes for; what is left then widens all alike."""
    free = width - sum(column.least for column in columns)
    wished = sum(column.wish - column.least for column in columns)
    given = min(1.0, free / wished) if wished and free > 0 else 0.0
    widths = [column.least + given * (column.wish - column.least) for column in columns]
    scale = width / sum(widths)
    return tuple(each * scale for each in widths)
