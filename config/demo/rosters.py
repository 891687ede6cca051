"""Who is on which course of the demo, when they came and left, and the waivers of courses with too few people."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from django.utils import timezone

from config.demo.calendar import STORY_DAY, State, Wish
from config.demo.people import Register
from courses.models import Course
from offices.models import User
from trainees.models import Enrolment, Trainee, Waiver

WITHDRAWN_BECAUSE: Final = (
    "ติดงานประจำ มาเรียนไม่ได้",
    "ย้ายภูมิลำเนา",
    "เจ็บป่วย",
    "ต้องดูแลผู้สูงอายุที่บ้าน",
    "ได้งานทำที่ต่างจังหวัด",
    "",
)
ASKED_BECAUSE: Final = (
    "หมู่บ้านอยู่บนดอย มีผู้สนใจเท่านี้",
    "ผู้สมัครบางคนติดเก็บเกี่ยว แต่วัสดุสั่งซื้อไว้แล้ว",
    "เป็นกลุ่มผู้พิการที่ต้องดูแลใกล้ชิด",
    "ชุมชนบนเกาะ เดินทางได้เฉพาะกลุ่มนี้",
)
NOTES: Final = {
    "accepted": ("เห็นชอบ", "เห็นชอบ ให้ติดตามผลหลังอบรม", ""),
    "refused": ("ขอให้ประชาสัมพันธ์เพิ่มอีกหนึ่งสัปดาห์ก่อน", "ให้รวมกลุ่มกับตำบลใกล้เคียง"),
}
HAS_PEOPLE: Final = frozenset({*Course.COUNTED_STATES, State.OPEN, State.POSTPONED, State.CANCELLED})
REPEATERS: Final = 0.18


@dataclass
class Rosters:
    """One school's enrolments and waivers while they are made up."""

    register: Register
    clerk: User
    superior: User
    rng: Random
    enrolments: list[Enrolment] = field(default_factory=list)
    waivers: list[Waiver] = field(default_factory=list)

    def fill(self, course: Course, wish: Wish) -> None:
        if wish.state not in HAS_PEOPLE:
            return
        size = course.course_type.group_size
        people = self._how_many(size, wish)
        taught = wish.state in Course.COUNTED_STATES
        for person in self._drawn(course, people):
            self._enrol(course, person, attends=taught)
        if taught:
            self._unsteady(course)
        if wish.waiver:
            self._ask(course, wish.waiver, people, size)

    def _how_many(self, size: int, wish: Wish) -> int:
        if wish.individual:
            return self.rng.randint(1, 3)
        if wish.short_of:
            return size - wish.short_of
        return size + self.rng.randint(0, 5)

    def _drawn(self, course: Course, count: int) -> list[Trainee]:
        """Some come back for a second course when it does not clash with another of theirs, most are new."""
        busy = {
            id(other.trainee)
            for other in self.enrolments
            if other.course.starts_on <= course.ends_on and course.starts_on <= other.course.ends_on
        }
        known = [person for person in self.register.people if id(person) not in busy]
        again = min(len(known), sum(self.rng.random() < REPEATERS for _ in range(count)))
        back = self.rng.sample(known, again)
        return back + [self.register.newcomer() for _ in range(count - again)]

    def _enrol(self, course: Course, person: Trainee, *, attends: bool, on: date | None = None) -> Enrolment:
        rng = self.rng
        enrolment = Enrolment(
            school=course.school,
            course=course,
            trainee=person,
            enrolled_on=on or min(course.starts_on, STORY_DAY) - timedelta(days=rng.randint(1, 20)),
            first_attended_on=max(on or course.starts_on, course.starts_on) if attends else None,
            skill_purpose=rng.choice(Course.SkillPurpose.values) if rng.random() < 0.1 else "",
            education=person.education,
            occupation=person.occupation,
            facts=list(person.facts),
            subdistrict=person.subdistrict,
        )
        if enrolment.skill_purpose == course.skill_purpose:
            enrolment.skill_purpose = ""
        self.enrolments.append(enrolment)
        return enrolment

    def _unsteady(self, course: Course) -> None:
        """Beside the group that opened it: left before it began, never came, came late, left on the way."""
        rng, length = self.rng, (course.ends_on - course.starts_on).days
        if rng.random() < 0.2:
            early = self._enrol(course, self.register.newcomer(), attends=False)
            self._withdraw(early, max(early.enrolled_on, course.starts_on - timedelta(days=rng.randint(1, 3))))
        if rng.random() < 0.2:
            self._enrol(course, self.register.newcomer(), attends=False)
        if length >= 1 and rng.random() < 0.4:
            joined = course.starts_on + timedelta(days=rng.randint(1, length))
            if course.status != State.RUNNING:
                self._enrol(course, self.register.newcomer(), attends=True, on=joined)
        if length >= 1 and rng.random() < 0.3 and course.status != State.RUNNING:
            steady = [e for e in self.enrolments if e.course is course and e.first_attended_on == course.starts_on]
            self._withdraw(rng.choice(steady), course.starts_on + timedelta(days=rng.randint(1, length)))

    def _withdraw(self, enrolment: Enrolment, day: date) -> None:
        enrolment.status = Enrolment.Status.WITHDRAWN
        enrolment.withdrawn_on = day
        enrolment.withdrawal_reason = self.rng.choice(WITHDRAWN_BECAUSE)

    def _ask(self, course: Course, decision: str, people: int, size: int) -> None:
        rng = self.rng
        asked = min(course.starts_on, STORY_DAY) - timedelta(days=rng.randint(3, 6))
        waiver = Waiver(
            school=course.school,
            course=course,
            reason=rng.choice(ASKED_BECAUSE),
            people=people,
            group_size=size,
            requested_by=self.clerk,
            requested_at=_at(rng, asked),
            decision=decision,
        )
        if decision != Waiver.Decision.WAITING:
            waiver.decision_note = rng.choice(NOTES[decision])
            waiver.decided_by = self.superior
            waiver.decided_at = _at(rng, asked + timedelta(days=rng.randint(1, 2)))
        self.waivers.append(waiver)


def _at(rng: Random, day: date) -> datetime:
    """Some minute of office hours."""
    return timezone.make_aware(datetime.combine(day, time(rng.randint(8, 15), rng.randint(0, 59))))
