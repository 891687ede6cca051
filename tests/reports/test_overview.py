"""The overview: map, bars and table of one figure by place, at home and on a page of its own."""

from itertools import pairwise

import pytest
from django.urls import reverse

from offices.roles import Role
from reports.overview import overview, scale
from tests import factories as make
from tests.reports.conftest import PASSED, PEOPLE, assess, persons, view_of

OVERVIEW = reverse("reports:overview")


def told(page):
    return {line.place.code: line.figure.value for line in page.context["overview"].lines}


def test_every_place_shows_its_own_figure_and_the_total_is_counted_anew(world, client, running, come):
    somebody = make.TraineeFactory(school=world.our_school, number=make.national_id(77))
    again = make.TraineeFactory(school=world.their_school, number=make.national_id(77))
    come(running(world.ours), somebody)
    come(running(world.theirs), again)
    come(running(world.theirs))
    client.force_login(world.users[Role.DEPARTMENT])
    page = client.get(OVERVIEW)
    assert told(page) == {"50": 1, "90": 2, "attached": None}
    assert page.context["overview"].total.value == 2 == persons("department")[0]


def test_a_province_sees_its_schools_and_a_school_its_figures_only(world, client, running, come):
    come(running(world.ours))
    come(running(world.theirs))
    client.force_login(world.users[Role.PROVINCE])
    page = client.get(OVERVIEW)
    assert told(page) == {"1250070000": 1, "1250010000": None}
    assert page.context["overview"].shapes == []
    client.force_login(world.users[Role.SCHOOL])
    assert client.get(OVERVIEW)["Location"].startswith(reverse("reports:indicators"))


def test_a_stranger_cannot_look_at_another_province(world, client, running, come):
    come(running(world.ours))
    client.force_login(world.strangers[Role.PROVINCE])
    assert client.get(OVERVIEW, {"office": "province:50"}).status_code == 404
    assert client.get(OVERVIEW, {"office": "department"}).status_code == 404
    assert told(client.get(OVERVIEW)) == {"1290010000": None}
    assert client.get(OVERVIEW, {"indicator": "9.9"}).status_code == 404


def test_home_shows_the_places_one_looks_after(world, client, running, come):
    come(running(world.ours))
    for user, places in [
        (world.users[Role.DEPARTMENT], {"50": 1, "90": None, "attached": None}),
        (world.users[Role.PROVINCE], {"1250070000": 1, "1250010000": None}),
    ]:
        client.force_login(user)
        assert told(client.get("/")) == places
    for user in (world.users[Role.SCHOOL], world.users[Role.ADMINISTRATOR]):
        client.force_login(user)
        assert "overview" not in client.get("/").context


def test_the_table_is_sorted_by_the_heading_pressed_in_thai_order(world, client, running, come):
    come(running(world.ours))
    client.force_login(world.users[Role.DEPARTMENT])

    def order(**asked):
        return [row.record.place.code for row in client.get(OVERVIEW, asked).context["table"].rows]

    assert order()[0] == "50"
    assert order(sort="place") == ["90", "50", "attached"]  # as the provinces' positions say
    assert order(sort="-place") == ["attached", "50", "90"]


def test_a_province_on_the_map_leads_to_its_figures(world, client, running, come):
    come(running(world.ours))
    client.force_login(world.users[Role.DEPARTMENT])
    lines = {line.place.code: line for line in client.get(OVERVIEW).context["overview"].lines}
    assert client.get(lines["50"].url).context["view"].office.key == "50"
    assert lines["50"].shade == 1
    assert lines["90"].shade is None


def test_a_share_is_shown_in_percent_on_a_scale_to_a_hundred(world, running, come):
    course = running(world.ours, status="completed")
    assess(come(course))
    come(course)
    found = overview(view_of(), PASSED)
    ours = next(line for line in found.lines if line.place.code == "50")
    assert (ours.shown, ours.height, ours.shade) == ("50.0%", 50, 3)
    assert [shade.last for shade in found.shades] == [20, 40, 60, 80, 100]


@pytest.mark.parametrize("most", [4, 5, 6, 23, 99, 1326, 2_000_000])
def test_five_round_classes_hold_every_figure(most):
    shades = scale(most)
    assert len(shades) == 5
    assert shades[0].first == 0
    assert shades[-1].last >= most > shades[-1].last / 2
    assert all(one.last + 1 == following.first for one, following in pairwise(shades))


def test_nothing_counted_has_no_scale(world):
    assert scale(0) == []
    assert overview(view_of(), PEOPLE).known == 0


def test_the_queries_of_home_do_not_grow_with_the_places(
    world, client, running, come, django_assert_max_num_queries
):
    come(running(world.ours))
    for _each in range(20):
        make.MembershipFactory(school=make.SchoolFactory(), province=world.our_province)
    client.force_login(world.users[Role.DEPARTMENT])
    with django_assert_max_num_queries(25):
        client.get("/")
