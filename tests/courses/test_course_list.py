"""The courses as a list, a board and a file: whose they are, how they are narrowed, and what they cost."""

import json
from datetime import date
from io import BytesIO

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from openpyxl import load_workbook

from courses.models import Course
from courses.views import lists
from jobs.models import Job
from offices.roles import Role
from tests import factories as make

LIST, BOARD = reverse("courses:list"), reverse("courses:board")


def names(response) -> list[str]:
    return [row.record.name for row in response.context["table"].page.object_list]


@pytest.fixture
def varied(world):
    """Four more courses of ours, each different in one respect."""
    long = world.make_course(world.ours.curriculum, name="ช่างไฟ ๒๕๖๙", hours=30, course_type=world.long)
    running = world.make_course(world.ours.curriculum, name="กระเป๋าสาน", status="running", venue="วัดป่าแดด")
    late = world.make_course(
        world.ours.curriculum, name="เกษตร", starts_on=date(2026, 5, 1), ends_on=date(2026, 5, 1)
    )
    hair = make.CurriculumFactory(school=world.our_school, title="ตัดผม", trade_group="creative")
    creative = world.make_course(hair, name="ไข่เค็ม", skill_purpose="up_skill")
    return {"long": long, "running": running, "late": late, "creative": creative}


def test_everyone_sees_the_courses_of_their_own_place_only(world, clerk, stranger, signed_in):
    both = {world.ours.course.name, world.theirs.course.name, world.attached.course.name}
    assert names(clerk.get(LIST)) == [world.ours.course.name]
    assert names(stranger.get(LIST)) == [world.theirs.course.name]
    assert names(signed_in(world.users[Role.PROVINCE]).get(LIST)) == [world.ours.course.name]
    assert names(signed_in(world.strangers[Role.PROVINCE]).get(LIST)) == [world.theirs.course.name]
    assert set(names(signed_in(world.users[Role.DEPARTMENT]).get(LIST))) == both
    assert signed_in(world.users[Role.ADMINISTRATOR]).get(LIST).status_code == 403


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "ช่างไฟ"}, {"long"}),
        ({"q": "2569"}, {"long"}),
        ({"q": "ป่าแดด กระเป๋า"}, {"running"}),
        ({"q": "ตัดผม"}, {"creative"}),
        ({"q": "ไม่มีแน่"}, set()),
        ({"status": "running"}, {"running"}),
        ({"kind": "long"}, {"long"}),
        ({"trade_group": "creative"}, {"creative"}),
        ({"skill_purpose": "up_skill"}, {"creative"}),
        ({"starts_from": "1/2/2569"}, {"late"}),
        ({"starts_from": "๑/๒/๒๕๖๙", "starts_to": "30/04/2569"}, set()),
    ],
)
def test_the_list_and_the_board_are_narrowed_alike(varied, clerk, stranger, asked, found):
    wanted = {varied[key].name for key in found}
    assert set(names(clerk.get(LIST, asked))) == wanted
    board = clerk.get(BOARD, asked).context["columns"]
    assert {course.name for column in board for course in column.courses} == wanted
    assert sum(column.count for column in board) == len(wanted)
    assert not wanted & set(names(stranger.get(LIST, asked)))


def test_the_list_shows_the_year_of_the_switcher_unless_all_years_are_asked_for(world, clerk, stranger):
    older = make.FiscalYearFactory(year=2568)
    kind = make.CourseTypeFactory(fiscal_year=older)
    make.CourseFactory(curriculum=world.ours.curriculum, fiscal_year=older, course_type=kind, name="ปีก่อน")
    session = clerk.session
    session["fiscal_year"] = 2569
    session.save()
    assert names(clerk.get(LIST)) == [world.ours.course.name]
    assert set(names(clerk.get(LIST, {"year": "all"}))) == {"ปีก่อน", world.ours.course.name}
    session["fiscal_year"] = 2568
    session.save()
    assert names(clerk.get(LIST, {"year": ""})) == ["ปีก่อน"]
    assert "ปีก่อน" not in names(stranger.get(LIST, {"year": "all"}))


def test_names_stand_in_thai_dictionary_order_either_way(varied, world, clerk, stranger):
    thai = ["กระเป๋าสาน", world.ours.course.name, "เกษตร", "ไข่เค็ม", "ช่างไฟ ๒๕๖๙"]
    assert world.ours.course.name.startswith("การ")
    assert names(clerk.get(LIST, {"sort": "name"})) == thai
    assert names(clerk.get(LIST, {"sort": "-name"})) == thai[::-1]
    assert names(stranger.get(LIST, {"sort": "name"})) == [world.theirs.course.name]


def test_the_last_filter_is_kept_until_it_is_cleared(varied, clerk, stranger):
    clerk.get(LIST, {"q": "เกษตร", "page": "1"})
    assert clerk.get(LIST).url == f"{LIST}?q=%E0%B9%80%E0%B8%81%E0%B8%A9%E0%B8%95%E0%B8%A3"
    assert clerk.get(BOARD).url.startswith(f"{BOARD}?q=")
    assert clerk.get(f"{LIST}?clear=1").url == LIST
    assert len(names(clerk.get(LIST))) == 5
    assert stranger.get(LIST).status_code == 200


def test_a_province_narrows_to_one_of_its_schools_and_is_offered_no_other(world, signed_in):
    make.CourseFactory(
        curriculum=make.CurriculumFactory(school=world.sister_school),
        fiscal_year=world.year, course_type=world.short, name="ของพี่น้อง",
    )  # fmt: skip
    province, stranger = signed_in(world.users[Role.PROVINCE]), signed_in(world.strangers[Role.PROVINCE])
    assert names(province.get(LIST, {"school": world.sister_school.pk})) == ["ของพี่น้อง"]
    offered = province.get(LIST, {"q": ""}).context["filter"].form.fields["school"].queryset
    assert set(offered) == {world.our_school, world.sister_school}
    assert "school" in province.get(LIST, {"school": world.their_school.pk}).context["filter"].errors
    assert world.our_school.name not in stranger.get(LIST).content.decode()


def test_the_department_narrows_to_a_province_then_to_a_school(world, signed_in):
    department, stranger = signed_in(world.users[Role.DEPARTMENT]), signed_in(world.strangers[Role.SCHOOL])
    assert names(department.get(LIST, {"province": "90"})) == [world.theirs.course.name]
    assert names(department.get(LIST, {"province": "none"})) == [world.attached.course.name]
    assert "school" not in department.get(LIST, {"q": "x"}).context["filter"].form.fields
    one = department.get(LIST, {"province": "50", "school": world.our_school.pk})
    assert names(one) == [world.ours.course.name]
    assert names(stranger.get(LIST, {"province": "50", "school": world.our_school.pk})) == [
        world.theirs.course.name
    ]


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "\x00"}, {"status": "nowhere"}, {"starts_from": "31/02/2569"}, {"page": "9" * 400}, {"page": "x"},
        {"sort": "password"}, {"sort": "\x00"}, {"school": "9" * 300}, {"province": "\x00"}, {"province": "๕๐"},
        {"year": "2569"}, {"q": "%_\\'\"" * 30}, {"q": "😀" * 400},
    ],
)  # fmt: skip
def test_a_nonsensical_filter_is_answered_with_the_page(world, signed_in, stranger, asked):
    for role in (Role.SCHOOL, Role.PROVINCE, Role.DEPARTMENT):
        for address in (LIST, BOARD, reverse("courses:curricula")):
            assert signed_in(world.users[role]).get(address, asked).status_code == 200
    assert world.ours.course.name not in names(stranger.get(LIST, asked))


def test_only_the_results_are_sent_when_the_page_asks_for_them(world, clerk, stranger):
    page = clerk.get(LIST, {"q": ""}, headers={"HX-Request": "true"})
    assert world.ours.course.name in page.content.decode() and "<html" not in page.content.decode()
    assert "HX-Request" in page["Vary"]
    board = stranger.get(BOARD, {"q": ""}, headers={"HX-Request": "true"}).content.decode()
    assert world.theirs.course.name in board and world.ours.course.name not in board


def test_a_column_of_the_board_shows_the_first_few_and_leads_to_all(world, clerk, stranger):
    for number in range(lists.CARDS + 3):
        world.make_course(world.ours.curriculum, name=f"การทอผ้า {number}")
    response = clerk.get(BOARD, {"q": "ทอผ้า"})
    draft = response.context["columns"][0]
    assert (draft.count, len(draft.courses)) == (lists.CARDS + 3, lists.CARDS)
    assert set(names(clerk.get(draft.everything))) >= {course.name for course in draft.courses}
    assert len(names(clerk.get(draft.everything))) == draft.count
    assert stranger.get(BOARD, {"q": "ทอผ้า"}).context["count"] == 0


def test_a_course_without_anybody_says_nobody_and_not_unknown(varied, world, clerk, stranger):
    table = clerk.get(LIST).context["table"]
    assert table.people[varied["late"].pk] == 0 and table.people[world.ours.course.pk] == 1
    assert "0 จาก 6 คน" in clerk.get(BOARD, {"q": ""}).content.decode()
    assert varied["late"].pk not in stranger.get(LIST).context["table"].people


def many(world, number):
    Course.objects.bulk_create(
        Course(
            school=world.our_school, curriculum=world.ours.curriculum, name=f"การทอผ้า {n}", fiscal_year=world.year,
            hours=8, course_type=world.short, skill_purpose="new_skill", starts_on=date(2026, 1, 1 + n % 28),
            ends_on=date(2026, 1, 28), status=Course.Status.values[n % 3],
        )
        for n in range(number)
    )  # fmt: skip


@pytest.mark.parametrize("rows", [25, 2500])
@pytest.mark.parametrize("address", [LIST, BOARD])
@pytest.mark.parametrize("role", [Role.SCHOOL, Role.PROVINCE, Role.DEPARTMENT])
def test_list_and_board_cost_ten_queries_at_any_volume(
    world, signed_in, django_assert_max_num_queries, rows, address, role
):
    many(world, rows)
    client = signed_in(world.users[role])
    asked = {"q": "ทอ", "year": "all"}
    client.get(address, asked)  # remembers the filter
    with django_assert_max_num_queries(10):
        response = client.get(address, asked)
    assert response.context["count"] == rows
    assert signed_in(world.strangers[Role.SCHOOL]).get(address, asked).context["count"] == 0


def sheet(response):
    book = load_workbook(BytesIO(b"".join(response.streaming_content)))
    return [
        [str(cell) for cell in row if cell is not None]
        for page in book
        for row in page.iter_rows(values_only=True)
    ]


def test_the_file_holds_the_rows_of_the_list_in_its_order(varied, world, clerk, stranger):
    address = reverse("courses:export", args=["xlsx"])
    rows = sheet(clerk.post(f"{address}?sort=-name&status=draft"))
    listed = names(clerk.get(LIST, {"sort": "-name", "status": "draft"}))
    everything = [cell for row in rows for cell in row]
    assert [cell for cell in everything if cell in set(listed)][: len(listed)] and len(listed) == 4
    in_file = [row[2] for row in rows if len(row) > 10 and row[2] in listed]
    assert in_file == listed
    assert world.users[Role.SCHOOL].name in everything
    theirs = [cell for row in sheet(stranger.post(address)) for cell in row]
    assert world.theirs.course.name in theirs and not set(listed) & set(theirs)


def test_a_csv_holds_the_same_rows(varied, world, clerk, stranger):
    address = reverse("courses:export", args=["csv"])
    text = b"".join(clerk.post(f"{address}?q=ช่างไฟ").streaming_content).decode("utf-8-sig")
    assert varied["long"].name in text and varied["late"].name not in text
    assert world.our_school.code in text
    assert varied["long"].name not in b"".join(stranger.post(address).streaming_content).decode("utf-8-sig")
    as_json = json.loads(b"".join(clerk.post(reverse("courses:export", args=["json"])).streaming_content))
    assert varied["long"].name in str(as_json) and world.theirs.course.name not in str(as_json)
    assert clerk.post(reverse("courses:export", args=["exe"])).status_code == 404


def test_many_rows_become_a_job_of_the_person_who_asked(world, clerk, stranger, monkeypatch):
    monkeypatch.setattr(lists, "MOST_AT_ONCE", 0)
    response = clerk.post(reverse("courses:export", args=["xlsx"]) + "?status=draft")
    job = Job.objects.get()
    assert response.url == reverse("jobs:detail", args=[job.pk])
    assert job.params == {"asked": {"status": "draft"}, "year": 2569, "ending": "xlsx"}
    assert job.requested_by == world.users[Role.SCHOOL]
    assert stranger.get(response.url).status_code == 404


def test_the_job_of_a_long_list_keeps_its_file_for_its_requester(world, clerk, stranger, monkeypatch):
    from courses.tasks import export_courses

    monkeypatch.setattr(lists, "MOST_AT_ONCE", 0)
    clerk.post(reverse("courses:export", args=["csv"]))
    job = Job.objects.get()
    kept = export_courses.work(job)
    with kept.file.open() as file:
        text = file.read().decode("utf-8-sig")
    assert world.ours.course.name in text and world.theirs.course.name not in text
    assert job.done == job.total == 1
    assert stranger.get(reverse("jobs:detail", args=[job.pk])).status_code == 404


def test_a_number_over_a_thousand_is_told_with_a_comma():
    assert "2,029" in render_to_string("courses/list_count.html", {"count": 2029, "export_query": ""})
