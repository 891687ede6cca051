"""A circular on paper, in the order of an official letter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from documents.models import Circular
from documents.typesetting.flow import Block, Paragraph, Space, Together
from documents.typesetting.furniture import Furniture
from documents.typesetting.lines import Style
from documents.typesetting.pages import Paper
from offices.thai.dates import long_date

LINE: Final = Style(size=12, leading=1.6)
BOLD: Final = Style(face="bold", size=12, leading=1.6)
URGENT: Final = Style(face="bold", size=16, leading=1.6, color="#b00020")
TEXT: Final = Style(size=12, leading=1.7, first_indent=36, after=4)
SIGNED: Final = Style(size=12, leading=1.6, align="center", left_indent=200)


def write(target: IO[bytes], circular: Circular, enclosures: Sequence[str], note: str = "") -> None:
    """In Thai, whatever the language of the screen. `note` is what the province wrote to its schools."""
    with override("th"), Paper(target, title=circular.subject, author=circular.signer_name, lang="th") as paper:
        paper.furniture = Furniture(foot_left=_over(circular))
        paper.add(*_head(circular), *_body(circular.body), _signed(circular))
        if enclosures:
            lines = [Paragraph(f"{number}. {name}", LINE) for number, name in enumerate(enclosures, start=1)]
            paper.add(Space(16), Paragraph(_("Enclosures"), BOLD, keep=True), *lines)
        if note:
            paper.add(Space(16), Paragraph(_("Note of the province"), BOLD, keep=True), *_body(note))


def _over(circular: Circular) -> str:
    if circular.is_in_force:
        return ""
    return " – ".join(filter(None, [str(circular.get_status_display()), circular.status_reason]))


def _head(circular: Circular) -> list[Block]:
    blocks: list[Block] = []
    if circular.urgency != Circular.Urgency.NORMAL:
        blocks.append(Paragraph(str(circular.get_urgency_display()), URGENT))
    return [
        *blocks,
        Paragraph(_("No. %(number)s") % {"number": circular.number or "–"}, LINE),
        Paragraph(_("Date %(date)s") % {"date": long_date(circular.dated_on)}, LINE),
        Paragraph(_("Subject: %(subject)s") % {"subject": circular.subject}, BOLD),
        Space(10),
    ]


def _body(text: str) -> list[Block]:
    return [Paragraph(line.strip(), TEXT) for line in text.splitlines() if line.strip()]


def _signed(circular: Circular) -> Block:
    lines = [f"({circular.signer_name})", circular.signer_position]
    return Together(Space(28), *(Paragraph(line, SIGNED) for line in lines if line))
