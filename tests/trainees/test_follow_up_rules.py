"""The rules of the follow-up by hand: bands, due days, standing, response; also by the database."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import F

from offices.scoping import DEPARTMENT_EYES
from tests import factories as make
from trainees.follow_up import (
    IncomeBand,
    Response,
    Standing,
    due_on,
    due_waves,
    income_band,
    income_band_case,
    standing,
    uses_after,
)
from trainees.models import Enrolment, FollowUp
from trainees.models.follow_ups import Use

BANDS = [
    (None, None),
    ("0", None),
    ("0.01", "to_1000"),
    ("1000", "to_1000"),
    ("1000.01", "to_3000"),
    ("3000", "to_3000"),
    ("5000", "to_5000"),
    ("5000.50", "to_10000"),
    ("10000", "to_10000"),
    ("15000", "to_15000"),
    ("30000", "to_30000"),
    ("30000.01", "over_30000"),
    ("900000", "over_30000"),
]


@pytest.mark.parametrize("baht, band", BANDS)
def test_every_income_is_in_one_band_and_nothing_and_zero_are_in_none(baht, band):
    assert income_band(None if baht is None else Decimal(baht)) == (band and IncomeBand(band))


def test_the_database_puts_incomes_into_the_same_bands(world):
    for wave, (baht, _band) in enumerate(BANDS, start=1):
        make.FollowUpFactory(enrolment=world.ours.enrolment, wave=wave, added_income=baht and Decimal(baht))
    rows = FollowUp.objects.visible_to(DEPARTMENT_EYES).order_by("wave")
    bands = rows.annotate(band=income_band_case(F("added_income"))).values_list("band", flat=True)
    assert list(bands) == [band for _baht, band in BANDS]
    (latest,) = (
        Enrolment.objects.visible_to(DEPARTMENT_EYES)
        .filter(pk=world.ours.enrolment.pk)
        .annotate(band=income_band_case())
        .values_list("band", flat=True)
    )
    assert latest == "over_30000"


def test_waves_come_due_on_their_day_in_order_whatever_order_the_year_has_them_in(world):
    world.year.follow_up_days = [180, 30, 90, 30]
    ended = date(2026, 1, 17)
    assert due_on(ended, 30) == date(2026, 2, 16)
    assert due_waves(ended, world.year, date(2026, 2, 15)) == []
    assert due_waves(ended, world.year, date(2026, 2, 16)) == [30]
    assert due_waves(ended, world.year, date(2027, 1, 1)) == [30, 90, 180]


@pytest.mark.parametrize(
    "outcome, day, stands",
    [
        (None, date(2026, 2, 16), Standing.DUE),
        (None, date(2026, 3, 18), Standing.DUE),
        (None, date(2026, 3, 19), Standing.OVERDUE),
        ("not_reached", date(2026, 6, 1), Standing.NOT_REACHED),
        ("answered", date(2026, 6, 1), Standing.ANSWERED),
    ],
)
def test_a_wave_stands_as_its_record_and_its_day_say(outcome, day, stands):
    assert standing(outcome, date(2026, 2, 16), day) == stands


def test_of_nobody_due_there_is_no_share():
    assert Response(0, 0).share is None
    assert Response(3, 4).share == Decimal("0.75")
    assert Response(3, 4).left == 1


def test_earning_more_and_spending_less_belong_to_courses_of_an_occupation(world):
    course = world.ours.course
    assert set(uses_after(course)) == set(Use)
    course.curriculum.teaches_life_skills = True
    assert set(Use) - set(uses_after(course)) == {Use.EARN, Use.SPEND_LESS}


def test_an_enrolment_carries_its_latest_answer_also_when_one_is_taken_away(world):
    place = world.ours.enrolment
    first = make.FollowUpFactory(enrolment=place, wave=30)
    later = make.FollowUpFactory(enrolment=place, wave=90)
    make.FollowUpFactory(enrolment=place, wave=180, outcome="not_reached")
    place.refresh_from_db()
    assert place.latest_answer_id == later.pk
    FollowUp.objects.visible_to(DEPARTMENT_EYES).filter(pk=later.pk).delete()
    place.refresh_from_db()
    assert place.latest_answer_id == first.pk
