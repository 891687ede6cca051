from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from courses.models import Course
from offices.models import FiscalYear
from offices.roles import Role
from trainees.models import Enrolment, Result
from trainees.passing import Points, judge, with_judgement

PLAIN = FiscalYear(year=2569)
STRICT = FiscalYear(year=2569, parts_have_minimums=True)


def points(*of_each):
    return Points(*(None if each is None else Decimal(each) for each in of_each))


def verdict(of_each, attended, hours=10, year=PLAIN):
    attended = None if attended is None else Decimal(attended)
    return judge(points(*of_each) if of_each else None, attended, Decimal(hours), year)


@pytest.mark.parametrize(
    ("of_each", "attended", "passed"),
    [
        ((12, 24, 24), 8, True),  # exactly enough of everything
        (("11.5", 24, 24), 8, False),
        ((12, 24, 24), "7.5", False),
        ((20, 40, 0), 10, True),  # 60 without any quality: no minimum of a part unless the year says so
        ((0, 0, 0), 10, False),
        ((20, 40, 40), 0, False),
        ((20, 40, None), 10, None),
        ((None, None, None), 10, None),
        ((), 10, None),
        ((20, 40, 40), None, None),
        ((20, 40, 40), 12, True),  # more hours than the course has on paper
    ],
)
def test_who_has_60_of_100_and_80_percent_of_the_hours_passes(of_each, attended, passed):
    assert verdict(of_each, attended).passed is passed


@pytest.mark.parametrize(
    ("of_each", "passed"),
    [((12, 24, 24), True), (("11.5", 40, 40), False), ((20, "23.5", 40), False), ((20, 40, "23.5"), False)],
)
def test_minimums_of_parts_hold_where_the_year_switches_them_on(of_each, passed):
    assert verdict(of_each, 10, year=STRICT).passed is passed
    assert verdict(of_each, 10).passed is True


def test_the_bars_are_those_of_the_year():
    easy = FiscalYear(year=2570, pass_percent=Decimal("50.5"), attendance_percent=Decimal(0))
    assert verdict((10, 20, "20.5"), "0.5", year=easy).passed is True
    assert verdict((10, 20, 20), "0.5", year=easy).passed is False
    assert verdict((20, 40, 40), 0, year=easy).passed is False  # who never came is no entrant


def test_a_percentage_of_nothing_is_not_known():
    assert judge(points(20, 40, 40), Decimal(3), Decimal(0), PLAIN).attendance_percent is None
    assert judge(points(20, 40, 40), Decimal(3), None, PLAIN).passed is None
    assert verdict((20, 40, None), None).total is None


def test_what_is_shown_as_enough_is_enough():
    judged = verdict((20, 40, 40), "79.9", hours="99.9")
    assert (judged.attendance_percent, judged.passed) == (Decimal("79.9"), False)
    assert judged.attendance_percent < PLAIN.attendance_percent


def test_the_reasons_say_what_lacks_and_by_how_much():
    with translation.override("en"):
        said = [str(each) for each in verdict(("11.5", 24, 24), "7.5", year=STRICT).reasons]
        missing = [str(each) for each in verdict((12, None, 24), None).reasons]
    assert said == [
        "Total: 59.5 of 100; at least 60 are needed.",
        "Knowledge: 11.5 of 20; at least 12 are needed.",
        "Attendance: 75%; at least 80% is needed.",
    ]
    assert missing == ["Practice is not assessed yet.", "Attendance is not recorded yet."]
    assert verdict((12, 24, 24), 8).reasons == []
    with translation.override("th"):
        assert "อย่างน้อย 80%" in str(verdict((20, 40, 40), 5).reasons[0])


def halves(most):
    return st.none() | st.integers(0, most * 2).map(lambda twice: Decimal(twice) / 2)


bars = st.sampled_from([Decimal(0), Decimal("33.33"), Decimal(60), Decimal("79.99"), Decimal(80), Decimal(100)])
rules = st.builds(
    FiscalYear,
    year=st.just(2569),
    pass_percent=bars,
    attendance_percent=bars,
    parts_have_minimums=st.booleans(),
    least_knowledge=st.sampled_from([Decimal(0), Decimal(12), Decimal("12.25")]),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    knowledge=halves(20),
    practice=halves(40),
    quality=halves(40),
    has_result=st.booleans(),
    attended=halves(30),
    hours=st.integers(1, 60).map(lambda twice: Decimal(twice) / 2),
    year=rules,
)
@example(Decimal(12), Decimal(24), Decimal(24), True, Decimal(8), Decimal(10), STRICT)
@example(Decimal(20), Decimal(40), Decimal(40), True, Decimal(2), Decimal(3), PLAIN)
def test_the_database_judges_as_python_does(
    world, knowledge, practice, quality, has_result, attended, hours, year
):
    ours, user = world.ours.enrolment, world.users[Role.SCHOOL]
    year.save()
    Course.objects.visible_to(user).filter(pk=world.ours.course.pk).update(hours=hours)
    rows = Enrolment.objects.visible_to(user)
    rows.filter(pk=ours.pk).update(attended_hours=attended)
    Result.objects.visible_to(user).delete()
    given_points = Points(knowledge, practice, quality) if has_result else None
    if given_points:
        Result.objects.create(school=world.our_school, enrolment=ours, **given_points._asdict())

    row = with_judgement(rows).get(pk=ours.pk)

    judged = judge(given_points, attended, hours, year)
    assert (row.total, row.attendance_percent, row.passed) == (
        judged.total,
        judged.attendance_percent,
        judged.passed,
    )
    assert bool(judged.reasons) == (judged.passed is not True)


def test_a_stranger_judges_nobody_of_ours(world):
    judged = with_judgement(Enrolment.objects.visible_to(world.strangers[Role.SCHOOL]))
    assert not judged.filter(pk=world.ours.enrolment.pk).exists()
    assert with_judgement(Enrolment.objects.visible_to(world.users[Role.SCHOOL])).count() == 1
