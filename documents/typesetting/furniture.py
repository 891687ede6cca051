"""What stands around a page's text: head, foot, page number, the number of the form in its box."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from reportlab.lib.units import mm

from documents.typesetting.lines import Style
from documents.typesetting.sheet import HAIR, LINE, SOFT, Sheet, measure

SMALL: Final = Style(size=8.5, color=SOFT)
FORM_NUMBER: Final = Style(size=10.9)


@dataclass(frozen=True)
class Margins:
    top: float = 20 * mm
    right: float = 18 * mm
    bottom: float = 18 * mm
    left: float = 20 * mm


@dataclass(frozen=True)
class Place:
    """One page: its size and margins, and its number among how many."""

    width: float
    height: float
    margins: Margins
    number: int
    total: int


@dataclass(frozen=True)
class Furniture:
    """Drawn on every page once their number is known. What is empty is left out."""

    head_left: str = ""
    head_right: str = ""
    foot_left: str = ""
    numbered: bool = True
    form: str = ""

    def draw(self, sheet: Sheet, place: Place) -> None:
        left, right = place.margins.left, place.width - place.margins.right
        head = place.height - place.margins.top + 6 * mm
        foot = place.margins.bottom - 8 * mm
        edge = right - (measure(self.form, FORM_NUMBER) + 24 if self.form else 0)
        if self.head_left or self.head_right:
            sheet.rule(left, head - 5, edge - left, color=LINE, thickness=HAIR)
            _write_between(sheet, left, edge, head, self.head_left, self.head_right)
        if self.form:
            self._draw_form_number(sheet, right, place)
        numbers = {"page": place.number, "pages": place.total}
        number = _("Page %(page)s of %(pages)s") % numbers if self.numbered else ""
        _write_between(sheet, left, right, foot, self.foot_left, number)

    def _draw_form_number(self, sheet: Sheet, right: float, place: Place) -> None:
        width = measure(self.form, FORM_NUMBER) + 14
        top = place.height - 10 * mm
        sheet.box(right - width, top, width, 19)
        sheet.write(right - width + 7, top - 13.5, self.form, FORM_NUMBER)


def _write_between(sheet: Sheet, left: float, right: float, foot: float, first: str, last: str) -> None:
    """One text at each end of a line, the first shortened to the room that the last leaves."""
    needed = measure(last, SMALL)
    sheet.write(left, foot, _shortened(first, right - left - needed - 12), SMALL)
    sheet.write(right - needed, foot, last, SMALL)


def _shortened(text: str, width: float) -> str:
    """As much of one line as there is room for."""
    if measure(text, SMALL) <= width:
        return text
    while text and measure(f"{text}…", SMALL) > width:
        text = text[:-1]
    return f"{text}…"
