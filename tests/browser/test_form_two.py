"""Form 2 in a browser: what is derived appears while typing, and what is secret is never kept by the page."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from offices.roles import Role
from tests import factories as make
from trainees.models import Trainee

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def clerks_page(world, someone, live_server):
    def page_of(width):
        visitor = Client()
        visitor.force_login(world.users[Role.SCHOOL])
        page = someone(width, 740)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": visitor.cookies[name].value, "url": live_server.url}])
        return page

    return page_of


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_a_person_is_registered_with_what_follows_shown_while_typing(world, clerks_page, width):
    page = clerks_page(width)
    page.goto(f"{reverse('trainees:create')}?course={world.ours.course.pk}")
    save = page.locator(".form-save button")
    assert fits(page) and save.is_visible()
    box = save.bounding_box()
    assert box["y"] + box["height"] <= 740  # in reach without scrolling
    page.locator("#id_first_name").fill("ลำดวน")
    page.locator("#id_number").fill(make.national_id(660001))
    page.locator("#id_sex_0").check()
    page.locator("#id_birth_date").fill("2490")
    page.locator("#id_subdistrict").fill("ตำบล500701")
    page.keyboard.press("Tab")
    page.locator("#derived-groups", has_text="ผู้สูงอายุ").wait_for()
    page.locator("#derived-place", has_text=world.our_province.name_th).wait_for()
    page.locator("#id_religion").fill("พุทธลับ")
    page.locator("#id_income_before").fill("-5")
    page.evaluate("document.addEventListener('submit', () => { window.name = JSON.stringify(sessionStorage) })")
    save.click()
    page.locator(".error-summary").wait_for()
    assert page.locator("#id_first_name").input_value() == "ลำดวน"
    kept = page.evaluate("window.name")
    assert "ลำดวน" in kept
    assert "พุทธลับ" not in kept and make.national_id(660001) not in kept
    assert fits(page)
    page.locator("#id_income_before").fill("0")
    page.locator("#id_consented_on").fill("16/01/2569")
    page.locator(".form-save button").click()
    page.locator(".message--success").first.wait_for()
    page.wait_for_load_state("networkidle")  # the panels of the course page
    assert make.national_id(660001) not in page.url + page.content()
    assert Trainee.objects.visible_to(world.users[Role.SCHOOL]).get(first_name="ลำดวน").religion == "พุทธลับ"
    assert not Trainee.objects.visible_to(world.strangers[Role.SCHOOL]).filter(first_name="ลำดวน").exists()
    assert page.problems == []
