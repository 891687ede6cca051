"""The list of courses with what their people said: narrowed, at a price that stays, and as a file."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from jobs.models import Job
from offices.roles import Role
from tests import factories as make
from trainees.outcome_exports import satisfaction_book

LIST = reverse("trainees:satisfaction_list")


@pytest.fixture
def rated(world):
    """Our course is over and our one person said something of it; so did theirs."""
    for side, level in ((world.ours, 4), (world.theirs, 1)):
        side.course.status = "completed"
        side.course.save()
        make.SatisfactionFactory(enrolment=side.enrolment, item_1=level, item_10=5)
    return world


@pytest.fixture
def look(world):
    """The list as somebody sees it."""

    def asked(user, **narrowed):
        client = Client()
        client.force_login(user)
        return client.get(LIST, narrowed)

    return asked


def courses_of(page):
    return [row.record.name for row in page.context["table"].page.object_list]


def test_each_office_sees_the_means_of_its_own_courses(rated, look):
    page = look(rated.users[Role.SCHOOL])
    assert courses_of(page) == [rated.ours.course.name]
    assert "4.50" in page.text  # overall, of 4 and 5
    assert "1 จาก 1" in page.text
    assert courses_of(look(rated.users[Role.PROVINCE])) == [rated.ours.course.name]
    assert len(courses_of(look(rated.users[Role.DEPARTMENT]))) == 2
    assert courses_of(look(rated.strangers[Role.SCHOOL])) == [rated.theirs.course.name]


def test_courses_without_answers_can_be_looked_for(rated, look):
    silent = rated.make_course(rated.ours.curriculum, status="completed", name="ไม่มีใครตอบ")
    user = rated.users[Role.SCHOOL]
    assert courses_of(look(user, answers="without")) == [silent.name]
    assert courses_of(look(user, answers="with")) == [rated.ours.course.name]
    assert courses_of(look(user, q="ใครตอบ")) == [silent.name]
    assert "–" in look(user, answers="without").text


@pytest.mark.parametrize("number", [24, 2499])
def test_the_list_costs_ten_queries_at_any_volume(rated, django_assert_max_num_queries, number):
    course = rated.ours.course
    type(course).objects.bulk_create(
        make.CourseFactory.build_batch(
            number, curriculum=course.curriculum, fiscal_year=rated.year, course_type=rated.short, status="running"
        )
    )
    for role in (Role.SCHOOL, Role.DEPARTMENT):
        client = Client()
        client.force_login(rated.users[role])
        client.get(LIST, {"year": "all"})  # remembers the filter
        with django_assert_max_num_queries(10):
            page = client.get(LIST, {"year": "all"})
        assert page.context["count"] == number + 1 + (role == Role.DEPARTMENT)


def test_the_file_holds_the_list_and_no_stranger(rated):
    user = rated.users[Role.SCHOOL]
    client = Client()
    client.force_login(user)
    assert client.post(reverse("trainees:satisfaction_export"), {"format": "pdf?"}).status_code == 404
    client.post(reverse("trainees:satisfaction_export") + "?answers=with", {"format": "json"})
    params = Job.objects.get(requested_by=user).params
    assert params["asked"] == {"answers": "with"}
    book = satisfaction_book(user, params["asked"], params["year"], lambda done, total: None)
    (row,) = list(book.tables[0])
    assert row[1] == rated.ours.course.name
    assert row[3:10] == [1, 1, Decimal("4.00"), None, Decimal("5.00"), None, Decimal("4.50")]
