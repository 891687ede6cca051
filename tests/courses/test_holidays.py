"""Public holidays: entered by the department as data, told to schools, never a refusal."""

from datetime import date

from django.urls import reverse

from courses.models import Course, Session
from offices.models import Holiday
from offices.roles import Role
from offices.scoping import DEPARTMENT_EYES
from tests import factories as make

LIST, ADD = reverse("offices:holidays"), reverse("offices:holiday_add")


def said(response):
    return [str(message) for message in response.context["messages"]]


def live():
    return list(Holiday.objects.filter(Holiday.LIVE).values_list("day", "name"))


def test_none_is_known_until_the_department_enters_them(world, clerk, signed_in):
    assert "ยังไม่มีวันหยุด" in clerk.get(LIST).text
    department = signed_in(world.users[Role.DEPARTMENT])
    department.post(ADD, {"lines": "๑๓/๐๔/๒๕๖๙ วันสงกรานต์\n\n16 มกราคม 2569  วันครู \n"})
    assert live() == [(date(2026, 1, 16), "วันครู"), (date(2026, 4, 13), "วันสงกรานต์")]
    page = clerk.get(LIST).text
    assert "วันครู" in page and ADD not in page
    assert clerk.post(ADD, {"lines": "17/01/2569 วันหยุด"}).status_code == 403


def test_every_wrong_line_is_told_at_once_and_nothing_is_saved_by_halves(world, signed_in):
    make.HolidayFactory(day=date(2026, 1, 1), name="ปีใหม่")
    typed = "13/04/2569 วันสงกรานต์\n31/02/2569 ไม่มีจริง\nวันครู\n13/04/2569 ซ้ำ\n01/01/2569 ปีใหม่"
    response = signed_in(world.users[Role.DEPARTMENT]).post(ADD, {"lines": typed})
    errors = response.context["form"].errors["lines"]
    assert [any(words in error for error in errors) for words in ("บรรทัดที่ 2", "บรรทัดที่ 3", "13 เม.ย.", "1 ม.ค.")]
    assert len(errors) == 4 and "วันสงกรานต์" in response.text
    assert live() == [(date(2026, 1, 1), "ปีใหม่")]


def test_a_holiday_is_changed_thrown_away_and_taken_back(world, signed_in):
    department, holiday = signed_in(world.users[Role.DEPARTMENT]), make.HolidayFactory()
    other = make.HolidayFactory(day=date(2026, 1, 17), name="อีกวัน")
    edit = reverse("offices:holiday_edit", args=[holiday.pk])
    assert "day" in department.post(edit, {"day": "17/01/2569", "name": "ชน"}).context["form"].errors
    department.post(edit, {"day": "18/01/2569", "name": "วันใหม่"})
    department.post(reverse("offices:holiday_bin", args=[other.pk]))
    assert live() == [(date(2026, 1, 18), "วันใหม่")]
    department.post(reverse("offices:holiday_restore", args=[other.pk]))
    assert len(live()) == 2


def test_a_course_on_a_holiday_is_warned_of_and_saved(world, clerk, typed):
    make.HolidayFactory(day=date(2026, 1, 16), name="วันครู")
    response = clerk.post(reverse("courses:create"), typed, follow=True)
    assert any("วันครู" in text for text in said(response))
    assert Course.objects.visible_to(world.users[Role.SCHOOL]).filter(name="การทำขนมครก").exists()
    plain = clerk.post(
        reverse("courses:create"), typed | {"starts_on": "19/01/2569", "ends_on": "19/01/2569"}, follow=True
    )
    assert len(said(plain)) == 1


def test_sessions_leave_holidays_out_when_asked_and_are_warned_of_else(world, clerk, stranger):
    make.HolidayFactory(day=date(2026, 1, 16), name="วันครู")
    course = world.ours.course
    times = {"morning_from": "09:00", "morning_to": "12:00"}
    clerk.post(reverse("courses:session_plan", args=[course.pk]), times | {"without_holidays": "on"})
    rows = Session.objects.visible_to(DEPARTMENT_EYES).filter(course=course)
    assert {row.held_on for row in rows} == {date(2026, 1, 17)}
    day = {"held_on": "16/01/2569", "starts_at": "09:00", "ends_at": "12:00"}
    response = clerk.post(reverse("courses:session_add", args=[course.pk]), day, follow=True)
    assert any("วันครู" in text for text in said(response))
    assert response.context["holidays"] == {date(2026, 1, 16): "วันครู"}
    assert stranger.get(reverse("courses:sessions", args=[course.pk])).status_code == 404
