"""Stored figures: shown as fresh only while the data they were counted from is the same, and never to others."""

import re
from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.models import Course
from offices.roles import Role
from offices.scoping import DEPARTMENT_EYES
from reports.figures import count_all
from reports.indicators import BY_CODE
from reports.models import StoredFigures
from reports.stored import recount, served
from reports.versions import data_version
from tests import factories as make
from tests.reports.conftest import assess, view_of

INDICATORS = reverse("reports:indicators")


@pytest.fixture
def large(settings):
    """Every office is too large to be counted while somebody waits."""
    settings.FIGURES_AT_ONCE = 0
    cache.clear()


def told(found):
    return {
        counted.indicator.code: (
            counted.total,
            [
                (each.dimension.code, [(part.code, figure) for part, figure in each.parts])
                for each in counted.breakdowns
            ],
        )
        for counted in found
    }


def test_what_is_stored_comes_back_exactly_as_it_was_counted(world, running, come):
    course = running(world.ours, status="completed")
    assess(come(course))
    product = make.ProductFactory(course=course)
    year, officer = world.year, world.users[Role.SCHOOL]
    make.AssessmentFactory(product=product, fiscal_year=year, entered_by=officer, is_met=True)
    view = view_of("province:50")
    recount(view)
    found = served(view)
    assert found.is_fresh
    assert told(found.figures) == told(count_all(view))
    with CaptureQueriesContext(connection) as queries:  # of all that was stored, only what a page shows is read
        only = served(view, BY_CODE["1.2"])
    assert told(only.figures) == {"1.2": told(found.figures)["1.2"]}
    read = [each["sql"] for each in queries if '"figures"' in each["sql"]]
    assert read and not any(re.search(r'"figures"(?! ->)', statement) for statement in read)


def test_every_change_of_a_row_that_counts_is_another_version(world, running, come):
    seen = {data_version()}
    come(running(world.ours))
    seen.add(data_version())
    Course.objects.visible_to(DEPARTMENT_EYES).filter(pk=world.theirs.course.pk).update(venue="ที่ใหม่")
    seen.add(data_version())
    make.ChannelFactory(school=world.our_school)
    seen.add(data_version())
    assert len(seen) == 4
    assert data_version() in seen


def test_a_large_office_is_never_shown_old_figures_as_fresh(world, running, come, large, client):
    client.force_login(world.users[Role.DEPARTMENT])
    assert client.get(INDICATORS).context["served"].figures == []  # nobody has counted yet, and nobody waits
    recount(view_of(user=world.users[Role.DEPARTMENT]))
    fresh = client.get(INDICATORS).context["served"]
    assert fresh.is_fresh and fresh.figures[0].total.value is None
    come(running(world.ours))
    page = client.get(INDICATORS)
    assert not page.context["served"].is_fresh
    assert page.context["served"].figures[0].total.value is None  # as of then, and it says so
    assert "มีข้อมูลเปลี่ยนแปลง" in page.content.decode()
    recount(view_of(user=world.users[Role.DEPARTMENT]))
    assert client.get(INDICATORS).context["served"].figures[0].total.value == 1


@pytest.mark.parametrize(
    "part", [{}, {"dimension": "sex", "part": "female"}, {"dimension": "course_type", "part": "short"}]
)
def test_an_opened_figure_is_the_stored_one_only_while_it_is_true(world, running, come, large, client, part):
    course = running(world.ours)
    make.EnrolmentFactory(course=course, trainee=make.TraineeFactory(school=world.our_school))  # never came
    come(course)
    client.force_login(world.users[Role.DEPARTMENT])
    evidence, asked = reverse("reports:evidence"), {"indicator": "1.1", "year": world.year.pk, **part}

    def opened():
        context = client.get(evidence, asked).context
        return context["figure"], [(each.code, each.rows, each.courses) for each in context["left_out"]]

    counted = opened()
    recount(view_of(user=world.users[Role.DEPARTMENT]), thoroughly=True)
    assert opened() == counted
    assert counted[0].value == 1
    stored = StoredFigures.objects.get()
    stored.figures["1.1"]["left_out"][0][1] = 99
    stored.save()
    assert opened()[1][0][1] == 99  # so it was read, not counted
    come(course)
    assert opened()[0].value == 2
    assert opened()[1] == counted[1]


def test_stored_figures_are_of_the_eyes_that_they_were_counted_with(world, running, come, large, client):
    come(running(world.ours))
    recount(view_of("province:50"))  # with the department's eyes
    client.force_login(world.users[Role.PROVINCE])
    assert client.get(INDICATORS).context["served"].figures == []
    client.force_login(world.strangers[Role.PROVINCE])
    assert client.get(INDICATORS, {"office": "province:50"}).status_code == 404
    assert client.get(INDICATORS).context["served"].figures == []


def test_a_page_of_stored_figures_asks_little(world, running, come, client, django_assert_max_num_queries):
    come(running(world.ours))
    client.force_login(world.users[Role.DEPARTMENT])
    client.get(INDICATORS)
    with django_assert_max_num_queries(15):
        assert client.get(INDICATORS).context["served"].is_fresh


def test_totals_are_verified_against_the_rows(world, running, come):
    come(running(world.ours))
    recount(view_of())
    out = StringIO()
    call_command("verify_totals", stdout=out)
    assert "1 stored figures of the present data compared, 0 differences" in out.getvalue()
    stored = StoredFigures.objects.get()
    stored.figures["1.1"]["total"][0] = 7
    stored.figures["1.1"]["left_out"] = [["cancelled", 7, 7]]
    stored.save()
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("verify_totals", stdout=out)
    assert "1.1 total" in out.getvalue() and "1.1 left_out" in out.getvalue()
