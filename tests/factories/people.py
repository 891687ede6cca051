"""Trainees, their days and results, and what became of them."""

from datetime import date, time

import factory
from factory.django import DjangoModelFactory

from offices.thai.national_id import check_digit
from tests.factories.courses import SessionFactory
from trainees.identity import set_document
from trainees.models import Attendance, Enrolment, FollowUp, Result, Satisfaction, Trainee, Waiver


def national_id(number: int) -> str:
    """A valid invented ID; the leading 0 belongs to no living person."""
    twelve = f"{number:012d}"
    return twelve + check_digit(twelve)


class TraineeFactory(DjangoModelFactory):
    """A person with a valid invented national ID (or the one given as `number`)."""

    class Meta:
        model = Trainee

    class Params:
        number = factory.Sequence(lambda n: national_id(n + 1))

    title = "นาง"
    first_name = factory.Sequence(lambda n: f"สมศรี{n}")
    surname = "ใจดี"
    sex = "female"
    birth_date = date(1980, 5, 1)

    @factory.lazy_attribute
    def person_key(self):
        return _document(self.number).person_key

    @factory.lazy_attribute
    def document_number(self):
        return self.number

    @factory.lazy_attribute
    def document_tail(self):
        return _document(self.number).document_tail


def _document(number: str) -> Trainee:
    holder = Trainee()
    set_document(holder, Trainee.Document.NATIONAL_ID, number)
    return holder


class EnrolmentFactory(DjangoModelFactory):
    """Give `course` and `trainee`; the school is the course's."""

    class Meta:
        model = Enrolment

    school = factory.SelfAttribute("course.school")
    enrolled_on = date(2026, 1, 10)


class WaiverFactory(DjangoModelFactory):
    class Meta:
        model = Waiver

    school = factory.SelfAttribute("course.school")
    reason = "หมู่บ้านอยู่บนดอย มีคนสนใจเท่านี้"
    people = 5
    group_size = 6


class AttendanceFactory(DjangoModelFactory):
    """Give `enrolment`, `session` and `hours`; the school is the session's."""

    class Meta:
        model = Attendance

    school = factory.SelfAttribute("session.school")


class ResultFactory(DjangoModelFactory):
    """Give `enrolment` and points; the school is the enrolment's."""

    class Meta:
        model = Result

    school = factory.SelfAttribute("enrolment.school")


class SatisfactionFactory(DjangoModelFactory):
    """Give `enrolment`, and levels of items."""

    class Meta:
        model = Satisfaction

    school = factory.SelfAttribute("enrolment.school")
    answered_on = date(2026, 1, 17)


class FollowUpFactory(DjangoModelFactory):
    """An answer at 30 days. Give `enrolment`."""

    class Meta:
        model = FollowUp

    school = factory.SelfAttribute("enrolment.school")
    wave = 30
    outcome = "answered"
    asked_on = date(2026, 2, 20)


def who_passed(enrolment, *, ended_on=None):
    """The same enrolment, its course over and its person there for all of it, with points enough."""
    course = enrolment.course
    if ended_on:
        course.starts_on = course.ends_on = ended_on
    course.status = "completed"
    course.save()
    session = SessionFactory(course=course, hours=course.hours, ends_at=time(18))
    AttendanceFactory(enrolment=enrolment, session=session, hours=course.hours)
    ResultFactory(enrolment=enrolment, knowledge=18, practice=35, quality=35)
    enrolment.refresh_from_db()
    return enrolment
