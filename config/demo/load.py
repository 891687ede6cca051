"""Fill a database with the demo: what is there already is left alone, so that twice is the same as once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import chain
from random import Random
from typing import Any, Final

import pghistory
from django.db import models, transaction

from config.demo import (
    DEMO_YEAR,
    calendar,
    channels,
    fairs,
    groups,
    letters,
    outcomes,
    partners,
    pictures,
    products,
    targets,
    teaching,
    wishes,
)
from config.demo.accounts import Staff
from config.demo.calendar import Wish
from config.demo.classroom import Classroom
from config.demo.courses import Offer, Rules
from config.demo.money import money
from config.demo.people import Register
from config.demo.places import (
    ATTACHED_CODE,
    HIGHLAND,
    OUR_DISTRICT,
    OUR_SCHOOL,
    SISTER_SCHOOL,
    SOUTHERN,
    lively_schools,
    make_schools,
)
from config.demo.rosters import Rosters
from config.demo.visits import make_visits
from courses.models import Course, Curriculum, Session, Teaching
from offices.geography import load_geography
from offices.models import FiscalYear, Province, School, Subdistrict
from offices.reference import ensure_reference_data
from offices.scoping import DEPARTMENT_EYES
from offices.years import open_next_year
from trainees.models import Attendance, Enrolment, Result, Trainee, Waiver

SEED: Final = "สกร. สร้างอาชีพ สร้างรายได้"
COURSES_BY_SCHOOL: Final = {OUR_SCHOOL: 16, SISTER_SCHOOL: 12, ATTACHED_CODE: 14}
COURSES_BY_PROVINCE: Final = {"50": 4, "90": 3, "10": 1}
GUESTS: Final = 2


@dataclass
class SchoolLife:
    """All rows of one school, made up but not yet saved."""

    offer: Offer
    register: Register
    rosters: Rosters
    classroom: Classroom
    teaching: list[Teaching] = field(default_factory=list)


CHAPTERS: Final[tuple[Callable[[list[SchoolLife]], None], ...]] = (
    teaching.tell, wishes.tell, products.tell, channels.tell, groups.tell, partners.tell, fairs.tell,
    outcomes.tell, money, letters.tell, targets.tell, pictures.tell,
)  # fmt: skip
"""What is told after the classroom, each chapter in a module of its own with dice of its own."""


@transaction.atomic
def load() -> bool:
    """Whether courses and people had to be made."""
    if not Province.objects.exists():
        load_geography()
    with pghistory.context(act="seed_demo"):
        make_schools()
        schools = lively_schools()
        staff = Staff(schools).make()
        if Curriculum.objects.visible_to(DEPARTMENT_EYES).filter(school__in=schools).exists():
            return False
    rules = _rules()  # opening a year is an act of its own in the history
    with pghistory.context(act="seed_demo"):
        lives = imagine(schools, staff, rules)
        save(lives)
        courses = chain.from_iterable(life.offer.courses for life in lives)
        make_visits(courses, staff, Random(f"{SEED} visits"))  # noqa: S311 (play, not secrets)
    return True


def _rules() -> dict[int, Rules]:
    """The demo year and the next, with their rules as data."""
    ensure_reference_data()
    year = FiscalYear.objects.get(year=DEMO_YEAR)
    following = FiscalYear.objects.filter(year=DEMO_YEAR + 1).first() or open_next_year(after=year)
    return {each.year: Rules(each, list(each.course_types.all())) for each in (year, following)}


def imagine(schools: Iterable[School], staff: Staff, rules: dict[int, Rules]) -> list[SchoolLife]:
    """The same schools and the same rules always give the same lives."""
    nearby: dict[str, list[Subdistrict]] = {}
    lives: list[SchoolLife] = []
    schools = list(schools)
    districts = [school.district_id for school in schools if school.district_id]
    for subdistrict in Subdistrict.objects.filter(district__in=districts).order_by("code"):
        nearby.setdefault(subdistrict.district_id, []).append(subdistrict)
    for school in schools:
        lives.append(_life_of(school, staff, rules, nearby, lives))
    return lives


def _life_of(
    school: School,
    staff: Staff,
    rules: dict[int, Rules],
    nearby: dict[str, list[Subdistrict]],
    before: list[SchoolLife],
) -> SchoolLife:
    rng = Random(f"{SEED} {school.code}")  # noqa: S311 (play, not secrets)
    province = school.district.province_id if school.district else HIGHLAND
    around = nearby.get(school.district_id or OUR_DISTRICT, [])
    clerk = staff.at_school[school.pk]
    register = Register(
        school=school,
        block=int(school.district_id or 0),
        southern=province == SOUTHERN,
        highland=province == HIGHLAND,
        subdistricts=around,
        rng=rng,
    )
    offer = Offer(school, clerk, rules, around, rng)
    rosters = Rosters(register, clerk, staff.superior_of(school), rng)
    if before:
        known = [person for person in before[-1].register.people if person.document_number]
        for person in rng.sample(known, min(GUESTS, len(known))):
            register.guest(person)
    for wish in _wishes(school, province, rng):
        rosters.fill(offer.course(wish), wish)
    return SchoolLife(offer, register, rosters, _taught(school, offer, rosters))


def _taught(school: School, offer: Offer, rosters: Rosters) -> Classroom:
    """With dice of its own, so that what happens in the classroom changes nothing outside of it."""
    classroom = Classroom(Random(f"{SEED} {school.code} classroom"))  # noqa: S311 (play, not secrets)
    for course in offer.courses:
        if course.status in Course.COUNTED_STATES:
            classroom.teach(course, [each for each in rosters.enrolments if each.course is course])
    return classroom


def _wishes(school: School, province: str, rng: Random) -> list[Wish]:
    usual = calendar.of_the_year(rng, COURSES_BY_SCHOOL.get(school.code) or COURSES_BY_PROVINCE[province])
    if school.code in COURSES_BY_SCHOOL:
        return [*usual, *calendar.edges_of_the_year(), *calendar.of_the_next_year()]
    if province == HIGHLAND:
        return [*usual, *calendar.beginning_of_the_next_year(rng)]
    return usual


def save(lives: list[SchoolLife]) -> None:
    """Parents before children; every trigger and constraint looks on."""
    teaching.prepare(lives)
    _insert(Curriculum, (life.offer.curricula.values() for life in lives))
    _insert(Course, (life.offer.courses for life in lives))
    _insert(Trainee, (life.register.people for life in lives))
    _insert(Enrolment, (life.rosters.enrolments for life in lives))
    _insert(Session, (life.classroom.sessions for life in lives))
    for life in lives:  # a school's sheet in one piece: the sums that its trigger finds stand there already
        Attendance.objects.bulk_create(life.classroom.attendance)
    _insert(Result, (life.classroom.results for life in lives))
    waivers = list(chain.from_iterable(life.rosters.waivers for life in lives))
    asked = [waiver.requested_at for waiver in waivers]
    _insert(Waiver, [waivers])
    for waiver, moment in zip(waivers, asked, strict=True):  # inserting stamps them with the present
        waiver.requested_at = moment
    Waiver.objects.visible_to(DEPARTMENT_EYES).bulk_update(waivers, ["requested_at"])
    for chapter in CHAPTERS:
        chapter(lives)


def _insert(model: type[models.Model], rows: Iterable[Iterable[Any]]) -> None:
    model._default_manager.bulk_create(chain.from_iterable(rows), batch_size=1000)
