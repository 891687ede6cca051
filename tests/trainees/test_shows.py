"""What a school shows at a fair: products, courses, entries in contests; only where it takes part."""

import pytest
from django.test import Client
from django.urls import reverse

from courses.models import FairPart
from jobs.models import Job
from offices.models import Disclosure
from offices.roles import Role
from offices.scoping import DEPARTMENT_EYES
from tests import factories as make
from trainees.models import ContestEntry, Exhibit
from trainees.tasks import export_shows


@pytest.fixture
def fair(world):
    """A planned fair that our school has joined."""
    fair = make.FairFactory(fiscal_year=world.year, status="planned")
    make.FairPartFactory(fair=fair, school=world.our_school)
    return fair


@pytest.fixture
def browser():
    def sign_in(user):
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def staff(world, browser):
    return browser(world.users[Role.SCHOOL])


@pytest.fixture
def stranger(world, browser):
    return browser(world.strangers[Role.SCHOOL])


def at(name, row):
    return reverse(f"trainees:{name}", args=[row.pk])


def exhibits():
    return Exhibit.objects.visible_to(DEPARTMENT_EYES)


def entries():
    return ContestEntry.objects.visible_to(DEPARTMENT_EYES)


def test_a_school_shows_a_product_or_a_course_and_each_once(world, fair, staff, stranger, browser):
    product = make.ProductFactory(course=world.ours.course)
    add = at("exhibit_add", fair)
    assert staff.post(add, {"product": product.pk, "note": "บูท 3"}).status_code == 302
    assert staff.post(add, {"course": world.ours.course.pk}).status_code == 302
    for twice in ({"product": product.pk}, {"course": world.ours.course.pk}, {}):
        assert staff.post(add, twice).context["form"].errors
    both = staff.post(add, {"product": product.pk, "course": world.ours.course.pk})
    assert both.context["form"].errors
    assert exhibits().count() == 2
    page = at("fair_shows", fair)
    for reader in (staff, browser(world.users[Role.PROVINCE])):
        assert product.name in reader.get(page).content.decode()
        assert product.name in reader.get(page, headers={"HX-Request": "true"}).content.decode()
    assert product.name not in stranger.get(page).content.decode()


def test_nothing_of_another_school_can_be_shown(world, fair, staff, stranger):
    theirs = make.ProductFactory(course=world.theirs.course)
    errors = staff.post(at("exhibit_add", fair), {"product": theirs.pk}).context["form"].errors
    assert "product" in errors
    wrong = {"contest": "ประกวด", "course": world.theirs.course.pk, "enrolment": world.theirs.enrolment.pk}
    assert {"course", "enrolment"} & set(staff.post(at("contest_add", fair), wrong).context["form"].errors)
    assert not exhibits() and not entries()
    assert theirs.name not in staff.get(at("exhibit_add", fair)).content.decode()
    shown = make.ExhibitFactory(fair=fair, course=world.ours.course)
    for act in ("exhibit_edit", "exhibit_remove"):
        assert stranger.post(at(act, shown), {}).status_code == 404


def test_who_does_not_take_part_shows_nothing(world, fair, stranger, staff):
    for act in ("exhibit_add", "contest_add"):
        typed = {"course": world.theirs.course.pk, "contest": "ประกวด", "enrolment": world.theirs.enrolment.pk}
        assert stranger.post(at(act, fair), typed).url == reverse("courses:fair", args=[fair.pk])
    assert not exhibits() and not entries()
    shown = make.ExhibitFactory(fair=fair, course=world.ours.course)
    fair.status, fair.status_reason = "cancelled", "น้ำท่วม"
    fair.save()
    assert staff.post(at("exhibit_edit", shown), {"course": world.ours.course.pk, "version": 1}).status_code == 200
    staff.post(at("exhibit_remove", shown))
    assert exhibits().count() == 1


def test_a_person_is_chosen_among_those_of_a_course(world, fair, staff, stranger):
    add, place = at("contest_add", fair), world.ours.enrolment
    people = reverse("trainees:contest_people")
    assert place.trainee.full_name in staff.get(people, {"course": place.course_id}).content.decode()
    assert place.trainee.full_name not in stranger.get(people, {"course": place.course_id}).content.decode()
    for nonsense in ("", "x", "๕", "9" * 300, "\x00"):
        assert staff.get(people, {"course": nonsense}).status_code == 200
        assert staff.post(add, {"contest": "ประกวด", "course": nonsense}).context["form"].errors
    typed = {"contest": "ประกวดขนมไทย", "course": place.course_id, "enrolment": place.pk}
    assert staff.post(add, typed).status_code == 302
    (entry,) = entries()
    assert (entry.enrolment, entry.school) == (place, world.our_school)
    change = typed | {"result": "ชนะเลิศ", "version": entry.version}
    assert staff.get(at("contest_edit", entry)).context["form"]["course"].value() == place.course_id
    assert staff.post(at("contest_edit", entry), change).status_code == 302
    assert "ชนะเลิศ" in staff.get(at("fair_shows", fair)).content.decode()
    stale = staff.post(at("contest_edit", entry), change | {"result": "รองชนะเลิศ"}).context["form"]
    assert [(d.mine, d.theirs) for d in stale.conflict] == [("รองชนะเลิศ", "ชนะเลิศ")]
    staff.post(at("contest_remove", entry))
    assert not entries()


def test_who_shows_something_does_not_leave_before_it_is_taken_out(world, fair, staff, stranger):
    shown = make.ExhibitFactory(fair=fair, course=world.ours.course)
    leave = reverse("courses:fair_leave", args=[fair.pk])
    page = staff.post(leave, follow=True)
    assert "1" in str(next(iter(page.context["messages"])))
    staff.post(at("exhibit_remove", shown))
    staff.post(leave)
    assert not FairPart.objects.own_of(world.users[Role.SCHOOL]).filter(fair=fair)
    assert stranger.post(leave).status_code == 404


def test_the_file_is_made_by_a_job_and_the_people_in_it_are_logged(world, fair, staff, stranger, browser):
    make.ContestEntryFactory(fair=fair, enrolment=world.ours.enrolment, result="ชนะเลิศ")
    make.ExhibitFactory(fair=fair, course=world.ours.course)
    name = world.ours.trainee.full_name
    export = reverse("trainees:shows_export", args=[fair.pk, "csv"])
    for reader, sees in ((browser(world.users[Role.DEPARTMENT]), True), (stranger, False)):
        answer = reader.post(export)
        job = Job.objects.order_by("pk").last()
        assert answer.url == reverse("jobs:detail", args=[job.pk])
        with export_shows.work(job).file.open() as file:
            assert (name in file.read().decode("utf-8-sig")) is sees
    log = Disclosure.objects.visible_to(DEPARTMENT_EYES)
    assert [(row.school, row.rows) for row in log] == [(world.our_school, 1)]


@pytest.mark.parametrize("rows", [25, 2500])
def test_the_page_costs_ten_queries_at_any_volume(
    world, fair, browser, stranger, django_assert_max_num_queries, rows
):
    product = make.ProductFactory(course=world.ours.course)
    ContestEntry.objects.bulk_create(
        ContestEntry(school=world.our_school, fair=fair, contest=f"ประกวดที่ {n}", product=product)
        for n in range(rows)
    )
    for role in (Role.SCHOOL, Role.DEPARTMENT):
        reader = browser(world.users[role])
        reader.get(at("fair_shows", fair))
        with django_assert_max_num_queries(10):
            tables = reader.get(at("fair_shows", fair)).context["tables"]
        assert tables[1].page.paginator.count == rows
    assert stranger.get(at("fair_shows", fair)).context["is_empty"]
