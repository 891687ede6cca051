"""Indicator 1.1 by numbers counted by hand (Letter §5.1.1(1))."""

from datetime import date, timedelta

import pytest

from offices.clock import today
from offices.models import Membership
from offices.roles import Role
from offices.scoping import DEPARTMENT_EYES
from reports.figures import count, count_by_place, left_out
from reports.offices import Level, NoSuchOffice, Office
from reports.periods import NoSuchPeriod
from tests import factories as make
from tests.reports.conftest import PEOPLE, nobody, parts, persons, view_of
from trainees.models import Enrolment, Trainee

OURS, THEIRS, ATTACHED = "school:1250070000", "school:1290010000", "school:A001"


def test_a_year_without_any_course_is_unknown_and_not_zero(world):
    assert persons() == (None, None, None)  # the world's courses are drafts


def test_a_course_that_nobody_came_to_is_zero_and_not_unknown(world, running, come):
    come(running(world.ours), came=False)
    assert persons() == (0, 0, 0)
    assert persons(THEIRS) == (None, None, None)


def test_somebody_on_two_courses_is_one_person_and_two_enrolments(world, running, come):
    somebody = make.TraineeFactory(school=world.our_school)
    come(running(world.ours), somebody)
    come(running(world.ours, status="closed"), somebody)
    assert persons(OURS) == (1, 2, 0)


def test_somebody_at_two_schools_is_one_person_of_the_nation(world, running, come):
    number = make.national_id(777)
    for side in (world.ours, world.theirs):
        come(running(side), make.TraineeFactory(school=side.school, number=number))
    assert persons(OURS) == persons("province:50") == (1, 1, 0)
    assert persons(THEIRS) == persons("province:90") == (1, 1, 0)
    assert persons() == (1, 2, 0)
    assert parts("place") == {"50": (1, 1), "90": (1, 1)}  # the persons of the parts do not add up


def test_people_without_a_number_are_one_person_at_each_enrolment(world, running, come):
    somebody = nobody(world.our_school)
    come(running(world.ours), somebody)
    course = running(world.ours)
    come(course, somebody)
    come(course)
    assert persons() == (3, 3, 2)


@pytest.mark.parametrize(
    "status, counts",
    [("draft", 0), ("approved", 0), ("open", 0), ("running", 1), ("completed", 1), ("closed", 1),
     ("postponed", 0), ("cancelled", 0)],
)  # fmt: skip
def test_only_running_completed_and_closed_courses_count(world, running, come, status, counts):
    come(running(world.ours, status=status))
    come(running(world.ours))  # so that the year is known
    assert persons(OURS)[1] == 1 + counts


def test_who_came_and_withdrew_still_entered(world, running, come):
    come(running(world.ours), status="withdrawn", withdrawn_on=date(2026, 1, 17))
    assert persons(OURS) == (1, 1, 0)


@pytest.mark.parametrize("thrown", ["enrolment", "course", "trainee"])
def test_what_lies_in_the_bin_is_not_there(world, running, come, thrown):
    come(running(world.ours))
    enrolment = come(running(world.ours))
    row = enrolment if thrown == "enrolment" else getattr(enrolment, thrown)
    row.binned_at = "2026-02-01T00:00Z"
    row.save()
    assert persons(OURS) == (1, 1, 0)


@pytest.mark.parametrize("day, year", [
    (date(2025, 9, 30), 2568), (date(2025, 10, 1), 2569), (date(2026, 9, 30), 2569), (date(2026, 10, 1), 2570),
])  # fmt: skip
def test_the_first_course_day_decides_the_year(world, running, come, day, year):
    for other in (2568, 2570):
        make.FiscalYearFactory(year=other)
    come(running(world.ours, starts_on=day))
    assert {y: persons(year=y)[1] for y in (2568, 2569, 2570)} == {
        y: 1 if y == year else None for y in (2568, 2569, 2570)
    }


def test_a_course_over_new_year_counts_in_the_quarter_of_its_first_day(world, running, come):
    come(running(world.ours, starts_on=date(2025, 12, 31), ends_on=date(2026, 2, 1)))
    assert persons(quarter=1) == (1, 1, 0)
    assert persons(quarter=2) == (None, None, None)


def test_a_figure_is_of_the_province_of_the_first_course_day(world, running, come):
    move = date(2026, 3, 1)
    old = Membership.objects.visible_to(DEPARTMENT_EYES).get(school=world.our_school)
    old.ends_on = move - timedelta(days=1)
    old.save()
    make.MembershipFactory(school=world.our_school, province=world.their_province, starts_on=move)
    come(running(world.ours, starts_on=move - timedelta(days=1)))
    come(running(world.ours, starts_on=move))
    come(running(world.ours, starts_on=move))

    assert persons("province:50") == (1, 1, 0)
    assert persons("province:90") == (2, 2, 0)
    assert persons(OURS) == (3, 3, 0)  # a school keeps its rows
    assert parts("place") == {"50": (1, 1), "90": (2, 2)}
    assert parts("place", "province:90") == {"1250070000": (2, 2)}
    # What an office sees are the rows of its schools of today; the stranger sees none of the new province's.
    assert today() > move
    assert persons("province:90", world.strangers[Role.PROVINCE]) == (2, 2, 0)
    assert persons("province:50", world.users[Role.PROVINCE]) == (None, None, None)


def test_an_attached_school_counts_in_the_nation_on_a_line_of_its_own(world, running, come):
    come(running(world.attached))
    come(running(world.ours))
    assert persons() == (2, 2, 0)
    assert parts("place") == {"50": (1, 1), "attached": (1, 1)}
    assert persons(ATTACHED) == persons(ATTACHED, world.attached_user) == (1, 1, 0)


def test_each_breakdown_puts_people_where_their_application_says(world, running, come):
    course = running(world.ours)
    old = make.TraineeFactory(school=world.our_school, sex="male", birth_date=date(1966, 1, 16))
    come(course, old, education="primary", occupation="farmer", facts=["farmer", "welfare_card"])
    young = make.TraineeFactory(school=world.our_school, sex="", birth_date=None)
    come(course, young, skill_purpose="up_skill")
    year_only = make.TraineeFactory(
        school=world.our_school, birth_date=date(2011, 1, 1), birth_precision=Trainee.BirthPrecision.YEAR
    )
    come(course, year_only, facts=["health_volunteer", "farmer"])
    long = running(world.ours, date(2026, 2, 2), hours=30, course_type=world.long, skill_purpose="re_skill")
    come(long, old, education="primary", occupation="farmer")

    assert persons(OURS) == (3, 4, 0)
    assert parts("sex") == {"male": (1, 2), "female": (1, 1), "not_recorded": (1, 1)}
    assert parts("age_band") == {"60_up": (1, 2), "15_39": (1, 1), "not_recorded": (1, 1)}
    assert parts("target_group") == {"farmer": (2, 2), "health_volunteer": (1, 1), "not_recorded": (2, 2)}
    assert parts("policy_group") == {
        "elderly": (1, 2), "working_age": (1, 1), "welfare_card": (1, 1), "not_recorded": (1, 1),
    }  # fmt: skip
    assert parts("education") == {"primary": (1, 2), "not_recorded": (2, 2)}
    assert parts("occupation") == {"farmer": (1, 2), "not_recorded": (2, 2)}
    assert parts("course_type") == {"short": (3, 3), "long": (1, 1)}
    assert parts("trade_group") == {"commerce": (3, 4)}
    assert parts("skill_purpose") == {"new_skill": (2, 2), "up_skill": (1, 1), "re_skill": (1, 1)}
    assert parts("month") == {"2026-01": (3, 3), "2026-02": (1, 1)}
    assert parts("place") == {"50": (3, 4)}
    assert parts("place", "province:50") == {"1250070000": (3, 4)}


def test_every_part_is_there_even_with_nobody_in_it(world, running, come):
    come(running(world.ours))
    counted = count(PEOPLE, view_of("province:50"))
    found = {each.dimension.code: {p.code: f for p, f in each.parts} for each in counted.breakdowns}
    assert {code: (figure.value, figure.rows) for code, figure in found["sex"].items()} == {
        "female": (1, 1), "male": (0, 0), "not_recorded": (0, 0),
    }  # fmt: skip
    assert len(found["month"]) == 13
    assert found["month"]["2026-02"] == PEOPLE.unknown  # no course began then: blank is not zero
    assert found["place"]["1250010000"] == PEOPLE.unknown  # the sister school had no course
    assert "place" not in {each.dimension.code for each in count(PEOPLE, view_of(OURS)).breakdowns}


def test_what_was_left_out_is_said_with_its_reason(world, running, come):
    come(running(world.ours, status="cancelled"))
    running(world.ours, status="cancelled")
    course = running(world.ours)
    come(course)
    come(course, came=False)
    said = {each.code: (each.courses, each.rows) for each in left_out(view_of(OURS), PEOPLE)}
    assert said == {"cancelled": (2, 1), "not_yet": (1, 1), "never_came": (None, 1)}  # the world's draft
    assert all(not each.courses or each.code == "not_yet" for each in left_out(view_of(THEIRS), PEOPLE))


def test_counting_by_place_gives_what_each_place_counts_itself(world, running, come):
    number = make.national_id(778)
    for side in (world.ours, world.theirs, world.attached):
        course = running(side)
        come(course, make.TraineeFactory(school=side.school, number=number), facts=["farmer", "conscript"])
        come(course, make.TraineeFactory(school=side.school, sex="male"), occupation="trade")
    schools = count_by_place(PEOPLE, view_of(), Level.SCHOOL)
    provinces = count_by_place(PEOPLE, view_of(), Level.PROVINCE)
    assert set(schools) == {"1250070000", "1290010000", "A001"}
    assert set(provinces) == {"50", "90", "attached"}
    for office, counted in [
        *((f"school:{code}", each) for code, each in schools.items()),
        *((f"province:{code}", each) for code, each in provinces.items() if code != "attached"),
    ]:
        alone = count(PEOPLE, view_of(office))
        assert counted.total == alone.total
        said = {each.dimension.code: each.parts for each in alone.breakdowns if each.dimension.code != "place"}
        assert {each.dimension.code: each.parts for each in counted.breakdowns} == said
    assert provinces["attached"].total == schools["A001"].total
    assert (schools["A001"].total.value, schools["A001"].total.rows) == (2, 2)


def test_nobody_asks_about_an_office_that_is_not_theirs(world):
    for user, texts in {
        world.users[Role.SCHOOL]: ["department", "province:50", "school:1250010000", THEIRS, ATTACHED],
        world.users[Role.PROVINCE]: ["department", "province:90", THEIRS, ATTACHED],
        world.strangers[Role.PROVINCE]: ["department", "province:50", OURS],
        world.users[Role.DEPARTMENT]: ["", "nation", "province:", "province:99", "school:0", "department:50", "x"],
    }.items():
        for text in texts:
            with pytest.raises(NoSuchOffice):
                Office.parse(text, user)
    assert str(Office.own(world.users[Role.SCHOOL])) == OURS
    assert str(Office.own(world.users[Role.PROVINCE])) == "province:50"
    assert str(Office.own(world.users[Role.DEPARTMENT])) == "department"


def test_a_stranger_counts_nothing_of_ours(world, running, come):
    come(running(world.ours))
    assert persons(THEIRS, world.strangers[Role.SCHOOL]) == (None, None, None)
    assert persons("province:90", world.strangers[Role.PROVINCE]) == (None, None, None)
    assert persons(OURS, world.users[Role.SCHOOL]) == (1, 1, 0)


def test_a_year_nobody_opened_is_refused(world):
    with pytest.raises(NoSuchPeriod):
        view_of(year=2599)


def test_the_evidence_is_exactly_what_was_counted(world, running, come):
    kept = come(running(world.ours))
    come(running(world.ours), came=False)
    come(running(world.theirs))
    rows = PEOPLE.evidence(world.users[Role.SCHOOL], Office.parse(OURS, DEPARTMENT_EYES), view_of().period)
    assert list(rows) == [kept]
    assert isinstance(rows.first(), Enrolment)
