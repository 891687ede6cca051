from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from offices.models import AreaGroup
from offices.roles import Role
from tests import factories as make
from trainees.ages import age_on
from trainees.models import Enrolment
from trainees.models.facts import Fact, PolicyGroup
from trainees.policy import POLICY_Q, policy_groups


@pytest.fixture
def areas(world):
    """The South by whole province, the East by single district, and no special economic zone yet."""
    south = make.SubdistrictFactory(
        code="900101", district=make.DistrictFactory(code="9002", province=world.their_province)
    )
    AreaGroup.objects.create(code="southern_border").provinces.add(world.their_province)
    AreaGroup.objects.create(code="eastern_development").districts.add(world.subdistrict.district)
    AreaGroup.objects.create(code="special_economic")
    return [None, world.subdistrict, south]


def test_every_policy_group_of_the_letter_has_a_rule():
    assert set(POLICY_Q) == set(PolicyGroup)


@pytest.mark.parametrize(
    ("age", "groups"),
    [
        (None, set()),
        (14, set()),
        (15, {PolicyGroup.WORKING_AGE}),
        (59, {PolicyGroup.WORKING_AGE}),
        (60, {PolicyGroup.ELDERLY}),
    ],
)
def test_working_age_is_15_to_59_and_the_elderly_begin_at_60(age, groups):
    assert policy_groups([], age, None) == groups


def test_an_area_group_is_a_whole_province_or_a_single_district(areas):
    _nowhere, north, south = areas
    assert policy_groups([], None, south) == {PolicyGroup.SOUTHERN_BORDER}
    assert policy_groups([], None, north) == {PolicyGroup.EASTERN_DEVELOPMENT}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    facts=st.sets(st.sampled_from(Fact)),
    birth=st.none() | st.dates(date(1930, 1, 1), date(2025, 1, 1)),
    place=st.integers(0, 2),
)
def test_the_database_finds_the_same_groups_as_python(world, areas, facts, birth, place):
    enrolment, trainee = world.ours.enrolment, world.ours.trainee
    trainee.birth_date = birth
    trainee.save()
    enrolment.facts, enrolment.subdistrict = sorted(facts), areas[place]
    enrolment.save()
    mine = Enrolment.objects.visible_to(world.users[Role.SCHOOL])
    found = {group for group, rule in POLICY_Q.items() if mine.filter(rule).exists()}
    assert found == policy_groups(facts, age_on(world.ours.course.starts_on, birth), areas[place])
    strangers = Enrolment.objects.visible_to(world.strangers[Role.SCHOOL]).filter(pk=enrolment.pk)
    assert not any(strangers.filter(rule).exists() for rule in POLICY_Q.values())
