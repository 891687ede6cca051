"""The font that a PDF carries: one glyph for each shape that the file draws, and what each of them means.

ReportLab takes a `Typeface` for one of its fonts. A shape gets its code when it is first drawn; when the file is
finished, the codes drawn become a TrueType font of composite glyphs, without any table that could shape anew, and
a table (ToUnicode) from which programs read the letters back. Equal files are equal byte for byte.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Final
from weakref import WeakKeyDictionary

from reportlab.pdfbase import pdfdoc, pdfmetrics

from documents.typesetting import shaping
from documents.typesetting.shaping import EM, FILES, Face, Part, Shape

MOST_CODES: Final = 0xFFFF
MOST_KEPT: Final = 16_384
UNREADABLE: Final = "\ufffd"


@dataclass
class _Used:
    """What one document has drawn with one face."""

    name: str
    codes: dict[Shape, int] = field(default_factory=dict)
    strings: dict[str, str] = field(default_factory=dict)


class Typeface:
    """A face as ReportLab knows fonts: `canvas.setFont(typeface.fontName, 10.9)`, then plain Thai strings."""

    _multiByte = 1
    _dynamicFont = 1
    shapable = False

    def __init__(self, face: Face) -> None:
        self.face = face
        self.fontName = f"Sarabun {face.name}"
        self._used: WeakKeyDictionary[Any, _Used] = WeakKeyDictionary()

    def stringWidth(self, text: str, size: float, encoding: str = "utf-8") -> float:
        return self.face.width(text, size)

    def splitString(self, text: str, doc: Any, encoding: str = "utf-8") -> list[tuple[int, bytes]]:
        return [(0, bytes.fromhex(self.codes(text, doc)))]

    def getSubsetInternalName(self, subset: int, doc: Any) -> str:
        return f"/{self._state(doc).name}"

    def codes(self, text: str, doc: Any) -> str:
        """The text as hexadecimal codes of this document's font."""
        used = self._state(doc)
        strings = used.strings
        try:
            return "".join([strings[token] for token in shaping.tokens(text)])
        except KeyError:
            if len(strings) > MOST_KEPT:
                strings.clear()
        return "".join([self._string(token, used) for token in shaping.tokens(text)])

    def _string(self, token: str, used: _Used) -> str:
        if token not in used.strings:
            used.strings[token] = "".join(f"{self._code(shape, used):04X}" for shape in self.face.shapes(token))
        return used.strings[token]

    @staticmethod
    def _code(shape: Shape, used: _Used) -> int:
        if len(used.codes) >= MOST_CODES - 1:
            shape = Shape((Part(0, 0, 0),), EM, UNREADABLE)
        return used.codes.setdefault(shape, len(used.codes) + 1)

    def _state(self, doc: Any) -> _Used:
        used = self._used.get(doc)
        if used is None:
            used = self._used[doc] = _Used(f"F{len(doc.fontMapping) + 1}")
            doc.fontMapping[self.fontName] = f"/{used.name}"
            doc.delayedFonts.append(self)
        return used

    def addObjects(self, doc: Any) -> None:
        """The font's objects, once nothing more is drawn."""
        used = self._used.pop(doc)
        shapes = list(used.codes)
        program = font_program(self.face, shapes)
        tag = "".join(chr(65 + byte % 26) for byte in hashlib.sha256(program).digest()[:6])
        name = pdfdoc.PDFName(f"{tag}+{self.face.path.stem}")
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/CIDFontType2",
                "BaseFont": name,
                "CIDSystemInfo": "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>",
                "CIDToGIDMap": "/Identity",
                "DW": EM,
                "W": f"[ 1 [ {' '.join(str(shape.advance) for shape in shapes)} ] ]",
                "FontDescriptor": doc.Reference(self._descriptor(doc, name, program)),
            }
        )
        font = {
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": name,
            "Encoding": "/Identity-H",
            "DescendantFonts": pdfdoc.PDFArray([doc.Reference(descendant)]),
            "ToUnicode": doc.Reference(_stream(to_unicode(shapes).encode())),
        }
        doc.idToObject[pdfdoc.BasicFonts].dict[used.name] = doc.Reference(pdfdoc.PDFDictionary(font))

    def _descriptor(self, doc: Any, name: str, program: bytes) -> Any:
        source = self.face.source
        head, os2 = source["head"], source["OS/2"]
        slanted = "italic" in self.face.name
        return pdfdoc.PDFDictionary(
            {
                "Type": "/FontDescriptor",
                "FontName": name,
                "Flags": 4 | (64 if slanted else 0),
                "FontBBox": pdfdoc.PDFArray([head.xMin, head.yMin, head.xMax, head.yMax]),
                "ItalicAngle": source["post"].italicAngle,
                "Ascent": source["hhea"].ascent,
                "Descent": source["hhea"].descent,
                "CapHeight": os2.sCapHeight,
                "StemV": 140 if "bold" in self.face.name else 80,
                "FontFile2": doc.Reference(_stream(program, {"Length1": len(program)})),
            }
        )


def typeface(name: str) -> Typeface:
    """One of `shaping.FILES`, as ReportLab has it registered."""
    return _TYPEFACES[name]


def font_program(face: Face, shapes: Sequence[Shape]) -> bytes:
    """A TrueType font whose glyph n draws the n-th shape; glyph 0 is the original's empty box."""
    from fontTools.fontBuilder import FontBuilder

    source = face.source
    names = source.getGlyphOrder()
    outlines = source["glyf"]
    glyphs: dict[str, Any] = {".notdef": outlines[".notdef"]}
    glyphs |= {f"code{number}": _composite(shape, names) for number, shape in enumerate(shapes, start=1)}
    advances = [source["hmtx"][".notdef"][0], *(shape.advance for shape in shapes)]
    waiting = {_glyph_name(part.glyph, names) for shape in shapes for part in shape.parts} - {".notdef"}
    while waiting:
        for name in sorted(waiting):
            glyphs[name] = _drawn(name) if name.startswith("drawn") else outlines[name]
            advances.append(EM)
        waiting = {n for name in waiting for n in _components(glyphs[name], outlines)} - glyphs.keys()

    builder = FontBuilder(EM, isTTF=True)
    builder.font.recalcTimestamp = False
    builder.updateHead(created=0, modified=0)
    builder.setupGlyphOrder(list(glyphs))
    builder.setupGlyf(glyphs, calcGlyphBounds=False)
    made = builder.font["glyf"]
    metrics = {}
    for name, advance in zip(glyphs, advances, strict=True):
        glyphs[name].recalcBounds(made)
        metrics[name] = (advance, getattr(glyphs[name], "xMin", 0))
    builder.setupHorizontalMetrics(metrics)
    builder.setupHorizontalHeader(ascent=source["hhea"].ascent, descent=source["hhea"].descent)
    builder.setupMaxp()
    file = BytesIO()
    builder.save(file)
    return file.getvalue()


def _composite(shape: Shape, names: Sequence[str]) -> Any:
    from fontTools.ttLib.tables._g_l_y_f import ROUND_XY_TO_GRID, Glyph, GlyphComponent

    glyph = Glyph()
    glyph.numberOfContours = -1
    glyph.components = []
    for part in shape.parts:
        component = GlyphComponent()
        component.glyphName = _glyph_name(part.glyph, names)
        component.x, component.y, component.flags = part.x, part.y, ROUND_XY_TO_GRID
        glyph.components.append(component)
    return glyph


def _glyph_name(number: int, names: Sequence[str]) -> str:
    return names[number] if number >= 0 else f"drawn{-number}"


def _components(glyph: Any, outlines: Any) -> Iterable[str]:
    return glyph.getComponentNames(outlines) if glyph.isComposite() else ()


def _drawn(name: str) -> Any:
    """The boxes and the tick that Sarabun lacks: strokes as wide as its letters'."""
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pen = TTGlyphPen(None)
    box = [(60, -40), (60, 560), (660, 560), (660, -40)]
    inside = [(110, 10), (610, 10), (610, 510), (110, 510)]
    tick = [(150, 290), (205, 340), (325, 205), (570, 640), (640, 600), (345, 85)]
    outlines = {"drawn1": [box, inside], "drawn2": [box, inside, tick], "drawn3": [tick]}
    for points in outlines[name]:
        pen.moveTo(points[0])
        for point in points[1:]:
            pen.lineTo(point)
        pen.closePath()
    return pen.glyph()


def to_unicode(shapes: Sequence[Shape]) -> str:
    """The table from codes to letters that search, copy and screen readers use."""
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<0000> <FFFF>",
        "endcodespacerange",
    ]
    pairs = [f"<{n:04X}> <{s.meaning.encode('utf-16-be').hex().upper()}>" for n, s in enumerate(shapes, start=1)]
    for some in _hundreds(pairs):
        lines += [f"{len(some)} beginbfchar", *some, "endbfchar"]
    return "\n".join([*lines, "endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end", ""])


def _hundreds(pairs: Sequence[str]) -> Iterable[Sequence[str]]:
    return (pairs[start : start + 100] for start in range(0, len(pairs), 100))


def _stream(content: bytes, dictionary: dict[str, Any] | None = None) -> Any:
    return pdfdoc.PDFStream(pdfdoc.PDFDictionary(dictionary or {}), content, [pdfdoc.PDFZCompress])


_TYPEFACES: Final = {name: Typeface(shaping.face(name)) for name in FILES}
for _typeface in _TYPEFACES.values():
    pdfmetrics.registerFont(_typeface)
