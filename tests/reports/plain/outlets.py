"""Figures as each outlet says them, read back: from pages, and from the files of the consolidated report."""

import csv
import io
import json
from decimal import Decimal
from html.parser import HTMLParser

from openpyxl import load_workbook
from pypdf import PdfReader

from documents.renderers import RENDERERS
from tests.documents.typesetting.readers import pieces_of

BLANK = "–"


# How a number stands in an outlet.
def in_words(value, kind):
    """1,234 · 999.99 · 62.5%: as pages and paper say it."""
    if value is None:
        return BLANK
    if kind == "percent":
        return f"{(value * 100).quantize(Decimal('0.1'), rounding='ROUND_HALF_UP')}%"
    return f"{value:,.2f}" if kind == "decimal" else f"{value:,}"


def as_data(value, kind):
    return float(value) if isinstance(value, Decimal) else value


def in_csv(value, kind):
    """Without commas between thousands, for programs."""
    return in_words(value, kind).replace(",", "")


def in_xlsx(value, kind):
    return BLANK if value is None else as_data(value, kind)


SAID = {"json": as_data, "csv": in_csv, "xlsx": in_xlsx}


def written(book, ending):
    file = io.BytesIO()
    RENDERERS[ending].write(book, file)
    return file.getvalue()


def tables_of(content, ending):
    """The tables of a report: the rows of each, and its totals below where it has some."""
    return {"json": _in_json, "csv": _in_csv, "xlsx": _in_xlsx}[ending](content)


def keys_of(content):
    """The names of the columns of each table, which only JSON says."""
    return [[column["key"] for column in table["columns"]] for table in json.loads(content)["tables"]]


def _in_json(content):
    return [
        [list(row.values()) for row in [*table["rows"], *([table["totals"]] if table["totals"] else [])]]
        for table in json.loads(content)["tables"]
    ]


def _in_csv(content):
    """Tables are parted by empty lines; title and headings stand above the rows, a note (one cell) below."""
    tables, rows = [], []
    for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))):
        if row:
            rows.append(row)
        else:
            tables.append([each for each in rows[2:] if len(each) == len(rows[1])])
            rows = []
    return tables


def _in_xlsx(content):
    """One sheet a table after the cover: what is said of it, its headings and its rows."""
    book = load_workbook(io.BytesIO(content), read_only=True)
    return [[list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets[1:]]


def on_paper(content):
    """All that a PDF says, piece by piece as it was drawn, without white space."""
    pages = PdfReader(io.BytesIO(content)).pages
    return "".join("".join(pieces_of(page)).replace(" ", "") for page in pages)


class Page(HTMLParser):
    """The indicators page: cards of figures, and the tables of breakdowns by their dimension."""

    def __init__(self, html):
        super().__init__()
        self.cards, self.tables, self.captions = {}, {}, {}
        self._dimension = self._cell = self._code = None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        classes = (attrs.get("class") or "").split()
        if tag == "details" and "card" in classes:
            self._dimension = attrs["id"]
            self.tables[self._dimension] = []
        elif tag == "article" and "indicator-card" in classes:
            self._code = attrs["aria-labelledby"]
            self.cards[self._code] = []
        elif tag == "tr" and self._dimension:
            self.tables[self._dimension].append([])
        elif self._code and (tag == "dd" or "figure" in classes):
            self.cards[self._code].append("")
            self._cell = self.cards[self._code]
        elif self._dimension and tag in ("td", "th"):
            self.tables[self._dimension][-1].append("")
            self._cell = self.tables[self._dimension][-1]
        elif self._dimension and tag == "caption":
            self.captions[self._dimension] = [""]
            self._cell = self.captions[self._dimension]

    def handle_data(self, data):
        if self._cell:
            self._cell[-1] += data.strip()

    def handle_endtag(self, tag):
        if tag in ("td", "th", "dd", "caption", "a"):
            self._cell = self._cell if tag == "a" and self._dimension else None
        elif tag == "details":
            self._dimension = None
        elif tag == "article":
            self._code = None
