"""The rows behind a figure: narrowed, sorted, kept as they were left, taken away as a file, and whose they are."""

import io
import json

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from jobs.models import Job
from jobs.queue import JobRefused
from offices.models import Disclosure
from offices.roles import Role
from offices.scoping import DEPARTMENT_EYES
from reports.indicators import INDICATORS
from reports.tasks import export_rows
from tests import factories as make
from tests.reports.side_rows import everything_on

pytestmark = pytest.mark.django_db

EVIDENCE, EXPORT = reverse("reports:evidence"), reverse("reports:evidence_export")
CODES = [each.code for each in INDICATORS]


@pytest.fixture
def sides(world, running, come):
    """A row of each kind on our side, on theirs, and at the attached school."""
    return [everything_on(world, side, running, come) for side in (world.ours, world.theirs, world.attached)]


def rows_of(page):
    return [row.record for row in page.context["table"].rows]


def exported(client, user, ending="json", **asked):
    client.force_login(user)
    response = client.post(f"{EXPORT}?{'&'.join(f'{k}={v}' for k, v in asked.items())}", {"format": ending})
    job = Job.objects.latest("pk")
    assert response["Location"] == reverse("jobs:detail", args=[job.pk])
    with export_rows.work(job).file.open() as file:
        return file.read()


def lines(client, user, **asked):
    """The lines of the one table of a file."""
    (table,) = json.loads(exported(client, user, **asked))["tables"]
    return table["rows"]


@pytest.mark.parametrize("code", CODES)
def test_every_kind_of_row_is_searched_by_name_and_belongs_to_its_place(world, client, sides, code):
    client.force_login(world.users[Role.DEPARTMENT])
    page = client.get(EVIDENCE, {"indicator": code})
    assert len(rows_of(page)) == page.context["figure"].rows == 3
    found = client.get(EVIDENCE, {"indicator": code, "rows-name": world.our_school.name})
    (row,) = rows_of(found)
    assert row.school_id == world.our_school.pk
    assert (found.context["count"], found.context["figure"].rows) == (1, 3)
    client.force_login(world.strangers[Role.SCHOOL])
    assert rows_of(client.get(EVIDENCE, {"indicator": code, "rows-name": world.our_school.name})) == []


@pytest.mark.parametrize("code", CODES)
def test_rows_are_narrowed_by_school_and_course_whoever_looks(world, client, sides, code):
    client.force_login(world.users[Role.DEPARTMENT])
    at_ours = client.get(EVIDENCE, {"indicator": code, "rows-school_name": "แม่ริม"})
    assert [row.school_id for row in rows_of(at_ours)] == [world.our_school.pk]
    in_province = client.get(EVIDENCE, {"indicator": code, "rows-place": "90"})
    assert [row.school_id for row in rows_of(in_province)] == [world.their_school.pk]
    client.force_login(world.users[Role.SCHOOL])
    of_course = client.get(EVIDENCE, {"indicator": code, "rows-course": sides[0].course_id})
    assert len(rows_of(of_course)) == 1
    other = client.get(EVIDENCE, {"indicator": code, "rows-course": sides[1].course_id})
    assert other.context["filter"].form.errors  # a course of others is no choice


@pytest.mark.parametrize("code, asked, number", [
    ("1.1", {"rows-sex": "female"}, 3), ("1.1", {"rows-sex": "male"}, 0), ("1.1", {"rows-month": "2026-01"}, 3),
    ("1.1", {"rows-month": "2026-02"}, 0), ("1.1", {"rows-course_name": "ทอผ้า"}, 3),
    ("1.1", {"rows-course_name": "จักสาน"}, 0), ("2.1", {"rows-judgement": "passed"}, 3),
    ("2.1", {"rows-judgement": "unknown"}, 0), ("2.2", {"rows-meets": "never"}, 0),
    ("1.2", {"rows-is_new": "yes"}, 3), ("2.3", {"rows-has_shown": "no"}, 0),
    ("3.1", {"rows-answered": "answered"}, 3), ("3.1", {"rows-answered": "due"}, 0),
    ("1.3", {"rows-role": "joins"}, 3), ("1.3", {"rows-role": "organises"}, 0), ("1.4", {"rows-sex": "male"}, 0),
])  # fmt: skip
def test_rows_are_narrowed_by_what_is_true_of_them(world, client, sides, code, asked, number):
    client.force_login(world.users[Role.DEPARTMENT])
    page = client.get(EVIDENCE, {"indicator": code, **asked})
    assert len(rows_of(page)) == page.context["count"] == number
    assert page.context["figure"].rows == 3


@pytest.mark.parametrize("asked", [
    {"rows-sex": "x"}, {"rows-name": "\x00%_'"}, {"rows-name": "ก" * 5000}, {"rows-month": "9999-99"},
    {"rows-course": "999999999999999999999"}, {"sort": "nothing"}, {"sort": "-"}, {"rows-place": "50' or 1"},
])  # fmt: skip
def test_a_filter_that_makes_no_sense_is_no_fault(world, client, sides, asked):
    client.force_login(world.users[Role.SCHOOL])
    assert client.get(EVIDENCE, {"indicator": "1.1", **asked}).status_code == 200


@pytest.mark.parametrize("code", CODES)
def test_every_sortable_column_sorts_both_ways(world, client, sides, code):
    client.force_login(world.users[Role.DEPARTMENT])
    columns = client.get(EVIDENCE, {"indicator": code}).context["table"].columns
    for name in (column.name for column in columns if column.orderable):
        for sort in (name, f"-{name}"):
            assert len(rows_of(client.get(EVIDENCE, {"indicator": code, "sort": sort}))) == 3
    assert "document" not in [column.name for column in columns if column.orderable]


def test_sorting_by_school_goes_by_the_thai_alphabet_and_back(world, client, sides):
    client.force_login(world.users[Role.DEPARTMENT])
    schools = [row.school for row in rows_of(client.get(EVIDENCE, {"sort": "school", "indicator": "1.1"}))]
    assert schools == [world.attached_school, world.their_school, world.our_school]  # ศ, สกร…เมือง, สกร…แม่ริม
    back = [row.school for row in rows_of(client.get(EVIDENCE, {"sort": "-school", "indicator": "1.1"}))]
    assert back == schools[::-1]


def test_the_list_comes_back_as_it_was_left_and_a_wrong_address_is_not_kept(world, client, sides):
    client.force_login(world.users[Role.SCHOOL])
    client.get(EVIDENCE, {"indicator": "2.1", "rows-judgement": "passed"})
    assert client.get(EVIDENCE, {"indicator": "9.9"}).status_code == 404
    back = client.get(EVIDENCE)
    assert back.status_code == 302 and "rows-judgement=passed" in back["Location"]
    client.get(f"{EVIDENCE}?clear=1")
    assert client.get(EVIDENCE).status_code == 200


def test_a_document_number_typed_as_a_name_stays_in_no_address(world, client, sides):
    client.force_login(world.users[Role.SCHOOL])
    asked = {"indicator": "2.1", "quarter": "2", "rows-name": make.national_id(5)}
    answer = client.get(EVIDENCE, asked)
    assert answer.status_code == 302 and make.national_id(5) not in answer["Location"]
    assert "indicator=2.1" in answer["Location"] and "quarter=2" in answer["Location"]


@pytest.mark.parametrize("code", CODES)
def test_the_file_has_the_rows_of_the_list_and_no_others(world, client, sides, code):
    assert len(lines(client, world.users[Role.DEPARTMENT], indicator=code)) == 3
    (ours,) = lines(client, world.users[Role.PROVINCE], indicator=code)
    assert world.our_school.name in str(ours) and world.their_school.name not in str(ours)
    assert (
        lines(client, world.strangers[Role.SCHOOL], indicator=code, **{"rows-name": world.our_school.name}) == []
    )


def test_a_file_masks_numbers_and_says_what_it_is_narrowed_to(world, client, running, come):
    number = make.national_id(4321)
    come(running(world.ours), make.TraineeFactory(school=world.our_school, number=number, first_name="กานดา"))
    come(running(world.ours), make.TraineeFactory(school=world.our_school, sex="male"))
    asked = {"indicator": "1.1", "rows-sex": "female", "sort": "person"}
    book = load_workbook(io.BytesIO(exported(client, world.users[Role.SCHOOL], "xlsx", **asked)))
    text = str([row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True)])
    assert "กานดา" in text and number not in text and number[:9] not in text
    assert f"-{number[10:12]}-{number[12]}" in text
    for said in ("1.1 ", "ปีงบประมาณ 2569", "หญิง", world.our_school.name, world.users[Role.SCHOOL].name):
        assert said in text


def test_taking_people_away_is_logged_by_school_and_other_rows_are_not(world, client, sides):
    officer = world.users[Role.DEPARTMENT]
    lines(client, officer, indicator="2.1")
    log = Disclosure.objects.visible_to(DEPARTMENT_EYES)
    taken = set(log.values_list("school", "act", "subject", "rows", "by"))
    schools = (world.our_school, world.their_school, world.attached_school)
    assert taken == {(school.pk, "export", "trainees.Enrolment", 1, officer.pk) for school in schools}
    for code in ("1.2", "1.3", "1.4", "2.2"):
        lines(client, officer, indicator=code)
    assert log.count() == 3


def test_strangers_ask_for_no_file_of_ours(world, client, sides):
    client.force_login(world.strangers[Role.PROVINCE])
    for office in ("school:1250070000", "province:50", "department"):
        assert client.post(f"{EXPORT}?indicator=1.1&office={office}", {"format": "csv"}).status_code == 404
    assert client.post(f"{EXPORT}?indicator=1.1", {"format": "exe"}).status_code == 404
    assert client.post(f"{EXPORT}?indicator=9.9", {"format": "csv"}).status_code == 404
    assert not Job.objects.exists()


def test_a_file_of_a_part_that_is_gone_is_refused_in_words(world, client, sides):
    user = world.users[Role.SCHOOL]
    client.force_login(user)
    asked = f"indicator=1.1&dimension=course&part={sides[0].course_id}"
    client.post(f"{EXPORT}?{asked}", {"format": "csv"})
    job = Job.objects.get()
    job.params["asked"]["part"] = "0"
    with pytest.raises(JobRefused):
        export_rows.work(job)


@pytest.mark.parametrize("code", CODES)
def test_a_school_opens_each_figure_by_course_down_to_its_rows(world, client, sides, code):
    client.force_login(world.users[Role.SCHOOL])
    page = client.get(reverse("reports:indicators"), {"indicator": code})
    figures = {part.code: figure for part, figure in page.context["of_courses"].breakdowns[0].parts}
    course = str(sides[0].course_id)
    assert figures[course].rows == 1 and str(sides[1].course_id) not in figures
    opened = client.get(EVIDENCE, {"indicator": code, "dimension": "course", "part": course})
    assert opened.context["figure"].value == figures[course].value
    assert len(rows_of(opened)) == 1
    strange = {"indicator": code, "dimension": "course", "part": sides[1].course_id}
    assert client.get(EVIDENCE, strange).status_code == 404


def test_only_a_school_is_told_apart_by_course(world, client, sides):
    client.force_login(world.users[Role.PROVINCE])
    assert client.get(reverse("reports:indicators")).context["of_courses"] is None
    asked = {"dimension": "course", "part": sides[0].course_id}
    assert client.get(EVIDENCE, asked).status_code == 404
    page = client.get(reverse("reports:indicators"), {"office": "school:1250070000"})
    assert len(page.context["of_courses"].breakdowns[0].parts) == 1


@pytest.mark.parametrize("role", [Role.SCHOOL, Role.PROVINCE, Role.DEPARTMENT])
def test_a_narrowed_list_costs_few_queries(world, client, sides, role, django_assert_max_num_queries):
    client.force_login(world.users[role])
    for code in CODES:
        asked = {"indicator": code, "rows-name": world.our_school.name, "sort": "school"}
        client.get(EVIDENCE, asked)  # from now on the session remembers this filter
        with django_assert_max_num_queries(10 + 2):  # and two savepoints that only a transaction of tests needs
            page = client.get(EVIDENCE, asked)
        assert len(rows_of(page)) == 1
