"""A document page by page: blocks flow down, go on overleaf, and are found again by contents and outline.

    with Paper(target, title="แบบ พต. 8", furniture=Furniture(form="พต. 8")) as paper:
        paper.heading("รายชื่อผู้สมัคร")
        paper.add(Paragraph("…"), Grid(…))

Anything that gives `strips` can be added. A strip is never cut; pages break between strips.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from types import TracebackType
from typing import IO, Final, NamedTuple

from reportlab.lib.pagesizes import A4

from documents.typesetting.flow import Block, Paragraph, Strip
from documents.typesetting.furniture import Furniture, Margins, Place
from documents.typesetting.lines import Style
from documents.typesetting.sheet import Sheet, measure

PORTRAIT: Final = A4
LANDSCAPE: Final = (A4[1], A4[0])

TITLE: Final = Style(face="bold", size=17, leading=1.35, after=6)
HEADINGS: Final = (
    Style(face="bold", size=14, leading=1.35, before=10, after=4),
    Style(face="bold", size=11.5, leading=1.35, before=8, after=3),
    Style(face="bold", size=10.9, leading=1.35, before=6, after=2),
)
CONTENTS: Final = (Style(face="bold", leading=1.6), Style(size=10.4, leading=1.5), Style(size=10))
STEP: Final = 14  # how far a lower level of the contents stands in


class _Entry(NamedTuple):
    level: int
    text: str
    page: int  # counted from 0 as they were drawn
    key: str


class Paper:
    """A PDF being written. Use it in `with`, which ends the last page and writes what can be known only then."""

    def __init__(
        self,
        target: IO[bytes],
        *,
        title: str,
        author: str = "",
        lang: str = "th",
        size: tuple[float, float] = PORTRAIT,
        margins: Margins | None = None,
        furniture: Furniture | None = None,
        invariant: int | None = None,
    ) -> None:
        self.size, self.margins, self.furniture = size, margins or Margins(), furniture
        self.sheet = Sheet(target, size, lang, invariant)
        self.sheet.setTitle(title)
        self.sheet.setAuthor(author)
        self.sheet.setSubject(title)
        self.sheet.setCreator("community-career")
        self.sheet.setViewerPreference("DisplayDocTitle", "true")
        self._pages: list[tuple[Furniture | None, tuple[float, float], Margins]] = []
        self._entries: list[_Entry] = []
        self._contents: tuple[int, str] | None = None
        self._top: float | None = None  # None while no page is open
        self._tied: list[Strip] = []  # waits for what it stands on one page with

    def __enter__(self) -> Paper:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        if kind is None:
            self.close()

    @property
    def width(self) -> float:
        return self.size[0] - self.margins.left - self.margins.right

    @property
    def full_height(self) -> float:
        return self.size[1] - self.margins.top - self.margins.bottom

    @property
    def left(self) -> float:
        """The height that is left on this page."""
        return self.full_height if self._top is None else self._top - self.margins.bottom

    @property
    def pages_shown(self) -> int:
        """How many pages are finished."""
        return len(self._pages)

    def add(self, *blocks: Block) -> None:
        for block in blocks:
            repeated: Sequence[Strip] = ()
            for strip in block.strips(self.width):
                self._tied.append(strip)
                if not strip.keep:
                    self._place_tied(repeated)
                    repeated = block.repeated(self.width)

    def heading(self, text: str, level: int = 0, *, listed: bool = True) -> None:
        """A heading, on the page of what follows it; if `listed`, outline and contents have it too."""
        if listed:
            self.mark(text, level)
        self.add(Paragraph(text, HEADINGS[min(level, len(HEADINGS) - 1)], keep=True))

    def mark(self, text: str, level: int = 0) -> None:
        """Make the place of what follows known to outline and contents."""

        def mark(sheet: Sheet, x: float, top: float) -> None:
            key = f"p{len(self._entries)}"
            sheet.bookmarkPage(key, fit="XYZ", left=0, top=top + 4)
            deepest = self._entries[-1].level + 1 if self._entries else 0
            self._entries.append(_Entry(min(level, deepest), text, len(self._pages), key))

        self._tied.append(Strip(0, mark, keep=True))

    def contents(self, title: str) -> None:
        """The contents will stand before the page that comes next."""
        self.new_page()
        self._contents = (len(self._pages), title)

    def new_page(self, size: tuple[float, float] | None = None) -> None:
        """End this page, if one is begun; the next is of `size`, if given."""
        self._place_tied(())
        self._end_page()
        self.size = size or self.size

    def close(self) -> None:
        self._place_tied(())
        if not self._pages:
            self._open()
        self.new_page()
        order = self._with_contents(*self._contents) if self._contents else range(len(self._pages))
        for entry in self._entries:
            self.sheet.addOutlineEntry(entry.text, entry.key, entry.level, closed=entry.level > 0)
        if len(self._entries) > 1:
            self.sheet.showOutline()
        for number, index in enumerate(order, start=1):
            furniture, size, margins = self._pages[index]
            if furniture:
                furniture.draw(self.sheet, Place(*size, margins, number, len(order)))
            self.sheet.end_later(index)
        self.sheet.finish()

    def _end_page(self) -> None:
        if self._top is not None:
            self._pages.append((self.furniture, self.size, self.margins))
            self.sheet.showPage()
            self._top = None

    @property
    def _is_begun(self) -> bool:
        return self._top is not None and self._top < self.size[1] - self.margins.top

    def _open(self) -> float:
        if self._top is None:
            self.sheet.setPageSize(self.size)
            self._top = self.size[1] - self.margins.top
        return self._top

    def _place_tied(self, repeated: Sequence[Strip]) -> None:
        """Draw what is tied together: overleaf if it fits there and not here, else as far as it goes."""
        strips, self._tied = self._tied, []
        height = sum(strip.height for strip in strips)
        if self.left < height <= self.full_height - sum(strip.height for strip in repeated):
            self._overleaf(repeated)
        for strip in strips:
            if strip.height > self.left and self._is_begun:
                self._overleaf(repeated)
            self._draw(strip)

    def _overleaf(self, repeated: Sequence[Strip]) -> None:
        self._end_page()
        for strip in repeated:
            self._draw(strip)

    def _draw(self, strip: Strip) -> None:
        top = self._open()
        if strip.draw:
            strip.draw(self.sheet, self.margins.left, top)
        elif not self._is_begun:
            return
        self._top = top - strip.height

    def _with_contents(self, before: int, title: str) -> Sequence[int]:
        """Draw the contents and let them stand where they belong. All pages as drawn, in their new order."""
        first = len(self._pages)
        self.size = PORTRAIT
        blocks = [Paragraph(title, TITLE), *(_ContentsLine(entry, 0) for entry in self._entries)]
        added = self._pages_of(blocks)
        self.add(blocks[0])
        for entry in self._entries:
            self.add(_ContentsLine(entry, entry.page + 1 + (added if entry.page >= before else 0)))
        self.new_page()
        self.sheet.put_in_front(first, before)
        return [*range(before), *range(first, len(self._pages)), *range(before, first)]

    def _pages_of(self, blocks: Iterable[Block]) -> int:
        pages, left = 1, self.full_height
        for block in blocks:
            for strip in block.strips(self.width):
                if strip.height > left:
                    pages, left = pages + 1, self.full_height
                left -= strip.height
        return pages


class _ContentsLine(Block):
    """One line of the contents: its words, dots, and the number of its page; it leads there."""

    def __init__(self, entry: _Entry, number: int) -> None:
        self.entry, self.number = entry, number
        self.style = replace(CONTENTS[min(entry.level, len(CONTENTS) - 1)], left_indent=entry.level * STEP)

    def strips(self, width: float) -> Iterable[Strip]:
        paragraph = list(Paragraph(self.entry.text, self.style).strips(width - 40))
        yield from paragraph[:-1]
        yield Strip(paragraph[-1].height, lambda sheet, x, top: self._draw(sheet, x, top, width, paragraph[-1]))

    def _draw(self, sheet: Sheet, x: float, top: float, width: float, last: Strip) -> None:
        if last.draw:
            last.draw(sheet, x, top)
        words = Paragraph(self.entry.text, self.style).last_width(width - 40)
        number = f"{self.number}"
        room = measure(number, self.style)
        foot = top - self.style.rise
        sheet.dots(x + words + 5, foot, width - words - room - 10)
        sheet.write(x + width - room, foot, number, self.style)
        sheet.linkRect("", self.entry.key, (x, top - last.height, x + width, top), relative=0, thickness=0)
