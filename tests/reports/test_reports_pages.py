"""The screens of the figures: who sees which, at what cost, and how a report is asked for."""

from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from jobs.models import Job
from offices.roles import Role
from tests import factories as make
from tests.reports.conftest import nobody, persons
from trainees.models import Enrolment, Trainee

INDICATORS, EVIDENCE = reverse("reports:indicators"), reverse("reports:evidence")
LIST, COMPILE = reverse("reports:list"), reverse("reports:compile")


def people_of(page):
    return next(each.total.value for each in page.context["served"].figures if each.indicator.code == "1.1")


def test_each_office_opens_on_its_own_figures(world, client, running, come):
    come(running(world.ours))
    come(running(world.theirs))
    for user, value in [
        (world.users[Role.SCHOOL], 1), (world.users[Role.PROVINCE], 1), (world.users[Role.DEPARTMENT], 2),
        (world.strangers[Role.SCHOOL], 1), (world.attached_user, None),
    ]:  # fmt: skip
        client.force_login(user)
        assert people_of(client.get(INDICATORS)) == value


def test_a_stranger_cannot_ask_for_another_office(world, client, running, come):
    course = running(world.ours)
    come(course)
    client.force_login(world.strangers[Role.SCHOOL])
    for office in ("school:1250070000", "province:50", "department", "school:1250010000"):
        assert client.get(INDICATORS, {"office": office}).status_code == 404
        assert client.get(EVIDENCE, {"office": office}).status_code == 404
        assert client.get(LIST, {"office": office}).status_code == 404
        asked = {"year": 2569, "office": office, "format": "xlsx"}
        assert client.post(COMPILE, asked).status_code == 404
    assert not Job.objects.exists()
    page = client.get(EVIDENCE)
    assert page.context["table"].rows.data.data.count() == 0
    assert course.name not in page.content.decode()


def test_the_offices_offered_are_those_one_may_see(world, client):
    def offered(user, **asked):
        client.force_login(user)
        choices = client.get(INDICATORS, asked).context["filter"]["form"].fields["office"].choices
        return {code for _label, group in choices for code, _name in group}

    assert offered(world.users[Role.SCHOOL]) == {"school:1250070000"}
    assert offered(world.users[Role.PROVINCE]) == {"province:50", "school:1250070000", "school:1250010000"}
    nation = {"department", "province:50", "province:90"}
    assert offered(world.users[Role.DEPARTMENT]) == {*nation, "school:A001"}
    assert offered(world.users[Role.DEPARTMENT], office="province:90") == {*nation, "school:1290010000"}
    chosen = offered(world.users[Role.DEPARTMENT], office="school:1250070000")
    assert chosen == {*nation, "school:1250070000", "school:1250010000"}


def test_the_rows_behind_a_figure_are_masked_and_lead_on(world, client, running, come):
    number = make.national_id(5)
    kept = come(running(world.ours), make.TraineeFactory(school=world.our_school, number=number))
    come(running(world.ours), nobody(world.our_school))
    client.force_login(world.users[Role.PROVINCE])
    text = client.get(EVIDENCE, {"indicator": "1.1"}).content.decode()
    assert number not in text and number[:9] not in text
    assert kept.trainee.masked_document in text
    assert "ไม่มีเลข" in text
    assert reverse("trainees:detail", args=[kept.trainee_id]) in text
    assert reverse("courses:detail", args=[kept.course_id]) in text
    assert world.theirs.trainee.first_name not in text


def test_the_page_of_a_figure_explains_it_and_lists_what_was_left_out(world, client, running, come):
    cancelled = running(world.ours, status="cancelled", name="ทำขนมที่ยกเลิก")
    come(running(world.ours), came=False)
    client.force_login(world.users[Role.SCHOOL])
    text = client.get(EVIDENCE, {"indicator": "1.1"}).content.decode()
    assert "5.1.1(1)" in text
    assert cancelled.name in text and cancelled.status_reason in text
    client.force_login(world.strangers[Role.SCHOOL])
    assert cancelled.name not in client.get(EVIDENCE, {"indicator": "1.1"}).content.decode()


def test_a_figure_that_nobody_can_know_yet_says_so(world, client):
    client.force_login(world.users[Role.SCHOOL])
    page = client.get(EVIDENCE, {"indicator": "3.2"})
    assert "–" in page.content.decode()
    assert len(page.context["table"].rows) == 0


@pytest.mark.parametrize("asked", [
    {"year": "2599"}, {"year": "abc"}, {"year": "²"}, {"quarter": "5"}, {"quarter": "-1"}, {"office": "x" * 3000},
    {"office": "school:\x00"}, {"indicator": "9.9"}, {"dimension": "sex", "part": "x"}, {"dimension": "nothing"},
    {"dimension": "place", "part": "50"}, {"year": "99999999999"},
])  # fmt: skip
def test_an_address_that_makes_no_sense_is_not_found(world, client, asked):
    client.force_login(world.users[Role.SCHOOL])
    assert client.get(EVIDENCE, asked).status_code == 404


@pytest.mark.parametrize("page", ["0", "-3", "999", "x", "", "99999999999999999999"])
def test_a_page_that_is_not_there_shows_one_that_is(world, client, running, come, page):
    come(running(world.ours))
    client.force_login(world.users[Role.SCHOOL])
    assert len(client.get(EVIDENCE, {"page": page}).context["table"].page.object_list) == 1


def fill(world, running, number):
    course = running(world.ours)
    people = Trainee.objects.bulk_create(make.TraineeFactory.build(school=world.our_school) for _ in range(number))
    Enrolment.objects.bulk_create(
        make.EnrolmentFactory.build(course=course, trainee=each, first_attended_on=date(2026, 1, 16))
        for each in people
    )
    with connection.cursor() as cursor:
        cursor.execute("analyze")  # as the database does by itself, once rows are committed


@pytest.mark.parametrize("role", [Role.SCHOOL, Role.PROVINCE, Role.DEPARTMENT])
@pytest.mark.parametrize("number", [25, 2500])
def test_queries_do_not_grow_with_the_rows(world, client, running, role, number, django_assert_max_num_queries):
    fill(world, running, number)
    client.force_login(world.users[role])
    client.get(INDICATORS)
    with django_assert_max_num_queries(25 + 2):  # and two savepoints that only a transaction of tests needs
        assert people_of(client.get(INDICATORS)) == number
    for asked in (
        {"indicator": "1.1"},
        {"indicator": "1.1", "rows-sex": "female"},
        {"dimension": "sex", "part": "female"},
    ):
        client.get(EVIDENCE, asked)  # from now on the session remembers this filter
        with django_assert_max_num_queries(10):
            page = client.get(EVIDENCE, asked)
        assert page.context["count"] == number
    assert len(page.context["table"].page.object_list) == 25


def test_a_report_is_asked_for_and_waits_in_the_list(world, client, running, come):
    come(running(world.ours))
    client.force_login(world.users[Role.PROVINCE])
    asked = {"year": 2569, "office": "province:50", "format": "csv"}
    assert client.post(COMPILE, asked).url == LIST
    job = Job.objects.get()
    assert (job.requested_by, job.params) == (world.users[Role.PROVINCE], asked)
    assert "เชียงใหม่" in job.title
    assert job.title in client.get(LIST).content.decode()
    client.force_login(world.strangers[Role.PROVINCE])
    assert job.title not in client.get(LIST).content.decode()


def test_a_wrong_choice_is_told_beside_the_field(world, client):
    client.force_login(world.users[Role.DEPARTMENT])
    page = client.post(COMPILE, {"year": 2599, "office": "province:50", "format": "exe"})
    assert page.status_code == 200
    assert set(page.context["form"].errors) == {"year", "format"}
    assert not Job.objects.exists()


def test_an_officer_compiles_for_a_single_school_of_any_province(world, client):
    client.force_login(world.users[Role.DEPARTMENT])
    asked = {"year": 2569, "office": "school:1250070000", "format": "xlsx"}
    assert client.post(COMPILE, asked).status_code == 302
    assert Job.objects.get().params == asked


def test_a_year_that_nobody_opened_is_an_empty_page(world, client):
    user = world.users[Role.DEPARTMENT]
    from courses.models import Course
    from offices.models import FiscalYear
    from offices.scoping import DEPARTMENT_EYES
    from trainees.models import Waiver

    for model in (Waiver, Enrolment, Course):
        model.objects.visible_to(DEPARTMENT_EYES).delete()
    FiscalYear.objects.all().delete()
    client.force_login(user)
    for address in (INDICATORS, LIST):
        assert client.get(address).status_code == 200
    assert client.post(COMPILE).status_code == 404


def test_the_year_and_quarter_of_the_address_decide(world, client, running, come):
    come(running(world.ours, starts_on=date(2026, 4, 1)))
    client.force_login(world.users[Role.SCHOOL])
    assert people_of(client.get(INDICATORS, {"year": 2569, "quarter": 3})) == persons()[0] == 1
    assert people_of(client.get(INDICATORS, {"year": 2569, "quarter": 2})) is None
