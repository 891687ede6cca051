"""People on courses, counted by loops that say what DOMAIN §4 says: indicators 1.1, 2.1, 2.3, 3.1, 3.2 and 3.3."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from statistics import median

from tests.reports.plain.facts import SUBDISTRICTS, TODAY, Country, Enrolment
from tests.reports.plain.looking import Row, in_period, month_of

COUNTS = {"running", "completed", "closed"}
FINISHED = {"completed", "closed"}
SEVEN_USES = {"occupation", "earn", "spend_less", "solve_problems", "skill", "add_value", "enterprise"}
FORM_13_USES = SEVEN_USES | {"local_wisdom"}
TARGET_GROUPS = {"community_leader", "conscript", "thai_worker", "migrant_worker", "farmer", "health_volunteer",
                 "womens_group", "prisoner", "other_group"}  # fmt: skip
POLICY_BY_TICK = {"disabled": "disabled", "out_of_school_youth": "out_of_school_youth", "prisoner": "prison",
                  "conscript": "conscript", "welfare_card": "welfare_card", "other_group": "other"}  # fmt: skip
NOT_RECORDED = {"not_recorded"}


# The parts that somebody is in.
def age_of(person: Enrolment) -> int | None:
    """Completed years on the first course day; of a year alone, the difference of the years."""
    day, birth = person.course.starts_on, person.trainee.birth
    if birth is None or birth > day:
        return None
    had_birthday = (day.month, day.day) >= (birth.month, birth.day)
    return day.year - birth.year - (person.trainee.precision == "day" and not had_birthday)


def age_band(age: int | None) -> str:
    if age is None:
        return "not_recorded"
    return "below_15" if age < 15 else "15_39" if age < 40 else "40_59" if age < 60 else "60_up"


def policy_groups(country: Country, person: Enrolment) -> set[str]:
    groups = {POLICY_BY_TICK[tick] for tick in person.facts if tick in POLICY_BY_TICK}
    age = age_of(person)
    if age is not None and age >= 15:
        groups.add("elderly" if age >= 60 else "working_age")
    if person.lives_in:
        district, province = SUBDISTRICTS[person.lives_in]
        groups |= {
            area for area, (whole, single) in country.areas.items() if province in whole or district in single
        }
    return groups


def facts_of(country: Country, person: Enrolment) -> dict[str, set[str]]:
    return {
        "sex": {person.trainee.sex or "not_recorded"},
        "age_band": {age_band(age_of(person))},
        "target_group": TARGET_GROUPS & set(person.facts) or NOT_RECORDED,
        "policy_group": policy_groups(country, person) or NOT_RECORDED,
        "education": {person.education or "not_recorded"},
        "occupation": {person.occupation or "not_recorded"},
    }


def parts_of(country: Country, person: Enrolment) -> dict[str, set[str]]:
    return {
        **facts_of(country, person),
        "course_type": {person.course.kind},
        "trade_group": {person.course.trade_group},
        "skill_purpose": {person.skill_purpose or person.course.skill_purpose},
    }


# Rows of evidence.
def entrants(country: Country, states: set[str], day: str) -> list[Row]:
    """Who attended at least once, on courses of these states whose first or last day is in the period."""
    found = []
    for person in country.enrolments:
        decides = getattr(person.course, day)
        if person.is_there and person.came and person.course.status in states and in_period(decides):
            parts = {**parts_of(country, person), "month": month_of(decides)}
            found.append(Row(person, person.school, decides, parts))
    return found


def courses(country: Country, states: set[str], day: str) -> list[Row]:
    """The courses themselves, without which nobody can know anything of their people."""
    return [
        Row(course, course.school, getattr(course, day), {"month": month_of(getattr(course, day))})
        for course in country.courses
        if course.is_there and course.status in states and in_period(getattr(course, day))
    ]


def has_passed(country: Country, person: Enrolment) -> bool | None:
    """60 % of the points and 80 % of the hours, and where the year says so 12, 24 and 24; None: not assessed."""
    if person.points is None or None in person.points or person.hours is None:
        return None
    knowledge, practice, quality = person.points
    if country.parts_have_minimums and (knowledge < 12 or practice < 24 or quality < 24):
        return False
    return knowledge + practice + quality >= 60 and person.hours * 100 >= 80 * person.course.hours


# What is measured of some rows, with what stands beside.
def quotient(some, of, places="0.0001"):
    return (Decimal(some) / of).quantize(Decimal(places), rounding=ROUND_HALF_UP) if of else None


def share(some, of, **beside):
    return {"value": quotient(some, of), "sides": (some, of), "numerator": some, "denominator": of, **beside}


def trained(country: Country, rows: list[Row]):
    people = {row.of.person for row in rows}
    unknown = sum(row.of.trainee.number is None for row in rows)
    return {"value": len(people), "enrolments": len(rows), "without_number": unknown}


def judged(country: Country, rows: list[Row]):
    verdicts = [has_passed(country, row.of) for row in rows]
    forms = [row.of.levels for row in rows if row.of.levels is not None]
    levels = [level for form in forms for level in form if level is not None]
    on_need = [level for form in forms for level in form[:2] if level is not None]
    return share(
        verdicts.count(True),
        len(rows),
        unassessed=verdicts.count(None),
        satisfaction=quotient(sum(levels), len(levels), "0.01"),
        satisfaction_1_2=quotient(sum(on_need), len(on_need), "0.01"),
        satisfaction_n=len(forms),
    )


def sellers(country: Country):
    """The trainees with a product of their own in a channel that is open on the day of the report."""
    return {
        maker.trainee
        for channel in country.channels
        if not channel.is_binned and channel.opened_on <= TODAY
        and (channel.closed_on is None or channel.closed_on >= TODAY)
        for product in channel.products_there
        for maker in product.makers_there
    }  # fmt: skip


def exhibitors(country: Country):
    """The trainees whose work was shown by the day of the report: as a product, or in a contest."""
    found = set()
    for fair in country.fairs:
        if fair.status == "held" and fair.day <= TODAY:
            found |= {person.trainee for person in fair.people if person.is_there}
            for product in [*fair.shown, *fair.entered]:
                if product.is_there:
                    found |= {maker.trainee for maker in product.makers_there}
    return found


@lru_cache(maxsize=1)  # of the country that is looked at
def with_work(country: Country):
    return sellers(country), exhibitors(country)


def shown(country: Country, rows: list[Row]):
    sell, show = with_work(country)
    people = {row.of.person for row in rows}
    selling = {row.of.person for row in rows if row.of.trainee in sell}
    showing = {row.of.person for row in rows if row.of.trainee in show}
    return share(
        len(selling & showing), len(people), sells=len(selling), has_shown=len(showing), enrolments=len(rows)
    )


def asked(rows: list[Row]):
    """The answers, and what stands beside every figure of the follow-up."""
    answers = [row.of.answer for row in rows if row.of.answer]
    due = [row for row in rows if row.of.answer or (TODAY - row.of.course.ends_on).days >= 30]
    return answers, {"due": len(due), "response": quotient(len(answers), len(due)), "cohort": len(rows)}


def used(country: Country, rows: list[Row]):
    answers, beside = asked(rows)
    some = sum(bool(SEVEN_USES & set(each["uses"])) for each in answers)
    uses = {f"use_{use}": sum(use in each["uses"] for each in answers) for use in FORM_13_USES}
    return share(some, len(answers), **beside, **uses)


def together(country: Country, rows: list[Row]):
    answers, beside = asked(rows)
    joined = [each for each in answers if each["joined_group"] or each["joined_enterprise"]]
    both = sum(bool(each["works_with_partners"]) for each in joined)
    partners = sum(bool(each["works_with_partners"]) for each in answers)
    return share(both, len(answers), **beside, partners=partners, joined=len(joined))


def earns(country: Country, rows: list[Row]):
    answers, beside = asked(rows)
    more = [each for each in answers if each["added_income"]]
    incomes = [each["added_income"] for each in answers if each["added_income"] is not None]
    return share(
        sum(bool(each["sells"]) for each in more),
        len(answers),
        **beside,
        sold=sum(bool(each["sells"]) for each in answers),
        earns_more=len(more),
        is_known=sum(bool(each["is_known"]) for each in answers),
        income_n=len(incomes),
        mean_income=quotient(sum(incomes), len(incomes), "0.01"),
        median_income=quotient(median(incomes), 1, "0.01") if incomes else None,
    )
