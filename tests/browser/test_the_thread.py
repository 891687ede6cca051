"""The thread through the whole house: typed by a teacher, counted by the department, opened down to a row."""

import json
import re
from io import StringIO

import pytest
from django.core.management import call_command
from openpyxl import load_workbook
from playwright.sync_api import expect

from courses.models import Course
from offices.roles import Role
from offices.scoping import DEPARTMENT_EYES
from tests import factories as make
from tests.factories import PASSWORD

pytestmark = pytest.mark.browser


def sign_in(page, username):
    page.goto("/")
    page.get_by_label("ชื่อผู้ใช้").fill(username)
    page.get_by_label("รหัสผ่าน", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="เข้าสู่ระบบ").click()
    expect(page.get_by_role("heading", name="หน้าแรก")).to_be_visible()


def register(page, first_name, number, sex):
    """A new person, put on the course that the page belongs to."""
    page.get_by_role("link", name="ลงทะเบียนคนใหม่เข้าการอบรมนี้").click()
    page.locator("[name=title]").fill("นาง")
    page.locator("[name=first_name]").fill(first_name)
    page.locator("[name=surname]").fill("ทดสอบดี")
    page.locator("[name=number]").fill(number)
    page.locator(f"[name=sex][value={sex}]").check()
    page.locator("[name=birth_date]").fill("๑/๕/๒๕๒๓")
    page.locator("[name=number]").locator("xpath=ancestor::form").locator("button[type=submit]").first.click()
    expect(page.get_by_text(first_name).first).to_be_visible()


def test_a_course_typed_by_a_school_becomes_a_figure_of_the_department(world, someone, worker, tmp_path):
    make.CurriculumFactory(school=world.our_school, title="ขนมพื้นบ้าน", hours_practice=8)
    for name in ("กานดา", "ขวัญใจ", "เจริญ", "ไพลิน"):
        make.TraineeFactory(school=world.our_school, first_name=name, surname="ในทะเบียน")

    # The school enters a course.
    school = someone()
    sign_in(school, "school")
    school.get_by_role("link", name="เปิดหลักสูตรใหม่").click()
    school.locator("[name=curriculum]").select_option(label="ขนมพื้นบ้าน")
    school.locator("[name=name]").fill("ขนมพื้นบ้าน รุ่นที่ 1")
    school.locator("[name=hours]").fill("๘")
    school.locator("[name=starts_on]").fill("16/01/2569")
    school.locator("[name=ends_on]").fill("๑๗/๐๑/๒๕๖๙")
    school.locator("[name=skill_purpose]").select_option("new_skill")
    school.get_by_role("button", name="บันทึก", exact=True).click()
    expect(school.get_by_role("heading", name="ขนมพื้นบ้าน รุ่นที่ 1")).to_be_visible()
    course = Course.objects.visible_to(DEPARTMENT_EYES).get(name="ขนมพื้นบ้าน รุ่นที่ 1")
    assert course.course_type == world.short  # it followed from the hours
    page_of_course = f"/courses/{course.pk}/"
    school.get_by_role("button", name="บันทึกการอนุมัติ").click()
    school.get_by_role("button", name="เปิดรับสมัคร").click()
    expect(school.locator("main")).to_contain_text("8 ชั่วโมง · 0 จาก 6 คน")

    # It enrols people: two typed in, and three of the four from its register; five are too few to open with.
    register(school, "บัวคำ", make.national_id(900001), "female")
    school.goto(page_of_course)
    register(school, "แก้วตา", "๐-๐๐๐๐-๐๐๙๐๐-๐๒-" + make.national_id(90002)[-1], "male")
    school.goto(page_of_course)
    school.locator("#candidate").fill("ในทะเบียน")
    for name in ("กานดา", "ขวัญใจ", "เจริญ"):
        school.get_by_label(re.compile(name)).check()
    school.get_by_role("button", name="ให้เข้าการอบรม").or_(
        school.locator("#candidates button[type=submit]")
    ).first.click()
    school.goto(page_of_course)
    expect(school.locator("main")).to_contain_text("8 ชั่วโมง · 5 จาก 6 คน")
    school.get_by_role("link", name="เปิดการอบรม").or_(
        school.get_by_role("button", name="เปิดการอบรม")
    ).first.click()
    expect(school.get_by_role("alert")).to_contain_text("หลักสูตร 8 ชั่วโมง: มีผู้เรียน 5 จาก 6 คน")

    # The sixth comes, and the training opens; one of the six is absent on the first day.
    school.goto(page_of_course)
    school.locator("#candidate").fill("ไพลิน")
    school.get_by_label(re.compile("ไพลิน")).check()
    school.locator("#candidates button[type=submit]").click()
    school.goto(f"/trainees/courses/{course.pk}/open/")
    school.get_by_label(re.compile("เจริญ")).uncheck()
    school.get_by_role("button", name="เปิดการอบรม").click()
    school.goto(page_of_course)
    expect(school.get_by_text("กำลังอบรม").first).to_be_visible()

    # The officer asks for the workbook, leaves the page, comes back and downloads it.
    officer = someone()
    sign_in(officer, "department")
    officer.goto("/reports/")
    officer.locator("#compile-report, form").locator("button[type=submit]").filter(has_text="รวบรวม").or_(
        officer.locator("#compile-report button[type=submit]")
    ).first.click()
    officer.goto("/")
    officer.goto("/jobs/")
    officer.get_by_role("link", name=re.compile("2569")).first.click()
    with officer.expect_download() as download:
        officer.get_by_role("link", name=re.compile("ดาวน์โหลด")).click()
    workbook = tmp_path / "consolidated.xlsx"
    download.value.save_as(workbook)

    # One number: on the screen, in the workbook, on the command line. It opens down to a masked row.
    officer.goto("/reports/indicators/?year=2569&office=department")
    figure = officer.get_by_role("article", name=re.compile(r"^1\.1 ")).get_by_role("link", name="5").first
    assert figure.inner_text().strip() == "5"
    assert figure_on_the_command_line() == (5, 5)
    assert figures_in(workbook) == [5]
    figure.click()
    expect(officer.get_by_text("5 คน").first).to_be_visible()
    rows = officer.locator("main table tbody tr").filter(has_text="ทดสอบดี")
    assert rows.count() == 2
    rows.filter(has_text="บัวคำ").get_by_role("link").first.click()
    expect(
        officer.get_by_text(f"x-xxxx-xxxxx-{make.national_id(900001)[-3:-1]}-{make.national_id(900001)[-1]}").first
    ).to_be_visible()
    assert make.national_id(900001) not in officer.content()
    assert school.problems == officer.problems == []

    # A stranger's school knows nothing of it.
    stranger = someone()
    sign_in(stranger, "school2")
    assert stranger.goto(page_of_course).status == 404
    stranger.goto("/courses/?fiscal_year=2569")
    assert "ขนมพื้นบ้าน" not in stranger.content()


def figure_on_the_command_line() -> tuple[int, int]:
    out = StringIO()
    call_command("indicators", year=2569, office="department", json=True, stdout=out)
    (first, *_) = json.loads(out.getvalue())["indicators"]
    assert first["code"] == "1.1"
    return first["value"], first["enrolments"]


def figures_in(path) -> list:
    """What the workbook's sheet of the nation says of 1.1."""
    (nation,) = (sheet for sheet in load_workbook(path).worksheets if sheet.title == "ทั้งประเทศ")
    return [row[2] for row in nation.iter_rows(values_only=True) if row[0] == "1.1"]


def test_nothing_typed_is_lost_when_the_sign_in_has_expired(world, someone):
    school = someone()
    sign_in(school, "school")
    school.goto("/courses/new/")
    school.locator("[name=name]").fill("งานที่พิมพ์ไว้นาน")
    school.context.clear_cookies(name="sessionid")
    school.get_by_role("button", name="บันทึก", exact=True).click()
    school.get_by_label("ชื่อผู้ใช้").fill("school")
    school.get_by_label("รหัสผ่าน", exact=True).fill(PASSWORD)
    school.get_by_role("button", name="เข้าสู่ระบบ").click()
    expect(school.locator("[name=name]")).to_have_value("งานที่พิมพ์ไว้นาน")


def test_the_second_of_two_who_edit_is_told_and_loses_nothing(world, someone):
    address = f"/courses/{world.ours.course.pk}/edit/"
    first, second = someone(), someone(width=360, height=740)
    for page in (first, second):
        sign_in(page, "school")
        page.goto(address)
    first.locator("[name=venue]").fill("วัดบ้านเด่น")
    first.get_by_role("button", name="บันทึก", exact=True).click()
    expect(first.get_by_text("วัดบ้านเด่น").first).to_be_visible()
    second.locator("[name=venue]").fill("ศาลากลางบ้าน")
    second.get_by_role("button", name="บันทึก", exact=True).click()
    main = second.locator("main")
    expect(main).to_contain_text("วัดบ้านเด่น")
    expect(second.locator("[name=venue]")).to_have_value("ศาลากลางบ้าน")
    second.get_by_role("button", name=re.compile("บันทึก")).first.click()
    expect(second.get_by_text("ศาลากลางบ้าน").first).to_be_visible()
    course = Course.objects.visible_to(world.users[Role.SCHOOL]).get(pk=world.ours.course.pk)
    assert course.venue == "ศาลากลางบ้าน"
