"""Part 1 of PT.11: what the system knows already, built once for screen and paper.

Until submission it follows the course; at submission it is frozen with the form.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.dateparse import parse_date

from courses import teaching
from courses.models import Session
from offices.models import Membership
from offices.scoping import Eyes
from supervision.models import Visit
from trainees.models import Attendance, Enrolment


@dataclass(frozen=True)
class PartOne:
    """In the order of the form. `present` is None where nobody knows it, or after the training."""

    school: str
    office: str  # the province of the supervising office, or that in which an attached school lies
    course: str
    curriculum: str
    is_individual: bool
    hours: Decimal
    starts_on: date
    ends_on: date
    instructor: str
    place: str
    subdistrict: str
    district: str
    enrolled: int
    present: int | None

    @property
    def programme(self) -> str:
        """Project or curriculum: the course's own name only where it differs."""
        return self.curriculum if self.course == self.curriculum else f"{self.course} / {self.curriculum}"

    def as_json(self) -> dict[str, Any]:
        plain = {"hours": str(self.hours), "starts_on": f"{self.starts_on}", "ends_on": f"{self.ends_on}"}
        return asdict(self) | plain

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> PartOne:
        days = {name: parse_date(kept[name]) for name in ("starts_on", "ends_on")}
        return cls(**(kept | days | {"hours": Decimal(kept["hours"])}))


def part_one(visit: Visit, user: Eyes) -> PartOne:
    """The first part of this form, as frozen or, in a draft, as things stand now."""
    if visit.part_one is not None:
        return PartOne.from_json(visit.part_one)
    course = visit.course
    spot = course.subdistrict
    return PartOne(
        school=course.school.name,
        office=_office(visit),
        course=course.name,
        curriculum=course.curriculum.title,
        is_individual=course.learning_mode == course.LearningMode.INDIVIDUAL,
        hours=course.hours,
        starts_on=course.starts_on,
        ends_on=course.ends_on,
        instructor=_instructor(visit, user),
        place=course.venue,
        subdistrict=spot.name_th if spot else "",
        district=spot.district.name_th if spot else "",
        enrolled=Enrolment.objects.visible_to(user).filter(course=course).count(),
        present=_present(visit, user),
    )


def office_of(school_id: int, day: date, user: Eyes) -> str | None:
    """The province that supervises a school on this day; None where the department does."""
    memberships = Membership.objects.visible_to(user).on(day).filter(school=school_id)
    return memberships.values_list("province", flat=True).first()


def _office(visit: Visit) -> str:
    if visit.office:
        return visit.office.name_th
    district = visit.course.school.district
    return district.province.name_th if district else ""


def _instructor(visit: Visit, user: Eyes) -> str:
    """Whoever taught on the day of the visit, where a session names somebody else."""
    names = teaching.taught_by(user, visit.course)
    if visit.stage == Visit.Stage.AFTER:
        return teaching.in_words(names)
    that_day = Session.objects.visible_to(user).filter(course=visit.course, held_on=visit.visited_on)
    there = dict.fromkeys(name for session in that_day for name in teaching.teachers_of(session, names))
    return teaching.in_words(tuple(there) or names)


def _present(visit: Visit, user: Eyes) -> int | None:
    """People on the sheet of the day (form 9) with hours attended; nobody entered yet is not nobody there."""
    if visit.stage == Visit.Stage.AFTER:
        return None
    sheet = Attendance.objects.visible_to(user).filter(
        session__course=visit.course, session__held_on=visit.visited_on
    )
    if not sheet.exists():
        return None
    return sheet.filter(hours__gt=0, enrolment__binned_at=None).values("enrolment").distinct().count()
