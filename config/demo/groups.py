"""The groups and community enterprises that people of the demo's courses formed, some of them registered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Final

from config.demo.calendar import STORY_DAY, State
from config.demo.chosen import chosen, place_of
from config.demo.places import ATTACHED_CODE, OUR_SCHOOL, SISTER_SCHOOL
from config.demo.trades import after_thai
from courses.models import Course
from trainees.models import Enrolment, Group, Member

if TYPE_CHECKING:
    from config.demo.load import SchoolLife

GROUPS: Final = {OUR_SCHOOL: 5, SISTER_SCHOOL: 3, ATTACHED_CODE: 2}
OTHER_GROUPS: Final = 6
ENDED: Final = frozenset({State.COMPLETED, State.CLOSED})


def tell(lives: list[SchoolLife]) -> None:
    """About fifteen groups with the people who formed them."""
    able = [life for life in lives if _ended(life)]
    made = [
        (_group(life, course, dice), members)
        for life, dice in chosen(able, GROUPS, others=able, once=OTHER_GROUPS, what="groups")
        for course, members in [_founders(life, dice)]
    ]
    Group.objects.bulk_create(group for group, _members in made)
    Member.objects.bulk_create(
        Member(school=group.school, group=group, enrolment=place) for group, members in made for place in members
    )


def _ended(life: SchoolLife) -> list[Course]:
    """The courses whose people have had the time to form something."""
    latest = STORY_DAY - timedelta(days=60)
    return [course for course in life.offer.courses if course.status in ENDED and course.ends_on < latest]


def _founders(life: SchoolLife, rng: Random) -> tuple[Course, list[Enrolment]]:
    """Some of the people of one course, at times joined by two of another; nobody twice."""
    course, *more = rng.sample(_ended(life), min(2, len(_ended(life))))
    there = list(_stayed(life, course))
    founders = rng.sample(there, min(len(there), rng.randint(4, 9)))
    if more and rng.random() < 0.5:
        known = {id(place.trainee) for place in founders}
        founders += [place for place in _stayed(life, more[0]) if id(place.trainee) not in known][:2]
    return course, founders


def _stayed(life: SchoolLife, course: Course) -> Iterator[Enrolment]:
    for place in life.rosters.enrolments:
        if place.course is course and place.first_attended_on and not place.withdrawn_on:
            yield place


def _group(life: SchoolLife, course: Course, rng: Random) -> Group:
    """Two of three are enterprises, and most of those are registered, with a number that is nobody's."""
    formed = course.ends_on + timedelta(days=rng.randint(5, 50))
    is_enterprise = rng.random() < 0.6
    day = formed + timedelta(days=rng.randint(15, 60))
    is_registered = is_enterprise and rng.random() < 0.75 and day <= STORY_DAY
    around = life.register.subdistricts
    kind = Group.Kind.ENTERPRISE if is_enterprise else Group.Kind.GROUP
    return Group(
        school=life.offer.school,
        name=f"{'วิสาหกิจชุมชน' if is_enterprise else 'กลุ่มอาชีพ'}"
        f"{after_thai(course.curriculum.title)} {place_of(life, rng)}",
        kind=kind,
        formed_on=formed,
        registration_number=f"0-00-{rng.randint(1, 25):02}-00/1-{rng.randrange(10**4):04}"
        if is_registered
        else "",
        registered_on=day if is_registered else None,
        subdistrict=rng.choice(around) if around else None,
        about=f"ร่วมกันผลิตและจำหน่ายสินค้าจากการอบรม{after_thai(course.name)}",
    )
