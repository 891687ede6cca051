"""What happened inside the demo's courses: their days, who was there for how long, and how they were assessed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal
from math import ceil
from random import Random
from typing import Final

from config.demo.calendar import STORY_DAY, State
from courses.models import Course, Session
from trainees.models import Attendance, Enrolment, Result

USUAL_HOURS: Final = 6  # a day
WITHOUT_LUNCH: Final = Decimal(4)
LONG_DAY: Final = Decimal(7)
HALF: Final = Decimal("0.5")
NONE: Final = Decimal(0)

FIRST_TOPIC: Final = "ความรู้พื้นฐาน วัสดุ อุปกรณ์ และความปลอดภัย"
LAST_TOPIC: Final = "ฝึกปฏิบัติ คิดต้นทุน ตั้งราคา และช่องทางการจำหน่าย"
TOPICS: Final = (
    "สาธิตและฝึกปฏิบัติทีละขั้น",
    "ฝึกปฏิบัติเป็นกลุ่ม",
    "ฝึกปฏิบัติเดี่ยวและแก้ข้อผิดพลาด",
    "พัฒนารูปแบบและคุณภาพของผลงาน",
)

TRUANTS: Final = 0.07
WEAK: Final = 0.05
NOT_YET_TYPED: Final = 0.12
"""Completed courses whose sheet nobody has entered yet; as many wait for their assessment."""


@dataclass
class Classroom:
    """One school's sessions, sheets and assessments while they are made up."""

    rng: Random
    sessions: list[Session] = field(default_factory=list)
    attendance: list[Attendance] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)

    def teach(self, course: Course, roster: Iterable[Enrolment]) -> None:
        """Fill a course that takes or took place; who came first when follows its days from now on."""
        days = self._timetable(course)
        held = [session for session in days if session.held_on <= STORY_DAY]
        completed = course.status == State.COMPLETED
        sheet_typed = not (completed and self.rng.random() < NOT_YET_TYPED)
        assessed = 0.0 if course.status == State.RUNNING else self._assessed(completed)
        for enrolment in roster:
            if enrolment.first_attended_on:
                enrolment.first_attended_on = _first_on_or_after(enrolment.first_attended_on, days)
            if sheet_typed:
                self._sheet(enrolment, held)
            if enrolment.first_attended_on and enrolment.withdrawn_on is None:
                self._assess(enrolment, assessed)

    def _assessed(self, completed: bool) -> float:
        """The share of a course's people who have all their points; all of them once it is closed."""
        if not completed:
            return 1.0
        return self.rng.choices([1.0, 0.8, 0.0], [70, 18, 12])[0]

    def _timetable(self, course: Course) -> list[Session]:
        """From the first day to the last, evenly between; as many half hours a day as the course needs."""
        length = (course.ends_on - course.starts_on).days
        count = min(max(ceil(course.hours / USUAL_HOURS), 2 if length else 1), length + 1)
        halves, over = divmod(int(course.hours / HALF), count)
        made = []
        for number in range(count):
            hours = (halves + (number < over)) * HALF
            starts_at = time(8 if hours > LONG_DAY else 9)
            minutes = int(hours * 60) + (60 if hours > WITHOUT_LUNCH else 0)
            made.append(
                Session(
                    school=course.school,
                    course=course,
                    held_on=course.starts_on + timedelta(days=round(number * length / max(count - 1, 1))),
                    starts_at=starts_at,
                    ends_at=time(starts_at.hour + minutes // 60, minutes % 60),
                    hours=hours,
                    topic=self._topic(number, count),
                )
            )
        self.sessions += made
        return made

    def _topic(self, number: int, count: int) -> str:
        if number == 0:
            return FIRST_TOPIC
        return LAST_TOPIC if number == count - 1 else self.rng.choice(TOPICS)

    def _sheet(self, enrolment: Enrolment, held: list[Session]) -> None:
        """A cell for each session up to the day they left; before they first came they were absent."""
        absent = 0.45 if self.rng.random() < TRUANTS else 0.03
        cells = [
            Attendance(
                school=enrolment.school,
                enrolment=enrolment,
                session=session,
                hours=self._hours(enrolment.first_attended_on, session, absent),
            )
            for session in held
            if enrolment.withdrawn_on is None or session.held_on < enrolment.withdrawn_on
        ]
        if cells:
            enrolment.attended_hours = sum((cell.hours for cell in cells), NONE)
        self.attendance += cells

    def _hours(self, first: date | None, session: Session, absent: float) -> Decimal:
        if first is None or session.held_on < first:
            return NONE
        draw = self.rng.random()
        if draw < absent and session.held_on != first:
            return NONE
        return max(session.hours - 1, HALF) if draw > 0.96 else session.hours

    def _assess(self, enrolment: Enrolment, share: float) -> None:
        """Most do well, some do not; of who is not assessed yet, some have the points of a test already."""
        rng = self.rng
        ability = rng.uniform(0.3, 0.55) if rng.random() < WEAK else rng.triangular(0.6, 1.0, 0.85)
        points: dict[str, Decimal | None] = {
            part: min(Decimal(round(2 * most * (ability + rng.uniform(-0.08, 0.08)))) / 2, Decimal(most))
            for part, most in Result.MOST.items()
        }
        if rng.random() >= share:
            if rng.random() < 0.7:
                return
            points["practice"] = points["quality"] = None
        self.results.append(Result(school=enrolment.school, enrolment=enrolment, **points))


def _first_on_or_after(day: date, sessions: list[Session]) -> date:
    return next(session.held_on for session in sessions if session.held_on >= day)
