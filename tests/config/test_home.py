"""The first page: what to do, which people and entries are missing, what changed lately."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from courses import life
from offices.clock import today
from offices.roles import Role
from tests import factories as make
from trainees.filled import Filled, filled_in

HOME = reverse("home")
YESTERDAY = today() - timedelta(days=1)


@pytest.fixture
def running(world):
    """Our course in training: two sessions until today and one to come, two people on it, one who withdrew."""
    side = world.ours
    course = side.course
    course.status, course.starts_on, course.ends_on = "running", YESTERDAY, today() + timedelta(days=1)
    course.save()
    sessions = [
        make.SessionFactory(course=course, held_on=YESTERDAY + timedelta(days=n), starts_at=time(9), hours=2)
        for n in range(3)
    ]
    places = [
        side.enrolment,
        make.EnrolmentFactory(course=course, trainee=make.TraineeFactory(school=side.school)),
    ]
    gone = make.EnrolmentFactory(
        course=course, trainee=make.TraineeFactory(school=side.school), status="withdrawn", withdrawn_on=YESTERDAY
    )
    make.AttendanceFactory(enrolment=gone, session=sessions[0], hours=2)
    return course, sessions, places


def test_gaps_in_attendance_and_results_are_counted_for_people_on_the_roster_until_today(world, running):
    course, sessions, places = running
    school = world.users[Role.SCHOOL]
    assert filled_in(school, [course.pk])[course.pk] == Filled(people=2, sessions=2, attendance=0, assessed=0)
    for session in sessions[:2]:
        make.AttendanceFactory(enrolment=places[0], session=session, hours=0)  # absent is an entry, too
    make.ResultFactory(enrolment=places[0], knowledge=10, practice=20, quality=20)
    make.ResultFactory(enrolment=places[1], knowledge=10, practice=None, quality=20)
    found = filled_in(school, [course.pk])[course.pk]
    assert found == Filled(people=2, sessions=2, attendance=2, assessed=1)
    assert found.cells == 4
    assert not found.is_whole
    assert filled_in(world.strangers[Role.SCHOOL], [course.pk])[course.pk] == Filled()


def test_home_shows_the_gaps_to_the_school_alone_until_they_are_filled(client, world, running):
    course, sessions, places = running
    client.force_login(world.users[Role.SCHOOL])
    page = client.get(HOME)
    assert [each.course for each in page.context["unfilled"]] == [course]
    assert "เวลาเรียน: กรอกแล้ว 0 จาก 4 ช่อง" in page.text
    assert "ผลการเรียน: ครบแล้ว 0 จาก 2 คน" in page.text
    for place in places:
        for session in sessions[:2]:
            make.AttendanceFactory(enrolment=place, session=session, hours=2)
        make.ResultFactory(enrolment=place, knowledge=10, practice=20, quality=20)
    assert not client.get(HOME).context["unfilled"]
    client.force_login(world.strangers[Role.SCHOOL])
    assert course.name not in client.get(HOME).text
    client.force_login(world.users[Role.PROVINCE])
    assert "unfilled" not in client.get(HOME).context


def test_home_shows_the_rule_meter_of_courses_that_take_applications(client, world):
    course = world.ours.course
    course.status = "open"
    course.save()
    client.force_login(world.users[Role.SCHOOL])
    page = client.get(HOME)
    assert [(each.course, each.people) for each in page.context["gathering"]] == [(course, 1)]
    assert "1 จาก 6 คน" in page.text
    client.force_login(world.strangers[Role.SCHOOL])
    assert client.get(HOME).context["gathering"] == []


def test_home_tells_what_changed_lately_newest_first_and_nothing_of_a_stranger(client, world):
    clerk, course = world.users[Role.SCHOOL], world.ours.course
    waiver = world.ours.waiver
    waiver.decision, waiver.decision_note = "refused", "ยังมีเวลา"
    waiver.decided_by, waiver.decided_at = world.users[Role.PROVINCE], timezone.now()
    waiver.save()
    life.move(course, "approved", by=clerk)
    client.force_login(clerk)
    first, second = client.get(HOME).context["news"]
    assert "อนุมัติ" in first.what
    assert course.name in first.what
    assert second.note == "ยังมีเวลา"
    client.force_login(world.users[Role.PROVINCE])
    assert client.get(HOME).context["news"][0].who == world.our_school.name
    for stranger in world.strangers.values():
        client.force_login(stranger)
        assert client.get(HOME).context["news"] == []
    client.force_login(world.users[Role.ADMINISTRATOR])
    assert client.get(HOME).context["news"] == []


def test_home_costs_no_more_with_many_courses(client, world, django_assert_max_num_queries):
    for day in range(1, 20):
        for status in ("running", "open"):
            course = world.make_course(
                world.ours.curriculum, status=status, starts_on=date(2026, 1, day), ends_on=date(2026, 1, day)
            )
            make.EnrolmentFactory(course=course, trainee=make.TraineeFactory(school=course.school))
    client.force_login(world.users[Role.SCHOOL])
    with django_assert_max_num_queries(25):
        client.get(HOME)
