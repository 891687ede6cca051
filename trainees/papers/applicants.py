"""Form 8: the list of applicants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import IO, Any, Final

from documents.typesetting.flow import Beside, Space
from documents.typesetting.tables import Track
from trainees.papers.facts import Applicant, CourseFacts, Way
from trainees.papers.layout import CELL, LINE, WIDE, Ended, Pen, empty_rows, period

WIDTHS: Final = (22, 98, 92, 26, 60, 52, None, 50)
EMPTY_HEIGHT: Final = 31
ALIGNED: Final = {0: "center", 2: "center", 3: "center"}
SMALL: Final = replace(CELL, size=9.3)


def write(
    target: IO[bytes], words: Mapping[str, Any], course: CourseFacts, people: Sequence[Applicant], way: Way
) -> None:
    pen = Pen(words, thai_digits=way.thai_digits)
    with pen.begin(target, author=course.school or course.school_district, margins=WIDE) as paper:
        paper.mark(f"{pen['box']} {pen['title']}")
        paper.add(
            pen.title(),
            _school(pen, course),
            pen.head(
                "programme",
                pen.blank(course.programme, 150),
                then=("hours", pen.blank(course.hours, 40, 0), "hours_unit"),
            ),
            pen.fill(
                "from", pen.blank(period(course.first, course.last), 130), "place", pen.blank(course.venue, 130)
            ),
            Space(8),
            Ended(
                _table(pen, people),
                Space(22),
                Beside((5, []), (7, [pen.signature("responsible", way.signers.responsible)])),
                Space(14),
                pen.note(),
            ),
        )


def _school(pen: Pen, course: CourseFacts):  # type: ignore[no-untyped-def]
    """The printed words say a district centre; another school stands there by its own name."""
    bold = replace(LINE, face="bold")
    province = ("province", pen.blank(course.school_province, 110))
    if course.school:
        return pen.fill(pen.blank(course.school, 200, 2), *province, style=bold)
    return pen.fill("school", pen.blank(course.school_district, 90), *province, style=bold)


def _table(pen: Pen, people: Sequence[Applicant]):  # type: ignore[no-untyped-def]
    tracks = [
        Track(label, width, align=ALIGNED.get(number, "left"))  # type: ignore[arg-type]
        for number, (label, width) in enumerate(zip(pen.words["columns"], WIDTHS, strict=True))
    ]
    breaks = pen.words["breaks"]
    rows = []
    for number, person in enumerate(people, start=1):
        shown = person._replace(education=breaks.get(person.education, person.education))
        rows.append([pen.digits(cell) for cell in (str(number), *shown)])
    if rows:
        return pen.grid(tracks, rows, height=27, style=SMALL)
    return pen.grid(tracks, empty_rows(pen.words["rows"], len(tracks)), height=EMPTY_HEIGHT, style=SMALL)
