"""A curriculum's rows in a browser: added, moved, taken out by keyboard, added up; the same without script."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from courses.models import Topic
from offices.roles import Role
from tests import factories as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def signed_in(page, user, address):
    visitor = Client()
    visitor.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": visitor.cookies[name].value, "url": address}])
    return page


def titles(world, curriculum):
    topics = Topic.objects.visible_to(world.users[Role.SCHOOL]).filter(curriculum=curriculum)
    return list(topics.values_list("title", flat=True))


def test_rows_are_added_moved_and_taken_out_by_keyboard(world, someone, live_server):
    curriculum = world.ours.curriculum
    for position, title in enumerate(("เส้นใย", "ย้อมสี", "ทอ"), 1):
        make.TopicFactory(curriculum=curriculum, position=position, title=title, hours_practice=2)
    page = signed_in(someone(360, 740), world.users[Role.SCHOOL], live_server.url)
    page.goto(reverse("courses:curriculum_edit", args=[curriculum.pk]))
    assert page.locator("[data-row-sum=hours_practice]").inner_text() == "6"

    rows = page.locator("[data-row-list] > [data-row]")
    rows.nth(2).locator("[data-row-up]").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")  # the focus went along
    assert rows.first.locator("[name$=-title]").input_value() == "ทอ"
    rows.nth(1).locator("[data-row-remove]").focus()
    page.keyboard.press("Enter")
    assert "2" in page.locator("[data-row-says]").inner_text()
    page.locator("[data-row-add]").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("ขาย")
    page.keyboard.press("Tab")
    page.keyboard.type("๑.๕")
    assert page.locator("[data-row-sum=hours_theory]").inner_text() == "1.5"
    assert page.locator("[data-row-sum=hours_practice]").inner_text() == "4"
    page.keyboard.press("Enter")
    page.locator(".message--warning").wait_for()  # the curriculum still says 0 hours of theory, 8 of practice

    assert titles(world, curriculum) == ["ทอ", "ย้อมสี", "ขาย"]
    assert page.problems == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_without_script_rows_are_typed_into_the_blank_ones(world, someone, live_server):
    page = signed_in(someone(java_script_enabled=False), world.users[Role.SCHOOL], live_server.url)
    page.goto(reverse("courses:curriculum_edit", args=[world.ours.curriculum.pk]))
    assert page.locator("[data-row-add]").is_hidden()
    page.locator("[name=topics-1-title]").fill("ย้อมสี")
    page.locator("[name=topics-1-position]").fill("๑")
    page.locator("[name=topics-0-title]").fill("ทอ")
    page.locator("#curriculum-form button[type=submit]").click()
    page.locator(".message--success").wait_for()
    assert titles(world, world.ours.curriculum) == ["ย้อมสี", "ทอ"]
