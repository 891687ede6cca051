"""A school's projects with their activities and budgets: entry, page, courses, copy, bin, list, file."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from courses import project_lists
from courses.models import Activity, Course, Project
from documents.renderers import RENDERERS
from offices.roles import Role
from tests import factories as make

LIST, CREATE = reverse("courses:projects"), reverse("courses:project_create")
TYPED = {"name": "โครงการอาชีพชุมชน", "fiscal_year": 2569, "budget": "", "responsible": "งานการศึกษาต่อเนื่อง"}


def rows(*activities, stored=0) -> dict:
    """What a browser sends of the rows, blank ones left out."""
    sent = {"activities-TOTAL_FORMS": len(activities), "activities-INITIAL_FORMS": stored}
    for number, activity in enumerate(activities):
        sent |= {f"activities-{number}-{name}": value for name, value in activity.items()}
    return sent


def of_ours(world):
    return Project.objects.visible_to(world.users[Role.SCHOOL])


def there(project, name="project"):
    return reverse(f"courses:{name}", args=[project.pk])


def ours(world, **facts):
    return make.ProjectFactory(school=world.our_school, fiscal_year=world.year, **facts)


def test_everything_of_form_5_is_entered_and_shown(world, clerk, stranger):
    texts = {name: f"ข้อความ {name}" for name in project_lists.TEXTS}
    first = {"title": "อบรมอาชีพ", "aim": "มีรายได้", "target_group": "ประชาชน", "target": "60 คน", "area": "แม่ริม"}
    first |= {"period": "ม.ค.–มี.ค.", "budget": "๑๐,๐๐๐.๕๐", "quarter_1": "4,000", "quarter_2": "6,000.50"}
    answer = clerk.post(CREATE, TYPED | texts | rows(first, {"title": "นิเทศ", "quarter_3": "0"}, {}))
    project = of_ours(world).get()
    assert answer.url == there(project)
    assert (project.school, project.fiscal_year, project.budget) == (
        world.our_school,
        world.year,
        Decimal("10000.50"),
    )
    kept = Activity.objects.visible_to(world.users[Role.SCHOOL]).filter(project=project)
    assert [(a.position, a.title, a.budget, a.quarter_3) for a in kept] == [
        (1, "อบรมอาชีพ", Decimal("10000.50"), None),
        (2, "นิเทศ", None, Decimal(0)),
    ]
    page = clerk.get(answer.url)
    for words in (*texts.values(), "60 คน", "10,000.50", "6,000.50"):
        assert words in page.text
    assert page.context["sums"].quarters == (Decimal(4000), Decimal("6000.50"), Decimal(0), None)
    assert page.context["disagreements"] == []
    assert stranger.get(answer.url).status_code == 404


def test_sums_that_do_not_agree_are_told_with_both_figures(world, clerk):
    project = ours(world, budget=Decimal(500))
    make.ActivityFactory(project=project, position=1, budget=Decimal(400), quarter_1=Decimal(300))
    one, other = clerk.get(there(project)).context["disagreements"]
    assert "500.00" in one and "400.00" in one
    assert "400.00" in other and "300.00" in other


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " \u200b"}, "name"),
        ({"name": "ก" * 201}, "name"),
        ({"fiscal_year": "2400"}, "fiscal_year"),
        ({"budget": "-1"}, "budget"),
        ({"budget": "หมื่น"}, "budget"),
        ({"budget": "1.005"}, "budget"),
    ],
)
def test_what_is_wrong_is_said_in_thai_beside_its_field_and_nothing_is_saved(world, clerk, wrong, field):
    response = clerk.post(CREATE, TYPED | rows({"title": "อบรม"}) | wrong)
    errors = response.context["form"].errors
    assert list(errors) == [field]
    assert any("\u0e00" <= letter <= "\u0e7f" for letter in errors[field][0])
    assert 'value="อบรม"' in response.text
    assert not of_ours(world).exists()


def test_a_wrong_row_keeps_the_whole_project_from_being_saved(world, clerk):
    response = clerk.post(CREATE, TYPED | rows({"title": "อบรม", "quarter_2": "มาก"}))
    assert "quarter_2" in response.context["rows"].errors[0]
    assert 'value="มาก"' in response.text and 'value="โครงการอาชีพชุมชน"' in response.text
    assert not of_ours(world).exists()


def test_the_second_of_two_editors_sees_what_the_first_did_to_the_activities(world, clerk, stranger):
    project = ours(world)
    row = make.ActivityFactory(project=project, position=1, title="เดิม")
    seen = TYPED | {"version": 1}

    def sent(title):
        return seen | rows({"row": row.pk, "title": title}, stored=1)

    assert clerk.post(there(project, "project_edit"), sent("ของเขา")).status_code == 302
    form = clerk.post(there(project, "project_edit"), sent("ของฉัน")).context["form"]
    assert [(d.mine.split(" · ")[0], d.theirs.split(" · ")[0]) for d in form.conflict] == [("ของฉัน", "ของเขา")]
    assert stranger.post(there(project, "project_edit"), sent("ของใคร")).status_code == 404


def test_a_course_belongs_to_a_project_of_its_own_year(world, clerk, stranger, typed):
    project, older = ours(world), make.FiscalYearFactory(year=2568)
    past = make.ProjectFactory(school=world.our_school, fiscal_year=older, name="ของปีก่อน")
    theirs = make.ProjectFactory(school=world.their_school, fiscal_year=world.year)
    create = reverse("courses:create")
    assert "year" in [e.code for e in _errors(clerk, create, typed | {"project": past.pk})["project"]]
    assert "project" in _errors(clerk, create, typed | {"project": theirs.pk})
    clerk.post(create, typed | {"project": project.pk, "needs_found": ["survey", "forum"]})
    course = Course.objects.visible_to(world.users[Role.SCHOOL]).get(project=project)
    assert course.needs_found == ["forum", "survey"]
    page = clerk.get(reverse("courses:detail", args=[course.pk])).text
    assert there(project) in page and "สำรวจความต้องการ" in page
    assert course.name in clerk.get(there(project)).text
    assert "fiscal_year" in _errors(
        clerk, there(project, "project_edit"), TYPED | {"fiscal_year": 2568, "version": 1}
    )
    assert stranger.get(there(project)).status_code == 404


def _errors(client, address, typed):
    return client.post(address, typed).context["form"].errors.as_data()


def test_another_way_of_finding_needs_is_ticked_and_said(world, clerk, typed):
    create = reverse("courses:create")
    assert "needs_found_other" in _errors(clerk, create, typed | {"needs_found_other": "ผู้ใหญ่บ้านขอมา"})
    clerk.post(create, typed | {"needs_found": ["other"], "needs_found_other": "ผู้ใหญ่บ้านขอมา"})
    course = Course.objects.visible_to(world.users[Role.SCHOOL]).order_by("-pk").first()
    assert course.needs_in_words.endswith("ผู้ใหญ่บ้านขอมา")


def test_a_course_form_begins_with_the_project_it_was_asked_for(world, clerk):
    project = ours(world)
    form = clerk.get(reverse("courses:create"), {"project": project.pk, "name": "ไข่เค็ม"}).context["form"]
    assert (form["project"].value(), form["name"].value()) == (str(project.pk), "ไข่เค็ม")


def test_a_copy_goes_into_the_next_year_with_its_activities(world, clerk, stranger):
    make.FiscalYearFactory(year=2570)
    project = ours(world, name="ทำทุกปี", aims="มีอาชีพ")
    make.ActivityFactory(project=project, position=1, title="อบรม", budget=Decimal(900))
    page = clerk.get(there(project, "project_copy"))
    form = page.context["form"]
    assert (form["name"].value(), form["fiscal_year"].value(), form["aims"].value()) == ("ทำทุกปี", 2570, "มีอาชีพ")
    assert page.context["rows"].forms[0]["title"].value() == "อบรม"
    assert stranger.get(there(project, "project_copy")).status_code == 404


def test_a_project_without_courses_goes_into_the_bin_and_comes_back(world, clerk, stranger):
    project = ours(world, name="เลิกทำ")
    page = clerk.post(there(project, "project_bin"), follow=True)
    assert there(project, "project_restore") in page.text
    assert "เลิกทำ" in clerk.get(reverse("courses:bin_list")).text
    assert clerk.get(there(project)).status_code == 404
    assert stranger.post(there(project, "project_restore")).status_code == 404
    clerk.post(there(project, "project_restore"))
    world.make_course(world.ours.curriculum, project=project)
    refused = clerk.post(there(project, "project_bin"), follow=True)
    assert "1" in [str(message) for message in refused.context["messages"]][-1]
    assert of_ours(world).filter(pk=project.pk).exists()


@pytest.mark.parametrize("how_many", [25, 2500])
@pytest.mark.parametrize("role", [Role.SCHOOL, Role.DEPARTMENT])
def test_the_list_costs_ten_queries_at_any_volume(world, signed_in, django_assert_max_num_queries, how_many, role):
    Project.objects.bulk_create(
        Project(school=world.our_school, fiscal_year=world.year, name=f"โครงการ {n}") for n in range(how_many)
    )
    client = signed_in(world.users[role])
    client.get(LIST, {"q": "โครงการ", "year": "all"})
    with django_assert_max_num_queries(10):
        response = client.get(LIST, {"q": "โครงการ", "year": "all"})
    assert response.context["count"] == how_many
    assert signed_in(world.strangers[Role.SCHOOL]).get(LIST, {"year": "all"}).context["count"] == 0


def test_the_file_has_the_rows_of_the_list_and_blank_is_not_zero(world):
    ours(world, name="มีงบ", budget=Decimal("1200.25"))
    ours(world, name="ไม่มีงบ")
    make.ProjectFactory(school=world.their_school, fiscal_year=world.year, name="ของเขา")
    file = BytesIO()
    RENDERERS["xlsx"].write(project_lists.book(world.users[Role.SCHOOL], {"sort": "name"}, 2569), file)
    cells = [[c.value for c in row] for sheet in load_workbook(file).worksheets for row in sheet.iter_rows()]
    budgets = {row[3]: row[4] for row in cells if len(row) > 4 and row[3] in ("มีงบ", "ไม่มีงบ", "ของเขา")}
    assert budgets == {"มีงบ": 1200.25, "ไม่มีงบ": budgets["ไม่มีงบ"]}
    assert budgets["ไม่มีงบ"] in (None, "–")


WILD = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60) | st.sampled_from(
    ["\x00", "1e400", "NaN", "9" * 5000, "๙" * 300, "😀" * 300]
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    data=st.dictionaries(
        st.sampled_from(
            [*TYPED, "aims", "version", "activities-0-title", "activities-0-budget", "activities-TOTAL_FORMS"]
        ),
        WILD,
        min_size=1,
    )
)
def test_whatever_is_typed_is_saved_or_answered_with_its_form(world, clerk, data):
    response = clerk.post(CREATE, TYPED | rows({"title": "อบรม"}) | data)
    assert (
        response.status_code == 302
        or response.context["form"].errors
        or response.context["rows"].total_error_count
    )
