"""Every page of ours as a machine can judge it: axe finds nothing, nothing runs over, the policy is not broken.

Every page is met twice: in Thai by day at a desk, as the first of the roles that may open it, and in English by
night on a phone, as the last of them. With AXE=all (`make axe`) every role opens all of its pages, and both
languages, both themes and both widths are put together in every way.
"""

import os
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from offices.clock import today
from offices.roles import Role
from tests import factories as make
from tests.permissions.matrix import MATRIX
from tests.permissions.rows import kwargs_for
from trainees import asking, satisfaction

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL = os.environ.get("AXE") == "all"
DESK, PHONE = (1280, 900), (360, 740)
LOOKS = list(product(("light", "dark"), (DESK, PHONE)))
# Keys of addresses that answer with a file.
FILES = {"sheet", "ending", "job_without_result", "picture", "product_picture", "standard_paper", "enclosure"}
PAPERS = {
    "trainees:paper",
    "trainees:satisfaction_codes",
    "trainees:follow_up_codes",
    "documents:circular_paper",
    "supervision:paper",
    "supervision:empty_paper",
    "courses:course_partner_evidence",
}  # files, and PDF: the tests of paper judge it
SHARES = 3  # tests of a role's pages, so that processes side by side can share them
TURNS = {"th": list(Role), "en": list(reversed(Role))}  # who opens a page that several may open
SEEN_OTHERWISE = {"home"}  # each role has one of its own
OPEN = ["account_login", "account_reset_password", "account_reset_password_done"]

JUDGE = """async (rules) => {
  const found = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
  return found.violations.map(({ id, nodes }) =>
    `${id}: ` + nodes.slice(0, 3).map((node) => `${node.target.join(" ")} (${node.failureSummary})`).join("; "));
}"""
TOO_WIDE = """() => document.documentElement.scrollWidth - document.documentElement.clientWidth"""


def cookie(live_server, name, value):
    return {"name": name, "value": value, "url": live_server.url}


def looks_in(language):
    """Every look by `make axe`; else Thai by day at a desk, English by night on a phone."""
    return LOOKS if ALL else [("light", DESK) if language == "th" else ("dark", PHONE)]


def judge(page, address, looks):
    """What is wrong with one page, in every look asked for."""
    response = page.goto(address)
    if response.status != 200:
        return [f"{address}: {response.status}"]
    if "<html" not in response.text():
        return []  # a piece of a page, judged where it is put
    page.evaluate(AXE)
    wrong = []
    for theme, (width, height) in looks:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        where = f"{address} {theme} {width}"
        wrong += [f"{where}: {fault}" for fault in page.evaluate(JUDGE, RULES)]
        if (over := page.evaluate(TOO_WIDE)) > 0:
            wrong.append(f"{where}: {over} px too wide")
    return wrong


def judge_all(page, addresses, language):
    # A browser asks for this beside a piece of a page, which names no icon.
    page.route("**/favicon.ico", lambda route: route.fulfill(status=204))
    wrong = [fault for address in addresses for fault in judge(page, address, looks_in(language))]
    assert not wrong, "\n".join(wrong)
    assert page.problems == []


def opens(role, name, line, language):
    """Whether this role is the one to open the page in this language."""
    if ALL or name in SEEN_OTHERWISE:
        return role in line.get
    return role == next((each for each in TURNS[language] if each in line.get), None)


def pages_of(world, role, language, share):
    """The addresses of a share of the pages that `role` is to open, with rows of its own where a row is named."""
    pages = [
        (name, line.key)
        for name, line in MATRIX.items()
        if opens(role, name, line, language) and line.key not in FILES and name not in PAPERS
    ]
    return [reverse(name, kwargs=kwargs_for(world, role, key)) for name, key in pages[share::SHARES]]


@pytest.mark.parametrize("share", range(SHARES))
@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("role", Role)
def test_axe_finds_nothing_on_any_page(world, someone, live_server, role, language, share):
    visitor = Client()
    visitor.force_login(world.users[role])
    page = someone()
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies(
        [
            cookie(live_server, name, visitor.cookies[name].value),
            cookie(live_server, settings.LANGUAGE_COOKIE_NAME, language),
        ]
    )
    judge_all(page, pages_of(world, role, language, share), language)


@pytest.mark.parametrize("language", ["th", "en"])
def test_axe_finds_nothing_before_signing_in(world, someone, live_server, language):
    page = someone()
    page.context.add_cookies([cookie(live_server, settings.LANGUAGE_COOKIE_NAME, language)])
    judge_all(page, [reverse(name) for name in OPEN], language)


@pytest.mark.parametrize("language", ["th", "en"])
def test_axe_finds_nothing_on_pages_that_a_link_opens(world, someone, live_server, language):
    make.who_passed(world.ours.enrolment, ended_on=today() - timedelta(days=40))
    key = {"pk": world.ours.enrolment.pk, "school_id": world.our_school.pk}
    page = someone()
    page.context.add_cookies([cookie(live_server, settings.LANGUAGE_COOKIE_NAME, language)])
    tokens = {"satisfaction": satisfaction.LINK.token(**key), "follow_up": asking.LINK.token(**key, part=30)}
    judge_all(page, [reverse(f"trainees:{name}_form", args=[token]) for name, token in tokens.items()], language)
