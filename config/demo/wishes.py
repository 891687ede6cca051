"""The demo's need surveys with their answers, and two holidays that are plainly invented."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Final

from config.demo import DEMO_YEAR, names
from config.demo.calendar import FIRST_DAY, STORY_DAY
from config.demo.places import OUR_SCHOOL
from config.demo.trades import TRADES
from courses.models import Answer, Reason, Survey
from courses.needs import common_topics
from offices.models import Holiday

if TYPE_CHECKING:
    from config.demo.load import SchoolLife

HOLIDAYS: Final = (
    (date(2026, 1, 23), "วันหยุดสมมุติของท้องถิ่น (ตัวอย่าง)"),
    (date(2026, 12, 2), "วันหยุดสมมุติของท้องถิ่น (ตัวอย่าง)"),
)
"""Invented: which days are holidays is decided each year by others. The second lies within a course that runs."""
TIMES: Final = ("9.00–12.00 น.", "ช่วงบ่าย", "หลังเลิกงาน 17.00 น.", "")
OTHERS: Final = ("เพาะพันธุ์ปลา", "ทำน้ำพริก", "ซ่อมมือถือ")


def tell(lives: list[SchoolLife]) -> None:
    Holiday.objects.bulk_create([Holiday(day=day, name=name) for day, name in HOLIDAYS], ignore_conflicts=True)
    for life in lives:
        if life.offer.school.code == OUR_SCHOOL:
            past = _survey(life, DEMO_YEAR, FIRST_DAY, FIRST_DAY + timedelta(days=45))
            present = _survey(life, DEMO_YEAR + 1, date(2026, 11, 1), date(2027, 1, 31))
            Answer.objects.bulk_create([*_answers(life, past, 38), *_answers(life, present, 24)])


def _survey(life: SchoolLife, year: int, opens_on: date, closes_on: date) -> Survey:
    return Survey.objects.create(
        school=life.offer.school,
        fiscal_year_id=year,
        title=f"สำรวจความต้องการเรียนรู้อาชีพ ปี {year}",
        opens_on=opens_on,
        closes_on=closes_on,
        topics=[*common_topics(), *(trade.title for trade in TRADES[:10])],
        about="ขอเชิญชาวบ้านทุกคนช่วยตอบ เพื่อเปิดหลักสูตรให้ตรงกับความต้องการ",
    )


def _answers(life: SchoolLife, survey: Survey, count: int) -> list[Answer]:
    rng = Random(f"wishes {survey.title}")  # noqa: S311 (play, not secrets)
    last = min(survey.closes_on, STORY_DAY)
    return [_answer(life, survey, survey.opens_on, (last - survey.opens_on).days, rng) for _ in range(count)]


def _answer(life: SchoolLife, survey: Survey, first: date, days: int, rng: Random) -> Answer:
    by_phone = rng.random() < 0.6
    topics = rng.sample(survey.topics, k=rng.choice([1, 1, 2, 3]))
    if rng.random() < 0.12:
        topics.append(rng.choice(OTHERS))
    answer = Answer(
        school=survey.school,
        survey=survey,
        source=Answer.Source.PHONE if by_phone else Answer.Source.PAPER,
        answered_on=first + timedelta(days=rng.randint(0, days)),
        topics=topics,
        hours=rng.choices([Answer.Hours.SHORT, Answer.Hours.LONG, Answer.Hours.OTHER, ""], [60, 25, 5, 10])[0],
        days=rng.choice([["weekdays"], ["weekend"], ["weekdays", "weekend"], []]),
        time_of_day=rng.choice(TIMES),
        reasons=sorted(rng.sample([Reason.EARN, Reason.SPEND_LESS, Reason.SKILL, Reason.SPARE_TIME], k=2)),
        has_occupation=rng.choice([True, True, False, None]),
        subdistrict=rng.choice(life.offer.subdistricts) if life.offer.subdistricts else None,
    )
    if answer.hours == Answer.Hours.OTHER:
        answer.hours_other = 20
    if rng.random() < 0.2:
        number = f"000-{rng.randint(100, 999)}-{rng.randint(1000, 9999)}"
        answer.contact, answer.has_contact = f"{names.whole_name(rng)} {number}", True
    return answer
