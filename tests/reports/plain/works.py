"""Products, fairs, channels, groups and sales, counted by loops that say what DOMAIN §4 says."""

from __future__ import annotations

from collections.abc import Iterable

from tests.reports.plain.facts import FIRST, LAST, Country, Course, Enrolment
from tests.reports.plain.looking import Row, in_period, month_of
from tests.reports.plain.people import FINISHED, NOT_RECORDED, facts_of, share

OF_PEOPLE = ("sex", "age_band", "target_group", "policy_group", "education", "occupation")


# The parts of what people made or showed: all those of the people and courses behind it.
def parts_behind(country: Country, people: Iterable[Enrolment], courses: Iterable[Course]) -> dict[str, set[str]]:
    parts: dict[str, set[str]] = {dimension: set() for dimension in OF_PEOPLE}
    for person in people:
        for dimension, found in facts_of(country, person).items():
            parts[dimension] |= found - NOT_RECORDED
    courses = list(courses)
    parts["course_type"] = {course.kind for course in courses}
    parts["trade_group"] = {course.trade_group for course in courses}
    parts["skill_purpose"] = {course.skill_purpose for course in courses}
    return {dimension: found or NOT_RECORDED for dimension, found in parts.items()}


# Rows of evidence.
def products_judged(country: Country) -> list[tuple[Row, bool | None]]:
    """Products with the period's latest verdict; None for the never assessed of courses that finished in it."""
    found = []
    for product in country.products:
        if not product.is_there:
            continue
        said = [(day, turn, met) for turn, (day, met, taken_back) in enumerate(product.assessed) if not taken_back]
        course, in_time = product.course, [each for each in said if in_period(each[0])]
        if in_time:
            day, _turn, met = max(in_time)
        elif (
            all(each[0] > LAST for each in said) and course.status in FINISHED and in_period(course.ends_on)
        ):  # nobody looked at it by the end of the period
            day, met = course.ends_on, None
        else:
            continue
        parts = {**parts_behind(country, product.makers_there, [course]), "month": month_of(day)}
        found.append((Row(product, product.school, day, parts), met))
    return found


def parts_in_fairs(country: Country, states: set[str]) -> list[Row]:
    """One row for each office that takes part; its people and courses are those of its own school."""
    found = []
    for fair in country.fairs:
        if fair.status not in states or not in_period(fair.day):
            continue
        for school, province in [
            *((school, None) for school in fair.schools),
            *((None, code) for code in fair.provinces),
            *([(None, None)] if fair.has_department else []),
        ]:
            people = [person for person in fair.people if person.is_there]
            courses = [course for course in fair.courses if course.is_there]
            for product in [*fair.shown, *fair.entered]:
                if product.is_there:
                    people += product.makers_there
                    courses += [product.course] if product in fair.shown else []
            parts = parts_behind(
                country,
                [person for person in people if person.school == school],
                [course for course in courses if course.school == school],
            )
            found.append(Row(fair, school, fair.day, {**parts, "month": month_of(fair.day)}, province))
    return found


def channels(country: Country, *, with_products: bool) -> list[Row]:
    """Those open for at least one day of the period; the last open day in it says whose they are."""
    found = []
    for channel in country.channels:
        products, until = channel.products_there, min(channel.closed_on or LAST, LAST)
        if channel.is_binned or channel.opened_on > LAST or until < FIRST or (with_products and not products):
            continue
        since = max(channel.opened_on, FIRST)
        numbers = range(since.year * 12 + since.month - 1, until.year * 12 + until.month)
        months = {f"{number // 12}-{number % 12 + 1:02d}" for number in numbers}
        people = [maker for product in products for maker in product.makers_there]
        parts = parts_behind(country, people, [product.course for product in products])
        found.append(Row(channel, channel.school, until, {**parts, "month": months}))
    return found


def beside(country: Country) -> dict[str, list[Row]]:
    """Groups formed, enterprises registered and sales: they stand beside, by a day of their own."""
    found: dict[str, list[Row]] = {"groups": [], "enterprises": [], "sales": []}

    def add(name, of, school, day, number=1):
        if in_period(day):
            found[name].append(Row(of, school, day, {"month": month_of(day)}, number=number))

    for group in country.groups:
        if group.is_binned:
            continue
        add("groups", group, group.school, group.formed_on)
        if group.kind == "enterprise" and group.registered_on:
            add("enterprises", group, group.school, group.registered_on)
    for channel in country.channels:
        for month, amount in {} if channel.is_binned else channel.sales.items():
            add("sales", channel, channel.school, month, amount)
    return found


# What is measured of some rows, with what stands beside.
def good(country: Country, rows: list[Row]):
    new = [
        row for row in rows
        if not any(day < FIRST and met and not taken_back for day, met, taken_back in row.of.assessed)
    ]  # fmt: skip
    return {"value": len(rows), "new": len(new)}


def met(country: Country, rows: list[Row]):
    verdicts = [row.number for row in rows]
    return share(verdicts.count(True), len(rows) - verdicts.count(None), unassessed=verdicts.count(None))


def fairs(country: Country, rows: list[Row]):
    return {"value": len({row.of for row in rows}), "offices": len({(row.school, row.province) for row in rows})}


def open_channels(country: Country, rows: list[Row]):
    return {"value": len(rows), "schools": len({row.school for row in rows})}
