"""Without a mouse: everything is reached, and one always sees where one is."""

import pytest
from django.test import Client
from django.urls import reverse

from offices.roles import Role
from tests.browser.test_accessibility import cookie

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

STOPS = 40
WHERE = """() => {
  const here = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(here);
  const seen = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  return [here.tagName, `${here.tagName} ${(here.innerText || here.id).trim().slice(0, 40)}`, seen];
}"""


def signed_in(world, someone, live_server, settings, role, **size):
    visitor = Client()
    visitor.force_login(world.users[role])
    page = someone(**size)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([cookie(live_server, name, visitor.cookies[name].value)])
    return page


@pytest.mark.parametrize("route", ["home", "courses:list", "trainees:create"])
def test_whoever_goes_by_tab_sees_every_stop(world, someone, live_server, settings, route):
    page = signed_in(world, someone, live_server, settings, Role.SCHOOL)
    page.goto(reverse(route))
    stops, unseen = set(), []
    for _stop in range(STOPS):
        page.keyboard.press("Tab")
        tag, name, seen = page.evaluate(WHERE)
        if tag == "BODY":  # once around
            break
        stops.add(tag)
        if not seen:
            unseen.append(name)
    assert {"A", "BUTTON", "SELECT"} <= stops
    assert not unseen


def test_the_first_stop_skips_to_the_content(world, someone, live_server, settings):
    page = signed_in(world, someone, live_server, settings, Role.SCHOOL)
    page.goto(reverse("courses:list"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_on_a_phone_the_menu_shows_where_one_is(world, someone, live_server, settings):
    page = signed_in(world, someone, live_server, settings, Role.SCHOOL, width=360, height=740)
    page.goto(reverse("jobs:list"))
    page.locator(".places__open").press("Enter")
    page.locator("#places.show").wait_for()
    box = page.locator(".places [aria-current]").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 360
