"""What the tests of figures share: a quick way to put people on courses."""

from datetime import date, time
from decimal import Decimal

import pytest

from courses.models import Session
from offices.scoping import DEPARTMENT_EYES
from reports.breakdowns import View
from reports.figures import count, total
from reports.indicators import BY_CODE
from reports.offices import Office
from reports.periods import Period
from tests import factories as make
from trainees.models import Attendance, Result

DAY = date(2026, 1, 16)
PEOPLE = BY_CODE["1.1"]
PASSED = BY_CODE["2.1"]


@pytest.fixture
def running(world):
    """Make a course that counts."""

    def course(side, starts_on=DAY, status="running", **facts):
        facts.setdefault("ends_on", starts_on)
        reason = "ไม่มีวิทยากร" if status in {"cancelled", "postponed"} else ""
        return world.make_course(
            side.curriculum, starts_on=starts_on, status=status, status_reason=reason, **facts
        )

    return course


@pytest.fixture
def come(world):
    """Put somebody on a course, who came (or, with came=False, did not)."""

    def enrol(course, trainee=None, came=True, **facts):
        trainee = trainee or make.TraineeFactory(school=course.school)
        first = course.starts_on if came else None
        return make.EnrolmentFactory(course=course, trainee=trainee, first_attended_on=first, **facts)

    return enrol


def assess(enrolment, points=(16, 32, 32), hours=8):
    """Write somebody's hours on the sheet of the course's last day, and their points; None leaves either blank."""
    course, school = enrolment.course, enrolment.school
    if hours is not None:
        session, _made = Session.objects.visible_to(DEPARTMENT_EYES).get_or_create(
            school=school, course=course, held_on=course.ends_on, starts_at=time(9),
            defaults={"ends_at": time(18), "hours": course.hours},
        )  # fmt: skip
        Attendance.objects.create(school=school, session=session, enrolment=enrolment, hours=hours)
    if points is not None:
        parts = [None if part is None else Decimal(part) for part in points]
        Result.objects.create(school=school, enrolment=enrolment, **dict(zip(Result.MOST, parts, strict=True)))
    return enrolment


def nobody(school, **facts):
    """Somebody without a number."""
    return make.TraineeFactory(school=school, number="", document_kind="none", no_document_reason="ทำหาย", **facts)


def view_of(office="department", user=DEPARTMENT_EYES, year=2569, quarter=None):
    return View(user, Office.parse(office, user), Period.of(year, quarter))


def persons(office="department", user=DEPARTMENT_EYES, **when):
    """Value, enrolments and those without a number of indicator 1.1."""
    figure = total(PEOPLE, view_of(office, user, **when))
    return figure.value, figure["enrolments"], figure["without_number"]


def passed(office="department", user=DEPARTMENT_EYES, **when):
    """Numerator, denominator and the unassessed of indicator 2.1."""
    figure = total(PASSED, view_of(office, user, **when))
    return figure["numerator"], figure["denominator"], figure["unassessed"]


def passed_parts(dimension, office="department", user=DEPARTMENT_EYES, **when):
    """The parts of 2.1 that are not empty: numerator, denominator and the unassessed by code."""
    counted = count(PASSED, view_of(office, user, **when))
    (found,) = (each for each in counted.breakdowns if each.dimension.code == dimension)
    return {
        p.code: (f["numerator"], f["denominator"], f["unassessed"]) for p, f in found.parts if f["denominator"]
    }


def parts(dimension, office="department", user=DEPARTMENT_EYES, **when):
    """The parts of 1.1 that are not empty: (value, enrolments) by code."""
    counted = count(PEOPLE, view_of(office, user, **when))
    (found,) = (each for each in counted.breakdowns if each.dimension.code == dimension)
    return {part.code: (figure.value, figure["enrolments"]) for part, figure in found.parts if figure.rows}
