"""A school prints the papers of a course from the course page, and asks for full numbers."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from offices.models import Disclosure
from offices.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def clerk(someone, live_server, world):
    visitor = Client()
    visitor.force_login(world.users[Role.SCHOOL])
    page = someone(390, 840)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": visitor.cookies[name].value, "url": live_server.url}])
    return page


def is_form(number, method):
    return lambda answer: f"/papers/{number}/" in answer.url and answer.request.method == method


def test_papers_are_printed_from_the_course_page(world, clerk):
    clerk.goto(reverse("courses:detail", args=[world.ours.course.pk]))
    panel = clerk.locator("#papers")
    panel.get_by_label("แบบเปล่าสำหรับเขียนมือ").check()
    panel.locator("summary").click()
    panel.get_by_label("ผู้รับผิดชอบโครงการ").fill("นางสาวกมลวรรณ")
    with clerk.context.expect_event("response", predicate=is_form(9, "GET")) as printed:
        panel.get_by_role("button", name="พต. 9 บัญชีลงเวลา").click()
    assert printed.value.headers["content-type"] == "application/pdf"
    assert "filled=no" in printed.value.url
    fits = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    assert clerk.evaluate(fits)

    panel.get_by_label("กรอกข้อมูลให้แล้ว").check()
    panel.get_by_role("button", name="แบบ พต. 8 แสดงเลขเต็ม").click()
    clerk.locator("#id_reason").fill("ส่งเบิกเงิน")
    with clerk.context.expect_event("response", predicate=is_form(8, "POST")) as printed:
        clerk.get_by_role("button", name="พิมพ์โดยแสดงเลขเต็ม").click()
    assert printed.value.headers["content-type"] == "application/pdf"
    line = Disclosure.objects.visible_to(world.users[Role.SCHOOL]).get()
    assert (line.act, line.rows) == ("export", 1)
    assert not Disclosure.objects.visible_to(world.strangers[Role.SCHOOL]).exists()
    assert clerk.problems == []
