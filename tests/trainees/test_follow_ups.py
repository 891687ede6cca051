"""The follow-up: who is to be asked, what is written down, and who answered of how many."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from courses.models import Session
from jobs.models import Job
from offices.clock import today
from offices.models import Disclosure
from offices.roles import Role
from offices.scoping import DEPARTMENT_EYES
from tests import factories as make
from trainees import asking
from trainees.models import Enrolment, FollowUp, Result, Trainee
from trainees.outcome_exports import FollowUpBook


@pytest.fixture
def follow(world):
    return Follow(world)


class Follow:
    """Our course ended 40 days ago and our one person passed; theirs as well."""

    def __init__(self, world):
        self.world, self.ended = world, today() - timedelta(days=40)
        self.place = make.who_passed(world.ours.enrolment, ended_on=self.ended)
        make.who_passed(world.theirs.enrolment, ended_on=self.ended)
        self.course = self.place.course
        self.client = Client()
        self.client.force_login(world.users[Role.SCHOOL])

    def another(self, name="สมหมาย", **facts):
        trainee = make.TraineeFactory(school=self.world.our_school, first_name=name, **facts)
        place = make.EnrolmentFactory(course=self.course, trainee=trainee)
        session = Session.objects.visible_to(DEPARTMENT_EYES).get(course=self.course)
        make.AttendanceFactory(enrolment=place, session=session, hours=session.hours)
        make.ResultFactory(enrolment=place, knowledge=18, practice=35, quality=35)
        return place

    def listed(self, client=None, **asked):
        page = (client or self.client).get(reverse("trainees:follow_up_list"), {"wave": 30, **asked})
        return page, [row.record.pk for row in page.context["table"].page.object_list]

    def url(self, place=None, wave=30, name="follow_up"):
        return reverse(f"trainees:{name}", args=[(place or self.place).pk, wave])

    def say(self, place=None, **typed):
        typed = {"outcome": "answered", "asked_on": f"{today():%d/%m/%Y}", **typed}
        return self.client.post(self.url(place), typed)

    def stored(self):
        return list(FollowUp.objects.visible_to(DEPARTMENT_EYES))


def test_whoever_passed_is_to_be_asked_once_the_day_has_come(follow):
    failed = make.EnrolmentFactory(
        course=follow.course, trainee=make.TraineeFactory(school=follow.world.our_school)
    )
    page, listed = follow.listed()
    assert listed == [follow.place.pk]
    assert failed.pk not in listed
    assert "ถึงกำหนด</span>" in page.text
    assert [(tab["label"], tab["count"]) for tab in page.context["tabs"]] == [
        ("30 วัน", 1),
        ("90 วัน", 0),
        ("180 วัน", 0),
    ]
    assert "wave=90" in page.text
    assert follow.listed(wave=90)[1] == []  # 40 days only
    assert (page.context["response"].answered, page.context["response"].due) == (0, 1)
    assert asking.to_ask_by_wave(follow.world.users[Role.SCHOOL], [30, 90, 180]) == {30: 1, 90: 0, 180: 0}


def test_could_not_be_reached_is_recorded_and_stays_due(follow):
    assert follow.say(outcome="not_reached", note="ย้ายบ้าน").status_code == 302
    page, listed = follow.listed()
    assert listed == [follow.place.pk]
    assert page.context["response"].answered == 0
    assert follow.listed(standing="not_reached")[1] == [follow.place.pk]
    assert follow.listed(standing="answered")[1] == []

    (record,) = follow.stored()
    assert follow.say(uses=["earn"], added_income="๑,๐๐๐", version=str(record.version)).status_code == 302
    assert follow.listed()[1] == []
    page, listed = follow.listed(standing="answered")
    assert listed == [follow.place.pk]
    assert (page.context["response"].answered, page.context["response"].due) == (1, 1)
    assert "ไม่เกิน 1,000 บาท" in page.text
    (record,) = follow.stored()
    assert (record.uses, record.added_income) == (["earn"], Decimal(1000))


def test_overdue_is_told_apart_from_due(follow):
    assert follow.listed(standing="due")[1] == [follow.place.pk]
    follow.course.starts_on = follow.course.ends_on = today() - timedelta(days=61)
    follow.course.save()
    assert follow.listed(standing="due")[1] == []
    assert follow.listed(standing="overdue")[1] == [follow.place.pk]


def test_an_answer_beside_not_reached_and_an_empty_answer_are_refused(follow):
    refused = follow.say(outcome="not_reached", sells="True", evidence="ร้านหน้าบ้าน")
    assert "outcome" in refused.context["form"].errors
    assert "ร้านหน้าบ้าน" in refused.text
    assert follow.say().context["form"].non_field_errors()
    assert follow.say(has_work="False").status_code == 302
    assert [row.has_work for row in follow.stored()] == [False]


@pytest.mark.parametrize(
    "field, typed",
    [
        ("added_income", "-1"),
        ("added_income", "มาก"),
        ("added_income", "99999999999999"),
        ("uses", ["nothing"]),
        ("asked_on", "31/02/2569"),
        ("asked_on", f"{today() + timedelta(days=1):%d/%m/%Y}"),
        ("asked_on", f"{today() - timedelta(days=40):%d/%m/%Y}"),
        ("evidence", "ก" * 301),
        ("outcome", "perhaps"),
    ],
)
def test_what_cannot_be_right_is_refused_at_its_field(follow, field, typed):
    refused = follow.say(has_work="True", **{field: typed})
    assert refused.status_code == 200
    assert list(refused.context["form"].errors) == [field]
    assert follow.stored() == []


def test_a_course_of_life_skills_is_not_asked_for_money(follow):
    curriculum = follow.course.curriculum
    curriculum.teaches_life_skills = True
    curriculum.save()
    form = follow.client.get(follow.url()).context["form"]
    assert "added_income" not in form.fields
    assert "earn" not in dict(form.fields["uses"].choices)
    assert follow.say(uses=["earn"]).status_code == 200
    assert follow.stored() == []


def test_people_of_one_course_are_asked_one_after_another(follow):
    second, third = follow.another("กานดา"), follow.another("ฮานา")
    begin = reverse("trainees:follow_up_begin", args=[follow.course.pk, 30])
    assert follow.client.get(begin).url == follow.url(second)
    page = follow.client.get(follow.url(second))
    assert (page.context["following"], page.context["left"]) == (follow.place, 2)
    assert follow.say(second, outcome="not_reached", next="1").url == follow.url(follow.place)
    assert follow.say(follow.place, has_work="True", next="1").url == follow.url(third)
    over = follow.say(third, has_work="True", next="1").url
    assert over == reverse("trainees:course_follow_up", args=[follow.course.pk])
    assert follow.client.get(begin).url == follow.url(second)  # not reached: asked again when all others were


def test_two_who_ask_the_same_person_are_told_apart(follow):
    follow.say(has_work="True")
    assert follow.say(has_work="False").context["form"].conflict
    assert [row.has_work for row in follow.stored()] == [True]


def test_what_was_recorded_of_the_wrong_person_can_be_taken_away(follow):
    follow.say(has_work="True")
    follow.client.post(follow.url(name="follow_up_remove"))
    assert follow.stored() == []
    assert follow.listed()[1] == [follow.place.pk]


def test_the_courses_page_shows_each_wave_with_its_response(follow):
    follow.another()
    follow.say(added_income="2500")
    page = follow.client.get(reverse("trainees:course_follow_up", args=[follow.course.pk]))
    first, second, _third = page.context["waves"]
    assert (first.response.answered, first.response.due, first.is_due) == (1, 2, True)
    assert (second.is_due, second.response.share) == (False, None)
    assert "50.0%" in page.text
    assert "2,500" in page.text


def test_the_home_page_of_the_school_tells_whom_to_ask(follow):
    assert "30 วัน" in follow.client.get(reverse("home")).text
    follow.say(has_work="True")
    todos = follow.client.get(reverse("home")).context["todos"]
    assert not [todo for todo in todos if todo.icon == "telephone"]


def test_whoever_had_their_data_erased_is_asked_no_more(follow):
    follow.place.trainee.erased_at = "2026-01-01T00:00Z"
    follow.place.trainee.save()
    assert follow.listed()[1] == []
    assert follow.client.get(follow.url()).status_code == 404


def test_a_strangers_people_are_in_no_list_count_file_or_form(follow):
    page, listed = follow.listed(standing="all")
    assert listed == [follow.place.pk]
    assert page.context["response"].due == 1
    assert follow.client.get(follow.url(follow.world.theirs.enrolment)).status_code == 404
    client = Client()
    client.force_login(follow.world.users[Role.PROVINCE])
    assert follow.listed(client, standing="all")[1] == [follow.place.pk]
    client.force_login(follow.world.users[Role.DEPARTMENT])
    assert len(follow.listed(client, standing="all")[1]) == 2
    client.force_login(follow.world.strangers[Role.SCHOOL])
    assert client.get(reverse("trainees:course_follow_up", args=[follow.course.pk])).status_code == 404


def test_the_file_holds_the_rows_of_the_list_and_is_logged(follow):
    user = follow.world.users[Role.SCHOOL]
    follow.say(uses=["earn", "skill"], added_income="12000")
    follow.client.post(reverse("trainees:follow_up_export") + "?wave=30&standing=answered", {"format": "csv"})
    params = Job.objects.get(requested_by=user).params
    book = FollowUpBook(user, params["asked"], lambda done: None)
    (row,) = list(book.book.tables[0])
    assert follow.place.trainee.full_name in row
    assert Decimal(12000) in row
    book.log(user)
    assert (
        Disclosure.objects.visible_to(user).filter(school=follow.world.our_school, act="export", rows=1).exists()
    )


def many(follow, number):
    """So many more people who passed our course."""
    school = follow.world.our_school
    people = Trainee.objects.bulk_create(make.TraineeFactory.build_batch(number, school=school))
    places = Enrolment.objects.bulk_create(
        Enrolment(
            school=school,
            course=follow.course,
            trainee=person,
            enrolled_on=follow.ended,
            first_attended_on=follow.ended,
            attended_hours=follow.course.hours,
        )
        for person in people
    )
    Result.objects.bulk_create(
        Result(school=school, enrolment=place, knowledge=18, practice=35, quality=35) for place in places
    )
    FollowUp.objects.bulk_create(
        FollowUp(school=school, enrolment=place, wave=30, outcome="not_reached", asked_on=today())
        for place in places[::2]
    )


@pytest.mark.parametrize("number", [24, 2499])
def test_the_list_costs_ten_queries_at_any_volume(follow, django_assert_max_num_queries, number):
    many(follow, number)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the server itself does once so many rows have come
    for role in (Role.SCHOOL, Role.PROVINCE, Role.DEPARTMENT):
        client = Client()
        client.force_login(follow.world.users[role])
        follow.listed(client)  # remembers the filter
        with django_assert_max_num_queries(10):
            page, _listed = follow.listed(client)
        assert page.context["count"] == number + 1 + (role == Role.DEPARTMENT)


def test_a_phone_answers_one_wave_once_and_a_new_try_may_follow_not_reached(follow):
    follow.say(outcome="not_reached")
    token = asking.LINK.token(pk=follow.place.pk, school_id=follow.place.school_id, part=30)
    url, phone = reverse("trainees:follow_up_form", args=[token]), Client()
    page = phone.get(url)
    assert follow.place.trainee.first_name in page.text
    assert follow.place.trainee.surname not in page.text
    assert 'name="outcome"' not in page.text and 'name="note"' not in page.text
    assert phone.post(url, {"added_income": "-5"}).status_code == 200
    assert phone.post(url, {"uses": ["earn"], "added_income": "5000"}).status_code == 302
    (record,) = follow.stored()
    assert (record.outcome, record.way, record.added_income, record.asked_on) == (
        "answered", "phone", 5000, today(),
    )  # fmt: skip
    phone.post(url, {"added_income": "1"})
    assert [row.added_income for row in follow.stored()] == [5000]


@pytest.mark.parametrize("wave", [0, 31, 90])
def test_a_link_of_a_wave_that_is_not_due_opens_nothing(follow, wave):
    token = asking.LINK.token(pk=follow.place.pk, school_id=follow.place.school_id, part=wave)
    assert Client().get(reverse("trainees:follow_up_form", args=[token])).status_code == 404
    satisfaction = reverse("trainees:satisfaction_form", args=[token])
    assert Client().get(satisfaction).status_code == 404
