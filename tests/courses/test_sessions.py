"""The sessions of a course: planned in one press, changed one by one, with their hours and clashes told."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.models import Session
from offices.roles import Role
from offices.scoping import DEPARTMENT_EYES
from tests import factories as make
from trainees.models import Enrolment

USUAL = {"morning_from": "09:00", "morning_to": "12:00", "afternoon_from": "๑๓.๐๐", "afternoon_to": "16:00"}


def sessions_of(course):
    return list(Session.objects.visible_to(DEPARTMENT_EYES).filter(course=course))


def said(response):
    return [str(message) for message in response.context["messages"]]


def test_one_press_spreads_the_hours_over_the_days(world, clerk):
    response = clerk.post(reverse("courses:session_plan", args=[world.ours.course.pk]), USUAL, follow=True)

    planned = [(s.held_on.day, s.starts_at.hour, s.ends_at.hour, s.hours) for s in sessions_of(world.ours.course)]
    assert planned == [(16, 9, 12, 3), (16, 13, 16, 3), (17, 9, 11, 2)]  # 8 hours; the last is cut short
    assert response.context["missing"] == 0
    assert "วางแผน" in said(response)[0]


def test_planning_again_fills_only_what_is_missing_and_keeps_what_is_there(world, clerk):
    there = make.SessionFactory(
        course=world.ours.course, starts_at=time(10), ends_at=time(11), hours=1, topic="เปิด"
    )

    clerk.post(reverse("courses:session_plan", args=[world.ours.course.pk]), USUAL)
    planned = sessions_of(world.ours.course)
    again = clerk.post(reverse("courses:session_plan", args=[world.ours.course.pk]), USUAL, follow=True)

    assert there in planned
    assert [(s.held_on.day, s.starts_at.hour) for s in planned] == [(16, 10), (16, 13), (17, 9), (17, 13)]
    assert sum(s.hours for s in planned) == 8
    assert sessions_of(world.ours.course) == planned
    assert "ครบทุกชั่วโมง" in said(again)[-1]


def test_chosen_weekdays_are_skipped_and_hours_without_room_are_told(world, clerk):
    friday = 4  # 16 January 2026
    response = clerk.post(
        reverse("courses:session_plan", args=[world.ours.course.pk]), USUAL | {"skip": [friday]}, follow=True
    )

    assert {s.held_on for s in sessions_of(world.ours.course)} == {date(2026, 1, 17)}
    assert response.context["missing"] == 2
    assert any("2 ชั่วโมง" in text for text in said(response))
    assert "ขาด" in response.text or "ยังไม่มี" in response.text


def test_a_plan_without_times_or_days_says_why_and_plans_nothing(world, clerk):
    url = reverse("courses:session_plan", args=[world.ours.course.pk])
    for typed, field in [
        ({}, "morning_from"),
        ({"morning_from": "09:00"}, "morning_to"),
        ({"morning_from": "12:00", "morning_to": "09:00"}, "morning_to"),
        (USUAL | {"afternoon_from": "11:00"}, "afternoon_from"),
        (USUAL | {"skip": list(range(7))}, "skip"),
        (USUAL | {"morning_from": "เช้า"}, "morning_from"),
    ]:
        response = clerk.post(url, typed)
        assert response.status_code == 200
        assert field in response.context["form"].errors, typed
    assert sessions_of(world.ours.course) == []


def test_a_session_counts_from_beginning_to_end_unless_breaks_are_taken_off(world, clerk):
    url = reverse("courses:session_add", args=[world.ours.course.pk])
    day = {"held_on": "16/01/2569", "starts_at": "๙.๐๐", "ends_at": "1600"}
    clerk.post(url, day)
    clerk.post(url, day | {"held_on": "17/01/2569", "hours": "๖"})

    assert [s.hours for s in sessions_of(world.ours.course)] == [7, 6]


@pytest.mark.parametrize(
    "typed, field",
    [
        ({"hours": "8"}, "hours"),
        ({"hours": "1.3"}, "hours"),
        ({"hours": "0"}, "hours"),
        ({"hours": "-1"}, "hours"),
        ({"ends_at": "08:00"}, "ends_at"),
        ({"ends_at": "25:00"}, "ends_at"),
        ({"held_on": "18/01/2569"}, "held_on"),
        ({"held_on": "", "starts_at": ""}, "held_on"),
    ],
)
def test_a_session_that_cannot_be_is_refused_beside_its_field(world, clerk, typed, field):
    right = {"held_on": "16/01/2569", "starts_at": "09:00", "ends_at": "12:00", "hours": ""}
    response = clerk.post(reverse("courses:session_add", args=[world.ours.course.pk]), right | typed)

    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert sessions_of(world.ours.course) == []


def test_two_sessions_of_a_course_do_not_overlap(world, clerk):
    make.SessionFactory(course=world.ours.course)
    typed = {"held_on": "16/01/2569", "starts_at": "11:00", "ends_at": "13:00"}
    response = clerk.post(reverse("courses:session_add", args=[world.ours.course.pk]), typed)

    assert "09:00–12:00" in response.context["form"].non_field_errors()[0]
    assert len(sessions_of(world.ours.course)) == 1


def test_what_somebody_else_changed_meanwhile_is_not_overwritten_in_silence(world, clerk):
    session = make.SessionFactory(course=world.ours.course)
    typed = {"held_on": "16/01/2569", "starts_at": "09:00", "ends_at": "12:00", "hours": "3", "version": 1}
    clerk.post(reverse("courses:session_edit", args=[session.pk]), typed | {"topic": "ของเขา"})
    response = clerk.post(reverse("courses:session_edit", args=[session.pk]), typed | {"topic": "ของฉัน"})

    assert [(d.mine, d.theirs) for d in response.context["form"].conflict] == [("ของฉัน", "ของเขา")]
    assert sessions_of(world.ours.course)[0].topic == "ของเขา"


def attended(world, hours="3"):
    session = make.SessionFactory(course=world.ours.course)
    make.AttendanceFactory(enrolment=world.ours.enrolment, session=session, hours=Decimal(hours))
    return session


def test_a_session_with_attendance_cannot_be_thrown_away(world, clerk):
    session = attended(world, "0")
    empty = make.SessionFactory(course=world.ours.course, starts_at=time(13), ends_at=time(16))

    refused = clerk.post(reverse("courses:session_remove", args=[session.pk]), follow=True)
    clerk.post(reverse("courses:session_remove", args=[empty.pk]))

    assert "เวลาเรียน" in said(refused)[0]
    assert sessions_of(world.ours.course) == [session]


def test_moving_a_session_moves_the_day_on_which_people_first_came(world, clerk):
    session = attended(world)
    typed = {"held_on": "17/01/2569", "starts_at": "09:00", "ends_at": "12:00", "hours": "3", "version": 1}
    response = clerk.post(reverse("courses:session_edit", args=[session.pk]), typed)

    assert response.status_code == 302
    row = Enrolment.objects.visible_to(world.users[Role.SCHOOL]).get(pk=world.ours.enrolment.pk)
    assert row.first_attended_on == date(2026, 1, 17)
    assert row.attended_hours == 3


def test_a_session_does_not_become_shorter_than_somebody_attended(world, clerk):
    session = attended(world)
    typed = {"held_on": "16/01/2569", "starts_at": "09:00", "ends_at": "12:00", "hours": "2", "version": 1}
    response = clerk.post(reverse("courses:session_edit", args=[session.pk]), typed)

    assert "hours" in response.context["form"].errors
    assert sessions_of(world.ours.course)[0].hours == 3


def test_one_instructor_in_two_courses_at_one_time_is_told_and_not_refused(world, clerk):
    ours = world.ours.course
    ours.instructor, ours.venue = "ครูสมใจ", "ห้อง 1"
    ours.save()
    other = world.make_course(world.ours.curriculum, name="สานตะกร้า", instructor="ครูสมใจ", venue="ห้อง 2")
    elsewhere = world.make_course(world.theirs.curriculum, name="ของโรงเรียนอื่น", instructor="ครูสมใจ")
    for course in (other, elsewhere):
        make.SessionFactory(course=course, starts_at=time(11), ends_at=time(14))
    typed = {"held_on": "16/01/2569", "starts_at": "09:00", "ends_at": "12:00"}
    response = clerk.post(reverse("courses:session_add", args=[ours.pk]), typed, follow=True)

    assert len(sessions_of(ours)) == 1
    (clash,) = response.context["clashes"]
    assert (clash.other.course, clash.instructor, clash.venue) == (other, "ครูสมใจ", "")
    assert "สานตะกร้า" in response.text
    assert "ของโรงเรียนอื่น" not in response.text


def test_a_closed_course_keeps_its_sessions(world, clerk):
    course = world.ours.course
    session = make.SessionFactory(course=course)
    course.status = "closed"
    course.save()
    typed = {"held_on": "17/01/2569", "starts_at": "09:00", "ends_at": "12:00"}
    clerk.post(reverse("courses:session_plan", args=[course.pk]), USUAL)
    clerk.post(reverse("courses:session_add", args=[course.pk]), typed)
    clerk.post(reverse("courses:session_edit", args=[session.pk]), typed | {"version": 1})
    clerk.post(reverse("courses:session_remove", args=[session.pk]))

    assert [(s.pk, s.held_on.day) for s in sessions_of(course)] == [(session.pk, 16)]


def test_a_stranger_meets_no_session(world, stranger):
    session = make.SessionFactory(course=world.ours.course)
    pages = [("sessions", world.ours.course), ("session_add", world.ours.course), ("session_edit", session)]
    for name, row in pages:
        assert stranger.get(reverse(f"courses:{name}", args=[row.pk])).status_code == 404
    assert stranger.post(reverse("courses:session_remove", args=[session.pk])).status_code == 404
    assert sessions_of(world.ours.course) == [session]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(st.sampled_from(["held_on", "starts_at", "ends_at", "hours", "topic"]), st.text(max_size=30))
)
def test_whatever_is_typed_into_a_session_is_answered(world, clerk, typed):
    right = {"held_on": "16/01/2569", "starts_at": "09:00", "ends_at": "12:00"}
    response = clerk.post(reverse("courses:session_add", args=[world.ours.course.pk]), right | typed)
    assert response.status_code in {200, 302}
    Session.objects.visible_to(DEPARTMENT_EYES).delete()


@pytest.mark.parametrize("how_many", [3, 60])
def test_the_page_asks_no_more_the_longer_the_plan(world, clerk, how_many, django_assert_max_num_queries):
    Session.objects.bulk_create(
        make.SessionFactory.build(
            course=world.ours.course, held_on=date(2026, 1, 1 + n % 28), starts_at=time(n // 28)
        )
        for n in range(how_many)
    )
    with django_assert_max_num_queries(15):
        response = clerk.get(reverse("courses:sessions", args=[world.ours.course.pk]))
    assert len(response.context["sessions"]) == how_many
