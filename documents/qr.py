"""QR codes: one drawing for the screen (SVG) and for paper."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Final

from reportlab.graphics.barcode import qrencoder

QUIET: Final = 4
"""Light modules around a code, which a camera needs."""


@dataclass(frozen=True)
class Code:
    """A QR code as dark runs on a square of `size` modules, the quiet border included."""

    text: str
    size: int
    runs: tuple[tuple[int, int, int], ...]
    """Each run of dark modules: column, row (from the top), length."""

    @property
    def path(self) -> str:
        """The runs as the path of an SVG."""
        return "".join(f"M{x} {y}h{length}v1h-{length}z" for x, y, length in self.runs)


def code_of(text: str) -> Code:
    """The smallest code that holds `text`, readable with 15 % of it spoilt."""
    qr = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
    qr.addData(text)
    qr.make()
    runs = []
    for y, row in enumerate(qr.modules):
        x = 0
        for dark, group in groupby(bool(module) for module in row):
            length = len(list(group))
            if dark:
                runs.append((x + QUIET, y + QUIET, length))
            x += length
    return Code(text, qr.getModuleCount() + 2 * QUIET, tuple(runs))
