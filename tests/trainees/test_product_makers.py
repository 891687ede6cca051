"""Who made a product: chosen from the roster of its course and from other courses of the school."""

from datetime import date

import pytest
from django.urls import reverse

from offices.roles import Role
from offices.scoping import DEPARTMENT_EYES
from tests import factories as make
from trainees.models import Maker


@pytest.fixture
def product(world, set_state):
    return make.ProductFactory(course=set_state(world.ours.course, "completed"))


@pytest.fixture
def elsewhere(world):
    """Somebody on another course of our school."""
    course = world.make_course(
        world.ours.curriculum, name="ทอผ้า", starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 2)
    )
    person = make.TraineeFactory(school=world.our_school, first_name="ลำดวน", surname="")
    return make.EnrolmentFactory(course=course, trainee=person)


def page_of(product, name="product_makers"):
    return reverse(f"trainees:{name}", args=[product.pk])


def makers():
    return [maker.enrolment for maker in Maker.objects.visible_to(DEPARTMENT_EYES).select_related("enrolment")]


def test_people_of_the_roster_are_ticked_and_each_stands_once(clerk, client, world, product):
    place = world.ours.enrolment
    page = client.get(page_of(product))
    assert list(page.context["roster"]) == [place] and place.trainee.document_number not in page.content.decode()
    assert client.post(page_of(product), {"people": [place.pk]}).url.endswith("#makers")
    assert makers() == [place]
    assert list(client.get(page_of(product)).context["roster"]) == []
    again = client.post(page_of(product), {"people": [place.pk]})
    assert again.context["form"].errors["people"] and makers() == [place]


def test_people_of_other_courses_are_found_by_name_or_number(clerk, client, world, product, elsewhere):
    find = page_of(product, "maker_candidates")
    for sought in ("ลำดวน", elsewhere.trainee.document_number):
        assert client.post(find, {"q": sought}).context["found"] == [elsewhere]
        fragment = client.post(find, {"q": sought}, headers={"HX-Request": "true"}).content.decode()
        assert "ลำดวน" in fragment and "ทอผ้า" in fragment and "<html" not in fragment
    for sought in ("", "  ", world.theirs.trainee.full_name, world.theirs.trainee.document_number, "x" * 500):
        assert client.post(find, {"q": sought}).context["found"] == []
    client.post(page_of(product), {"people": [elsewhere.pk]})
    assert makers() == [elsewhere]


def test_a_person_of_several_courses_is_one_maker(clerk, client, world, product, elsewhere):
    twice = make.EnrolmentFactory(course=product.course, trainee=elsewhere.trainee)
    client.post(page_of(product), {"people": [elsewhere.pk, twice.pk]})
    assert len(makers()) == 1
    assert client.post(page_of(product, "maker_candidates"), {"q": "ลำดวน"}).context["found"] == []


@pytest.mark.parametrize("sent", [[], ["x"], ["9" * 30], ["-1"], ["1", "x"]])
def test_ticks_that_cannot_be_are_refused_in_words(clerk, client, product, sent):
    response = client.post(page_of(product), {"people": sent})
    assert response.status_code == 200 and response.context["form"].errors["people"] and makers() == []


def test_nobody_of_another_school_becomes_a_maker(clerk, client, world, product):
    response = client.post(page_of(product), {"people": [world.theirs.enrolment.pk]})
    assert response.context["form"].errors["people"] and makers() == []
    client.force_login(world.strangers[Role.SCHOOL])
    for name in ("product_makers", "maker_candidates"):
        sent = {"people": [world.theirs.enrolment.pk], "q": "สมศรี"}
        assert client.post(page_of(product, name), sent).status_code == 404


def test_a_maker_is_taken_out_and_may_be_named_again(clerk, client, world, product):
    maker = make.MakerFactory(product=product, enrolment=world.ours.enrolment)
    remove = reverse("trainees:maker_remove", args=[maker.pk])
    client.force_login(world.strangers[Role.SCHOOL])
    assert client.post(remove).status_code == 404
    client.force_login(clerk)
    page = client.post(remove, follow=True).content.decode()
    assert world.ours.trainee.full_name in page and makers() == []
    client.post(page_of(product), {"people": [world.ours.enrolment.pk]})
    assert makers() == [world.ours.enrolment]


def test_somebody_whose_data_was_erased_is_not_offered(clerk, client, world, product, elsewhere):
    elsewhere.trainee.erased_at = "2026-03-01T00:00Z"
    elsewhere.trainee.save()
    assert client.post(page_of(product, "maker_candidates"), {"q": "ลำดวน"}).context["found"] == []
    assert client.post(page_of(product), {"people": [elsewhere.pk]}).context["form"].errors
