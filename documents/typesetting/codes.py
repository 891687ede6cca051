"""A QR code on paper."""

from __future__ import annotations

from collections.abc import Iterable

from documents.qr import Code
from documents.typesetting.flow import Block, Strip
from documents.typesetting.sheet import INK, Sheet


class QrCode(Block):
    """A code as wide and high as said, its quiet border included, in the middle of its column."""

    def __init__(self, code: Code, side: float) -> None:
        self.code, self.side = code, side

    def strips(self, width: float) -> Iterable[Strip]:
        module, shift = self.side / self.code.size, (width - self.side) / 2

        def draw(sheet: Sheet, x: float, top: float) -> None:
            for column, row, length in self.code.runs:
                sheet.tint(x + shift + column * module, top - row * module, length * module, module, INK)

        return [Strip(self.side, draw)]
