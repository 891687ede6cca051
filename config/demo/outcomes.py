"""What the demo's people said of their courses, and what became of those who passed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING, Any, Final

from config.demo.calendar import STORY_DAY
from courses.models import Course
from trainees.follow_up import due_on, due_waves
from trainees.models import Enrolment, FollowUp, Result, Satisfaction
from trainees.models.follow_ups import Use
from trainees.models.satisfaction import ITEMS, Way
from trainees.passing import judge

if TYPE_CHECKING:
    from config.demo.load import SchoolLife

ASKED_FOR_OPINION: Final = 0.2
"""Of the courses that are over: the others have their papers still in a folder."""
FOLLOWED: Final = 0.18
REMARKS: Final = ("อยากให้เพิ่มเวลาฝึก", "อุปกรณ์ไม่พอกับคน", "เสียงเบาไปบ้าง", "ดีมาก")
COMMENTS: Final = (
    "อยากให้จัดอีกในปีหน้า",
    "วิทยากรใจเย็น สอนเข้าใจง่าย",
    "ขอให้สอนเรื่องการขายออนไลน์เพิ่ม",
    "",
    "",
    "",
)
EVIDENCE: Final = ("มีเพจของตนเอง", "ลูกค้าประจำในตลาดนัด", "ได้ออกรายการวิทยุชุมชน", "ได้รับรางวัลระดับอำเภอ")
NOTES: Final = ("ย้ายไปทำงานต่างจังหวัด", "โทรแล้วไม่รับสาย", "เบอร์โทรศัพท์เปลี่ยน", "")
INCOMES: Final = (
    0,
    300,
    500,
    800,
    1000,
    1200,
    1500,
    2000,
    2500,
    3000,
    3500,
    4500,
    6000,
    8000,
    12000,
    16000,
    32000,
)
WEIGHTS: Final = (14, 8, 12, 10, 10, 8, 10, 9, 6, 8, 5, 5, 4, 3, 2, 1, 1)


def tell(lives: Sequence[SchoolLife]) -> None:
    """Opinions of a share of the courses that are over, follow-ups of another; the rest is still to be entered."""
    satisfaction: list[Satisfaction] = []
    follow_ups: list[FollowUp] = []
    for life in lives:
        rng = Random(f"outcomes {life.offer.school.code}")  # noqa: S311 (play, not secrets)
        results = {id(result.enrolment): result for result in life.classroom.results}
        for course in life.offer.courses:
            if course.status not in Course.FINISHED_STATES:
                continue
            people = [each for each in life.rosters.enrolments if each.course is course and each.first_attended_on]
            if rng.random() < ASKED_FOR_OPINION:
                satisfaction += _opinions(rng, course, people)
            if rng.random() < FOLLOWED:
                passed = [each for each in people if _has_passed(each, results.get(id(each)))]
                follow_ups += _followed(rng, course, passed)
    Satisfaction.objects.bulk_create(satisfaction, batch_size=1000)
    FollowUp.objects.bulk_create(follow_ups, batch_size=1000)


def _has_passed(place: Enrolment, result: Result | None) -> bool:
    course = place.course
    return judge(result, place.attended_hours, course.hours, course.fiscal_year).passed is True


def _opinions(rng: Random, course: Course, people: list[Enrolment]) -> Iterator[Satisfaction]:
    liked = rng.uniform(3.6, 4.7)
    food = rng.uniform(-0.6, 0.2)
    for place in people:
        if rng.random() < 0.12:
            continue
        levels = {f"item_{item}": _level(rng, liked + (food if item == ITEMS[-1] else 0)) for item in ITEMS}
        by_phone = rng.random() < 0.4
        yield Satisfaction(
            school=place.school,
            enrolment=place,
            answered_on=course.ends_on,
            way=Way.PHONE if by_phone else Way.STAFF,
            remarks={str(rng.choice(ITEMS)): rng.choice(REMARKS)} if rng.random() < 0.1 else {},
            comment=rng.choice(COMMENTS) if rng.random() < 0.3 else "",
            **levels,
        )


def _level(rng: Random, around: float) -> int | None:
    if rng.random() < 0.02:
        return None
    return min(5, max(1, round(rng.gauss(around, 0.6))))


def _followed(rng: Random, course: Course, people: list[Enrolment]) -> Iterator[FollowUp]:
    for wave in due_waves(course.ends_on, course.fiscal_year, STORY_DAY):
        for place in people:
            draw = rng.random()
            if draw < 0.25:
                continue  # nobody has asked yet
            asked_on = min(due_on(course.ends_on, wave) + timedelta(days=rng.randint(0, 20)), STORY_DAY)
            yield _asked(rng, place, wave, asked_on, reached=draw > 0.4)


def _asked(rng: Random, place: Enrolment, wave: int, asked_on: date, *, reached: bool) -> FollowUp:
    facts: dict[str, Any] = {"outcome": FollowUp.Outcome.NOT_REACHED, "note": rng.choice(NOTES)}
    if reached:
        facts = _answer(rng)
    return FollowUp(school=place.school, enrolment=place, wave=wave, asked_on=asked_on, **facts)


def _answer(rng: Random) -> dict[str, Any]:
    uses = [use for use in Use if rng.random() < 0.25] if rng.random() < 0.85 else []
    income: Decimal | None = Decimal(rng.choices(INCOMES, WEIGHTS)[0]) if rng.random() < 0.9 else None
    if income and Use.EARN not in uses:
        uses = [Use.EARN, *uses]
    known = rng.random() < 0.2
    return {
        "outcome": FollowUp.Outcome.ANSWERED,
        "uses": [use for use in Use if use in uses],
        "added_income": income,
        "has_work": rng.choice([True, True, False, None]),
        "is_entrepreneur": rng.random() < 0.15,
        "joined_group": rng.random() < 0.35,
        "joined_enterprise": rng.random() < 0.12,
        "works_with_partners": rng.choice([True, False, False, None]),
        "sells": bool(income) and rng.random() < 0.8,
        "is_known": known,
        "evidence": rng.choice(EVIDENCE) if known else "",
        "way": Way.PHONE if rng.random() < 0.3 else Way.STAFF,
    }
