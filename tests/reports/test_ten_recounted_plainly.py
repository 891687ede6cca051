"""All ten indicators, counted by the database and again by plain loops over what was drawn: they must agree.

The loops say what DOMAIN §4 and the indicators' own words say, and know nothing of the queries.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from offices.scoping import DEPARTMENT_EYES
from reports.figures import count_all, count_by_place
from reports.indicators import BY_CODE
from reports.offices import Level
from tests.reports.conftest import view_of
from tests.reports.random_worlds import TODAY, WORLDS, lay
from tests.reports.test_recounted_plainly import Undone, measured
from trainees.models import Result
from trainees.passing import judge

FIRST, LAST = date(2025, 10, 1), date(2026, 9, 30)
OFFICES = ["department", "province:50", "province:90", "school:1250070000", "school:A001"]
SEVEN_USES = {"occupation", "earn", "spend_less", "solve_problems", "skill", "add_value", "enterprise"}
FORM_13_USES = SEVEN_USES | {"local_wisdom"}


@dataclass(eq=False)
class Row:
    """A row of evidence: whose it is, on which day, and the parts that it is in."""

    of: Any
    school: Any
    day: date
    sex: set[str]
    months: set[str]
    province: str | None = None  # of an office's part in a fair


def in_period(day):
    return FIRST <= day <= LAST


def sexes(people):
    return {person.trainee.sex for person in people} - {""} or {"not_recorded"}


def month_of(day):
    return {f"{day:%Y-%m}"}


def places(facts, row, office):
    """The line of a table that a row is on: a province of the nation, a school of a province."""
    if office == "department":
        return (facts.province_on(row.school, row.day) if row.school else row.province) or "offices"
    return row.school.code if row.school else "offices"


def belongs(facts, row, office):
    kind, _colon, key = office.partition(":")
    if kind == "department":
        return True
    if kind == "school":
        return row.school is not None and row.school.code == key
    return facts.province_on(row.school, row.day) == key if row.school else row.province == key


# The rows of evidence.
def on_courses(facts, states, day):
    found = []
    for row in facts.enrolments:
        decides = getattr(row.course, day)
        if row.course.status in states and in_period(decides) and row.first_attended_on:
            found.append(Row(row, row.school, decides, {row.trainee.sex or "not_recorded"}, month_of(decides)))
    return found


def verdict(row):
    result = Result.objects.visible_to(DEPARTMENT_EYES).filter(enrolment=row).first()
    return judge(result, row.attended_hours, row.course.hours, row.course.fiscal_year).passed


def products_judged(facts):
    """Each product with its latest verdict in the period; None for those of finished courses that have none."""
    found = []
    for made in facts.products:
        assessed = sorted(each for each in made.assessed if in_period(each[0]))
        course = made.row.course
        if assessed:
            day, _pk, is_met = assessed[-1]
        elif (
            not any(each[0] <= LAST for each in made.assessed)
            and course.status in {"completed", "closed"} and in_period(course.ends_on)
        ):  # fmt: skip
            day, is_met = course.ends_on, None
        else:
            continue
        found.append((Row(made, made.school, day, sexes(made.makers), month_of(day)), is_met))
    return found


def fairs_held(facts):
    found = []
    for part in facts.parts:
        fair = part.fair
        if fair.status != "held" or not in_period(fair.starts_on):
            continue
        people = [row for row in facts.in_person[fair.pk] if row.school == part.school]
        for made in facts.products:
            if made.school == part.school and fair in made.shown_at:
                people += made.makers
        day = fair.starts_on
        found.append(Row(part, part.school, day, sexes(people), month_of(day), part.province_id))
    return found


def channels_open(facts):
    found = []
    for channel, products in facts.channels:
        until = min(channel.closed_on or LAST, LAST)
        if not products or channel.opened_on > LAST or until < FIRST:
            continue
        since = max(channel.opened_on, FIRST)
        numbers = range(since.year * 12 + since.month - 1, until.year * 12 + until.month)
        months = {f"{number // 12}-{number % 12 + 1:02d}" for number in numbers}
        people = [row for made in products for row in made.makers]
        found.append(Row(channel, channel.school, until, sexes(people), months))
    return found


def evidence(facts):
    finished = on_courses(facts, {"completed", "closed"}, "ends_on")
    passed = [row for row in finished if verdict(row.of)]
    products = products_judged(facts)
    return {
        "1.1": on_courses(facts, {"running", "completed", "closed"}, "starts_on"),
        "1.2": [row for row, is_met in products if is_met],
        "1.3": fairs_held(facts),
        "1.4": channels_open(facts),
        "2.1": finished,
        "2.2": [row for row, _is_met in products],
        "2.3": passed,
        "3.1": passed,
        "3.2": passed,
        "3.3": passed,
    }


# What is measured of some rows of evidence: the value, or the sides of a share, and what stands beside.
def quotient(some, of, places="0.0001"):
    return (Decimal(some) / of).quantize(Decimal(places), rounding=ROUND_HALF_UP) if of else None


def entered(facts, rows):
    people, enrolments = measured([row.of for row in rows])
    unknown = sum(row.of.trainee.person_key is None for row in rows)
    return people, {"enrolments": enrolments, "without_number": unknown}


def good(facts, rows):
    new = [row for row in rows if not any(day < FIRST and is_met for day, _pk, is_met in row.of.assessed)]
    return len(rows), {"new": len(new)}


def fairs(facts, rows):
    offices = {(row.of.school_id, row.of.province_id) for row in rows}
    return len({row.of.fair_id for row in rows}), {"offices": len(offices)}


def channels(facts, rows):
    return len(rows), {"schools": len({row.school for row in rows})}


def judged(facts, rows):
    verdicts = [verdict(row.of) for row in rows]
    forms = [facts.levels[row.of.pk] for row in rows if row.of.pk in facts.levels]
    levels = [level for form in forms for level in form if level is not None]
    on_need = [level for form in forms for level in form[:2] if level is not None]
    return (verdicts.count(True), len(rows)), {
        "unassessed": verdicts.count(None),
        "satisfaction": quotient(sum(levels), len(levels), "0.01"),
        "satisfaction_1_2": quotient(sum(on_need), len(on_need), "0.01"),
        "satisfaction_n": len(forms),
    }


def met(facts, rows):
    verdicts = {row.of: is_met for row, is_met in products_judged(facts)}
    found = [verdicts[row.of] for row in rows]
    return (found.count(True), len(found) - found.count(None)), {"unassessed": found.count(None)}


def sells(facts, row):
    return any(
        maker.trainee == row.trainee
        for channel, products in facts.channels
        if channel.opened_on <= TODAY and (channel.closed_on is None or channel.closed_on >= TODAY)
        for made in products
        for maker in made.makers
    )


def has_shown(facts, row):
    fairs = [part for part in facts.fairs if part.status == "held" and part.starts_on <= TODAY]
    people = [each for fair in fairs for each in facts.in_person[fair.pk]]
    for made in facts.products:
        if any(fair in made.shown_at for fair in fairs):
            people += made.makers
    return any(each.trainee == row.trainee for each in people)


def shown(facts, rows):
    people = defaultdict(list)
    for row in rows:
        people[row.of.trainee.person_key or row.of.pk].append(row.of)
    selling = {key for key, of in people.items() if any(sells(facts, row) for row in of)}
    showing = {key for key, of in people.items() if any(has_shown(facts, row) for row in of)}
    beside = {"sells": len(selling), "has_shown": len(showing), "enrolments": len(rows)}
    return (len(selling & showing), len(people)), beside


def asked(facts, rows):
    """The answers, and what stands beside every figure of the follow-up."""
    answers = [facts.answers[row.of.pk] for row in rows if row.of.pk in facts.answers]
    due = [row for row in rows if row.of.pk in facts.answers or (TODAY - row.of.course.ends_on).days >= 30]
    response = {"due": len(due), "response": quotient(len(answers), len(due)), "cohort": len(rows)}
    return answers, response


def used(facts, rows):
    answers, beside = asked(facts, rows)
    uses = {f"use_{use}": sum(use in each["uses"] for each in answers) for use in FORM_13_USES}
    return (sum(bool(SEVEN_USES & set(each["uses"])) for each in answers), len(answers)), {**beside, **uses}


def together(facts, rows):
    answers, beside = asked(facts, rows)
    joined = [each for each in answers if each["joined_group"] or each["joined_enterprise"]]
    both = [each for each in joined if each["works_with_partners"]]
    partners = sum(bool(each["works_with_partners"]) for each in answers)
    return (len(both), len(answers)), {**beside, "partners": partners, "joined": len(joined)}


def earns(facts, rows):
    answers, beside = asked(facts, rows)
    more = [each for each in answers if each["added_income"]]
    incomes = [each["added_income"] for each in answers if each["added_income"] is not None]
    return (sum(bool(each["sells"]) for each in more), len(answers)), {
        **beside,
        "sold": sum(bool(each["sells"]) for each in answers),
        "earns_more": len(more),
        "is_known": sum(bool(each["is_known"]) for each in answers),
        "income_n": len(incomes),
        "mean_income": quotient(sum(incomes), len(incomes), "0.01"),
        "median_income": quotient(median(incomes), 1, "0.01") if incomes else None,
    }


MEASURES = {
    "1.1": entered, "1.2": good, "1.3": fairs, "1.4": channels, "2.1": judged, "2.2": met, "2.3": shown,
    "3.1": used, "3.2": together, "3.3": earns,
}  # fmt: skip


def agrees(facts, code, figure, rows):
    """A figure of the application is what the loops make of these rows."""
    assert (figure.rows or 0) == len(rows), code
    if not rows:
        assert not figure.value
        return
    measured, beside = MEASURES[code](facts, rows)
    if isinstance(measured, tuple):
        assert (figure.sides, figure.value) == (measured, quotient(*measured)), code
        beside |= {"numerator": measured[0], "denominator": measured[1]}
    else:
        assert (figure.sides, figure.value) == (None, measured), code
    assert {name: figure[name] for name in beside} == beside, code


def others(facts):
    """Rows that stand beside, and are no evidence: name, row, number."""
    for group in facts.groups:
        yield "3.2", "groups", Row(group, group.school, group.formed_on, set(), month_of(group.formed_on)), 1
        day = group.registered_on
        if day and group.kind == "enterprise":
            yield "3.2", "enterprises", Row(group, group.school, day, set(), month_of(day)), 1
    for school, month, amount in facts.sales:
        yield "3.3", "sales", Row(None, school, month, set(), month_of(month)), amount


def stands_beside(figure, code, found):
    for name in {"3.2": ("groups", "enterprises"), "3.3": ("sales",)}.get(code, ()):
        numbers = [number for each, _row, number in found if each == name]
        if numbers:
            assert figure[name] == sum(numbers)
        else:
            assert not figure[name]


def in_parts(rows, part_of):
    found = defaultdict(list)
    for row in rows:
        for part in part_of(row):
            found[part].append(row)
    return found


def schools_of(facts, office):
    """All schools by the lines that they were on at any time of the period."""
    world, found = facts.world, defaultdict(set)
    for school in (world.our_school, world.sister_school, world.their_school, world.attached_school):
        for day in (FIRST, LAST):
            row = Row(None, school, day, set(), set())
            if belongs(facts, row, office):
                found[places(facts, row, office)].add(school)
    return found


@pytest.mark.django_db
@settings(
    max_examples=40,
    phases=[Phase.reuse, Phase.generate],  # a world takes too long to be made smaller step by step
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(drawn=WORLDS, office=st.sampled_from(OFFICES))
def test_plain_loops_count_the_same_for_all_ten(world, monkeypatch, drawn, office):
    monkeypatch.setattr("reports.evidence.people.today", lambda: TODAY)
    with pytest.raises(Undone), transaction.atomic():
        facts = lay(world, drawn)
        beside = [each for each in others(facts) if in_period(each[2].day) and belongs(facts, each[2], office)]
        view = view_of(office)
        counted = count_all(view)
        assert [each.indicator.code for each in counted] == list(MEASURES)
        everything = evidence(facts)
        for each in counted:
            code = each.indicator.code
            rows = [row for row in everything[code] if belongs(facts, row, office)]
            found = [(name, row, number) for of, name, row, number in beside if of == code]
            agrees(facts, code, each.total, rows)
            stands_beside(each.total, code, found)
            compare_parts(facts, office, each, rows, found)
            compare_places(facts, office, view, code, rows)
        raise Undone


def compare_parts(facts, office, counted, rows, found):
    if not counted.breakdowns:  # nothing is known, so there is nothing to break down
        assert not rows and not found
        return
    code, of_breakdown = counted.indicator.code, {each.dimension.code: each for each in counted.breakdowns}
    rules = {
        "sex": lambda row: row.sex,
        "month": lambda row: row.months,
        "place": lambda row: {places(facts, row, office)},
    }
    if office.startswith("school"):
        assert "place" not in of_breakdown
        del rules["place"]
    for dimension, part_of in rules.items():
        breakdown, expected = of_breakdown[dimension], in_parts(rows, part_of)
        assert set(expected) <= {part.code for part, _figure in breakdown.parts}
        for part, figure in breakdown.parts:
            agrees(facts, code, figure, expected[part.code])
            if dimension != "sex":
                stands_beside(figure, code, [each for each in found if part.code in part_of(each[1])])
    for breakdown in counted.breakdowns:
        if not breakdown.dimension.overlapping:
            assert sum(figure.rows or 0 for _part, figure in breakdown.parts) == len(rows)
    if code == "1.4":
        schools = schools_of(facts, office)
        share_of_schools(counted.total, set().union(*schools.values()), rows)
        for place, figure in counted.by_place.items():
            share_of_schools(figure, schools[place], [row for row in rows if places(facts, row, office) == place])


def share_of_schools(figure, schools, rows):
    if rows:
        having = len({row.school for row in rows})
        assert (figure["of_schools"], figure["schools_share"]) == (len(schools), quotient(having, len(schools)))


def compare_places(facts, office, view, code, rows):
    """Counted by school, each school's line says the same as its own rows."""
    lines = count_by_place(BY_CODE[code], view, Level.SCHOOL, broken_down=False)
    expected = in_parts([row for row in rows if row.school], lambda row: {row.school.code})
    assert set(expected) <= set(lines)
    for place, line in lines.items():
        agrees(facts, code, line.total, expected[place])
