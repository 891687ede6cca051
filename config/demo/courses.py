"""A school's curricula and courses of the demo, each of the type that its year's rules give to its hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import ceil
from random import Random
from typing import Final

from config.demo import names
from config.demo.calendar import STORY_DAY, State, Wish
from config.demo.places import BANGKOK
from config.demo.trades import TRADES, Trade, after_thai, theory_of
from courses.models import Course, Curriculum
from courses.rules import classify
from offices.models import CourseType, FiscalYear, School, Subdistrict, User
from offices.thai import dates

HOURS_A_DAY: Final = 6
REASONS: Final = {
    State.CANCELLED: (
        "มีผู้สมัครไม่ครบตามจำนวน",
        "วิทยากรเจ็บป่วยและหาผู้แทนไม่ได้",
        "น้ำท่วมพื้นที่จัดอบรม",
    ),
    State.POSTPONED: (
        "ตรงกับฤดูเกี่ยวข้าว ผู้เรียนขอเลื่อน",
        "รอการจัดสรรงบประมาณไตรมาสถัดไป",
        "สถานที่ใช้เป็นหน่วยเลือกตั้งท้องถิ่น",
    ),
}


@dataclass(frozen=True)
class Rules:
    """A fiscal year with its course types."""

    year: FiscalYear
    types: Sequence[CourseType]

    def type_of(self, hours: Decimal) -> CourseType:
        return classify(hours, self.types, step=self.year.hours_step, most_hours=self.year.most_hours)


DAYS_FROM_FIRST: Final = {State.APPROVED: -14, State.OPEN: -7, State.RUNNING: 0}
DAYS_FROM_LAST: Final = {State.COMPLETED: 1, State.CLOSED: 10}


def _since(course: Course) -> datetime | None:
    """When it came into its state; never later than the day from which the story is told."""
    state = State(course.status)
    if state == State.DRAFT:
        return None
    if state in DAYS_FROM_LAST:
        day = course.ends_on + timedelta(days=DAYS_FROM_LAST[state])
    else:
        day = course.starts_on + timedelta(days=DAYS_FROM_FIRST.get(state, -3))
    return datetime.combine(min(day, STORY_DAY), time(9), tzinfo=dates.BANGKOK)


class Offer:
    """What one school teaches. A curriculum is made when it is first needed, and then run again and again."""

    def __init__(
        self,
        school: School,
        clerk: User,
        rules: dict[int, Rules],
        subdistricts: Sequence[Subdistrict],
        rng: Random,
    ) -> None:
        self.school, self.clerk, self.rules, self.subdistricts, self.rng = school, clerk, rules, subdistricts, rng
        self.curricula: dict[tuple[str, str], Curriculum] = {}
        self.courses: list[Course] = []

    def course(self, wish: Wish) -> Course:
        rng, rules = self.rng, self.rules[wish.year]
        trade, hours = self._trade(wish, rules)
        curriculum = self._curriculum(trade, hours)
        runs = sum(course.curriculum is curriculum for course in self.courses)
        place = rng.choice(self.subdistricts) if self.subdistricts else None
        course = Course(
            school=self.school,
            curriculum=curriculum,
            name=trade.title + (f" รุ่นที่ {runs + 1}" if runs else ""),
            fiscal_year=rules.year,
            hours=hours,
            course_type=rules.type_of(hours),
            learning_mode=Course.LearningMode.INDIVIDUAL if wish.individual else Course.LearningMode.GROUP,
            skill_purpose=trade.purpose if rng.random() < 0.8 else rng.choice(Course.SkillPurpose.values),
            starts_on=wish.starts_on,
            ends_on=wish.ends_on or _last_day(rng, wish.starts_on, hours),
            venue=_venue(rng, place),
            subdistrict=place,
            instructor=names.whole_name(rng) if wish.state != State.DRAFT or rng.random() < 0.5 else "",
            status=wish.state,
            status_reason=rng.choice(REASONS[State(wish.state)]) if wish.state in REASONS else "",
            created_by=self.clerk,
        )
        course.status_since = _since(course)
        self.courses.append(course)
        return course

    def _trade(self, wish: Wish, rules: Rules) -> tuple[Trade, Decimal]:
        """A trade with hours that fit the wish; often one that the school teaches already."""
        fitting = [
            (trade, Decimal(hours))
            for trade in TRADES
            for hours in trade.hours
            if wish.long is None or (rules.type_of(Decimal(hours)).kind == CourseType.Kind.LONG) == wish.long
        ]
        if wish.ends_on:  # the days are given: no more hours than they hold
            room = ((wish.ends_on - wish.starts_on).days + 1) * 9
            fitting = [(trade, hours) for trade, hours in fitting if hours <= room]
        known = [(trade, hours) for trade, hours in fitting if (trade.title, str(hours)) in self.curricula]
        return self.rng.choice(known if known and self.rng.random() < 0.35 else fitting)

    def _curriculum(self, trade: Trade, hours: Decimal) -> Curriculum:
        key = (trade.title, str(hours))
        if key not in self.curricula:
            theory = theory_of(hours)
            self.curricula[key] = Curriculum(
                school=self.school,
                title=trade.title,
                hours_theory=theory,
                hours_practice=hours - theory,
                fit=trade.fit,
                trade_group=trade.group,
                aims=f"เพื่อให้ผู้เรียนมีความรู้ ความเข้าใจ และทักษะด้าน{after_thai(trade.title)} "
                "นำไปสร้างอาชีพและเพิ่มรายได้ได้จริง",
            )
        return self.curricula[key]


def _last_day(rng: Random, first: date, hours: Decimal) -> date:
    """Day after day, or on one day a week where people have to work."""
    days = ceil(hours / HOURS_A_DAY)
    step = 7 if 1 < days <= 5 and rng.random() < 0.3 else 1
    return first + timedelta(days=(days - 1) * step)


def _venue(rng: Random, place: Subdistrict | None) -> str:
    village = f"ศาลาประชาคม หมู่ที่ {rng.randint(1, 12)}"
    if place is None:
        return village
    unit = "แขวง" if place.code.startswith(BANGKOK) else "ตำบล"
    return rng.choice([village, f"ศกร.ระดับ{unit}{place.name_th}", f"โรงเรียนผู้สูงอายุ{place.name_th}"])
