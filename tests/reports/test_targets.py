"""Targets of the indicators: who sees and enters them, on the screen and from a sheet."""

import csv
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from offices.models import School
from offices.roles import Role
from offices.scoping import DEPARTMENT_EYES
from reports.models import Target
from tests import factories as make

TABLE = reverse("reports:targets")


@pytest.fixture
def department(world, client):
    client.force_login(world.users[Role.DEPARTMENT])
    return client


def save(client, cells, seen=None, **asked):
    """Send the table with these boxes, typed over what was `seen`."""
    sent = {f"c-{key}": typed for key, typed in cells.items()} | {"seen": json.dumps(seen or {})}
    return client.post(reverse("reports:targets_save", query=asked), sent)


def stored():
    rows = Target.objects.visible_to(DEPARTMENT_EYES)
    return {(row.school_id or row.province_id or "", row.code): row.value for row in rows}


def lines(page):
    """What each line of the table shows, by its office."""
    rows = [page.context["own"], *page.context["rows"]]
    return {row["line"].code: [cell.cell.shown for cell in row["cells"]] for row in rows if row}


def target(world, code, value, **office):
    return Target.objects.create(fiscal_year=world.year, code=code, value=value, **office)


def test_targets_are_entered_in_one_form_and_blank_is_not_zero(world, department):
    answer = save(department, {"d-1.1": "๑๒,๐๐๐", "p50-1.1": "0", "p90-1.1": "", "p50-2.1": "80"})
    assert answer.status_code == 302
    assert stored() == {("", "1.1"): 12000, ("50", "1.1"): 0, ("50", "2.1"): 80}
    shown = lines(department.get(TABLE))
    assert shown["department"][0] == "12,000" and shown["50"][0] == "0" and shown["90"][0] == ""
    save(department, {"d-1.1": "", "p50-1.1": "0"}, {"d-1.1": "12,000", "p50-1.1": "0"})
    assert stored() == {("50", "1.1"): 0, ("50", "2.1"): 80}


def test_history_says_who_set_a_target_and_unchanged_cells_are_not_written(world, department):
    save(department, {"d-1.1": "5", "d-1.2": "6"})
    save(department, {"d-1.1": "5", "d-1.2": "7"}, {"d-1.1": "5", "d-1.2": "6"})
    events = Target.pgh_event_model.objects.visible_to(DEPARTMENT_EYES).select_related("pgh_context")
    assert [(e.code, e.value) for e in events.order_by("pgh_id")] == [("1.1", 5), ("1.2", 6), ("1.2", 7)]
    assert {e.pgh_context.metadata["act"] for e in events} == {"targets.set"}
    assert {e.pgh_context.metadata["user"] for e in events} == {world.users[Role.DEPARTMENT].pk}


@pytest.mark.parametrize(
    ("cell", "typed"),
    [("d-2.1", "101"), ("d-1.1", "-1"), ("d-1.1", "2.5"), ("d-1.1", "มาก"), ("d-1.1", "999999999999")],
)
def test_a_value_that_cannot_be_is_refused_and_nothing_typed_is_lost(world, department, cell, typed):
    page = save(department, {"d-1.2": "7", cell: typed})
    assert stored() == {}
    assert [problem["id"] for problem in page.context["problems"]] == [f"c-{cell}"]
    boxes = {each.id: each for each in page.context["own"]["cells"]}
    assert boxes["c-d-1.2"].typed == "7" and boxes[f"c-{cell}"].typed == typed and boxes[f"c-{cell}"].wrong


def test_what_somebody_else_changed_meanwhile_is_not_overwritten_in_silence(world, department):
    save(department, {"d-1.1": "9"})
    page = save(department, {"d-1.1": "5"})
    assert stored() == {("", "1.1"): 9}
    (problem,) = page.context["problems"]
    assert problem["who"] == world.users[Role.DEPARTMENT].name
    save(department, {"d-1.1": "5"}, json.loads(page.context["seen"]))
    assert stored() == {("", "1.1"): 5}


def test_a_province_and_its_schools_have_a_table_and_so_have_attached_schools(world, department):
    save(department, {f"s{world.our_school.pk}-1.1": "3", "p50-1.1": "8"}, office="province:50")
    assert stored() == {(world.our_school.pk, "1.1"): 3, ("50", "1.1"): 8}
    assert set(lines(department.get(TABLE, {"office": "province:50"}))) == {"50", "1250070000", "1250010000"}
    attached = department.get(TABLE, {"office": "attached"})
    assert set(lines(attached)) == {"A001"} and attached.context["own"] is None
    foreign = save(department, {f"s{world.their_school.pk}-1.1": "3"}, office="province:50")
    assert foreign.context["gone"] == 1 and len(stored()) == 2


def test_the_sum_of_the_parts_stands_beside_and_shares_have_none(world, department):
    target(world, "1.1", 100)
    target(world, "1.1", 30, province=world.our_province)
    target(world, "1.1", 0, province=world.their_province)
    target(world, "2.1", 60, province=world.our_province)
    sums = department.get(TABLE).context["sums"]
    assert sums[0] == 30 and set(sums[1:]) == {None}


def test_offices_see_their_own_lines_only_and_a_stranger_nothing(world, client):
    target(world, "1.1", 4321)
    target(world, "1.1", 777, province=world.our_province)
    target(world, "1.1", 55, school=world.our_school)
    for user, seen in [
        (world.users[Role.PROVINCE], {"50": "777", "1250070000": "55", "1250010000": ""}),
        (world.users[Role.SCHOOL], {"1250070000": "55"}),
        (world.strangers[Role.PROVINCE], {"90": "", "1290010000": ""}),
        (world.strangers[Role.SCHOOL], {"1290010000": ""}),
    ]:
        client.force_login(user)
        page = client.get(TABLE)
        assert {code: cells[0] for code, cells in lines(page).items()} == seen
        assert 'name="c-' not in page.content.decode() and "4,321" not in page.content.decode()
        assert save(client, {"d-1.1": "1"}).status_code == 403
        for office in ("department", "attached"):
            assert client.get(TABLE, {"office": office}).status_code == 404
    assert client.get(TABLE, {"office": "province:50"}).status_code == 404
    assert client.get(TABLE, {"year": "2400"}).status_code == 404


def test_the_file_holds_what_its_reader_sees(world, client):
    target(world, "1.1", 4321, province=world.our_province)
    for user, sees in [(world.users[Role.PROVINCE], True), (world.strangers[Role.PROVINCE], False)]:
        client.force_login(user)
        assert client.post(reverse("reports:targets_export", args=["xlsx"])).status_code == 200
        for ending in ("csv", "json"):
            answer = client.post(reverse("reports:targets_export", args=[ending]))
            assert (b"4321" in b"".join(answer.streaming_content)) == sees
    assert client.post(reverse("reports:targets_export", args=["exe"])).status_code == 404


def template_rows(client):
    sheet = client.get(reverse("reports:targets_template", args=["csv"])).content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(sheet)))


def upload(client, rows):
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    file = SimpleUploadedFile("targets.csv", text.getvalue().encode(), "text/csv")
    return client.post(reverse("reports:targets_upload"), {"sheet": file})


def test_a_sheet_fills_the_table_is_saved_from_there_and_twice_is_the_same_as_once(world, department):
    target(world, "1.2", 4)
    rows = template_rows(department)
    assert rows[1][:5] == ["2569", "department", rows[1][2], "", "4"]
    rows[1][3], rows[1][4] = "๒๕", ""
    page = upload(department, rows)
    assert stored() == {("", "1.2"): 4} and page.context["from_sheet"] == 2
    assert page.content.decode().count('data-state="waiting"') == 2
    cells = {each.cell.key: each.typed for each in page.context["own"]["cells"]}
    save(department, cells, json.loads(page.context["seen"]))
    assert stored() == {("", "1.1"): 25}
    assert upload(department, rows).status_code == 302
    assert stored() == {("", "1.1"): 25}


def test_an_excel_template_comes_back_as_it_went(world, department):
    target(world, "1.1", 1234)
    sheet = department.get(reverse("reports:targets_template", args=["xlsx"])).content
    file = SimpleUploadedFile("targets.xlsx", sheet)
    assert department.post(reverse("reports:targets_upload"), {"sheet": file}).status_code == 302


def test_every_fault_of_a_sheet_is_told_by_row_and_column(world, department):
    rows = template_rows(department)
    rows[1][7] = "101"
    rows[2][3] = "มาก"
    rows[3][0] = "2568"
    rows += [rows[1], ["2569", "1250070000", *rows[1][2:]]]
    page = upload(department, rows)
    assert [(problem.row, problem.column) for problem in page.context["sheet_problems"][:2]] == [
        (2, "2.1 (%)"),
        (3, "1.1"),
    ]
    assert [problem.row for problem in page.context["sheet_problems"]] == [2, 3, 4, 5, 6]
    assert stored() == {}


def test_another_template_is_recognised(world, department):
    page = upload(department, [["User name", "Full name"], ["a", "b"]])
    assert page.context["sheet_form"].errors["sheet"]


def test_the_table_costs_few_queries_at_any_size(world, department, django_assert_max_num_queries):
    for school in School.objects.bulk_create(make.SchoolFactory.build() for _ in range(50)):
        make.MembershipFactory(school=school, province=world.our_province)
        target(world, "1.1", 5, school=school)
    with django_assert_max_num_queries(25):
        assert len(department.get(TABLE, {"office": "province:50"}).context["rows"]) == 52
    with django_assert_max_num_queries(25):
        department.get(TABLE)


def test_a_year_in_the_address_is_the_one_that_is_written(world, department):
    make.FiscalYearFactory(year=2568)
    save(department, {"d-1.1": "5"}, year="2568")
    assert not lines(department.get(TABLE))["department"][0]
    assert lines(department.get(TABLE, {"year": "2568"}))["department"][0] == "5"
    assert save(department, {"d-1.1": "5"}, year="2400").status_code == 404
