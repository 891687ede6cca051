"""Satisfaction and follow-up in a real browser: the grid by keyboard, both forms on a phone without a sign-in."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from offices.clock import today
from offices.roles import Role
from offices.scoping import DEPARTMENT_EYES
from tests import factories as make
from trainees import asking, satisfaction
from trainees.models import FollowUp, Satisfaction

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NARROW = {"width": 360, "height": 740}


def is_as_wide_as_its_phone(page):
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_satisfaction_is_typed_by_keyboard_like_results(world, someone, live_server):
    course = world.ours.course
    course.status = "running"
    course.save()
    visitor = Client()
    visitor.force_login(world.users[Role.SCHOOL])
    page = someone()
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": visitor.cookies[name].value, "url": live_server.url}])
    page.goto(reverse("trainees:satisfaction", args=[course.pk]))
    page.locator("[data-seen]").first.focus()
    for level in "5432":
        page.keyboard.type(level)
        page.keyboard.press("ArrowRight")
    expect(page.locator("[data-grid-line]")).to_contain_text("4")
    expect(page.locator("#satisfaction-means")).to_contain_text("3.50")
    (answer,) = Satisfaction.objects.visible_to(DEPARTMENT_EYES)
    assert [answer.item_1, answer.item_2, answer.item_3, answer.item_4] == [5, 4, 3, 2]
    assert page.problems == []


def test_a_person_answers_both_forms_on_a_phone_and_is_thanked(world, someone):
    make.who_passed(world.ours.enrolment, ended_on=today() - timedelta(days=40))
    place = world.ours.enrolment
    page = someone(**NARROW)
    token = satisfaction.LINK.token(pk=place.pk, school_id=place.school_id)
    page.goto(reverse("trainees:satisfaction_form", args=[token]))
    assert is_as_wide_as_its_phone(page)
    page.locator("label[for=id_item_1_0]").click()
    page.locator("label[for=id_item_16_4]").click()
    page.locator("button.btn-lg").click()
    expect(page.locator("h1")).to_contain_text("ขอบคุณ")
    (said,) = Satisfaction.objects.visible_to(DEPARTMENT_EYES)
    assert (said.item_1, said.item_2, said.item_16) == (5, None, 1)

    token = asking.LINK.token(pk=place.pk, school_id=place.school_id, part=30)
    page.goto(reverse("trainees:follow_up_form", args=[token]))
    assert is_as_wide_as_its_phone(page)
    page.get_by_label("เพิ่มรายได้", exact=True).check()
    page.locator("#id_added_income").fill("๒,๕๐๐")
    page.locator("button.btn-lg").click()
    expect(page.locator("h1")).to_contain_text("ขอบคุณ")
    (told,) = FollowUp.objects.visible_to(DEPARTMENT_EYES)
    assert (told.uses, told.added_income, told.way) == (["earn"], 2500, "phone")
    assert page.problems == []
