"""From the map of the country down to somebody's masked row, by mouse and by keyboard; charts as pictures."""

import re
from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from offices.roles import Role
from reports.indicators import INDICATORS
from tests import factories as make
from tests.reports.conftest import come, running  # noqa: F401  # fixtures
from tests.reports.side_rows import everything_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OVERVIEW, INDICATORS_PAGE = reverse("reports:overview"), reverse("reports:indicators")
YEAR = "year=2569"
COUNTS = ("1.1", "1.2", "1.3", "1.4")


@pytest.fixture
def somebody(world, running, come):  # noqa: F811
    """A woman who came to our school, and rows of every kind beside; a stranger's rows elsewhere."""
    world.our_province.map_id = "cmi"
    world.our_province.save()
    for side in (world.ours, world.theirs):
        everything_on(world, side, running, come)
    number = make.national_id(900077)
    woman = make.TraineeFactory(school=world.our_school, number=number, first_name="แก้วตา")
    come(running(world.ours, date(2026, 2, 2), name="แกะสลักผลไม้"), woman)
    return woman, number


@pytest.fixture
def officer(world, someone, live_server, somebody):
    visitor = Client()
    visitor.force_login(world.users[Role.DEPARTMENT])
    page = someone()
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": visitor.cookies[name].value, "url": live_server.url}])
    return page


def reached_by_tab(page, locator, most=150):
    """Go on by the Tab key until the focus is there, as somebody without a mouse does."""
    for _step in range(most):
        if locator.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("the focus never came there")


def at_the_masked_row(page, somebody):
    woman, number = somebody
    row = page.locator("main table tbody tr").filter(has_text="แก้วตา")
    expect(row).to_have_count(1)
    expect(row).to_contain_text(woman.masked_document)
    assert number not in page.content() and number[:9] not in page.content()
    assert page.problems == []


def test_the_mouse_goes_from_the_map_down_to_a_masked_row(officer, somebody):
    officer.goto(f"{OVERVIEW}?indicator=1.1&{YEAR}")
    officer.locator("a.province[aria-label^='เชียงใหม่']").click()
    expect(officer.get_by_role("navigation", name="ตำแหน่งปัจจุบัน")).to_contain_text("ทั้งประเทศ")
    officer.locator("#overview-table").get_by_role("link", name="สกร.ระดับอำเภอแม่ริม").click()
    of_courses = officer.locator("#table-course")
    of_courses.get_by_role("row", name=re.compile("แกะสลักผลไม้")).get_by_role("link").click()
    at_the_masked_row(officer, somebody)


def test_the_keyboard_goes_the_same_way(officer, somebody):
    officer.goto(f"{OVERVIEW}?indicator=1.1&{YEAR}")
    for step in (
        "a.province[aria-label^='เชียงใหม่']",
        "#overview-table a:has-text('สกร.ระดับอำเภอแม่ริม')",
        "#table-course tr:has-text('แกะสลักผลไม้') a",
    ):
        before, link = officer.url, officer.locator(step)
        link.wait_for()
        reached_by_tab(officer, link)
        officer.keyboard.press("Enter")
        officer.wait_for_url(lambda url, before=before: url != before)
    at_the_masked_row(officer, somebody)


def test_each_of_the_ten_figures_opens_to_its_rows(officer):
    for indicator in INDICATORS:
        officer.goto(f"{INDICATORS_PAGE}?{YEAR}")
        card = officer.get_by_role("article", name=re.compile(rf"^{re.escape(indicator.code)} "))
        figure = card.locator("a.figure")
        shown = figure.inner_text().strip()
        figure.click()
        expect(officer.locator("#explained")).to_be_visible()
        assert officer.locator("main .figure").first.inner_text().strip() == shown
        rows = officer.locator("#results tbody tr").count()
        assert rows > 0
        if indicator.code in COUNTS:
            assert str(rows) == shown
    assert officer.problems == []


def test_rows_are_narrowed_while_one_types_and_the_address_tells(officer):
    officer.goto(f"{reverse('reports:evidence')}?indicator=1.1&{YEAR}")
    officer.get_by_label("ชื่อ", exact=True).fill("แก้วตา")
    officer.keyboard.press("Enter")
    expect(officer.locator("#results tbody tr")).to_have_count(1)
    expect(officer.locator("#results [role=status]")).to_have_text("1 จาก 3 รายการ")
    officer.wait_for_url(re.compile("rows-name="))
    officer.reload()
    expect(officer.locator("#results tbody tr")).to_have_count(1)
    assert officer.problems == []


@pytest.mark.parametrize("chart", ["map", "#overview-table", "#table-month"])
def test_a_chart_is_saved_as_a_picture_and_as_a_workbook(officer, tmp_path, chart):
    officer.goto(f"{OVERVIEW}?indicator=1.1&{YEAR}")
    with officer.expect_download() as download:
        officer.locator(f"button[data-picture='{chart}']").press("Enter")
    picture = tmp_path / download.value.suggested_filename
    download.value.save_as(picture)
    content = picture.read_bytes()
    width, height = (int.from_bytes(content[at : at + 4], "big") for at in (16, 20))
    assert content.startswith(b"\x89PNG") and width == 2000 and height > 300
    if chart != "map":
        with officer.expect_download() as download:
            officer.locator(f".take-away:has(button[data-picture='{chart}'])").get_by_role(
                "button", name="Excel"
            ).click()
        assert download.value.suggested_filename.endswith(".xlsx")
    assert officer.problems == []
