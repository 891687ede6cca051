"""A supervisor files PT.11 on a phone 360 points wide."""

from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from offices.roles import Role
from supervision.models import Visit
from tests import factories as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def phone(someone, live_server):
    def of(user, width=360):
        visitor = Client()
        visitor.force_login(user)
        page = someone(width, 740)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": visitor.cookies[name].value, "url": live_server.url}])
        return page

    return of


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_supervisor_files_pt11_on_a_phone(world, phone):
    world.ours.course.status = "running"
    world.ours.course.save()
    make.ProposedItemFactory(course=world.ours.course, proposed_by=world.users[Role.SCHOOL])
    supervisor = world.users[Role.PROVINCE]
    page = phone(supervisor)

    page.goto(reverse("courses:detail", args=[world.ours.course.pk]))
    page.locator("#supervision a.btn-primary").click()
    page.locator("#id_stage_0").check()
    page.locator("#id_visited_on").fill("16/01/2569")
    page.locator("#begin-form button[type=submit]").click()

    page.locator("#id_item_1_found").fill("จัดกิจกรรมตามแผนทุกชั่วโมง")
    page.locator("#id_item_3_advice").fill("เพิ่มสื่อวีดิทัศน์")
    page.locator("#pt11-state", has_text="กรอกแล้ว 2 จาก 8 ข้อ").wait_for()
    draft = Visit.objects.visible_to(supervisor).get()
    assert draft.answers["1"]["found"] == "จัดกิจกรรมตามแผนทุกชั่วโมง"  # without pressing anything
    page.reload()
    assert page.locator("#id_item_3_advice").input_value() == "เพิ่มสื่อวีดิทัศน์"

    page.locator("#id_added_0_found").fill("มีเพจของกลุ่ม")
    page.locator("#pt11-state", has_text="กรอกแล้ว 3 จาก 8 ข้อ").wait_for()
    page.locator("#id_added_1_text").fill("ความปลอดภัย")
    page.locator("#id_supervisor_position").fill("ศึกษานิเทศก์")
    bar = page.locator(".pt11__bar").bounding_box()
    assert bar["y"] + bar["height"] <= 741  # in reach wherever one is
    assert all(box["height"] >= 44 for box in (b.bounding_box() for b in page.locator(".pt11__bar .btn").all()))
    assert fits(page)

    page.locator(".pt11__bar button[name=submit]").click()
    page.locator("#ask button[value=yes]").click()
    page.locator(".message--success").wait_for()
    visit = Visit.objects.visible_to(supervisor).get()
    assert visit.is_submitted and visit.visited_on == date(2026, 1, 16)
    assert [item["text"] for item in visit.added] == ["การตลาดออนไลน์", "ความปลอดภัย"]
    assert fits(page) and page.problems == []

    school = phone(world.users[Role.SCHOOL])
    school.goto(reverse("supervision:list"))
    school.locator("tbody a").first.click()
    school.get_by_text("มีเพจของกลุ่ม").wait_for()
    stranger = phone(world.strangers[Role.SCHOOL])
    assert stranger.goto(reverse("supervision:detail", args=[visit.pk])).status == 404


def test_what_two_write_at_once_is_told_while_typing(world, phone):
    world.ours.course.status = "running"
    world.ours.course.save()
    supervisor = world.users[Role.PROVINCE]
    visit = make.VisitFactory(course=world.ours.course, created_by=supervisor, office=world.our_province)
    address = reverse("supervision:edit", args=[visit.pk])
    first, second = phone(supervisor), phone(supervisor)
    first.goto(address)
    second.goto(address)
    second.locator("#id_item_2_found").fill("ของเพื่อน")
    second.locator("#pt11-state", has_text="กรอกแล้ว 2").wait_for()

    first.locator("#id_item_2_found").fill("ของฉัน")
    first.locator(".pt11__refused").wait_for()
    first.locator(".pt11__bar button").first.click()
    first.locator(".conflict").wait_for()
    assert first.locator("#id_item_2_found").input_value() == "ของฉัน"
    assert Visit.objects.visible_to(supervisor).get().answers["2"]["found"] == "ของเพื่อน"
    first.locator(".pt11__bar button").first.click()
    first.locator(".message--success").wait_for()
    assert Visit.objects.visible_to(supervisor).get().answers["2"]["found"] == "ของฉัน"
    assert fits(first)
