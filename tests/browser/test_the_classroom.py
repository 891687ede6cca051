"""From the classroom to the department: entered by keyboard, supervised on screen, the same in every file."""

import json
import re
from decimal import Decimal
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from playwright.sync_api import expect
from pypdf import PdfReader

from offices.roles import Role
from supervision.models import Visit
from tests import factories as make
from tests.documents.typesetting.readers import letters_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PEOPLE = 15


@pytest.fixture
def course(world):
    """Our course is running, with 15 people and two sessions."""
    course = world.ours.course
    course.status = "running"
    course.save()
    for _n in range(PEOPLE - 1):
        make.EnrolmentFactory(course=course, trainee=make.TraineeFactory(school=world.our_school))
    make.SessionFactory(course=course)
    make.SessionFactory(course=course, starts_at="13:00", ends_at="18:00", hours=5)
    return course


@pytest.fixture
def window(world, someone, live_server):
    """A window of the one who has this role, on our side where nothing else is said."""

    def of(role, people=None, **size):
        visitor = Client()
        visitor.force_login((people or world.users)[role])
        page = someone(**size)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": visitor.cookies[name].value, "url": live_server.url}])
        return page

    return of


def enter(page, address, rows):
    """A grid from its first cell on, by keyboard alone."""
    page.goto(address)
    page.locator("[data-seen]").first.focus()
    for row in rows:
        for value in row:
            page.keyboard.type(value)
            page.keyboard.press("Tab")
    expect(page.locator("[data-grid-line]")).to_contain_text("บันทึกครบทุกช่องแล้ว")


def compiled(officer, ending, folder):
    """The consolidated report as the officer downloads it."""
    officer.goto(reverse("reports:list"))
    officer.locator("#compile-report [name=format]").select_option(ending)
    officer.locator("#compile-report button[type=submit]").click()
    officer.goto(reverse("jobs:list"))
    officer.get_by_role("link", name=re.compile("2569")).first.click()
    with officer.expect_download() as download:
        officer.get_by_role("link", name=re.compile("ดาวน์โหลด")).click()
    path = folder / f"report.{ending}"
    download.value.save_as(path)
    return path


def test_what_a_school_enters_is_the_same_in_every_file_of_the_officer(world, course, window, worker, tmp_path):
    # One never comes; of the 14 who come, one has too few points.
    school = window(Role.SCHOOL)
    enter(
        school,
        reverse("trainees:attendance", args=[course.pk]),
        [["0", "0"], *[["/", "๕"]] * (PEOPLE - 1)],
    )
    enter(
        school,
        reverse("trainees:results", args=[course.pk]),
        [["", "", ""], ["5", "10", "10.5"], *[["15", "30", "๓๐"]] * (PEOPLE - 2)],
    )
    school.goto(reverse("courses:detail", args=[course.pk]))
    school.get_by_role("button", name="อบรมเสร็จสิ้น").click()
    expect(school.get_by_text("อบรมเสร็จ").first).to_be_visible()

    supervisor = window(Role.PROVINCE, width=360, height=740)
    supervisor.goto(reverse("supervision:begin", args=[course.pk]))
    supervisor.locator("#id_stage_0").check()
    supervisor.locator("#id_visited_on").fill("16/01/2569")
    supervisor.locator("#begin-form button[type=submit]").click()
    supervisor.locator("#id_item_1_found").fill("จัดกิจกรรมตามแผน")
    supervisor.locator(".pt11__bar button[name=submit]").click()
    supervisor.locator("#ask button[value=yes]").click()
    supervisor.locator(".message--success").wait_for()
    visit = Visit.objects.visible_to(world.users[Role.PROVINCE]).get()
    assert (visit.part_one["enrolled"], visit.part_one["present"]) == (PEOPLE, PEOPLE - 1)

    officer = window(Role.DEPARTMENT)
    officer.goto(reverse("reports:indicators") + "?year=2569&office=department")
    row = officer.get_by_role("article", name=re.compile(r"^1\.1 "))
    expect(row.get_by_role("link", name=str(PEOPLE - 1), exact=True).first).to_be_visible()
    expect(officer.get_by_role("article", name=re.compile(r"^2\.1 "))).to_contain_text("92.9%")

    out = StringIO()
    call_command("indicators", year=2569, office="department", json=True, stdout=out)
    said = {each["code"]: each for each in json.loads(out.getvalue())["indicators"]}
    assert said["1.1"]["value"] == 14
    assert (said["2.1"]["numerator"], said["2.1"]["denominator"]) == (13, 14)

    nation = load_workbook(compiled(officer, "xlsx", tmp_path)).worksheets[1]
    lines = {line[0]: line for line in nation.iter_rows(values_only=True)}
    assert lines["1.1"][2] == 14
    assert (round(Decimal(lines["2.1"][3]), 3), *lines["2.1"][4:6]) == (Decimal("0.929"), 13, 14)

    own = json.loads(compiled(officer, "json", tmp_path).read_text())["tables"][0]["rows"]
    counted = {line["code"]: line for line in own}
    assert counted["1.1"]["value"] == 14
    assert (counted["2.1"]["numerator"], counted["2.1"]["denominator"]) == (13, 14)

    cover = letters_of(PdfReader(compiled(officer, "pdf", tmp_path)).pages[0].extract_text())
    assert letters_of("1.1 จำนวนประชาชนที่เข้ารับการฝึกและพัฒนาอาชีพ 14 1.2") in cover
    assert "92.9%(13จาก14)" in cover
    stranger = window(Role.SCHOOL, world.strangers)
    assert stranger.goto(reverse("trainees:attendance", args=[course.pk])).status == 404
    assert school.problems == supervisor.problems == officer.problems == []
