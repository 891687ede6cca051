"""The roster on the course page: found while typing, ticked by keyboard, put on the course."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from offices.roles import Role
from tests import factories as make
from trainees.models import Enrolment

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_people_are_found_while_typing_and_enrolled_by_keyboard(world, someone, live_server):
    for first_name in ("ลำดวน", "ลำไย", "มะลิ"):
        make.TraineeFactory(school=world.our_school, first_name=first_name)
    make.TraineeFactory(school=world.their_school, first_name="ลำพู")
    visitor = Client()
    visitor.force_login(world.users[Role.SCHOOL])
    page = someone(360, 740)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": visitor.cookies[name].value, "url": live_server.url}])

    page.goto(reverse("courses:detail", args=[world.ours.course.pk]))
    page.locator("#candidate").press_sequentially("ลำ")
    ticks = page.locator("#candidates input[type=checkbox]")
    ticks.first.wait_for()
    assert ticks.count() == 2
    page.keyboard.press("Tab")  # past the button
    for _tick in range(2):
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(".message--success").wait_for()

    on_course = Enrolment.objects.visible_to(world.users[Role.SCHOOL]).filter(course=world.ours.course)
    assert {"ลำดวน", "ลำไย"} < set(on_course.values_list("trainee__first_name", flat=True))
    assert page.problems == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
