"""Small invented worlds with everything that the ten indicators count, kept in Python as they were drawn."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from courses.models import Course
from offices.models import Membership
from offices.scoping import DEPARTMENT_EYES
from tests import factories as make
from tests.reports.test_recounted_plainly import SCHOOLS, make_world
from trainees.models import Use
from trainees.models.facts import Sex

TODAY = date(2026, 6, 30)
MOVED_ON = date(2026, 2, 28)
"""Where a school moves, this is its first day in the other province."""

SOME = st.integers(0, 7)
BINNED = st.sampled_from([False] * 5 + [True])
DAYS = st.sampled_from(
    [
        date(2025, 9, 30),
        date(2025, 10, 1),
        date(2026, 1, 31),
        date(2026, 2, 28),
        date(2026, 5, 31),
        date(2026, 6, 1),
        date(2026, 9, 30),
        date(2026, 10, 1),
    ]
)
FINISHED = ["completed", "closed"]
COURSES = st.lists(
    st.tuples(
        st.sampled_from(SCHOOLS), st.sampled_from([*FINISHED * 6, *Course.Status.values]), DAYS,
        st.sampled_from([0, 0, 3]),
    ),
    min_size=1,
    max_size=4,
)  # fmt: skip
PEOPLE = st.lists(
    st.fixed_dictionaries({
        "course": st.integers(0, 3),
        "number": st.sampled_from([None, 1, 1, 2, 3]),
        "came": st.sampled_from([True] * 5 + [False]),
        "binned": BINNED,
        "sex": st.sampled_from(["", *Sex.values]),
        "birth": st.just(date(1986, 3, 1)),
        "precision": st.just("day"),
        "facts": st.just([]),
        "education": st.just(""),
        "skill_purpose": st.just(""),
        "points": st.sampled_from([(16, 32, 32)] * 4 + [(10, 24, 25), (20, 40, None), None]),
        "hours": st.sampled_from([Decimal(8)] * 4 + [Decimal("6.4"), Decimal(6), None]),
        "withdrawn": st.sampled_from([False] * 4 + [True]),
        "levels": st.one_of(st.none(), st.lists(st.sampled_from([None, 1, 4, 5]), min_size=4, max_size=4)),
        "waves": st.dictionaries(
            st.sampled_from([30, 90, 180]),
            st.fixed_dictionaries({
                "outcome": st.sampled_from(["answered", "answered", "not_reached"]),
                "uses": st.lists(st.sampled_from(Use.values), unique=True, max_size=2),
                "added_income": st.sampled_from([None, Decimal(0), Decimal("999.99"), Decimal(1500)]),
                **{
                    mark: st.sampled_from([None, False, True, True])
                    for mark in ("joined_group", "joined_enterprise", "works_with_partners", "sells", "is_known")
                },
            }),
            max_size=2,
        ),
    }),
    min_size=3,
    max_size=8,
)  # fmt: skip
PRODUCTS = st.lists(
    st.fixed_dictionaries({
        "course": st.integers(0, 3),
        "makers": st.lists(SOME, max_size=3),
        "binned": BINNED,
        "assessed": st.lists(st.tuples(DAYS, st.booleans(), BINNED), max_size=3),
        "exhibited": st.lists(SOME, max_size=2),
        "entered": st.lists(SOME, max_size=1),
    }),
    min_size=1,
    max_size=4,
)  # fmt: skip
CHANNELS = st.lists(
    st.fixed_dictionaries({
        "side": st.sampled_from(SCHOOLS),
        "days": st.tuples(DAYS, st.one_of(st.none(), DAYS)).map(lambda days: sorted(days) if days[1] else days),
        "products": st.lists(SOME, max_size=3),
        "binned": BINNED,
        "sales": st.dictionaries(
            st.sampled_from([date(2025, 9, 1), date(2025, 10, 1), date(2026, 3, 1)]),
            st.sampled_from([Decimal(0), Decimal("120.50"), Decimal(3000)]),
            max_size=2,
        ),
    }),
    min_size=1,
    max_size=3,
)  # fmt: skip
FAIRS = st.lists(
    st.fixed_dictionaries({
        "status": st.sampled_from(["held", "held", "held", "planned", "cancelled"]),
        "day": DAYS,
        "offices": st.lists(
            st.sampled_from([*SCHOOLS, "province:50", "province:90", "department"]), unique=True, max_size=4
        ),
        "people": st.lists(SOME, max_size=2),
    }),
    min_size=2,
    max_size=3,
)  # fmt: skip
GROUPS = st.lists(
    st.tuples(
        st.sampled_from(SCHOOLS),
        st.sampled_from(["group", "enterprise"]),
        DAYS,
        st.one_of(st.none(), DAYS),
        BINNED,
    ),
    max_size=3,
)
WORLDS = st.fixed_dictionaries({
    "moves": st.booleans(), "courses": COURSES, "people": PEOPLE, "products": PRODUCTS, "channels": CHANNELS,
    "fairs": FAIRS, "groups": GROUPS,
})  # fmt: skip


@dataclass(eq=False)
class Made:
    """A product, and all that was said of it."""

    row: Any
    makers: list[Any]
    assessed: list[tuple[date, int, bool]]
    shown_at: list[Any] = field(default_factory=list)

    @property
    def school(self):
        return self.row.school


@dataclass(eq=False)
class Facts:
    """What there is, the bins left out: rows as they were made, and what was drawn for each."""

    world: Any
    moves: bool
    courses: list[Any]
    enrolments: list[Any]
    levels: dict[int, list[int | None]]
    answers: dict[int, dict[str, Any]]
    products: list[Made] = field(default_factory=list)
    channels: list[tuple[Any, list[Made]]] = field(default_factory=list)
    sales: list[tuple[Any, date, Decimal]] = field(default_factory=list)
    fairs: list[Any] = field(default_factory=list)
    parts: list[Any] = field(default_factory=list)
    in_person: dict[int, list[Any]] = field(default_factory=lambda: defaultdict(list))
    groups: list[Any] = field(default_factory=list)

    def province_on(self, school, day):
        if school == self.world.attached_school:
            return "attached"
        if school == self.world.our_school:
            return "90" if self.moves and day >= MOVED_ON else "50"
        return "50" if school == self.world.sister_school else "90"


def lay(world, drawn):
    """Write the drawn world into the database."""
    if drawn["moves"]:
        move(world)
    courses, rows = make_world(world, drawn["courses"], drawn["people"])
    facts = Facts(world, drawn["moves"], courses, [], {}, {})
    lay_people(facts, rows, drawn["people"])
    fairs = facts.fairs = [lay_fair(facts, each) for each in drawn["fairs"]]
    made = [lay_product(facts, courses, rows, fairs, each) for each in drawn["products"]]
    for each in drawn["channels"]:
        lay_channel(facts, made, each)
    for fair, each in zip(fairs, drawn["fairs"], strict=True):
        for row in picked(rows, each["people"]):
            make.ContestEntryFactory(fair=fair, enrolment=row)
            if not row.binned_at:
                facts.in_person[fair.pk].append(row)
    for side, kind, formed_on, registered_on, binned in drawn["groups"]:
        group = make.GroupFactory(
            school=getattr(world, side).school, kind=kind, formed_on=formed_on, registered_on=registered_on,
            registration_number="1-50-07" if registered_on else "", binned_at=thrown(binned),
        )  # fmt: skip
        if not binned:
            facts.groups.append(group)
    return facts


def move(world):
    belongs = Membership.objects.visible_to(DEPARTMENT_EYES).filter(school=world.our_school)
    belongs.update(ends_on=date(2026, 2, 27))
    make.MembershipFactory(school=world.our_school, province=world.their_province, starts_on=MOVED_ON)


def thrown(binned):
    return "2026-01-01T00:00Z" if binned else None


def picked(things, numbers, school=None):
    """Some of the things, each once; those of one school where it is given."""
    near = [each for each in things if school is None or each.school == school]
    return list({id(near[n % len(near)]): near[n % len(near)] for n in numbers}.values()) if near else []


def lay_people(facts, rows, people):
    for row, each in zip(rows, people, strict=False):
        if each["withdrawn"]:
            row.status, row.withdrawn_on = "withdrawn", row.course.ends_on
            row.save()
        if each["levels"] is not None:
            # Three items, and one that stands for all the others; a form may bring a comment alone.
            first, second, third, other = each["levels"]
            levels = [first, second, third, *[other] * 13]
            items = {f"item_{number}": level for number, level in enumerate(levels, start=1)}
            make.SatisfactionFactory(enrolment=row, comment="ดีมาก", **items)
            facts.levels[row.pk] = levels
        for wave, answer in each["waves"].items():
            make.FollowUpFactory(enrolment=row, wave=wave, **answer)
        answered = [wave for wave, answer in each["waves"].items() if answer["outcome"] == "answered"]
        if answered:
            facts.answers[row.pk] = each["waves"][max(answered)]
        if not row.binned_at:
            facts.enrolments.append(row)


def lay_fair(facts, each):
    world, day = facts.world, each["day"]
    reason = "ฝนตก" if each["status"] == "cancelled" else ""
    fair = make.FairFactory(
        fiscal_year=world.year, status=each["status"], status_reason=reason, starts_on=day, ends_on=day
    )
    offices = {
        "province:50": {"province": world.our_province},
        "province:90": {"province": world.their_province},
        "department": {},
    }
    for office in each["offices"]:
        where = offices[office] if office in offices else {"school": getattr(world, office).school}
        facts.parts.append(make.FairPartFactory(fair=fair, **where))
    return fair


def lay_product(facts, courses, rows, fairs, each):
    course = courses[each["course"] % len(courses)]
    product = make.ProductFactory(course=course, binned_at=thrown(each["binned"]))
    made = Made(product, [], [])
    for row in picked(rows, each["makers"], course.school):
        make.MakerFactory(product=product, enrolment=row)
        if not row.binned_at:
            made.makers.append(row)
    for day, is_met, binned in each["assessed"]:
        taken_back = {"binned_at": thrown(True), "taken_back_because": "ผิดชิ้น"} if binned else {}
        assessment = make.AssessmentFactory(
            product=product, assessed_on=day, is_met=is_met, fiscal_year=facts.world.year,
            entered_by=facts.world.attached_user, **taken_back,
        )  # fmt: skip
        if not binned:
            made.assessed.append((day, assessment.pk, is_met))
    for fair in picked(fairs, each["exhibited"]):
        make.ExhibitFactory(fair=fair, product=product)
        made.shown_at.append(fair)
    for fair in picked(fairs, each["entered"]):
        make.ContestEntryFactory(fair=fair, product=product)
        made.shown_at.append(fair)
    if not each["binned"]:
        facts.products.append(made)
    return made


def lay_channel(facts, made, each):
    school = getattr(facts.world, each["side"]).school
    opened_on, closed_on = each["days"]
    channel = make.ChannelFactory(
        school=school, opened_on=opened_on, closed_on=closed_on, binned_at=thrown(each["binned"])
    )
    offered = picked(made, each["products"], school)
    for product in offered:
        make.OfferFactory(channel=channel, product=product.row)
    for month, amount in each["sales"].items():
        make.SaleFactory(channel=channel, month=month, amount=amount)
        if not each["binned"]:
            facts.sales.append((school, month, amount))
    if not each["binned"]:
        facts.channels.append((channel, [product for product in offered if product in facts.products]))
