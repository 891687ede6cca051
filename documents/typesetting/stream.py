"""A PDF that is written while it is drawn: a finished page leaves the memory at once.

ReportLab keeps every page until the end, for 10,000 pages of tables all of their text. Here each page goes to the
file when it is shown. What can be known only at the end, such as the number of pages, is a second drawing on each
page, written last: its object's number is kept free until then.
"""

from __future__ import annotations

from typing import IO, Any

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFCrossReferenceTable,
    PDFDictionary,
    PDFDocument,
    PDFFile,
    PDFIndirectObject,
    PDFObject,
    PDFObjectReference,
    PDFResourceDictionary,
    PDFStream,
    PDFTrailer,
    PDFZCompress,
)


class _Target(PDFFile):
    """ReportLab's file, into a real one."""

    strings: list[bytes]

    def __init__(self, target: IO[bytes], version: tuple[int, int]) -> None:
        super().__init__(version)
        for part in self.strings:
            target.write(part)
        self.strings = []
        self.write = target.write


class StreamedDocument(PDFDocument):
    def __init__(self, target: IO[bytes], lang: str, invariant: int | None) -> None:
        super().__init__(compression=1, lang=lang, invariant=invariant, pdfVersion=(1, 7))
        self._target = _Target(target, self._pdfVersion)
        self._later: list[str] = []

    def addPage(self, page: Any) -> None:
        """Write a page and forget it, but for a place where `draw_later` puts its second drawing."""
        number = self.pageCounter
        later = self._reserve(f"Later{number}")
        self._later.append(later)
        resources = PDFResourceDictionary()
        resources.basicFonts()
        resources.basicProcs()
        if page.XObjects:
            resources.allProcs()
            resources.XObject = page.XObjects
        facts = {
            "Type": "/Page",
            "Parent": self.Reference(self.Pages),
            "MediaBox": PDFArray([0, 0, round(page.pagewidth, 2), round(page.pageheight, 2)]),
            "Resources": resources,
            "Contents": PDFArray([self._put(self._compressed(page.stream)), PDFObjectReference(later)]),
        }
        if page.Annots:
            facts["Annots"] = PDFArray(page.Annots)
        self.Pages.addPage(self._put(PDFDictionary(facts), self.thisPageName()))
        self.pageCounter += 1
        self.inObject = None

    def draw_later(self, index: int, code: str) -> None:
        """Write the second drawing of a page, counted from 0 as they were drawn."""
        self._write(self._later[index], self._compressed(code))

    def put_in_front(self, first: int, place: int) -> None:
        """Let the pages drawn from `first` on stand at `place`."""
        pages = self.Pages.pages
        moved = pages[first:]
        del pages[first:]
        pages[place:place] = moved

    def format(self) -> bytes:
        """Write what is left and the table of where everything stands; nothing remains to be returned."""
        self.encrypt.prepare(self)
        catalog, info = self.Reference(self.Catalog), self.Reference(self.info)
        number = 1
        while number in self.numberToId:  # writing an object may bring new ones
            name = self.numberToId[number]
            if name not in self.idToOffset:
                self._write(name, self.idToObject[name])
            number += 1
        table = PDFCrossReferenceTable()
        table.addsection(0, [self.numberToId[each] for each in range(1, number)])
        start = self._target.add(table.format(self))
        trailer = PDFTrailer(startxref=start, Size=number, Root=catalog, Info=info, ID=self.ID())
        self._target.add(trailer.format(self))
        return b""

    def _reserve(self, name: str) -> str:
        self.Reference(PDFObject(), name)
        return name

    def _put(self, thing: PDFObject, name: str | None = None) -> Any:
        reference = self.Reference(thing, name)
        self._write(reference.name, thing)
        return reference

    def _write(self, name: str, thing: PDFObject) -> None:
        self.idToOffset[name] = self._target.add(PDFIndirectObject(name, thing).format(self))
        self.idToObject[name] = None

    @staticmethod
    def _compressed(code: str) -> PDFStream:
        return PDFStream(content=code, filters=[PDFZCompress])
