"""What each school of the country teaches: curricula, projects, instructors, courses and their days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from math import ceil
from random import Random
from typing import Final

from config.demo import names
from config.demo.classroom import FIRST_TOPIC, LAST_TOPIC
from config.demo.courses import REASONS
from config.demo.places import OUR_SCHOOL
from config.demo.trades import TRADES, Trade, theory_of
from config.national import TODAY
from config.national.copying import Ledger, ordered
from config.national.offices import Nation, Place
from courses.models import (
    Activity,
    Answer,
    Course,
    Curriculum,
    Instructor,
    Project,
    Session,
    Survey,
    Teaching,
    Topic,
)
from offices.models import CourseType
from offices.thai.dates import fiscal_year_of

FIRST_DAY: Final = date(2025, 10, 1)
NEXT_YEAR: Final = date(2026, 10, 1)
SUMMER: Final = date(2026, 7, 1)
HOURS_A_DAY: Final = 6
LONGEST: Final = Decimal(9)  # of a short course
SHORT_SHARE: Final = 0.7
ENOUGH: Final = 6
"""Courses that a school has at least, on the average."""
State = Course.Status
Chances = tuple[tuple[str, ...], tuple[int, ...]]
"""States of courses, and how often each comes about."""

SHORT: Final = [(trade, Decimal(h)) for trade in TRADES for h in trade.hours if Decimal(h) <= LONGEST]
LONG: Final = [(trade, Decimal(h)) for trade in TRADES for h in trade.hours if LONGEST < Decimal(h) <= 40]

LONG_AGO: Final[Chances] = ((State.CLOSED, State.COMPLETED, State.CANCELLED, State.POSTPONED), (80, 8, 8, 4))
LATELY: Final[Chances] = (
    (State.CLOSED, State.COMPLETED, State.CANCELLED, State.POSTPONED, State.RUNNING, State.DRAFT),
    (30, 55, 8, 4, 2, 1),
)
NOW: Final[Chances] = ((State.RUNNING, State.OPEN), (92, 8))
SOON: Final[Chances] = ((State.DRAFT, State.APPROVED, State.OPEN), (25, 30, 45))


@dataclass(slots=True)
class Run:
    """A course, as far as others need to know it."""

    place: Place
    trade: Trade
    hours: Decimal
    starts_on: date
    ends_on: date
    status: str
    pk: int = 0
    name: str = ""
    seats: int = 0
    sessions: list[tuple[int, date, Decimal]] = field(default_factory=list)
    came: list[int] = field(default_factory=list)
    """The enrolments of those who came."""

    @property
    def is_finished(self) -> bool:
        return self.status in Course.FINISHED_STATES

    @property
    def has_begun(self) -> bool:
        return self.status in Course.COUNTED_STATES

    @property
    def room(self) -> int:
        """How many people it takes beside others: nobody is on a course that is only planned."""
        if self.status in (State.DRAFT, State.APPROVED):
            return 0
        size = 12 if self.hours <= LONGEST else 22
        return size // 3 if self.status in (State.CANCELLED, State.POSTPONED, State.OPEN) else size


def share_out(total: int, weights: Sequence[float]) -> list[int]:
    """A whole number in parts by weight, none lost."""
    whole, running, given, parts = sum(weights), 0.0, 0, []
    for weight in weights:
        running += weight
        upto = round(total * running / whole)
        parts.append(upto - given)
        given = upto
    return parts


def wished(nation: Nation, courses: int, enrolments: int) -> dict[int, list[Run]]:
    """The courses of every school with the number of people on each, exactly as many as were asked for."""
    rng = Random("national courses")  # noqa: S311 (play, not secrets)
    busy = _busy(nation, courses)
    numbers = share_out(courses, [rng.uniform(0.5, 1.5) * (place.school.pk in busy) for place in nation.places])
    runs = {
        place.school.pk: [_run(place, rng) for _ in range(number)]
        for place, number in zip(nation.places, numbers, strict=True)
    }
    several = [run for of_school in runs.values() for run in of_school]
    seats = share_out(enrolments, [run.room * rng.uniform(0.7, 1.3) for run in several])
    for run, number in zip(several, seats, strict=True):
        run.seats = number
    return runs


def _busy(nation: Nation, courses: int) -> set[int]:
    """The schools that have courses: all of them, unless there are too few for people to come to several."""
    number = courses // ENOUGH
    if number >= len(nation.places):
        return {place.school.pk for place in nation.places}
    rng = Random("national busy schools")  # noqa: S311 (play, not secrets)
    chosen = rng.sample(nation.places, max(number - 1, 0))
    ours = [place for place in nation.places if place.school.code == OUR_SCHOOL]
    return {place.school.pk for place in [*chosen, *ours]}


def _run(place: Place, rng: Random) -> Run:
    trade, hours = rng.choice(SHORT if rng.random() < SHORT_SHARE else LONG)
    this_year = rng.random() < 0.9
    starts_on = (FIRST_DAY if this_year else NEXT_YEAR) + timedelta(
        days=int(rng.random() * (365 if this_year else 80))
    )
    ends_on = starts_on + timedelta(days=ceil(hours / HOURS_A_DAY) - 1)
    if ends_on < TODAY:
        states, weights = LONG_AGO if ends_on < SUMMER else LATELY
    else:
        states, weights = NOW if starts_on <= TODAY else SOON
    return Run(place, trade, hours, starts_on, ends_on, rng.choices(states, weights)[0])


class Teacher:
    """Writes down what one school after the other teaches."""

    def __init__(self, ledger: Ledger, nation: Nation) -> None:
        self.ledger, self.nation = ledger, nation
        self.session = ledger.sheet(Session).writer(
            "school_id", "course_id", "held_on", "starts_at", "ends_at", "hours", "topic"
        )

    def teach(self, place: Place, runs: Sequence[Run], rng: Random) -> None:
        curricula = self._curricula(place, runs)
        projects = list(self._projects(place, rng))
        instructors = [self._instructor(place, rng) for _ in range(3 + len(runs) // 12)]
        self._survey(place, rng)
        for number, run in enumerate(runs, 1):
            run.name = f"{run.trade.title} รุ่นที่ {number}"
            run.pk = self._course(run, curricula[run.trade.title, run.hours], rng.choice(projects), rng)
            if run.status not in (State.DRAFT, State.CANCELLED):
                run.sessions = list(self._days(run))
            if run.status != State.DRAFT:
                self._taught(run, rng.choice(instructors), rng)

    def _curricula(self, place: Place, runs: Sequence[Run]) -> dict[tuple[str, Decimal], int]:
        found: dict[tuple[str, Decimal], int] = {}
        for run in runs:
            trade, hours, theory = run.trade, run.hours, theory_of(run.hours)
            if (trade.title, hours) in found:
                continue
            pk = found[trade.title, hours] = self.ledger.add(
                Curriculum,
                school_id=place.school.pk,
                title=trade.title,
                hours_theory=theory,
                hours_practice=hours - theory,
                fit=trade.fit,
                trade_group=trade.group,
                aims=f"เพื่อให้ผู้เรียนมีความรู้และทักษะด้าน{trade.title} นำไปสร้างอาชีพและเพิ่มรายได้ได้จริง",
            )
            for position, (title, part) in enumerate([(FIRST_TOPIC, theory), (LAST_TOPIC, hours - theory)], 1):
                spent = {"hours_theory" if position == 1 else "hours_practice": part}
                self.ledger.add(
                    Topic, school_id=place.school.pk, curriculum_id=pk, position=position, title=title, **spent
                )
        return found

    def _projects(self, place: Place, rng: Random) -> Iterator[int]:
        for number in (1, 2):
            budget = Decimal(rng.randrange(20, 200) * 1000)
            pk = self.ledger.add(
                Project,
                school_id=place.school.pk,
                name=f"โครงการพัฒนาอาชีพชุมชน แผนที่ {number} {place.school.name}",
                fiscal_year_id=min(self.nation.years),
                aims="ให้คนในชุมชนมีอาชีพและรายได้",
                budget=budget,
                responsible=place.clerk.name,
            )
            self.ledger.add(
                Activity,
                school_id=place.school.pk,
                project_id=pk,
                position=1,
                title="จัดอบรมอาชีพระยะสั้นและระยะยาว",
                budget=budget,
                quarter_2=budget,
            )
            yield pk

    def _instructor(self, place: Place, rng: Random) -> int:
        first, surname = names.first_name(rng, female=rng.random() < 0.6, southern=False), names.surname(rng)
        return self.ledger.add(
            Instructor,
            school_id=place.school.pk,
            first_name=first,
            surname=surname,
            name_order=ordered(f"{first} {surname}"),
            occupation="ผู้รู้ในชุมชน",
            experience_years=rng.randint(1, 40),
            subdistrict_id=rng.choice(place.subdistricts),
        )

    def _survey(self, place: Place, rng: Random) -> None:
        topics = [trade.title for trade in rng.sample(TRADES, 6)]
        pk = self.ledger.add(
            Survey,
            school_id=place.school.pk,
            title=f"สำรวจความต้องการฝึกอาชีพ {place.school.name}",
            fiscal_year_id=min(self.nation.years),
            opens_on=FIRST_DAY,
            closes_on=FIRST_DAY + timedelta(days=45),
            topics=topics,
        )
        for _ in range(20):
            self.ledger.add(
                Answer,
                school_id=place.school.pk,
                survey_id=pk,
                answered_on=FIRST_DAY + timedelta(days=rng.randint(0, 45)),
                topics=rng.sample(topics, 2),
                hours=rng.choice(("short", "long")),
                reasons=["earn"],
                subdistrict_id=rng.choice(place.subdistricts),
            )

    def _course(self, run: Run, curriculum: int, project: int, rng: Random) -> int:
        kind = CourseType.Kind.SHORT if run.hours <= LONGEST else CourseType.Kind.LONG
        year = self.nation.years[fiscal_year_of(run.starts_on)]
        since = min(run.ends_on if run.is_finished else run.starts_on, TODAY)
        return self.ledger.add(
            Course,
            school_id=run.place.school.pk,
            curriculum_id=curriculum,
            name=run.name,
            fiscal_year_id=year.pk,
            hours=run.hours,
            course_type_id=year.types[kind].pk,
            skill_purpose=run.trade.purpose if rng.random() < 0.8 else rng.choice(Course.SkillPurpose.values),
            starts_on=run.starts_on,
            ends_on=run.ends_on,
            venue=f"ศาลาประชาคม หมู่ที่ {rng.randint(1, 12)}",
            subdistrict_id=rng.choice(run.place.subdistricts),
            project_id=project if rng.random() < 0.7 else None,
            status=run.status,
            status_reason=REASONS[State(run.status)][0] if run.status in REASONS else "",
            status_since=None if run.status == State.DRAFT else f"{since} 09:00+07",
            created_by_id=run.place.clerk.pk,
        )

    def _days(self, run: Run) -> Iterator[tuple[int, date, Decimal]]:
        """Day after day, as many half hours on each as the course needs."""
        count = (run.ends_on - run.starts_on).days + 1
        halves, over = divmod(int(run.hours * 2), count)
        for number in range(count):
            hours = Decimal(halves + (number < over)) / 2
            day = run.starts_on + timedelta(days=number)
            minutes = 9 * 60 + int(hours * 60) + (60 if hours > 4 else 0)
            ends_at = f"{minutes // 60:02d}:{minutes % 60:02d}"
            topic = LAST_TOPIC if number == count - 1 else FIRST_TOPIC
            pk = self.session(run.place.school.pk, run.pk, day, "09:00", ends_at, hours, topic)
            yield pk, day, hours

    def _taught(self, run: Run, instructor: int, rng: Random) -> None:
        invited = run.starts_on - timedelta(days=20)
        self.ledger.add(
            Teaching,
            school_id=run.place.school.pk,
            course_id=run.pk,
            instructor_id=instructor,
            letter_number=f"ศธ 07{run.place.school.pk:04d}/{run.pk}",
            invited_on=invited,
            reply="comes" if rng.random() < 0.9 else "",
            replied_on=None,
        )
