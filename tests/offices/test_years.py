"""Fiscal years: their rules, the making of the next, and the switcher."""

import pytest
from django.urls import reverse

from courses.models import Course
from offices.models import CourseType, FiscalYear
from offices.roles import Role
from tests import factories as make

S, P, D, A = Role.SCHOOL, Role.PROVINCE, Role.DEPARTMENT, Role.ADMINISTRATOR


def rules(client, **changes):
    """What the form of year 2569 would send, with changes."""
    response = client.get(reverse("offices:edit_year", args=[2569]))
    form, types = response.context["form"], response.context["types"]
    sent = {form.add_prefix(n): form[n].value() for n in form.fields}
    for part in [types.management_form, *types.forms]:
        sent |= {part.add_prefix(n): part[n].value() for n in part.fields}
    return {k: v for k, v in (sent | changes).items() if v not in (None, False)}


def test_next_year_copies_this_ones_rules(client, world):
    world.short.group_size = 8
    world.short.save()
    FiscalYear.objects.update(pass_percent=65, parts_have_minimums=True)
    client.force_login(world.users[D])
    client.post(reverse("offices:next_year"), {"after": "2569"})
    following = FiscalYear.objects.get(year=2570)
    assert (following.pass_percent, following.parts_have_minimums) == (65, True)
    copied = [(t.kind, t.least_hours, t.most_hours, t.group_size) for t in following.course_types.all()]
    assert copied == [("short", 3, 9, 8), ("long", 10, None, 15)]
    assert world.year.course_types.count() == 2
    client.post(reverse("offices:next_year"), {"after": "2569"})  # pressed twice
    assert FiscalYear.objects.count() == 2


@pytest.mark.parametrize("role", [S, P, A])
def test_only_the_department_changes_years(client, world, role):
    client.force_login(world.users[role])
    assert client.post(reverse("offices:next_year"), {"after": "2569"}).status_code == 403
    assert client.post(reverse("offices:edit_year", args=[2569]), {}).status_code == 403
    assert FiscalYear.objects.count() == 1


@pytest.mark.parametrize("boundary", [("12", "12.5"), ("5", "5.5")])
def test_the_bound_between_two_types_moves_either_way(client, world, boundary):
    client.force_login(world.users[D])
    upper, lower = boundary
    sent = rules(client, **{"types-0-most_hours": upper, "types-1-least_hours": lower})
    response = client.post(reverse("offices:edit_year", args=[2569]), sent)
    assert response.status_code == 302
    world.short.refresh_from_db()
    world.long.refresh_from_db()
    assert (str(world.short.most_hours), str(world.long.least_hours)) == (f"{float(upper)}", f"{float(lower)}")


@pytest.mark.parametrize("changes", [
    {"types-0-most_hours": "10"},
    {"types-0-most_hours": ""},
    {"types-0-least_hours": "0"},
    {"types-0-least_hours": "-3"},
    {"types-0-least_hours": "สาม"},
    {"types-0-most_hours": "2"},
    {"types-0-group_size": "0"},
    {"types-0-group_size": "6.5"},
    {"pass_percent": "101"},
    {"hours_step": "0"},
])  # fmt: skip
def test_rules_that_cannot_be_are_refused_and_nothing_is_saved(client, world, changes):
    client.force_login(world.users[D])
    before = list(CourseType.objects.values()), list(FiscalYear.objects.values())
    response = client.post(reverse("offices:edit_year", args=[2569]), rules(client, **changes))
    assert response.status_code == 200
    assert response.context["form"].errors or response.context["types"].total_error_count()
    assert (list(CourseType.objects.values()), list(FiscalYear.objects.values())) == before


def test_courses_that_exist_are_counted_and_keep_their_type(client, world):
    client.force_login(world.users[D])
    response = client.get(reverse("offices:edit_year", args=[2569]))
    assert dict(response.context["standing"])[str(Course._meta.verbose_name_plural)] == 3
    sent = rules(client, **{"types-0-most_hours": "5", "types-1-least_hours": "5.5"})
    client.post(reverse("offices:edit_year", args=[2569]), sent)
    world.ours.course.refresh_from_db()
    assert (world.ours.course.hours, world.ours.course.course_type) == (8, world.short)
    client.force_login(world.users[S])
    response = client.get(reverse("offices:year", args=[2569]))
    assert dict(response.context["standing"])[str(Course._meta.verbose_name_plural)] == 1


def test_the_second_of_two_who_change_the_rules_is_told_sees_the_difference_and_may_insist(client, world):
    client.force_login(world.users[D])
    url = reverse("offices:edit_year", args=[2569])
    mine = rules(client, **{"pass_percent": "70", "types-1-group_size": "ราว 14"})
    client.post(url, rules(client, **{"attendance_percent": "75", "types-0-group_size": "7"}))
    response = client.post(url, mine)
    assert response.status_code == 200 and response.context["form"].non_field_errors()
    assert {(line.mine, line.theirs) for line in response.context["conflict"]} == {
        ("70", "60"),
        ("80", "75"),
        ("6", "7"),
        ("ราว 14", "15"),
    }
    page = response.content.decode()
    assert world.users[D].name in page and 'value="70"' in page and 'value="ราว 14"' in page
    mine["types-1-group_size"] = "15"
    assert FiscalYear.objects.get().pass_percent == 60
    mine["version"] = response.context["form"]["version"].value()
    assert client.post(url, mine).status_code == 302
    assert FiscalYear.objects.get().pass_percent == 70


def test_the_switcher_is_remembered_and_returns_to_where_one_was(client, world):
    make.FiscalYearFactory(year=2570)
    client.force_login(world.users[S])
    response = client.post(reverse("offices:choose_year"), {"year": "2570", "next": "/offices/years/?page=1"})
    assert response.url == "/offices/years/?page=1"
    assert client.get(reverse("offices:years")).context["fiscal_year"] == 2570


@pytest.mark.parametrize(
    "bad", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example", "", "evil"]
)
def test_the_switcher_leads_to_no_other_site(client, world, bad):
    client.force_login(world.users[S])
    response = client.post(reverse("offices:choose_year"), {"year": "2569", "next": bad})
    assert response.status_code == 302
    assert "evil.example" not in response.url and "javascript" not in response.url


@pytest.mark.parametrize("year", ["2499", "", "๒๕๖๙", "x", "-1", "9" * 30])
def test_a_year_that_does_not_exist_is_not_chosen(client, world, year):
    client.force_login(world.users[S])
    client.post(reverse("offices:choose_year"), {"year": year, "next": "/"})
    assert "fiscal_year" not in client.session
