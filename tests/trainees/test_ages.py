from datetime import date, timedelta

import pytest
from django.db.models import Value
from django.db.models.fields import CharField, DateField
from django.db.models.functions import Cast
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from offices.models import FiscalYear
from offices.roles import Role
from trainees.ages import age_band, age_band_case, age_expression, age_on
from trainees.models import Enrolment, Trainee
from trainees.models.facts import AgeBand

DAY, YEAR = Trainee.BirthPrecision
days = st.dates(date(1890, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("day", "birth", "precision", "age"),
    [
        (date(2026, 1, 16), date(1966, 1, 16), DAY, 60),
        (date(2026, 1, 15), date(1966, 1, 16), DAY, 59),
        (date(2026, 1, 16), date(1966, 1, 1), YEAR, 60),
        (date(2026, 1, 16), date(1966, 12, 31), YEAR, 60),
        (date(2025, 2, 28), date(2010, 2, 28), DAY, 15),
        (date(2025, 2, 28), date(2008, 2, 29), DAY, 16),
        (date(2025, 3, 1), date(2008, 2, 29), DAY, 17),
        (date(2026, 1, 16), date(2026, 1, 16), DAY, 0),
        (date(2026, 1, 16), date(2026, 1, 17), DAY, None),
        (date(2026, 1, 16), date(2026, 5, 1), YEAR, 0),
        (date(2026, 1, 16), None, DAY, None),
    ],
)
def test_age_is_completed_years_and_for_a_bare_year_the_difference_of_years(day, birth, precision, age):
    assert age_on(day, birth, precision) == age


@pytest.mark.parametrize(
    ("age", "band"),
    [
        (None, None),
        (0, AgeBand.BELOW_15),
        (14, AgeBand.BELOW_15),
        (15, AgeBand.FROM_15),
        (39, AgeBand.FROM_15),
        (40, AgeBand.FROM_40),
        (59, AgeBand.FROM_40),
        (60, AgeBand.FROM_60),
        (103, AgeBand.FROM_60),
    ],
)
def test_bands_begin_at_15_40_and_60(age, band):
    assert age_band(age) == band


@pytest.fixture
def one_row(db):
    FiscalYear.objects.create(year=2569)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(day=days, birth=st.none() | days, precision=st.sampled_from([DAY, YEAR]))
@example(day=date(2025, 2, 28), birth=date(2008, 2, 29), precision=DAY)
@example(day=date(2024, 2, 29), birth=date(2009, 3, 1), precision=DAY)
def test_the_database_counts_age_as_python_does(one_row, day, birth, precision):
    given_as = {
        "birth": Cast(Value(birth), DateField()),
        "precision": Value(precision.value, output_field=CharField()),
    }
    row = FiscalYear.objects.annotate(
        age=age_expression(day, **given_as), band=age_band_case(day, **given_as)
    ).get()
    assert row.age == age_on(day, birth, precision)
    assert row.band == age_band(row.age)


def test_an_enrolments_age_is_that_of_the_first_course_day(world):
    trainee, course = world.ours.trainee, world.ours.course
    bands = Enrolment.objects.visible_to(world.users[Role.SCHOOL]).annotate(
        age=age_expression(), band=age_band_case()
    )
    for birth, age, band in (
        (course.starts_on.replace(year=1966), 60, AgeBand.FROM_60),
        (course.starts_on.replace(year=1966) + timedelta(days=1), 59, AgeBand.FROM_40),
        (None, None, None),
    ):
        trainee.birth_date = birth
        trainee.save()
        (row,) = bands.all()
        assert (row.age, row.band) == (age, band)
    assert not bands.model.objects.visible_to(world.strangers[Role.SCHOOL]).filter(trainee=trainee).exists()
