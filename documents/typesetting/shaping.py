"""Text into shapes: what is drawn for each cluster of letters, how wide it is, and which letters it means.

A cluster is a letter with all the marks on it (ที่, น้ำ), and is one shape: so no reader of the file can put its
marks in another order, and nothing can come between them. Latin words are shaped whole, for their kerning.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import uharfbuzz as hb

FILES: Final = {
    "regular": "Sarabun-Regular.ttf",
    "bold": "Sarabun-Bold.ttf",
    "italic": "Sarabun-Italic.ttf",
    "bold-italic": "Sarabun-BoldItalic.ttf",
}
FOLDER: Final = Path(__file__).parent / "fonts"
EM: Final = 1000  # units of the font, and of PDF

MARKS: Final = "\u0e31\u0e33-\u0e3a\u0e47-\u0e4e\u0300-\u036f\u20d0-\u20ff\ufe00-\ufe0f"
MOST_MARKS: Final = 12
_TOKENS: Final = re.compile(rf"[A-Za-z]+(?![{MARKS}])|.[{MARKS}]{{0,{MOST_MARKS}}}", re.DOTALL)
_FEATURES: Final = {"liga": False, "clig": False}  # a ligature would be one letter to whoever searches

EMPTY_BOX: Final = "☐"
TICKED_BOX: Final = "☑"
TICK: Final = "✓"
DRAWN: Final = {EMPTY_BOX: -1, TICKED_BOX: -2, TICK: -3}
"""Characters that Sarabun lacks and `derived` draws, with numbers no glyph has."""
DRAWN_WIDTHS: Final = {EMPTY_BOX: 720, TICKED_BOX: 720, TICK: 640}


class Part(NamedTuple):
    """One glyph of the original font and where it stands."""

    glyph: int
    x: int
    y: int


class Shape(NamedTuple):
    """What is drawn for some letters."""

    parts: tuple[Part, ...]
    advance: int
    meaning: str


class Face:
    """One of the four fonts, and how it shapes a text."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.path = FOLDER / FILES[name]
        face = hb.Face(hb.Blob.from_file_path(str(self.path)))
        self._font = hb.Font(face)
        self._has = frozenset(face.unicodes)
        self.shapes = lru_cache(maxsize=16_384)(self._shapes)
        self.units = lru_cache(maxsize=16_384)(self._units)

    @cached_property
    def source(self) -> Any:
        """The original font, as fontTools reads it."""
        from fontTools.ttLib import TTFont

        return TTFont(self.path, lazy=True)

    def width(self, text: str, size: float) -> float:
        """The width of a text in points."""
        return self.units(text) * size / EM

    def _units(self, text: str) -> int:
        return sum(shape.advance for token in _TOKENS.findall(text) for shape in self.shapes(token))

    def _shapes(self, token: str) -> tuple[Shape, ...]:
        if token in DRAWN:
            return (Shape((Part(DRAWN[token], 0, 0),), DRAWN_WIDTHS[token], token),)
        if token[0].isascii() and token.isalpha():
            return tuple(self._clusters(token))
        (whole,) = self._clusters(token, together=True)
        return (whole,)

    def _clusters(self, token: str, together: bool = False) -> list[Shape]:
        buffer = hb.Buffer()
        buffer.add_str(self._known(token))
        buffer.guess_segment_properties()
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
        hb.shape(self._font, buffer, _FEATURES)
        groups: dict[int, tuple[list[Part], int]] = {}
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            parts, pen = groups.setdefault(0 if together else info.cluster, ([], 0))
            parts.append(Part(info.codepoint, pen + position.x_offset, position.y_offset))
            groups[0 if together else info.cluster] = (parts, pen + position.x_advance)
        starts = sorted(groups)
        ends = [*starts[1:], len(token)]
        return [
            Shape(tuple(groups[start][0]), max(1, groups[start][1]), token[start:end])
            for start, end in zip(starts, ends, strict=True)
        ]

    def _known(self, token: str) -> str:
        """The token as far as this font can draw it: ａ as a; what stays unknown becomes the font's empty box."""
        if self._has.issuperset(map(ord, token)):
            return token
        like = unicodedata.normalize("NFKC", token)
        return like if self._has.issuperset(map(ord, like)) else "\uffff"


@lru_cache(maxsize=len(FILES))
def face(name: str) -> Face:
    return Face(name)


def tokens(text: str) -> list[str]:
    """A text as the pieces that are shaped on their own."""
    return _TOKENS.findall(text)


_SPACES: Final = re.compile(r"[\t\x0b\x0c\x1c-\x1f\x85\u2028\u2029\u00a0\u2000-\u200a\u202f\u205f\u3000]")


def plain(text: str) -> str:
    """Without what has no look: controls and joiners go, every kind of space is a space; line breaks stay."""
    if text.isprintable():
        return text
    text = _SPACES.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Cn"})
