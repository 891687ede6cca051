"""Form 10: the assessment, signed by instructor, responsible person and director, and its explanation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import IO, Any, Final

from documents.typesetting.blanks import Signature
from documents.typesetting.flow import Beside, Block, Paragraph, Space
from documents.typesetting.lines import Style
from documents.typesetting.tables import Cell, Grid, Track
from trainees.papers.facts import Assessed, CourseFacts, Rule, Signers, Way
from trainees.papers.layout import CELL, TEXT, WIDE, Ended, Noted, Pen, day_month_year, empty_rows

WIDTHS: Final = (27, 94, None, 63, 50, 64, 52, 58)
HEAD: Final = Style(size=8.8, leading=1.45)
FILLED_HEIGHT: Final = 20.5  # so that fifteen people, the size of a long course, stand on one page
EMPTY_HEIGHT: Final = 26.0
INDENT: Final = 36.0


def write(
    target: IO[bytes],
    words: Mapping[str, Any],
    course: CourseFacts,
    people: Sequence[Assessed],
    rule: Rule,
    way: Way,
) -> None:
    pen = Pen(words, thai_digits=way.thai_digits)
    with pen.begin(target, author=course.school or course.school_district, margins=WIDE) as paper:
        paper.mark(f"{pen['box']} {pen['title']}")
        paper.add(
            pen.title(),
            *_head(pen, course),
            Space(10),
            Ended(
                _table(pen, people), *_ways(pen, rule), Space(6), *_signed(pen, course, way.signers), pen.note()
            ),
        )
        paper.new_page()
        paper.mark(pen["explanation"])
        paper.add(pen.title("explanation"), Space(6), _explanation(pen, rule))


def _head(pen: Pen, course: CourseFacts) -> list[Block]:
    day, month, year = day_month_year(course.first, course.last)
    return [
        pen.head(
            "programme", pen.blank(course.programme, 150),
            then=("hours", pen.blank(course.hours, 60, 0), "hours_unit"),
        ),
        pen.fill(
            "from", pen.blank(day, 34, 0), "month", pen.blank(month, 62, 0), "era", pen.blank(year, 36, 0),
            "place", pen.blank(course.venue, 100),
        ),
        pen.fill(
            "subdistrict", pen.blank(course.subdistrict), "district", pen.blank(course.district),
            "province", pen.blank(course.province),
        ),
    ]  # fmt: skip


def _table(pen: Pen, people: Sequence[Assessed]) -> Grid:
    tracks = [
        Track(label, width, align="left" if width is None else "center")
        for label, width in zip(pen.words["columns"], WIDTHS, strict=True)
    ]
    level = {True: pen["passed"], False: pen["failed"], None: ""}
    rows = [
        [
            *(
                pen.digits(cell)
                for cell in (str(number), person.number, person.name, *person.points, person.total)
            ),
            level[person.passed],
        ]
        for number, person in enumerate(people, start=1)
    ]
    height = FILLED_HEIGHT if rows else EMPTY_HEIGHT
    rows = rows or empty_rows(pen.words["rows"], len(tracks))
    return pen.grid(tracks, rows, height=height, style=replace(CELL, size=9.6), head=HEAD)


def _ways(pen: Pen, rule: Rule) -> list[Block]:
    stands_in = replace(TEXT, left_indent=INDENT)
    said = pen.digits(pen.words["rule"].format(**asdict(rule)))
    return [
        Noted(pen["note_label"], pen["ways"]),
        Paragraph(pen["way_one"], stands_in),
        Paragraph(pen["way_two"], stands_in),
        Paragraph(said, replace(TEXT, first_indent=INDENT)),
    ]


def _signed(pen: Pen, course: CourseFacts, signers: Signers) -> list[Block]:
    two = [pen.signature("instructor", signers.instructor), pen.signature("responsible", signers.responsible)]
    return [
        Beside((1, [two[0]]), (1, [two[1]]), gap=28),
        Space(4),
        Beside((3, []), (8, [_director(pen, course, signers)]), (3, [])),
    ]


def _director(pen: Pen, course: CourseFacts, signers: Signers) -> Signature:
    """The approver; somebody who acts for the director signs with their own position above the director's."""
    more = [(signers.director_position, "")] if signers.acting and signers.director_position else []
    key, place = ("director_of", course.school) if course.school else ("director", course.school_district)
    more.append((f"{signers.acting}{pen[key]}", place))
    return pen.signature("approver", signers.director, *more)


def _explanation(pen: Pen, rule: Rule) -> Grid:
    labels = pen.words["explanation_columns"]
    tracks = [Track(label, share=share) for label, share in zip(labels, (24, 33, 43), strict=True)]
    needed = asdict(rule)
    rows: list[list[str | Cell]] = [
        [pen.digits(cell.format(**needed)) for cell in row] for row in pen.words["explanation_rows"]
    ]
    rows.append([Cell(pen["explanation_total"], bold=True), "", ""])
    return pen.grid(tracks, rows, head=replace(CELL, face="bold"), middle=False)
