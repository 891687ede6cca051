"""A sheet of QR codes, one for each person of a course, to be answered on a phone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import IO, Any, Final, NamedTuple

from django.conf import settings
from reportlab.lib.units import mm

from documents.qr import code_of
from documents.typesetting.codes import QrCode
from documents.typesetting.flow import Beside, Block, Paragraph, Space
from offices.clock import today
from offices.thai.dates import long_date
from trainees.papers.layout import SUBTITLE, TEXT, TITLE, Pen

ACROSS: Final = 3
SIDE: Final = 46 * mm
NAME: Final = replace(TEXT, face="bold", align="center")
NOBODY: Final = "–"


class Slip(NamedTuple):
    """One person's code: whose it is, and the address in it."""

    name: str
    address: str


def write(target: IO[bytes], words: Mapping[str, Any], course: str, slips: Sequence[Slip]) -> None:
    pen = Pen(words)
    last = long_date(today() + timedelta(days=settings.LINK_DAYS))
    with pen.begin(target, author="") as paper:
        paper.add(
            Paragraph(pen["codes_title"], TITLE),
            Paragraph(course, SUBTITLE),
            Paragraph(f"{pen['codes_note']} {last}", TEXT),
            Space(10),
            *_rows(slips),
        )


def _rows(slips: Sequence[Slip]) -> Iterator[Block]:
    if not slips:
        yield Paragraph(NOBODY, NAME)
    for first in range(0, len(slips), ACROSS):
        row = slips[first : first + ACROSS]
        filled = [(1.0, [QrCode(code_of(slip.address), SIDE), Paragraph(slip.name, NAME)]) for slip in row]
        yield Beside(*filled, *[(1.0, [])] * (ACROSS - len(row)))
        yield Space(8)
