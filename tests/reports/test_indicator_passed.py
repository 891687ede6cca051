"""Indicator 2.1 by numbers counted by hand (Letter §5.1.2(1), Form 10)."""

import json
from datetime import date, timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from offices.models import Membership
from offices.roles import Role
from offices.scoping import DEPARTMENT_EYES
from reports.figures import count, count_by_place, left_out, total
from reports.offices import Level
from tests import factories as make
from tests.reports.conftest import PASSED, assess, nobody, passed, passed_parts, view_of

OURS, THEIRS, ATTACHED = "school:1250070000", "school:1290010000", "school:A001"
EVIDENCE, INDICATORS = reverse("reports:evidence"), reverse("reports:indicators")


@pytest.fixture
def over(running):
    """A course that is over."""
    return lambda side, day=date(2026, 1, 16), status="completed", **facts: running(side, day, status, **facts)


def test_passed_is_counted_over_all_who_came(world, over, come):
    course = over(world.ours)
    assess(come(course))
    assess(come(course), (10, 20, 20))  # 50 points
    assess(come(course), hours=6)  # 75 % of 8 hours
    assess(come(course), (20, 40, None))  # not assessed to the end
    come(course)  # nothing written down at all
    come(course, came=False)
    assert passed(OURS) == (1, 5, 2)
    assert total(PASSED, view_of(OURS)).value == Decimal("0.2")


def test_a_share_of_nothing_is_unknown(world, over, come):
    assert passed() == (None, None, None)
    come(over(world.ours), came=False)
    assert passed() == (0, 0, 0)
    assert total(PASSED, view_of()).value is None  # never 0 %


@pytest.mark.parametrize(
    "status, counts",
    [("draft", False), ("open", False), ("running", False), ("completed", True), ("closed", True),
     ("postponed", False), ("cancelled", False)],
)  # fmt: skip
def test_only_completed_and_closed_courses_count(world, over, come, status, counts):
    assess(come(over(world.ours, status=status)))
    assert passed() == ((1, 1, 0) if counts else (None, None, None))


@pytest.mark.parametrize("last, year", [(date(2026, 9, 30), 2569), (date(2026, 10, 1), 2570)])
def test_the_last_course_day_decides_the_year(world, over, come, last, year):
    make.FiscalYearFactory(year=2570)
    assess(come(over(world.ours, date(2026, 9, 29), ends_on=last)))
    assert {each: passed(year=each)[1] for each in (2569, 2570)} == {
        each: 1 if each == year else None for each in (2569, 2570)
    }


def test_the_rule_is_that_of_the_year_that_pays(world, over, come):
    strict = make.FiscalYearFactory(year=2570, pass_percent=90)
    course = over(world.ours)
    assess(come(course))
    assert passed() == (1, 1, 0)
    course.fiscal_year = strict
    course.save()
    assert passed() == (0, 1, 0)


def test_minimums_of_parts_count_when_the_year_says_so(world, over, come):
    assess(come(over(world.ours)), (10, 40, 40))
    assert passed() == (1, 1, 0)
    world.year.parts_have_minimums = True
    world.year.save()
    assert passed() == (0, 1, 0)


def test_somebody_on_two_courses_is_judged_on_each(world, over, come):
    somebody = make.TraineeFactory(school=world.our_school)
    assess(come(over(world.ours), somebody))
    assess(come(over(world.ours), somebody), (1, 1, 1))
    assess(come(over(world.ours), nobody(world.our_school)))
    assert passed() == (2, 3, 0)


@pytest.mark.parametrize("thrown", ["enrolment", "course", "trainee"])
def test_what_lies_in_the_bin_is_not_judged(world, over, come, thrown):
    assess(come(over(world.ours)))
    enrolment = assess(come(over(world.ours)))
    row = enrolment if thrown == "enrolment" else getattr(enrolment, thrown)
    row.binned_at = "2026-02-01T00:00Z"
    row.save()
    assert passed() == (1, 1, 0)


def shares(figure):
    return figure["numerator"], figure["denominator"], figure["unassessed"]


def test_both_sides_add_up_over_places_and_quarters(world, over, come):
    for side, good, bad, day in [
        (world.ours, 3, 1, date(2025, 12, 31)), (world.theirs, 0, 1, date(2026, 1, 2)),
        (world.attached, 1, 2, date(2026, 9, 30)),
    ]:  # fmt: skip
        course = over(side, day)
        for number in range(good + bad):
            assess(come(course), hours=8 if number < good else 1)
    assert (passed(OURS), passed(THEIRS), passed(ATTACHED)) == ((3, 4, 0), (0, 1, 0), (1, 3, 0))
    assert passed() == (4, 8, 0)
    assert total(PASSED, view_of()).value == Decimal("0.5")  # not the mean of 75 %, 0 % and 33 %
    assert passed_parts("place") == {"50": (3, 4, 0), "90": (0, 1, 0), "attached": (1, 3, 0)}
    assert passed_parts("month") == {"2025-12": (3, 4, 0), "2026-01": (0, 1, 0), "2026-09": (1, 3, 0)}
    assert [passed(quarter=quarter) for quarter in (1, 2, 3, 4)] == [
        (3, 4, 0), (0, 1, 0), (None, None, None), (1, 3, 0),
    ]  # fmt: skip
    schools, provinces = (
        count_by_place(PASSED, view_of(), Level.SCHOOL),
        count_by_place(PASSED, view_of(), Level.PROVINCE),
    )
    assert {code: shares(each.total) for code, each in schools.items()} == {
        "1250070000": (3, 4, 0), "1290010000": (0, 1, 0), "A001": (1, 3, 0),
    }  # fmt: skip
    assert {code: shares(each.total) for code, each in provinces.items()} == {
        "50": (3, 4, 0), "90": (0, 1, 0), "attached": (1, 3, 0),
    }  # fmt: skip


def test_each_breakdown_has_its_own_share(world, over, come):
    course = over(world.ours)
    old = make.TraineeFactory(school=world.our_school, sex="male", birth_date=date(1966, 1, 16))
    young = make.TraineeFactory(school=world.our_school, sex="")
    assess(come(course, old, facts=["farmer", "conscript"], education="primary"))
    assess(come(course, young, facts=["farmer"]), (1, 1, 1))
    come(course, nobody(world.our_school, sex="male"), education="primary")
    assert passed_parts("sex") == {"male": (1, 2, 1), "not_recorded": (0, 1, 0)}
    assert passed_parts("target_group") == {"farmer": (1, 2, 0), "conscript": (1, 1, 0), "not_recorded": (0, 1, 1)}
    assert passed_parts("education") == {"primary": (1, 2, 1), "not_recorded": (0, 1, 0)}
    assert passed_parts("age_band") == {"60_up": (1, 1, 0), "40_59": (0, 2, 1)}
    assert passed_parts("course_type") == {"short": (1, 3, 1)}
    found = {each.dimension.code: dict(each.parts) for each in count(PASSED, view_of(OURS)).breakdowns}
    months = {part.code: figure for part, figure in found["month"].items()}
    assert (
        months["2026-02"].value is None and months["2026-02"].sides is None
    )  # no course ended then: blank is not zero


def test_a_figure_is_of_the_province_of_the_last_course_day(world, over, come):
    move = date(2026, 3, 1)
    old = Membership.objects.visible_to(DEPARTMENT_EYES).get(school=world.our_school)
    old.ends_on = move - timedelta(days=1)
    old.save()
    make.MembershipFactory(school=world.our_school, province=world.their_province, starts_on=move)
    assess(come(over(world.ours, date(2026, 2, 27), ends_on=move)))
    assert passed("province:50") == (None, None, None)
    assert passed("province:90") == passed(OURS) == (1, 1, 0)
    assert passed_parts("place") == {"90": (1, 1, 0)}


def test_what_was_left_out_follows_the_last_day(world, over, running, come):
    come(over(world.ours), came=False)
    come(running(world.ours))
    over(world.ours, status="cancelled")
    over(world.ours, date(2026, 9, 30), ends_on=date(2026, 10, 2), status="cancelled")  # of the next year
    said = {each.code: (each.courses, each.rows) for each in left_out(view_of(OURS), PASSED)}
    assert said == {
        "cancelled": (1, 0),
        "not_yet": (2, 2),
        "never_came": (None, 1),
    }  # the world's draft, the running


def test_a_stranger_judges_nobody_of_ours(world, over, come, client):
    kept = assess(come(over(world.ours)))
    assert passed(THEIRS, world.strangers[Role.SCHOOL]) == (None, None, None)
    assert passed(OURS, world.users[Role.SCHOOL]) == (1, 1, 0)
    client.force_login(world.strangers[Role.SCHOOL])
    assert client.get(EVIDENCE, {"indicator": "2.1", "office": OURS}).status_code == 404
    assert kept.trainee.full_name not in client.get(EVIDENCE, {"indicator": "2.1"}).content.decode()


def test_the_figure_opens_to_each_persons_judgement(world, over, come, client):
    course = over(world.ours)
    good, weak = assess(come(course)), assess(come(course), (10, 20, 20), hours=Decimal("7.5"))
    rare, blank = assess(come(course), hours=2), come(course)
    client.force_login(world.users[Role.PROVINCE])
    page = client.get(EVIDENCE, {"indicator": "2.1", "office": OURS})
    rows = {row.record.pk: [str(cell) for cell in row.cells][-3:] for row in page.context["table"].rows}
    assert rows[good.pk] == ["80", "100%", "ผ่าน"]
    assert rows[weak.pk][:2] == ["50", "93.7%"]
    assert rows[weak.pk][2].startswith("ไม่ผ่าน") and "อย่างน้อย 60" in rows[weak.pk][2]
    assert "อย่างน้อย 80%" in rows[rare.pk][2] and rows[rare.pk][1] == "25%"
    assert rows[blank.pk][:2] == ["–", "–"] and "ยังไม่" in rows[blank.pk][2]
    assert "25.0%" in page.content.decode()
    part = client.get(EVIDENCE, {"indicator": "2.1", "office": OURS, "dimension": "sex", "part": "female"})
    assert len(part.context["table"].rows) == part.context["figure"]["denominator"] == 4


def test_judging_costs_no_query_a_row(world, over, come, client, django_assert_max_num_queries):
    course = over(world.ours)
    for _each in range(12):
        assess(come(course))
    client.force_login(world.users[Role.SCHOOL])
    client.get(EVIDENCE, {"indicator": "2.1"})
    with django_assert_max_num_queries(10):
        page = client.get(EVIDENCE, {"indicator": "2.1"})
    assert shares(page.context["figure"]) == (12, 12, 0)


def test_screen_command_and_books_say_the_same_share(world, over, come, client, tmp_path):
    course = over(world.ours)
    for number in range(3):
        assess(come(course), hours=8 if number else 1)
    come(course)
    out = StringIO()
    call_command("indicators", "--year", "2569", "--office", OURS, "--json", stdout=out)
    (said,) = (each for each in json.loads(out.getvalue())["indicators"] if each["code"] == "2.1")
    sides = {"value": 0.5, "numerator": 2, "denominator": 4, "unassessed": 1}
    assert {name: said[name] for name in sides} == sides
    assert {name: said["breakdowns"]["sex"]["female"][name] for name in sides} == sides
    assert said["target"] is None
    assert said["breakdowns"]["sex"]["male"]["value"] is None

    client.force_login(world.users[Role.SCHOOL])
    page = client.get(INDICATORS, {"year": 2569})
    (shown,) = (each for each in page.context["served"].figures if each.indicator.code == "2.1")
    assert (float(shown.total.value), *shown.total.sides) == (0.5, 2, 4)
    assert "50.0%" in page.content.decode()

    path = tmp_path / "report.json"
    asked = ["--year", "2569", "--office", "department", "--format", "json", "--out", str(path)]
    call_command("compile_report", *asked, stdout=StringIO())
    tables = json.loads(path.read_text())["tables"]
    own, parts, provinces, schools = (tables[n] for n in (0, 2, 3, 14))
    (line,) = (row for row in own["rows"] if row["code"] == "2.1")
    assert [line[key] for key in ("share", "numerator", "denominator", "rows")] == [0.5, 2, 4, 4]
    assert line["value"] is None
    (women,) = (row for row in parts["rows"] if row["code"] == "2.1" and row["part"] == "หญิง")
    assert (women["share"], women["numerator"], women["denominator"]) == (0.5, 2, 4)
    for table, code in ((provinces, "50"), (schools, "1250070000")):
        (line,) = (row for row in table["rows"] if row["code"] == code)
        assert [line[f"2.1{key}"] for key in ("", ".numerator", ".denominator", ".unassessed")] == [0.5, 2, 4, 1]
        assert table["totals"]["2.1.numerator"] == 2
    for table, code in ((tables[8], "50"), (tables[19], "1250070000")):
        (line,) = (row for row in table["rows"] if row["code"] == code)
        assert (line["2.1.sex.female"], line["2.1.sex.female.denominator"]) == (0.5, 4)
