"""Links without a sign-in: what opens, what does not, and that nobody can tell why."""

import re
import secrets

import pytest
from django.http import HttpResponse

from documents.qr import code_of
from offices.links import DeadLink, Purpose, public
from offices.scoping import DEPARTMENT_EYES
from trainees.models import Enrolment

ONE, OTHER = Purpose("test.one"), Purpose("test.other")


@public(ONE)
def page(request, opened):
    rows = Enrolment.objects.visible_to(opened.eyes).filter(pk=opened.pk)
    if not rows.exists():
        raise DeadLink
    return HttpResponse(f"enrolment {opened.pk}")


def somewhere():
    """An address of documentation's network that no earlier test has asked from: the cache outlives a test."""
    return f"2001:db8::{secrets.token_hex(2)}:{secrets.token_hex(2)}"


@pytest.fixture
def visit(rf):
    def asked(token, address=None):
        return page(rf.get("/", REMOTE_ADDR=address or somewhere()), token)

    return asked


def shown(response):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())


def token_of(row, purpose=ONE):
    return purpose.token(pk=row.pk, school_id=row.school_id)


def test_a_link_opens_the_row_it_names_without_a_sign_in(world, visit):
    assert page.login_required is False
    response = visit(token_of(world.ours.enrolment))
    assert response.content.decode() == f"enrolment {world.ours.enrolment.pk}"
    assert "no-store" in response["Cache-Control"]


def test_every_link_that_does_not_open_gets_the_same_page(world, visit, settings):
    good = token_of(world.ours.enrolment)
    of_a_row_that_is_gone = ONE.token(pk=0, school_id=world.our_school.pk)
    of_another_school = ONE.token(pk=world.ours.enrolment.pk, school_id=world.their_school.pk)
    for_something_else = token_of(world.ours.enrolment, OTHER)
    altered = good.replace(str(world.our_school.pk), str(world.their_school.pk), 1)
    pages = [visit(t) for t in (of_a_row_that_is_gone, of_another_school, for_something_else, altered, "", "ก.ข")]
    settings.LINK_DAYS = 0
    pages.append(visit(good))
    assert {response.status_code for response in pages} == {404}
    (said,) = {shown(response) for response in pages}
    assert "ลิงก์นี้ใช้ไม่ได้แล้ว" in said
    assert not any(str(school) in said for school in (world.our_school, world.their_school))


def test_a_link_lends_the_eyes_of_its_own_school_only(world):
    eyes = ONE.opened(token_of(world.ours.enrolment)).eyes
    seen = set(Enrolment.objects.visible_to(eyes))
    assert seen == set(Enrolment.objects.visible_to(DEPARTMENT_EYES).filter(school=world.our_school))
    assert world.theirs.enrolment not in seen


def test_one_link_is_not_asked_for_without_end(world, visit, settings):
    settings.LINK_ASKS_PER_LINK = 2
    asked = token_of(world.ours.enrolment)
    answers = [visit(asked).status_code for n in range(3)]
    assert answers == [200, 200, 429]
    assert visit(token_of(world.theirs.enrolment)).status_code == 200


def test_one_address_does_not_try_links_without_end(world, visit, settings):
    settings.LINK_ASKS_PER_ADDRESS = 2
    address = somewhere()
    tries = [visit(f"guess-{n}", address).status_code for n in range(3)]
    assert tries == [404, 404, 429]
    assert visit(token_of(world.ours.enrolment)).status_code == 200


def test_a_code_is_square_framed_in_white_and_says_what_it_holds():
    code = code_of("https://example.go.th/s/" + "ก" * 40)
    assert code.text.startswith("https://example.go.th")
    assert code.path.startswith("M4 4h7v1h-7z")  # the corner mark, behind the quiet border
    edge = code.size - 4
    assert all(x >= 4 and x + length <= edge and 4 <= y < edge for x, y, length in code.runs)
