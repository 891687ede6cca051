"""What one draws on: ReportLab's canvas with text in our typefaces, measured from a strip's top left corner."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import IO, Any, Final

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from documents.typesetting.derived import typeface
from documents.typesetting.lines import Style
from documents.typesetting.shaping import EM, face, plain
from documents.typesetting.stream import StreamedDocument

HAIR: Final = 0.35
INK: Final = "#000000"
SOFT: Final = "#5b6673"
LINE: Final = "#9aa7b4"
TINT: Final = "#e8eef4"

_LEAST_SPREAD: Final = 0.75  # a justified line this full is spread to the edge; an emptier one stays as it is


class Sheet(Canvas):
    """One page after the other; `x` and `top` are in points, `top` from the bottom edge of the page as in PDF."""

    _doc: StreamedDocument
    _code: list[str]

    def __init__(self, target: IO[bytes], size: tuple[float, float], lang: str, invariant: int | None) -> None:
        super().__init__(target, pagesize=size, pageCompression=1, initialFontName=typeface("regular").fontName)
        self._doc = StreamedDocument(target, lang, invariant)

    def write(self, x: float, foot: float, text: str, style: Style, *, spread: float = 0) -> None:
        """Draw a text from `x` on, its letters' feet at `foot`."""
        if not text:
            return
        letters = typeface(style.face)
        codes = letters.codes(text, self._doc)
        name = letters.getSubsetInternalName(0, self._doc)
        shown = f"{x:.2f} {foot:.2f} Td <{codes}> Tj"
        if spread:
            shown = f"{spread:.4f} Tc {shown} 0 Tc"
        self._code.append(f"BT {_fill(style.color)} {name} {style.size:g} Tf {shown} ET")

    def write_all(self, placed: Iterable[tuple[float, float, str]], style: Style) -> None:
        """Draw many texts of one look, each from its `x` on, its feet at its height: the cells of a row."""
        letters, document = typeface(style.face), self._doc
        texts = " ".join(
            [f"1 0 0 1 {x:.2f} {y:.2f} Tm <{letters.codes(text, document)}> Tj" for x, y, text in placed]
        )
        if texts:
            name = letters.getSubsetInternalName(0, document)
            self._code.append(f"BT {_fill(style.color)} {name} {style.size:g} Tf {texts} ET")

    def line_of_text(
        self, x: float, top: float, text: str, style: Style, width: float, *, last: bool = True
    ) -> None:
        """Draw one line of a text, aligned in `width`; the last line of a justified text is not spread."""
        if not text:
            return
        foot = top - style.rise
        if style.align == "left":
            self.write(x, foot, text, style)
            return
        needed = face(style.face).width(text.rstrip(" "), style.size)
        match style.align:
            case "right":
                self.write(x + width - needed, foot, text, style)
            case "center":
                self.write(x + (width - needed) / 2, foot, text, style)
            case "justify":
                gaps = len(typeface(style.face).codes(text.rstrip(" "), self._doc)) // 4 - 1
                spread = (width - needed) / gaps if gaps > 0 and not last and needed > width * _LEAST_SPREAD else 0
                self.write(x, foot, text, style, spread=spread)

    def rule(self, x: float, y: float, width: float, *, color: str = LINE, thickness: float = HAIR) -> None:
        """A line to the right."""
        self._code.append(f"{_stroke(color)} {thickness:g} w {x:.2f} {y:.2f} m {x + width:.2f} {y:.2f} l S")

    def upright(self, x: float, top: float, height: float, *, color: str = LINE, thickness: float = HAIR) -> None:
        """A line downwards."""
        self._code.append(f"{_stroke(color)} {thickness:g} w {x:.2f} {top:.2f} m {x:.2f} {top - height:.2f} l S")

    def dots(self, x: float, y: float, width: float, *, color: str = SOFT) -> None:
        """A dotted line to write on."""
        self._code.append(
            f"q {_stroke(color)} 0.7 w 1 J [0 2.1] 0 d {x:.2f} {y:.2f} m {x + width:.2f} {y:.2f} l S Q"
        )

    def tint(self, x: float, top: float, width: float, height: float, color: str = TINT) -> None:
        """A coloured ground."""
        self._code.append(f"{_fill(color)} {x:.2f} {top - height:.2f} {width:.2f} {height:.2f} re f")

    def box(self, x: float, top: float, width: float, height: float, *, thickness: float = 0.7) -> None:
        """An empty frame."""
        self._code.append(
            f"{_stroke(INK)} {thickness:g} w {x:.2f} {top - height:.2f} {width:.2f} {height:.2f} re S"
        )

    def end_later(self, index: int) -> None:
        """What was drawn since the last page is the second drawing of a page shown long ago."""
        self._doc.draw_later(index, "\n".join(["q", *self._code, "Q", ""]))
        self._code = []

    def put_in_front(self, first: int, place: int) -> None:
        """Let the pages shown from `first` on stand at `place`."""
        self._doc.put_in_front(first, place)

    def finish(self) -> None:
        """Write fonts, outline and whatever else the whole document shares."""
        self._doc.GetPDFData(self)


def measure(text: str, style: Style) -> float:
    """The width of a text that stands on one line."""
    return face(style.face).units(plain(text)) * style.size / EM


@lru_cache(maxsize=64)
def _fill(color: str) -> str:
    return f"{_rgb(color)} rg"


@lru_cache(maxsize=64)
def _stroke(color: str) -> str:
    return f"{_rgb(color)} RG"


def _rgb(color: str) -> str:
    found: Any = HexColor(color)
    return " ".join(f"{part:.3g}" for part in found.rgb())
