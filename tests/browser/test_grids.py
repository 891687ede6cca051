"""Attendance and results in a real browser: by keyboard, two at once, without a line, on a phone."""

from decimal import Decimal

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from offices.roles import Role
from offices.scoping import DEPARTMENT_EYES
from tests import factories as make
from trainees.models import Attendance, Enrolment, Result

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PEOPLE = 15


@pytest.fixture
def classroom(world):
    """Our course is running, with 15 people, a morning and an afternoon."""
    course = world.ours.course
    course.status = "running"
    course.save()
    for _n in range(PEOPLE - 1):
        make.EnrolmentFactory(course=course, trainee=make.TraineeFactory(school=world.our_school))
    make.SessionFactory(course=course)
    make.SessionFactory(course=course, starts_at="13:00", ends_at="18:00", hours=5)
    return course


@pytest.fixture
def at(world, someone, live_server):
    """A window of our school's staff."""

    def open_at(name, course, user=None, **size):
        visitor = Client()
        visitor.force_login(user or world.users[Role.SCHOOL])
        page = someone(**size)
        cookie = settings.SESSION_COOKIE_NAME
        page.context.add_cookies(
            [{"name": cookie, "value": visitor.cookies[cookie].value, "url": live_server.url}]
        )
        page.goto(reverse(name, args=[course.pk]))
        return page

    return open_at


def boxes(page):
    return page.locator("[data-seen]")


def status(page):
    return page.locator("[data-grid-line]")


def test_attendance_and_results_of_fifteen_people_are_entered_by_keyboard(classroom, at):
    page = at("trainees:attendance", classroom)
    boxes(page).first.focus()
    for n in range(PEOPLE):
        page.keyboard.type("/")
        page.keyboard.press("ArrowRight")
        page.keyboard.type("5" if n else "๒.๕")
        page.keyboard.press("Home")
        page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(status(page)).to_contain_text("บันทึกครบทุกช่องแล้ว")
    sums = sorted(
        Enrolment.objects.visible_to(DEPARTMENT_EYES)
        .filter(course=classroom)
        .values_list("attended_hours", flat=True)
    )
    assert sums == [Decimal("5.5"), *[8] * (PEOPLE - 1)]
    name = "e => e.getAttribute('aria-labelledby').split(' ').map(i => document.getElementById(i).textContent)"
    assert boxes(page).first.evaluate(name)[1:] == ["16 ม.ค. 2569 09:00", "ชั่วโมง"]

    page.get_by_role("link", name="ผลการเรียน").first.click()
    boxes(page).first.focus()
    for n in range(PEOPLE):
        for points in ("15", "30", "12.5" if n == 0 else "๓๐"):
            page.keyboard.type(points)
            page.keyboard.press("Tab")
    expect(status(page)).to_contain_text("บันทึกครบทุกช่องแล้ว")
    expect(page.locator("#grid-counts")).to_contain_text("ผ่าน 14 คน")  # one was there too little
    stored = Result.objects.visible_to(DEPARTMENT_EYES).filter(enrolment__course=classroom)
    assert sorted(row.total for row in stored) == [Decimal("57.5"), *[75] * (PEOPLE - 1)]
    assert page.problems == []


def test_a_conflict_between_two_browsers_is_shown_and_nothing_is_lost(classroom, at, world):
    colleague = make.UserFactory(username="ours2", name="ครูสมหมาย", role=Role.SCHOOL, school=world.our_school)
    mine = at("trainees:attendance", classroom)
    theirs = at("trainees:attendance", classroom, user=colleague)
    for page, typed in ((theirs, "1"), (mine, "2")):
        boxes(page).first.fill(typed)
        page.keyboard.press("Tab")
        expect(page.locator("td[data-state=saved], td[data-state=conflict]").first).to_be_visible()

    told = mine.locator("[data-grid-problems] li")
    expect(told).to_contain_text("ครูสมหมาย")
    expect(told.get_by_role("button", name="ใช้ของฉัน (2)")).to_be_visible()
    expect(told.get_by_role("button", name="ใช้ของเขา (1)")).to_be_visible()
    expect(boxes(mine).first).to_have_value("2")
    rows = Attendance.objects.visible_to(DEPARTMENT_EYES)
    assert [row.hours for row in rows] == [1]

    told.get_by_role("button", name="ใช้ของฉัน (2)").press("Enter")
    expect(status(mine)).to_contain_text("บันทึกครบทุกช่องแล้ว")
    assert [row.hours for row in rows.all()] == [2]


def test_without_a_line_cells_wait_and_arrive_when_it_is_back(classroom, at):
    page = at("trainees:attendance", classroom)
    page.context.set_offline(True)
    boxes(page).nth(0).fill("3")
    boxes(page).nth(2).fill("2")
    page.keyboard.press("Tab")
    expect(page.get_by_text("ไม่มีการเชื่อมต่อ").first).to_be_visible()
    expect(status(page)).to_contain_text("รอบันทึก 2 ช่อง")
    assert not Attendance.objects.visible_to(DEPARTMENT_EYES).exists()

    page.context.set_offline(False)
    expect(status(page)).to_contain_text("บันทึกครบทุกช่องแล้ว")
    assert sorted(Attendance.objects.visible_to(DEPARTMENT_EYES).values_list("hours", flat=True)) == [2, 3]


def test_after_an_expired_sign_in_what_waited_is_sent(classroom, at, world, live_server):
    page = at("trainees:attendance", classroom)
    kept = page.context.cookies()
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    boxes(page).first.fill("3")
    page.keyboard.press("Tab")
    expect(page.locator("#signed-out")).to_be_visible()

    page.context.add_cookies(kept)
    page.goto(reverse("trainees:attendance", args=[classroom.pk]))
    expect(status(page)).to_contain_text("บันทึกครบทุกช่องแล้ว")
    assert [row.hours for row in Attendance.objects.visible_to(DEPARTMENT_EYES)] == [3]


def test_a_block_of_a_spreadsheet_is_pasted_and_wrong_values_are_told(classroom, at):
    page = at("trainees:attendance", classroom)
    page.evaluate(
        """text => {
            const box = document.querySelector("[data-seen]");
            box.focus();
            const data = new DataTransfer();
            data.setData("text/plain", text);
            box.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        "๓\t5\n\t4\n3\t9\t7\n",
    )
    expect(status(page)).to_contain_text("ต้องแก้ไข 1 ช่อง")
    expect(page.locator("[data-grid-problems] li")).to_contain_text("ไม่เกิน 5")
    expect(page.locator("[data-grid-note]")).to_contain_text("1 ค่า")  # there is no third session
    stored = Attendance.objects.visible_to(DEPARTMENT_EYES).values_list("hours", flat=True)
    assert sorted(stored) == [3, 3, 4, 5]  # the empty cell of the block is no absence


def test_all_present_fills_what_is_blank_and_can_be_undone_on_a_phone(classroom, at, world):
    page = at("trainees:attendance", classroom, width=360, height=740)
    boxes(page).first.fill("1")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="มาครบ 16 ม.ค. 2569 09:00").click()
    rows = Attendance.objects.visible_to(DEPARTMENT_EYES)
    expect(status(page)).to_contain_text(f"บันทึกแล้ว {PEOPLE} ช่อง")
    assert sorted(rows.values_list("hours", flat=True)) == [1, *[3] * (PEOPLE - 1)]

    page.get_by_role("button", name="เลิกทำ").click()
    expect(status(page)).to_contain_text(f"บันทึกแล้ว {2 * PEOPLE - 1} ช่อง")
    assert list(rows.all().values_list("hours", flat=True)) == [1]
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert page.problems == []
