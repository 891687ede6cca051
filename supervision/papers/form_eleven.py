"""Form 11 (PT.11) drawn, filled or empty. What we add stands on pages of its own after the official one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import IO, Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from courses.rules import hours_shown
from documents.typesetting.blanks import Blank, Fill, Tick
from documents.typesetting.flow import Beside, Block, Paragraph, Space, Together
from documents.typesetting.lines import Style
from documents.typesetting.pages import Paper
from documents.typesetting.sheet import measure
from documents.typesetting.tables import Grid, Track
from offices.thai.dates import long_date
from offices.thai.digits import BLANK
from supervision.form_eleven import FormEleven, Row, Signature
from supervision.models import FormItem
from supervision.part_one import PartOne
from trainees.papers.layout import BOLD, TEXT, TITLE, Pen, day_month_year

PRINTED: Final = (0.68, 0.16, 0.16)  # the table's columns as in the pack
FILLED: Final = (0.46, 0.29, 0.25)  # where findings need room
LINE: Final = Style(leading=1.68)
STANDS_IN: Final = replace(LINE, left_indent=14)
PART: Final = Style(face="bold", size=11.6, leading=1.6, before=6)
CELL: Final = Style(size=9.8, leading=1.4)
SMALL_DATE: Final = 26.0


def write(target: IO[bytes], form: FormEleven, *, thai_digits: bool = False) -> None:
    """The form of a visit."""
    with override("th"):
        pen = Pen({**_our_words(), **form.wording}, thai_digits=thai_digits)
        with pen.begin(target, author=form.part_one.office) as paper:
            paper.furniture = pen.frame(foot=_("Draft, not submitted") if form.is_draft else "")
            _official(paper, pen, form.part_one, form.rows, form.recommendations, form.internal, form)
            paper.new_page()
            paper.furniture = replace(pen.frame(foot=paper.furniture.foot_left), form="")
            paper.add(*_added(pen, form))


def write_empty(
    target: IO[bytes], wording: Mapping[str, str], items: Sequence[FormItem], *, thai_digits: bool
) -> None:
    """The form to be filled in by hand, with this wording."""
    with override("th"):
        pen = Pen({**_our_words(), **wording}, thai_digits=thai_digits)
        rows = [Row(str(item.position), item.text, "", "") for item in items]
        internal = [Signature("", "", wording["chair"]), *[Signature("", "", wording["member"])] * 2]
        with pen.begin(target, author="") as paper:
            _official(paper, pen, None, rows, "", internal, None)


@cache
def _our_words() -> dict[str, Any]:
    """Words of the printed dates, which no version has changed."""
    found: dict[str, Any] = json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))
    return found


def _official(
    paper: Paper,
    pen: Pen,
    known: PartOne | None,
    rows: Sequence[Row],
    recommendations: str,
    internal: Sequence[Signature],
    form: FormEleven | None,
) -> None:
    paper.mark(f"{pen['box']} {pen['title']}")
    supervisor = form.supervisor if form else Signature("", "", pen["supervisor"])
    paper.add(
        pen.title(style=replace(TITLE, size=13)),
        *_part_one(pen, known),
        Paragraph(pen["part_two"], PART, keep=True),
        Space(2),
        _table(pen, rows, filled=form is not None),
        Space(10),
        *_recommendations(pen, recommendations),
        _signed(pen, internal, supervisor, form.signed_on if form else None),
    )


def _part_one(pen: Pen, known: PartOne | None) -> list[Block]:
    first, last = (known.starts_on, known.ends_on) if known else (None, None)
    individual = known.is_individual if known else None
    return [
        pen.fill(
            "school", pen.blank(known.school if known else "", 90),
            "office", pen.blank(known.office if known else "", 70), style=LINE,
        ),
        Paragraph(pen["part_one"], PART, keep=True),
        _numbered(pen, 1, "programme", pen.blank(known.programme if known else "")),
        _numbered(pen, 2, "mode"),
        pen.fill(
            Tick(pen["group"], individual is False), Tick(pen["individual"], individual is True),
            "hours", pen.blank(hours_shown(known.hours) if known else "", 40, 0), "hours_unit",
            style=STANDS_IN,
        ),
        pen.fill("day", *_date(pen, first), "and_day", *_date(pen, last), style=STANDS_IN),
        _numbered(
            pen, 3, "instructor", pen.blank(known.instructor if known else ""),
            "place", pen.blank(known.place if known else ""),
            "subdistrict", pen.blank(known.subdistrict if known else ""),
        ),
        pen.fill(
            "district", pen.blank(known.district if known else "", 50),
            "enrolled", pen.blank(str(known.enrolled) if known else "", 26, 0), "people_unit",
            "present", pen.blank(_present(known), 26, 0), "people_unit",
            style=STANDS_IN,
        ),
    ]  # fmt: skip


def _numbered(pen: Pen, number: int, key: str, *parts: str | Blank) -> Fill:
    words = pen.digits(f"{number}. {pen.words[key]}")
    return Fill(words, *(pen[part] if isinstance(part, str) else part for part in parts), style=LINE)


def _present(known: PartOne | None) -> str:
    if known is None:
        return ""
    return BLANK if known.present is None else str(known.present)


def _date(pen: Pen, day: date | None) -> list[str | Blank]:
    on, month, year = day_month_year(day)
    return [
        pen.blank(on, SMALL_DATE, 0), "month", pen.blank(month, 56, 0), "era", pen.blank(year, 34, 0),
    ]  # fmt: skip


def _table(pen: Pen, rows: Sequence[Row], *, filled: bool) -> Grid:
    shares = FILLED if filled else PRINTED
    tracks = [Track(pen[key], share=share) for key, share in zip(("item", "found", "advice"), shares, strict=True)]
    cells = [[pen.digits(text) for text in (f"{row.number}. {row.item}", row.found, row.advice)] for row in rows]
    head = replace(CELL, face="bold")
    return pen.grid(tracks, cells, style=CELL, height=18, head=head, middle=False, prose=True)


def _recommendations(pen: Pen, text: str) -> list[Block]:
    heading = Paragraph(pen["recommendations"], replace(BOLD, leading=1.7), keep=True)
    return [heading, Fill(pen.blank(text)) if text else Fill(Blank())]


def _signed(pen: Pen, internal: Sequence[Signature], supervisor: Signature, on: date | None) -> Together:
    label = measure(pen["internal"], LINE) + 6
    lines = [
        Fill(
            pen["sign"],
            pen.blank(line.name),
            pen["position"],
            pen.blank(line.position),
            pen.digits(line.role),
            style=LINE,
        )
        for line in internal
    ]
    day, month, year = day_month_year(on)
    of_day = Fill(
        pen.blank(day, 40, 0), "/", pen.blank(month, 60, 0), "/", pen.blank(year, 40, 0),
        style=replace(LINE, left_indent=24),
    )  # fmt: skip
    return Together(
        Aside(pen["internal"], label, lines),
        Space(8),
        Beside((5, []), (7, [pen.signature("supervisor", supervisor.name), of_day])),
        Space(4),
        pen.note(),
    )


class Aside(Block):
    """Words on the left, lines beside them."""

    def __init__(self, words: str, room: float, lines: Sequence[Block]) -> None:
        self.words, self.room, self.lines = words, room, lines

    def strips(self, width: float):  # type: ignore[no-untyped-def]
        columns = (self.room, [Paragraph(self.words, LINE)]), (width - self.room, self.lines)
        return Beside(*columns, gap=0).strips(width)


def _added(pen: Pen, form: FormEleven) -> list[Block]:
    visit = f"{_('Visit')}: {long_date(form.visited_on)} · {form.stage}"
    edition = _("Edition %(n)d") % {"n": form.edition}
    if form.correction_reason:
        edition = f"{edition} · {_('why corrected')}: {form.correction_reason}"
    blocks: list[Block] = [
        Paragraph(pen.digits(_("Added by the letter")), TITLE),
        Paragraph(pen.digits(form.part_one.school), TEXT),
        Paragraph(pen.digits(form.part_one.programme), TEXT),
        Paragraph(pen.digits(visit), TEXT),
        Paragraph(pen.digits(edition), TEXT),
    ]
    for part in form.added_parts:
        blocks.append(Paragraph(str(part.heading), replace(PART, before=12), keep=True))
        blocks.append(Paragraph(pen.digits(part.text) or BLANK, replace(TEXT, first_indent=28)))
    return blocks
