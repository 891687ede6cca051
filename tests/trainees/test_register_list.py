from collections import Counter
from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from courses.models import Curriculum
from jobs.models import Job
from offices.models import Disclosure
from offices.roles import Role
from tests import factories as make
from trainees.models import Enrolment, Trainee, Waiver
from trainees.tasks import export_register

LIST = reverse("trainees:list")


def shown(response):
    return [row.record for row in response.context["table"].page.object_list]


def in_bulk(school, how_many):
    return Trainee.objects.bulk_create(make.TraineeFactory.build(school=school) for _ in range(how_many))


@pytest.mark.parametrize("rows", [25, 2500])
@pytest.mark.parametrize("role", [Role.SCHOOL, Role.PROVINCE, Role.DEPARTMENT])
def test_the_list_costs_few_queries_whatever_the_rows(client, world, rows, role, django_assert_max_num_queries):
    in_bulk(world.our_school, rows)
    client.force_login(world.users[role])
    asked = {"sex": "female", "age": "40_59"}
    with django_assert_max_num_queries(10):
        client.get(LIST)
    client.get(LIST, asked)  # from now on the session remembers this filter
    with django_assert_max_num_queries(10):
        response = client.get(LIST, asked)
    assert len(shown(response)) == 25
    assert response.context["count"] >= rows


@pytest.mark.parametrize("rows", [25, 2500])
def test_the_bins_and_the_waivers_cost_few_queries_too(client, world, rows, django_assert_max_num_queries):
    clerk, province = world.users[Role.SCHOOL], world.users[Role.PROVINCE]
    thrown, refused = {"binned_at": timezone.now()}, {"decided_by": province, "decided_at": timezone.now()}
    refused |= {"course": world.ours.course, "requested_by": clerk, "decision": "refused", "decision_note": "รอ"}
    Trainee.objects.bulk_create(make.TraineeFactory.build_batch(rows, school=world.our_school, **thrown))
    Curriculum.objects.bulk_create(make.CurriculumFactory.build_batch(rows, school=world.our_school, **thrown))
    Waiver.objects.bulk_create(make.WaiverFactory.build_batch(rows, **refused))
    for user, name, most in (
        (clerk, "trainees:bin_list", 10),
        (clerk, "courses:bin_list", 6),  # all seven kinds in one question, five asked on every page
        (clerk, "trainees:waivers", 10),
        (province, "trainees:waivers", 10),
        (world.strangers[Role.SCHOOL], "trainees:waivers", 10),
    ):
        client.force_login(user)
        client.get(reverse(name))  # the first visit of a session stores it
        with django_assert_max_num_queries(most):
            assert client.get(reverse(name)).status_code == 200


def test_names_stand_in_thai_dictionary_order(clerk, client, world):
    for name in ("แก้ว", "กานดา", "เกษร", "ขวัญ", "ก้าน"):
        make.TraineeFactory(school=world.our_school, first_name=name, surname="")
    names = [person.first_name for person in shown(client.get(LIST))]
    assert names[:5] == ["ก้าน", "กานดา", "เกษร", "แก้ว", "ขวัญ"]


def test_each_office_sees_the_people_below_it(client, world):
    expected = {
        Role.SCHOOL: {world.ours.trainee},
        Role.PROVINCE: {world.ours.trainee},
        Role.DEPARTMENT: {world.ours.trainee, world.theirs.trainee, world.attached.trainee},
    }
    for role, people in expected.items():
        client.force_login(world.users[role])
        assert set(shown(client.get(LIST))) == people
    client.force_login(world.strangers[Role.PROVINCE])
    response = client.get(LIST)
    assert shown(response) == [world.theirs.trainee]
    assert world.ours.trainee.first_name not in response.text


@pytest.mark.parametrize("sought", ["สมหญิง", "หญิง", "นางสมหญิง รักเรียน", "รักเรียน", "  สมหญิง\u200b "])
def test_people_are_found_by_name_as_it_is_written(clerk, client, world, sought):
    found = make.TraineeFactory(school=world.our_school, first_name="สมหญิง", surname="รักเรียน")
    assert shown(client.get(LIST, {"q": sought})) == [found]


def test_filters_narrow_the_list(clerk, client, world, people, set_state):
    man = make.TraineeFactory(school=world.our_school, sex="male", birth_date=date(1950, 1, 1))
    unknown = Trainee(
        school=world.our_school, first_name="นิรนาม", document_kind="none", no_document_reason="บัตรหาย"
    )
    unknown.save()
    for asked, found in {
        (("sex", "male"),): {man},
        (("age", "60_up"),): {man},
        (("age", "40_59"),): {world.ours.trainee},
        (("document", "without"),): {unknown},
        (("document", "with"), ("sex", "female")): {world.ours.trainee},
        (("year", "2569"),): {world.ours.trainee},
        (("course", str(world.ours.course.pk)),): {world.ours.trainee},
        (("sex", "male"), ("year", "2569")): set(),
    }.items():
        assert set(shown(client.get(LIST, dict(asked)))) == found, asked
    theirs = client.get(LIST, {"course": world.theirs.course.pk})
    assert theirs.context["filter"].form.errors


def test_the_last_filter_comes_back_until_it_is_cleared(clerk, client):
    client.get(LIST, {"sex": "male"})
    assert client.get(LIST).url == f"{LIST}?sex=male"
    client.get(LIST, {"clear": "1"})
    assert client.get(LIST).status_code == 200


def test_a_document_typed_in_full_finds_its_person_and_stays_in_no_address(clerk, client, world):
    number = world.ours.trainee.document_number
    there = reverse("trainees:detail", args=[world.ours.trainee.pk])
    assert client.post(reverse("trainees:find"), {"number": number}).url == there
    assert client.get(LIST, {"q": number}).url == there
    assert number not in str(dict(client.session))
    for wrong in (number[:-1], number[3:], world.theirs.trainee.document_number):
        assert client.post(reverse("trainees:find"), {"number": wrong}).url == LIST


def test_the_department_finds_one_person_in_two_registers(client, world):
    make.TraineeFactory(school=world.their_school, number=world.ours.trainee.document_number)
    client.force_login(world.users[Role.DEPARTMENT])
    response = client.post(reverse("trainees:find"), {"number": world.ours.trainee.document_number}, follow=True)
    assert Counter(person.school for person in shown(response)) == {world.our_school: 1, world.their_school: 1}
    assert world.ours.trainee.document_number not in response.request["QUERY_STRING"]


def exported(client, user, query=""):
    """Ask for the list as a file, do the job's work as the worker would, and read the sheet."""
    client.force_login(user)
    response = client.post(f"{reverse('trainees:export')}?{query}", {"format": "xlsx"})
    job = Job.objects.of(user).latest("pk")
    assert response.url == reverse("jobs:detail", args=[job.pk])
    file = export_register.work(job)
    with file.file.open() as opened:
        book = load_workbook(BytesIO(opened.read()))
    return [row for sheet in book for row in sheet.iter_rows(values_only=True)]


def test_the_export_has_the_rows_of_the_list_masked_and_is_logged(client, world, people):
    people(3)
    make.TraineeFactory(school=world.our_school, sex="male", first_name="=cmd()")
    department = world.users[Role.DEPARTMENT]
    text = str(exported(client, department, "sex=female"))
    for side in (world.ours, world.theirs, world.attached):
        assert side.trainee.full_name in text
        assert side.trainee.document_number not in text
    assert "=cmd" not in text
    logged = Disclosure.objects.visible_to(department).values_list("school", "act", "rows", "by")
    assert set(logged) == {
        (world.our_school.pk, "export", 4, department.pk),
        (world.their_school.pk, "export", 1, department.pk),
        (world.attached_school.pk, "export", 1, department.pk),
    }


def test_a_schools_export_holds_nobody_elses_people(client, world):
    text = str(exported(client, world.users[Role.SCHOOL]))
    assert world.ours.trainee.full_name in text
    assert world.theirs.trainee.full_name not in text
    assert not Enrolment.objects.visible_to(world.users[Role.SCHOOL]).filter(school=world.their_school).exists()


def test_there_is_no_other_kind_of_file(clerk, client):
    assert client.post(reverse("trainees:export"), {"format": "exe"}).status_code == 404
