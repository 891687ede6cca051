"""Forms to be filled in: words, dotted lines with values on them, boxes with ticks in them, places to sign.

Fill("ชื่อ-สกุล", Blank(name), "อายุ", Blank(age, least=30, grow=0), "ปี")
Fill(*[Tick(label, label in chosen) for label in labels])
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from documents.typesetting import words
from documents.typesetting.flow import Block, Draw, Strip
from documents.typesetting.lines import Style, wrap
from documents.typesetting.shaping import EMPTY_BOX, TICKED_BOX, plain
from documents.typesetting.sheet import Sheet, measure

GAP: Final = 4.0  # between two things on a line
EDGE: Final = 3.0  # between the ends of a dotted line and the value on it
BELOW: Final = 2.2  # how far the dots lie under the letters' feet


@dataclass(frozen=True)
class Blank:
    """A dotted line with a value on it, or none: at least so long, and its share of the line's free room."""

    value: str = ""
    least: float = 60
    grow: float = 1
    centered: bool = False


@dataclass(frozen=True)
class Tick:
    """A box and its words, which stay together."""

    label: str
    ticked: bool = False


@dataclass
class _Piece:
    """What stands on one line: words, or a stretch of dots."""

    text: str
    width: float
    dotted: bool = False
    grow: float = 0
    centered: bool = False


@dataclass
class _Line:
    room: float
    pieces: list[_Piece] = field(default_factory=list)

    @property
    def left(self) -> float:
        return self.room - sum(piece.width for piece in self.pieces) - GAP * len(self.pieces)

    def stretched(self) -> None:
        """Give the free room to the dotted lines that want it."""
        free, shares = self.left + GAP, sum(piece.grow for piece in self.pieces)
        for piece in self.pieces:
            if shares and free > 0:
                piece.width += free * piece.grow / shares


class Fill(Block):
    """Words, blanks and ticks one after the other, over as many lines as they need."""

    def __init__(self, *parts: str | Blank | Tick, style: Style | None = None) -> None:
        self.parts, self.style = parts, style or Style(leading=1.6)

    def strips(self, width: float) -> Iterator[Strip]:
        style = self.style
        if style.before:
            yield Strip(style.before, keep=True)
        lines = self._lines(width)
        for number, line in enumerate(lines):
            line.stretched()
            indent = width - line.room
            yield Strip(style.line_height, self._drawer(line.pieces, indent), keep=number == 0 and len(lines) > 1)
        if style.after:
            yield Strip(style.after)

    def _lines(self, width: float) -> list[_Line]:
        room = width - self.style.left_indent
        lines = [_Line(room - self.style.first_indent)]
        for part in self.parts:
            match part:
                case Blank():
                    self._lay_blank(part, lines, room)
                case Tick():
                    box = TICKED_BOX if part.ticked else EMPTY_BOX
                    self._lay_words([f"{box} {plain(part.label)}"], lines, room)
                case _:
                    self._lay_words(words.runs(plain(part)), lines, room)
        return lines

    def _lay_words(self, runs: Iterable[str], lines: list[_Line], room: float) -> None:
        for run in runs:
            pieces = lines[-1].pieces
            if pieces and not pieces[-1].dotted and pieces[-1].text.endswith(" "):
                joined = pieces[-1].text + run
                grown = measure(joined.rstrip(" "), self.style) - pieces[-1].width
                if grown <= lines[-1].left + GAP:
                    pieces[-1].text, pieces[-1].width = joined, pieces[-1].width + grown
                    continue
            for text in wrap(run, replace(self.style, first_indent=0), room):
                width = measure(text.rstrip(" "), self.style)
                if width > lines[-1].left and lines[-1].pieces:
                    lines.append(_Line(room))
                lines[-1].pieces.append(_Piece(text, width))

    def _lay_blank(self, blank: Blank, lines: list[_Line], room: float) -> None:
        value = plain(blank.value).replace("\n", " ")
        if lines[-1].left < min(blank.least, room) and lines[-1].pieces:
            lines.append(self._line_with_label(lines[-1], room))
        first = lines[-1].left - 2 * EDGE
        if measure(value, self.style) > first:
            begins = replace(self.style, first_indent=room - 2 * EDGE - first)
            parts = wrap(value, begins, room - 2 * EDGE)
        else:
            parts = [value]
        for number, part in enumerate(parts):
            if number:
                lines.append(_Line(room))
            goes_on = number < len(parts) - 1
            needed = lines[-1].left if goes_on else measure(part.rstrip(" "), self.style) + 2 * EDGE
            width = needed if goes_on else min(max(blank.least, needed), lines[-1].left)
            lines[-1].pieces.append(_Piece(part, width, True, 0 if goes_on else blank.grow, blank.centered))

    def _line_with_label(self, line: _Line, room: float) -> _Line:
        """A new line for a blank, and on it the words that stand before the blank."""
        last, following = line.pieces[-1], _Line(room)
        if last.dotted:
            return following
        runs = [last.text] if last.text.startswith((EMPTY_BOX, TICKED_BOX)) else words.runs(last.text)
        if len(runs) == len(line.pieces) == 1:
            return following
        label, kept = runs[-1], "".join(runs[:-1])
        following.pieces.append(_Piece(label, measure(label.rstrip(" "), self.style)))
        line.pieces[-1:] = [_Piece(kept, measure(kept.rstrip(" "), self.style))] if kept else []
        return following

    def _drawer(self, pieces: Sequence[_Piece], indent: float) -> Draw:
        def draw(sheet: Sheet, x: float, top: float) -> None:
            foot, at = top - self.style.rise, x + indent
            for piece in pieces:
                start = at
                if piece.dotted:
                    sheet.dots(at, foot - BELOW, piece.width)
                    free = piece.width - measure(piece.text.rstrip(" "), self.style)
                    start = at + (free / 2 if piece.centered else EDGE)
                sheet.write(start, foot, piece.text, self.style)
                at += piece.width + GAP

        return draw


class Signature(Block):
    """A place to sign: dots after a word, the name in brackets below, further lines such as position and date."""

    def __init__(
        self, word: str, role: str, name: str = "", *more: tuple[str, str], style: Style | None = None
    ) -> None:
        self.word, self.role, self.name, self.more = word, role, name, more
        self.style = style or Style(leading=1.7)

    def strips(self, width: float) -> Iterator[Strip]:
        before, after = measure(self.word, self.style), measure(self.role, self.style)
        lines: list[Block] = [Fill(self.word, Blank(), self.role, style=self.style)]
        dots = width - before - after - 2 * GAP
        under = replace(self.style, left_indent=before + GAP)
        lines.append(_Bracketed(self.name, dots, under))
        for label, value in self.more:
            shift = max(0.0, before - measure(label, self.style))
            own = replace(self.style, left_indent=shift)
            room = max(60.0, dots + before - measure(label, self.style) - shift)
            lines.append(Fill(label, Blank(value, least=room, grow=0, centered=True), style=own))
        strips = [strip for line in lines for strip in line.strips(width)]
        yield from (strip._replace(keep=True) for strip in strips[:-1])
        yield strips[-1]


class _Bracketed(Block):
    """A name in brackets, or dots where it will be written."""

    def __init__(self, name: str, room: float, style: Style) -> None:
        self.name, self.room, self.style = name, room, style

    def strips(self, width: float) -> Iterable[Strip]:
        def draw(sheet: Sheet, x: float, top: float) -> None:
            foot, left = top - self.style.rise, x + self.style.left_indent
            if self.name:
                centred = replace(self.style, align="center", left_indent=0)
                sheet.line_of_text(left, top, f"({plain(self.name)})", centred, self.room)
                return
            bracket = measure("(", self.style)
            sheet.write(left, foot, "(", self.style)
            sheet.dots(left + bracket + 1, foot - BELOW, self.room - 2 * bracket - 2)
            sheet.write(left + self.room - bracket, foot, ")", self.style)

        return [Strip(self.style.line_height, draw)]
