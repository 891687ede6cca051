"""Form 9: the time sheets of the trainees, two days on a sheet, and that of the instructor.

Its sheet for life skills is not of this programme.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import time
from decimal import Decimal
from typing import IO, Any, Final

from courses.rules import hours_shown
from documents.typesetting.blanks import Blank
from documents.typesetting.flow import Beside, Block, Paragraph, Space
from documents.typesetting.heads import Head
from documents.typesetting.lines import Style
from documents.typesetting.pages import Paper
from documents.typesetting.tables import Grid, Track
from offices.thai.dates import long_date, short_date
from trainees.papers.facts import CourseFacts, Day, Way, shared
from trainees.papers.layout import SUBTITLE, TEXT, WIDE, Ended, Pen, empty_rows, period

DAYS_ON_A_SHEET: Final = 2
SIGNATURE: Final = 55.0
CLOCK: Final = 42.0
SMALL: Final = Style(size=9.2, leading=1.4)


def write(
    target: IO[bytes],
    words: Mapping[str, Any],
    course: CourseFacts,
    people: Sequence[str],
    days: Sequence[Day],
    way: Way,
) -> None:
    pen = Pen(words, thai_digits=way.thai_digits)
    with pen.begin(target, author=course.school or course.school_district, margins=WIDE) as paper:
        for start in range(0, max(1, len(days)), DAYS_ON_A_SHEET):
            _begin_sheet(paper, pen, "title")
            some = days[start : start + DAYS_ON_A_SHEET]
            paper.add(*_of_trainees(pen, course, people, some, way))
        _begin_sheet(paper, pen, "instructor_title")
        paper.add(*_of_instructor(pen, course, people, days, way))


def _begin_sheet(paper: Paper, pen: Pen, title: str) -> None:
    """Each sheet has pages of its own, counted from one."""
    paper.new_page()
    paper.furniture = pen.frame(first=paper.pages_shown)
    paper.mark(pen[title])


def _of_trainees(
    pen: Pen, course: CourseFacts, people: Sequence[str], days: Sequence[Day], way: Way
) -> list[Block]:
    taught = list(dict.fromkeys(name for day in days for name in day.instructors))
    count = str(len(people)) if people else ""
    signers = way.signers
    signed = [
        pen.signature("instructor", signers.instructor, (pen["day"], "")),
        pen.signature("teacher", signers.teacher, (pen["day"], "")),
    ]
    return [
        pen.title(),
        pen.title("kind", SUBTITLE),
        pen.head(
            "programme", pen.blank(course.programme, 150),
            then=("hours", pen.blank(course.hours, 36, 0), "hours_unit"),
        ),
        pen.head(
            "instructor", pen.blank(", ".join(taught) or course.instructor, 150),
            then=("people", pen.blank(count, 36, 0), "people_unit"),
        ),
        _when(pen, course, days),
        _where(pen, course),
        Space(8),
        Ended(
            _signing_table(pen, people, days),
            Paragraph(pen["certified"], TEXT),
            Space(18),
            Beside((1, [signed[0]]), (1.25, [signed[1]]), gap=18),
            Space(6),
            pen.note(),
        ),
    ]  # fmt: skip


def _when(pen: Pen, course: CourseFacts, days: Sequence[Day]) -> Block:
    """The days on this sheet, their hours, and the times where all days have the same."""
    first, last = (days[0].on, days[-1].on) if days else (course.first, course.last)
    hours = hours_shown(sum((day.hours for day in days), Decimal(0))) if days else ""
    return pen.fill(
        "from", pen.blank(period(first, last), 100), "hours", pen.blank(hours, 30, 0), "hours_unit",
        _clock(pen, shared(day.starts_at for day in days)), "clock",
        "until", _clock(pen, shared(day.ends_at for day in days)), "clock",
    )  # fmt: skip


def _clock(pen: Pen, moment: time | None) -> Blank:
    return pen.blank(f"{moment:%H.%M}" if moment else "", 46, 0)


def _where(pen: Pen, course: CourseFacts) -> Block:
    return pen.fill(
        "place", pen.blank(course.venue, 110, 2),
        "district", pen.blank(course.district, 70), "province", pen.blank(course.province, 70),
    )  # fmt: skip


def _signing_table(pen: Pen, people: Sequence[str], days: Sequence[Day]) -> Grid:
    columns = [(SIGNATURE, "signature"), (CLOCK, "came"), (SIGNATURE, "signature"), (CLOCK, "left")]
    tracks = [Track(width=22, align="center"), Track()]
    tracks += [Track(width=width) for width, _key in columns * DAYS_ON_A_SHEET]
    named = [f"{pen['day']} {pen.digits(short_date(day.on))}" for day in days]
    named += [pen["day_empty"]] * (DAYS_ON_A_SHEET - len(named))
    heads = [
        [Head(pen["number"], down=2), Head(pen["name"], down=2), *(Head(day, span=4) for day in named)],
        [Head(pen[key]) for _width, key in columns * DAYS_ON_A_SHEET],
    ]
    blanks = [""] * len(columns) * DAYS_ON_A_SHEET
    rows = [[pen.digits(str(number)), name, *blanks] for number, name in enumerate(people, start=1)]
    return pen.grid(
        tracks, rows or empty_rows(pen.words["rows"], len(tracks)), heads=heads, height=24, style=SMALL
    )


def _of_instructor(
    pen: Pen, course: CourseFacts, people: Sequence[str], days: Sequence[Day], way: Way
) -> list[Block]:
    count = str(len(people)) if people else ""
    hours = hours_shown(sum((day.hours for day in days), Decimal(0))) if days else ""
    signed: list[Block] = [pen.fill("sign", Blank()), pen.fill("responsible", pen.blank(way.signers.responsible))]
    return [
        pen.title("instructor_title"),
        Space(6),
        pen.head(
            "programme", pen.blank(course.programme, 140),
            then=(
                "hours", pen.blank(course.hours, 34, 0), "hours_unit",
                "people", pen.blank(count, 34, 0), "people_unit",
            ),
        ),
        _when(pen, course, days),
        _where(pen, course),
        Space(8),
        Ended(
            _instructor_table(pen, course, days),
            Space(10),
            pen.fill(
                "hours", pen.blank(str(len(days)) if days else "", 70, 0), "days_unit",
                "hours", pen.blank(hours, 70, 0), "hours_unit",
            ),
            Space(14),
            Beside((5, []), (6, signed)),
            Space(6),
            pen.note(),
        ),
    ]  # fmt: skip


def _instructor_table(pen: Pen, course: CourseFacts, days: Sequence[Day]) -> Grid:
    tracks = [
        Track(pen["number"], 26, align="center"),
        Track(pen["date"], 92),
        Track(pen["name"]),
        Track(pen["signature"], 82),
        Track(pen["came"], 54),
        Track(pen["signature"], 82),
        Track(pen["left"], 54),
    ]
    taught = [(day.on, name) for day in days for name in day.instructors or (course.instructor,)]
    rows = [
        [pen.digits(str(number)), pen.digits(long_date(on)), name, "", "", "", ""]
        for number, (on, name) in enumerate(taught, start=1)
    ]
    return pen.grid(tracks, rows or empty_rows(pen.words["instructor_rows"], len(tracks)), height=34)
