"""Small invented worlds, counted by the database and again by plain loops: they must agree."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.models import Course
from offices.scoping import DEPARTMENT_EYES
from reports.figures import count
from tests import factories as make
from tests.reports.conftest import PASSED, PEOPLE, nobody, view_of
from trainees.ages import age_band, age_on
from trainees.models import Result
from trainees.models.facts import TARGET_GROUPS, Education, Fact, Sex
from trainees.passing import judge
from trainees.policy import policy_groups

SCHOOLS = ("ours", "theirs", "attached")
DAYS = st.sampled_from(
    [
        date(2025, 9, 30),
        date(2025, 10, 1),
        date(2026, 1, 31),
        date(2026, 2, 28),
        date(2026, 9, 30),
        date(2026, 10, 1),
    ]
)
COURSES = st.lists(
    st.tuples(st.sampled_from(SCHOOLS), st.sampled_from(Course.Status.values), DAYS, st.sampled_from([0, 0, 3])),
    min_size=1,
    max_size=4,
)
POINTS = st.sampled_from([None, (16, 32, 32), (10, 24, 25), (12, 24, 24), (20, 40, None)])
ENROLMENTS = st.lists(
    st.fixed_dictionaries({
        "course": st.integers(0, 3),
        "number": st.one_of(st.none(), st.integers(1, 4)),
        "came": st.booleans(),
        "binned": st.sampled_from([False, False, False, True]),
        "sex": st.sampled_from(["", *Sex.values]),
        "birth": st.one_of(st.none(), st.sampled_from([date(1950, 1, 31), date(1986, 3, 1), date(2014, 2, 28)])),
        "precision": st.sampled_from(["day", "year"]),
        "facts": st.lists(st.sampled_from(Fact.values), unique=True, max_size=3),
        "education": st.sampled_from(["", *Education.values]),
        "skill_purpose": st.sampled_from(["", "up_skill"]),
        "points": POINTS,
        "hours": st.sampled_from([None, Decimal(8), Decimal("6.5"), Decimal(6)]),
    }),
    max_size=7,
)  # fmt: skip


class Undone(Exception):
    """Every example leaves the world as it was."""


def make_world(world, courses, people):
    made = []
    for side, status, day, length in courses:
        reason = "ฝนตก" if status in {"cancelled", "postponed"} else ""
        curriculum = getattr(world, side).curriculum
        days = {"starts_on": day, "ends_on": day + timedelta(days=length)}
        made.append(world.make_course(curriculum, status=status, status_reason=reason, **days))
    rows, register = [], {}
    for each in people:
        course = made[each["course"] % len(made)]
        facts = {"sex": each["sex"], "birth_date": each["birth"], "birth_precision": each["precision"]}
        key = (course.school_id, each["number"])
        if each["number"] is None:
            trainee = nobody(course.school, **facts)
        elif key in register:
            trainee = register[key]
        else:
            number = make.national_id(9000 + each["number"])
            trainee = register[key] = make.TraineeFactory(school=course.school, number=number, **facts)
        if any((row.course, row.trainee) == (course, trainee) for row in rows):
            continue
        rows.append(
            make.EnrolmentFactory(
                course=course, trainee=trainee, first_attended_on=course.starts_on if each["came"] else None,
                binned_at="2026-01-01T00:00Z" if each["binned"] else None, facts=each["facts"],
                education=each["education"], skill_purpose=each["skill_purpose"],
                attended_hours=each["hours"] if each["came"] else None,
            )
        )  # fmt: skip
        if each["points"]:
            points = dict(zip(Result.MOST, each["points"], strict=True))
            Result.objects.create(school=course.school, enrolment=rows[-1], **points)
    return made, rows


def parts_of(row, day="starts_on"):
    """Where a row belongs, said in plain Python."""
    course, trainee = row.course, row.trainee
    age = age_on(course.starts_on, trainee.birth_date, trainee.birth_precision)
    return {
        "sex": {trainee.sex or "not_recorded"},
        "age_band": {age_band(age) or "not_recorded"},
        "target_group": set(row.facts) & set(TARGET_GROUPS) or {"not_recorded"},
        "policy_group": policy_groups(row.facts, age, None) or {"not_recorded"},
        "education": {row.education or "not_recorded"},
        "skill_purpose": {row.skill_purpose or course.skill_purpose},
        "month": {f"{getattr(course, day):%Y-%m}"},
    }


def measured(rows):
    keys = {row.trainee.person_key or row.pk for row in rows}
    return len(keys), len(rows)


def judged(rows):
    """How many passed, of how many, and of how many nobody knows."""
    found = []
    for row in rows:
        result = Result.objects.visible_to(DEPARTMENT_EYES).filter(enrolment=row).first()
        year = row.course.fiscal_year
        found.append(judge(result, row.attended_hours, row.course.hours, year).passed)
    return found.count(True), len(found), found.count(None)


def in_parts(rows, day):
    expected = defaultdict(lambda: defaultdict(list))
    for row in rows:
        for dimension, codes in parts_of(row, day).items():
            for code in codes:
                expected[dimension][str(code)].append(row)
    return expected


def sides(share):
    return share["numerator"], share["denominator"], share["unassessed"]


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(courses=COURSES, people=ENROLMENTS, office=st.sampled_from(["department", "province:50", "school:A001"]))
def test_plain_loops_count_the_same(world, courses, people, office):
    with pytest.raises(Undone), transaction.atomic():
        made, rows = make_world(world, courses, people)
        schools = {
            "department": {world.our_school, world.their_school, world.attached_school},
            "province:50": {world.our_school},
            "school:A001": {world.attached_school},
        }[office]
        running = [
            course for course in made
            if course.status in {"running", "completed", "closed"} and course.school in schools
            and date(2025, 10, 1) <= course.starts_on <= date(2026, 9, 30)
        ]  # fmt: skip
        counts = [row for row in rows if row.course in running and row.first_attended_on and not row.binned_at]
        expected = in_parts(counts, "starts_on")

        counted = count(PEOPLE, view_of(office))

        if running:
            assert (counted.total.value, counted.total["enrolments"]) == measured(counts)
            assert counted.total["without_number"] == sum(row.trainee.person_key is None for row in counts)
        else:
            assert counted.total.value is None
        for breakdown in counted.breakdowns:
            found = {part.code: figure for part, figure in breakdown.parts if figure.rows}
            if not breakdown.dimension.overlapping:
                assert sum(figure.rows for figure in found.values()) == len(counts)
            if breakdown.dimension.code in expected:
                said = {code: (figure.value, figure["enrolments"]) for code, figure in found.items()}
                assert said == {code: measured(of) for code, of in expected[breakdown.dimension.code].items()}

        over = [
            course for course in made
            if course.status in {"completed", "closed"} and course.school in schools
            and date(2025, 10, 1) <= course.ends_on <= date(2026, 9, 30)
        ]  # fmt: skip
        entrants = [row for row in rows if row.course in over and row.first_attended_on and not row.binned_at]
        counted, expected = count(PASSED, view_of(office)), in_parts(entrants, "ends_on")
        assert sides(counted.total) == (judged(entrants) if over else (None, None, None))
        for breakdown in counted.breakdowns:
            if breakdown.dimension.code in expected:
                said = {part.code: sides(figure) for part, figure in breakdown.parts if figure["denominator"]}
                assert said == {code: judged(of) for code, of in expected[breakdown.dimension.code].items()}
        raise Undone
