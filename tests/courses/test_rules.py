"""The rule of the course types: hand examples of the letter, and wild numbers."""

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from courses.rules import HoursRefused, classify, may_open
from offices.models import CourseType

SHORT = CourseType(kind="short", least_hours=Decimal(3), most_hours=Decimal(9), group_size=6)
LONG = CourseType(kind="long", least_hours=Decimal(10), most_hours=None, group_size=15)
HALF = Decimal("0.5")


def judge(hours, types=(SHORT, LONG), step=HALF, most_hours=Decimal(1000)):
    return classify(Decimal(hours), types, step=step, most_hours=most_hours)


def refusal(hours, **rules) -> str:
    with translation.override("en"), pytest.raises(HoursRefused) as refused:
        judge(hours, **rules)
    return refused.value.message


@pytest.mark.parametrize(
    ("hours", "kind"),
    [
        ("3", SHORT),
        ("3.5", SHORT),
        ("8", SHORT),
        ("9", SHORT),
        ("9.0", SHORT),
        ("10", LONG),
        ("10.5", LONG),
        ("1000", LONG),
    ],
)
def test_hours_fall_into_the_type_that_covers_them(hours, kind):
    assert judge(hours) is kind


def test_the_order_in_which_types_are_given_does_not_matter():
    assert judge("8", types=[LONG, SHORT]) is SHORT
    assert judge("12", types=[LONG, SHORT]) is LONG


@pytest.mark.parametrize(
    ("hours", "message"),
    [
        ("2.5", "2.5 hours: no course type begins below 3 hours."),
        ("0.5", "0.5 hours: no course type begins below 3 hours."),
        (
            "9.5",
            "9.5 hours lies between the short course (up to 9) and the long course (from 10): no type exists.",
        ),
        ("0", "A course of 0 hours is no course: enter how many hours are taught."),
        ("-3", "Hours cannot be negative."),
        ("7.3", "7.3 hours: only whole and half hours count, such as 7 or 7.5."),
        ("9.75", "9.75 hours: only whole and half hours count, such as 7 or 7.5."),
        ("10000", "10,000 hours is more than a course can have (at most 1,000): please check the number."),
        ("1000.5", "1,000.5 hours is more than a course can have (at most 1,000): please check the number."),
        ("NaN", "The hours must be a number."),
        ("Infinity", "The hours must be a number."),
        ("-Infinity", "The hours must be a number."),
    ],
)
def test_each_impossible_number_of_hours_has_its_own_reason(hours, message):
    assert refusal(hours) == message


def test_the_reasons_follow_the_years_own_bounds():
    short = CourseType(kind="short", least_hours=Decimal(5), most_hours=Decimal(12), group_size=4)
    long = CourseType(kind="long", least_hours=Decimal(20), most_hours=Decimal(60), group_size=10)
    assert judge("5", types=[short, long]) is short
    assert "begins below 5 hours" in refusal("4.5", types=[short, long])
    assert "(up to 12)" in refusal("15", types=[short, long])
    assert refusal("61", types=[short, long]) == "61 hours: no course type goes beyond 60 hours."
    assert refusal("6.5", types=[short, long], step=Decimal(1)) == "6.5 hours: hours go in steps of 1."


def test_a_year_without_types_says_so():
    assert "no course types yet" in refusal("8", types=[])


@given(st.decimals(allow_nan=True, allow_infinity=True))
def test_whatever_number_is_asked_either_one_type_covers_it_or_a_reason_is_given(hours):
    try:
        kind = classify(hours, [SHORT, LONG], step=HALF, most_hours=Decimal(1000))
    except HoursRefused as refused:
        assert refused.message
        halves = hours.is_finite() and 0 < hours <= 1000 and hours % HALF == 0
        assert not (halves and (3 <= hours <= 9 or hours >= 10))
    else:
        assert kind.covers(hours)
        assert hours % HALF == 0
        assert [SHORT.covers(hours), LONG.covers(hours)].count(True) == 1


def test_five_of_six_people_is_the_exact_reason():
    with translation.override("en"):
        verdict = may_open(SHORT, 5, hours=Decimal("8.0"), individual=False)
    assert (verdict.ok, verdict.reason) == (False, "8-hour course: 5 of 6 people")


@given(people=st.integers(0, 200), kind=st.sampled_from([SHORT, LONG]), individual=st.booleans())
def test_a_course_opens_with_its_group_size_and_individual_learning_with_anybody(people, kind, individual):
    verdict = may_open(kind, people, hours=Decimal(8), individual=individual)
    assert verdict.ok == (individual or people >= kind.group_size)
    assert bool(verdict.reason) != verdict.ok
