"""What the printed forms say of a course and its people, as `user` may see it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from courses import teaching
from courses.models import Course, Session
from courses.rules import hours_shown
from offices.models import FiscalYear, School
from offices.scoping import Eyes
from offices.thai import national_id
from offices.thai.dates import short_date
from trainees import passing
from trainees.ages import age_on
from trainees.models import Enrolment, Result, Trainee
from trainees.models.facts import Occupation


@dataclass(frozen=True)
class CourseFacts:
    """The heads of the forms; of an empty one everything is left out."""

    programme: str = ""
    hours: str = ""
    first: date | None = None
    last: date | None = None
    instructor: str = ""
    venue: str = ""
    subdistrict: str = ""
    district: str = ""
    province: str = ""
    school: str = ""  # of a school that is no district centre; its name does not fit the printed words
    school_district: str = ""
    school_province: str = ""


class Applicant(NamedTuple):
    """A line of form 8."""

    name: str
    number: str
    age: str
    education: str
    occupation: str
    address: str
    remark: str


class Day(NamedTuple):
    """A day of the course: its hours, from when to when (None where nobody knows), who taught."""

    on: date
    hours: Decimal
    starts_at: time | None
    ends_at: time | None
    instructors: tuple[str, ...] = ()


class Assessed(NamedTuple):
    """A line of form 10; `passed` is None while nobody can know."""

    name: str
    number: str
    points: tuple[str, str, str]
    total: str
    passed: bool | None


@dataclass(frozen=True)
class Rule:
    """What is needed to pass in the year of the course, as form 10 prints it."""

    total: str
    attendance: str
    knowledge: str
    practice: str
    quality: str

    @classmethod
    def of(cls, year: FiscalYear) -> Rule:
        return cls(
            _plain(year.pass_percent),
            _plain(year.attendance_percent),
            _plain(year.least_knowledge),
            _plain(year.least_practice),
            _plain(year.least_quality),
        )


@dataclass(frozen=True)
class Signers:
    """Who signs, as typed in for this print or on record (signing); an empty name stays a dotted line."""

    instructor: str = ""
    responsible: str = ""
    teacher: str = ""
    director: str = ""
    director_position: str = ""  # of somebody who acts for the director
    acting: str = ""  # the printed words of acting for somebody


@dataclass(frozen=True)
class Way:
    """How a form is printed."""

    thai_digits: bool = False
    signers: Signers = field(default_factory=Signers)


def facts_of(course: Course, user: Eyes) -> CourseFacts:
    spot, school = course.subdistrict, course.school
    seat = school.district if school.kind == School.Kind.DISTRICT else None
    title = course.curriculum.title
    return CourseFacts(
        programme=title if course.name == title else f"{course.name} / {title}",
        hours=hours_shown(course.hours),
        first=course.starts_on,
        last=course.ends_on,
        instructor=teaching.in_words(teaching.taught_by(user, course)),
        venue=course.venue,
        subdistrict=spot.name_th if spot else "",
        district=spot.district.name_th if spot else "",
        province=spot.district.province.name_th if spot else "",
        school="" if seat else school.name,
        school_district=seat.name_th if seat else "",
        school_province=school.district.province.name_th if school.district else "",
    )


def applicants(course: Course, user: Eyes, *, in_full: bool) -> list[Applicant]:
    """Everybody who applied, in Thai order; who withdrew is remarked."""
    rows = _people(course, user, in_full=in_full).select_related("trainee__subdistrict__district__province")
    return [
        Applicant(
            row.trainee.full_name,
            number_of(row.trainee, in_full=in_full),
            _age(course, row.trainee),
            row.get_education_display() if row.education else "",
            _occupation(row),
            row.trainee.address,
            _remark(row),
        )
        for row in rows
    ]


def names(course: Course, user: Eyes) -> list[str]:
    """Who may come to the course, in Thai order."""
    rows = _people(course, user, in_full=False).filter(Enrolment.ON_ROSTER)
    return [row.trainee.full_name for row in rows]


def days(course: Course, user: Eyes) -> list[Day]:
    """The days of the course as planned."""
    sessions = Session.objects.visible_to(user).filter(course=course).order_by("held_on", "starts_at")
    names = teaching.taught_by(user, course)
    return [_day(on, list(held), names) for on, held in groupby(sessions, key=lambda session: session.held_on)]


def assessed(course: Course, user: Eyes, *, in_full: bool) -> list[Assessed]:
    """Who is on the roster or has come at all: those whom the figures count, and those who may still come."""
    rows = list(_people(course, user, in_full=in_full).filter(Enrolment.ON_ROSTER | Enrolment.ENTRANT))
    results = {
        result.enrolment_id: result for result in Result.objects.visible_to(user).filter(enrolment__course=course)
    }
    return [_assessed(row, results.get(row.pk), course, in_full) for row in rows]


def number_of(person: Trainee, *, in_full: bool) -> str:
    """The number of the person's document, in full or masked; the kind of other documents stands in the remark."""
    if not in_full:
        return person.masked_document
    number = person.document_number
    return national_id.dashed(number) if person.document_kind == Trainee.Document.NATIONAL_ID else number


def _people(course: Course, user: Eyes, *, in_full: bool):  # type: ignore[no-untyped-def]
    rows = Enrolment.objects.visible_to(user).filter(course=course).select_related("trainee")
    left_out = [] if in_full else ["trainee__document_number"]
    return rows.defer("trainee__religion", *left_out).order_by("trainee__name_order", "pk")


def _age(course: Course, person: Trainee) -> str:
    age = age_on(course.starts_on, person.birth_date, person.birth_precision)
    return "" if age is None else str(age)


def _occupation(row: Enrolment) -> str:
    if row.occupation == Occupation.OTHER and row.trainee.occupation_other:
        return row.trainee.occupation_other
    return row.get_occupation_display() if row.occupation else ""


def _remark(row: Enrolment) -> str:
    parts = []
    if row.withdrawn_on:
        parts.append(f"{row.get_status_display()} {short_date(row.withdrawn_on)}")
    if row.trainee.document_kind != Trainee.Document.NATIONAL_ID:
        parts.append(str(row.trainee.get_document_kind_display()))
    return ", ".join(parts)


def _day(on: date, held: Sequence[Session], names: teaching.Names) -> Day:
    who = dict.fromkeys(name for session in held for name in teaching.teachers_of(session, names))
    hours = sum((session.hours for session in held), Decimal(0))
    return Day(on, hours, held[0].starts_at, max(session.ends_at for session in held), tuple(who))


def _assessed(row: Enrolment, result: Result | None, course: Course, in_full: bool) -> Assessed:
    judged = passing.judge(result, row.attended_hours, course.hours, course.fiscal_year)
    parts = result or passing.Points()
    points = (_plain(parts.knowledge), _plain(parts.practice), _plain(parts.quality))
    number = number_of(row.trainee, in_full=in_full)
    return Assessed(row.trainee.full_name, number, points, _plain(judged.total), judged.passed)


def _plain(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize():f}"


def shared(times: Iterable[time | None]) -> time | None:
    """The time that all of them are; None where they differ."""
    found = set(times)
    return found.pop() if len(found) == 1 else None
