"""How an invented country is drawn, and out of what.

Hypothesis chooses where a generator of chance begins, and that draws: a country is too many choices for hypothesis
to keep each of them.
"""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from tests.reports.plain.facts import (
    SUBDISTRICTS,
    Channel,
    Country,
    Course,
    Enrolment,
    Fair,
    Group,
    Land,
    Product,
    School,
    Trainee,
)

MOVED_ON = date(2026, 2, 28)
"""Where a school moves, this is its first day in the other province."""
SINCE = date(2020, 10, 1)

DAYS = [date(2025, 10, 1), date(2025, 12, 15), date(2026, 1, 31), date(2026, 2, 27), date(2026, 2, 28),
        date(2026, 2, 28), date(2026, 4, 10), date(2026, 5, 31), date(2026, 6, 1), date(2026, 9, 30),
        date(2025, 9, 30), date(2026, 10, 1)]  # fmt: skip
STATES = [*["running", "completed", "closed", "completed", "closed"] * 3, "draft", "approved", "open", "running",
          "completed", "closed", "postponed", "cancelled"]  # fmt: skip
TRADES = ["agriculture", "industry", "commerce", "creative", "specialised"]
SKILLS = ["new_skill", "up_skill", "re_skill"]
NUMBERS = [None, "nobody", 1, 1, 2, 3, 4, 5]
"""Of the nation's people: without a document, the one of the school whom nobody knows, and five with a number."""
BIRTHS = [None, date(1950, 1, 31), date(1966, 2, 28), date(1986, 3, 1), date(1986, 3, 1), date(2008, 2, 29),
          date(2014, 2, 28), date(2030, 1, 1)]  # fmt: skip
EDUCATION = ["", "below_primary", "primary", "lower_secondary", "upper_secondary", "diploma", "bachelor",
             "above_bachelor"]  # fmt: skip
OCCUPATIONS = ["", "civil_servant", "state_enterprise", "trade", "farmer", "hired", "other"]
FACTS = ["community_leader", "conscript", "thai_worker", "migrant_worker", "farmer", "health_volunteer",
         "womens_group", "prisoner", "other_group", "no_income", "womens_fund", "disabled", "welfare_card",
         "village_fund", "other_status", "out_of_school_youth"]  # fmt: skip
POINTS = [*[(16, 32, 32)] * 9, (20, 40, 0), (10, 25, 25), (12, 24, 24), (11, 24, 24), (20, 40, None), None]
HOURS = [*[1] * 8, Decimal("0.8"), Decimal("0.75"), 0, None]
"""Of those of the course."""
USES = ["occupation", "earn", "spend_less", "solve_problems", "skill", "local_wisdom", "add_value", "enterprise",
        "knowledge", "spare_time"]  # fmt: skip
INCOMES = [None, Decimal(0), Decimal("999.99"), Decimal(1500), Decimal(1500)]
MARKS = ["joined_group", "joined_enterprise", "works_with_partners", "sells", "is_known"]
SALES = [Decimal(0), Decimal("120.50"), Decimal(3000)]
SALES_MONTHS = [date(2025, 9, 1), date(2025, 10, 1), date(2026, 3, 1)]
AREAS = ["southern_border", "eastern_development", "special_economic"]


def countries(places, worlds):
    """Countries of so many worlds; `places` are the codes of each: two provinces and four schools."""
    return st.randoms(use_true_random=True).map(lambda chance: country_of(chance, places[:worlds]))


def country_of(chance, places):
    areas = {code: (some(chance, ["50", "90"], 0, 1), some(chance, ["5007", "9001"], 0, 1)) for code in AREAS}
    country = Country([], chance.random() < 0.5, areas)
    for codes in places:
        land = settle(codes, chance.random() < 0.5)
        country.lands.append(land)
        add(chance, country, land)
    return country


def some(chance, things, least, most):
    """As many of the things, each once."""
    return chance.sample(things, min(len(things), chance.randint(least, most)))


def rarely(chance):
    return chance.random() < 0.08


def settle(codes, moves):
    near, far, *schools = codes
    moving, sister, other, attached = (School(code) for code in schools)
    sister.belonged, other.belonged = [(SINCE, None, near)], [(SINCE, None, far)]
    if moves:
        moving.belonged = [(SINCE, MOVED_ON - timedelta(days=1), near), (MOVED_ON, None, far)]
    else:
        moving.belonged = [(SINCE, None, near)]
    return Land(near, far, moving, sister, other, attached)


def add(chance, country, land):
    """Everything of one world."""
    courses = [course_of(chance, chance.choice(land.schools)) for _turn in range(chance.randint(6, 8))]
    people = enrol(chance, country, courses)
    products = [product_of(chance, chance.choice(courses), people) for _turn in range(chance.randint(5, 8))]
    country.courses += courses
    country.enrolments += people
    country.products += products
    for _turn in range(chance.randint(5, 7)):
        country.channels.append(channel_of(chance, chance.choice(products).school, products))
    for _turn in range(chance.randint(2, 3)):
        country.fairs.append(fair_of(chance, land, courses, people, products))
    for _turn in range(chance.randint(0, 3)):
        kind, formed = chance.choice(["group", "enterprise"]), chance.choice(DAYS)
        registered = chance.choice([None, chance.choice(DAYS)])
        country.groups.append(Group(chance.choice(land.schools), kind, formed, registered, rarely(chance)))


def course_of(chance, school):
    kind, hours = chance.choice([("short", Decimal(8)), ("long", Decimal(20))])
    first = chance.choice(DAYS)
    last = first + timedelta(days=chance.choice([0, 0, 3, 40]))
    return Course(
        school, chance.choice(STATES), first, last, kind, hours, chance.choice(TRADES), chance.choice(SKILLS),
        rarely(chance),
    )  # fmt: skip


def enrol(chance, country, courses):
    """Everybody once on a course; at each school somebody with a number is one trainee, as is its one “nobody”."""
    register, met, rows = {}, set(), []
    for _turn in range(chance.randint(14, 18)):
        course, number = chance.choice(courses), chance.choice(NUMBERS)
        trainee = register.get((course.school, number)) if number else None
        if trainee is None:
            trainee = register[course.school, number] = Trainee(
                course.school, number if isinstance(number, int) else None, chance.choice(["female", "male", ""]),
                chance.choice(BIRTHS), chance.choice(["day", "day", "year"]), rarely(chance),
            )  # fmt: skip
            country.trainees.append(trainee)
        if (course, trainee) not in met:
            met.add((course, trainee))
            rows.append(person_on(chance, course, trainee))
    return rows


def person_on(chance, course, trainee):
    share = chance.choice(HOURS)
    return Enrolment(
        course, trainee,
        came=chance.random() < 0.9,
        is_binned=rarely(chance),
        has_withdrawn=rarely(chance),
        education=chance.choice(EDUCATION),
        occupation=chance.choice(OCCUPATIONS),
        facts=some(chance, FACTS, 0, 3),
        lives_in=chance.choice([None, *SUBDISTRICTS]),
        skill_purpose=chance.choice(["", "", "up_skill", "re_skill"]),
        points=chance.choice(POINTS),
        hours=None if share is None else course.hours * share,
        levels=chance.choice([None, [chance.choice([None, 1, 4, 5]) for _item in range(16)]]),
        waves={wave: answer_of(chance) for wave in chance.sample([30, 90, 180], chance.choice([0, 1, 1, 2]))},
    )  # fmt: skip


def answer_of(chance):
    return {
        "outcome": chance.choice(["answered", "answered", "answered", "not_reached"]),
        "uses": some(chance, USES, 0, 2),
        "added_income": chance.choice(INCOMES),
        **{mark: chance.choice([None, False, True, True]) for mark in MARKS},
    }


def product_of(chance, course, people):
    makers = some(chance, [person for person in people if person.school == course.school], 0, 3)
    assessed = [
        (chance.choice(DAYS), chance.random() < 0.75, rarely(chance)) for _turn in range(chance.randint(0, 3))
    ]
    return Product(course, makers, assessed, rarely(chance))


def channel_of(chance, school, products):
    opened, closed = chance.choice(DAYS), chance.choice([None, chance.choice(DAYS)])
    if closed:
        opened, closed = min(opened, closed), max(opened, closed)
    offered = some(chance, [product for product in products if product.school == school], 0, 3)
    sales = {month: chance.choice(SALES) for month in some(chance, SALES_MONTHS, 0, 2)}
    return Channel(school, opened, closed, offered, sales, rarely(chance))


def fair_of(chance, land, courses, people, products):
    return Fair(
        chance.choice(["held", "held", "held", "held", "planned", "cancelled"]),
        chance.choice(DAYS),
        schools=some(chance, land.schools, 1, 4),
        provinces=some(chance, [land.near, land.far], 0, 2),
        has_department=rarely(chance),
        shown=some(chance, products, 0, 3),
        courses=some(chance, courses, 0, 2),
        entered=some(chance, products, 0, 1),
        people=some(chance, people, 0, 3),
    )
