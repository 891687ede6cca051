"""One small world for each indicator, counted by hand; in each, a stranger has rows that must not be counted."""

from datetime import date
from decimal import Decimal

import pytest

from offices.models import Membership
from offices.scoping import DEPARTMENT_EYES
from reports.figures import count, total
from reports.indicators import BY_CODE
from tests import factories as make
from tests.reports.conftest import assess, nobody, view_of

pytestmark = pytest.mark.django_db

OURS, THEIRS, NATION = "school:1250070000", "school:1290010000", "department"


@pytest.fixture(autouse=True)
def on_a_day(monkeypatch):
    monkeypatch.setattr("reports.evidence.people.today", lambda: date(2026, 6, 30))


@pytest.fixture
def who_passed(running, come):
    """Somebody who passed on a course of one day in January, or the day given."""

    def enrol(side, trainee=None, day=date(2026, 1, 16)):
        return assess(come(running(side, day, status="completed"), trainee))

    return enrol


@pytest.fixture
def product(world):
    def of(side, *makers):
        made = make.ProductFactory(course=makers[0].course if makers else side.course)
        for maker in makers:
            make.MakerFactory(product=made, enrolment=maker)
        return made

    return of


@pytest.fixture
def judge(world):
    def say(product, is_met, day=date(2026, 2, 1)):
        make.AssessmentFactory(
            product=product, is_met=is_met, assessed_on=day, fiscal_year=world.year, entered_by=world.attached_user
        )

    return say


@pytest.fixture
def fair(world):
    def hold(status="held", day=date(2026, 3, 1), schools=()):
        reason = "ฝนตก" if status == "cancelled" else ""
        facts = {"status_reason": reason, "starts_on": day, "ends_on": day}
        held = make.FairFactory(fiscal_year=world.year, status=status, **facts)
        for school in schools:
            make.FairPartFactory(fair=held, school=school)
        return held

    return hold


def figure(code, office):
    return total(BY_CODE[code], view_of(office))


def place(code, office):
    return count(BY_CODE[code], view_of(NATION)).by_place[office]


def beside(figure, *names):
    return tuple(figure[name] for name in names)


def test_a_product_counts_by_its_latest_assessment_of_the_period(world, product, judge):
    improved, spoilt, old, lapsed = (product(world.ours) for _ in range(4))
    judge(improved, False)
    judge(improved, True, date(2026, 3, 1))
    judge(spoilt, True)
    judge(spoilt, False, date(2026, 3, 1))
    judge(old, True, date(2025, 9, 30))
    judge(old, True, date(2025, 10, 1))
    judge(lapsed, True, date(2025, 9, 30))
    judge(product(world.theirs), True)

    ours, nation = figure("1.2", OURS), figure("1.2", NATION)

    assert (ours.value, ours["new"]) == (2, 1)
    assert (nation.value, nation["new"]) == (3, 2)


def test_a_fair_counts_once_however_many_offices_took_part(world, fair):
    fair(schools=[world.our_school, world.sister_school, world.their_school])
    fair(schools=[world.our_school])
    fair("planned", schools=[world.our_school])
    fair("cancelled", schools=[world.our_school])
    fair(day=date(2026, 10, 1), schools=[world.our_school])
    fair(schools=[world.their_school])

    said = {o: (figure("1.3", o).value, figure("1.3", o)["offices"]) for o in (OURS, "province:50", NATION)}

    # Our school was at two fairs and is one office.
    assert said == {OURS: (2, 1), "province:50": (2, 2), NATION: (3, 3)}


def test_a_channel_counts_with_a_product_and_a_day_in_the_period(world, product):
    def channel(side, opened_on, closed_on, *products):
        made = make.ChannelFactory(school=side.school, opened_on=opened_on, closed_on=closed_on)
        for each in products:
            make.OfferFactory(channel=made, product=each)

    cake = product(world.ours)
    channel(world.ours, date(2020, 1, 1), None, cake)
    channel(world.ours, date(2020, 1, 1), date(2025, 10, 1), cake)
    channel(world.ours, date(2020, 1, 1), date(2025, 9, 30), cake)
    channel(world.ours, date(2026, 10, 1), None, cake)
    channel(world.ours, date(2026, 1, 1), None)
    channel(world.theirs, date(2026, 1, 1), None, product(world.theirs))

    names = ("schools", "of_schools", "schools_share")
    assert (figure("1.4", OURS).value, *beside(figure("1.4", OURS), *names)) == (2, 1, 1, 1)
    province, nation = figure("1.4", "province:50"), figure("1.4", NATION)
    assert (province.value, *beside(province, *names)) == (2, 1, 2, Decimal("0.5"))
    assert (nation.value, *beside(nation, *names)) == (3, 2, 4, Decimal("0.5"))


def test_a_school_that_moved_is_one_of_both_provinces_and_one_of_the_nation(world, product):
    Membership.objects.visible_to(DEPARTMENT_EYES).filter(school=world.our_school).update(ends_on="2026-02-27")
    moved = {"school": world.our_school, "province": world.their_province, "starts_on": date(2026, 2, 28)}
    make.MembershipFactory(**moved)
    for side in (world.ours, world.theirs):
        channel = make.ChannelFactory(school=side.school)
        make.OfferFactory(channel=channel, product=product(side))

    names = ("schools", "of_schools", "schools_share")
    assert beside(figure("1.4", "province:90"), *names) == beside(place("1.4", "90"), *names) == (2, 2, 1)
    assert beside(figure("1.4", NATION), *names) == (2, 4, Decimal("0.5"))


def test_the_share_of_products_leaves_out_whom_nobody_assessed(world, running, product, judge):
    judge(product(world.ours), True)
    judge(product(world.ours), False)
    judge(product(world.ours), False)
    judge(product(world.theirs), True)
    for status in ("completed", "cancelled", "running"):
        make.ProductFactory(course=running(world.ours, status=status))

    ours = figure("2.2", OURS)

    # Only the course that is completed has ended: its product waits for an assessment.
    assert (ours.value, ours.sides, ours["unassessed"], ours.rows) == (Decimal("0.3333"), (1, 3), 1, 4)
    assert figure("2.2", NATION).sides == (2, 4)


def test_a_person_has_both_wherever_each_was_seen(world, who_passed, product, fair):
    number = make.national_id(77)
    here = who_passed(world.ours, make.TraineeFactory(school=world.our_school, number=number))
    there = who_passed(world.theirs, make.TraineeFactory(school=world.their_school, number=number))
    make.OfferFactory(channel=make.ChannelFactory(school=world.our_school), product=product(world.ours, here))
    make.ContestEntryFactory(fair=fair(), enrolment=there)
    who_passed(world.ours, nobody(world.our_school))
    planned = who_passed(world.ours)
    make.ExhibitFactory(fair=fair("planned"), product=product(world.ours, planned))

    names = ("sells", "has_shown")
    ours, theirs, nation = (figure("2.3", office) for office in (OURS, THEIRS, NATION))
    assert (ours.sides, *beside(ours, *names)) == ((0, 3), 1, 0)
    assert (theirs.sides, *beside(theirs, *names)) == ((0, 1), 0, 1)
    assert (nation.sides, *beside(nation, *names)) == ((1, 3), 1, 1)


def test_use_is_one_of_seven_by_the_latest_answer(world, who_passed):
    farmer, cook, sage, lost, fresh = (who_passed(world.ours) for _ in range(5))
    make.FollowUpFactory(enrolment=farmer, wave=30, uses=["earn"])
    make.FollowUpFactory(enrolment=farmer, wave=90, outcome="not_reached")
    make.FollowUpFactory(enrolment=cook, wave=30, uses=["earn"])
    make.FollowUpFactory(enrolment=cook, wave=90, uses=["knowledge"])
    make.FollowUpFactory(enrolment=sage, uses=["local_wisdom"])
    make.FollowUpFactory(enrolment=lost, outcome="not_reached")
    fresh.course.starts_on = fresh.course.ends_on = date(2026, 6, 1)  # 29 days ago
    fresh.course.save()
    make.FollowUpFactory(enrolment=who_passed(world.theirs), uses=["skill"])

    ours = figure("3.1", OURS)

    assert (ours.sides, ours.value, ours.rows) == ((1, 3), Decimal("0.3333"), 5)
    assert beside(ours, "due", "response", "cohort") == (4, Decimal("0.75"), 5)
    assert beside(ours, "use_earn", "use_local_wisdom", "use_skill") == (1, 1, 0)
    assert figure("3.1", NATION).sides == (2, 4)


def test_together_takes_a_partner_and_a_group(world, who_passed):
    both, partner, member, silent = (who_passed(world.ours) for _ in range(4))
    make.FollowUpFactory(enrolment=both, works_with_partners=True, joined_enterprise=True)
    make.FollowUpFactory(enrolment=partner, works_with_partners=True, joined_group=False)
    make.FollowUpFactory(enrolment=member, joined_group=True, joined_enterprise=True)
    make.FollowUpFactory(enrolment=silent)
    stranger = who_passed(world.theirs)
    make.FollowUpFactory(enrolment=stranger, works_with_partners=True, joined_group=True)
    registered = {"registration_number": "1-50-07", "registered_on": date(2026, 5, 1)}
    make.GroupFactory(school=world.our_school)
    make.GroupFactory(school=world.our_school, kind="enterprise", formed_on=date(2025, 9, 30), **registered)
    make.GroupFactory(school=world.their_school, kind="enterprise", **registered)

    names = ("partners", "joined", "groups", "enterprises")
    ours, nation = figure("3.2", OURS), figure("3.2", NATION)
    assert (ours.sides, *beside(ours, *names)) == ((1, 4), 2, 2, 1, 1)
    assert (nation.sides, *beside(nation, *names)) == ((2, 5), 3, 3, 2, 2)


def test_earning_counts_zeros_and_leaves_blanks_alone(world, who_passed):
    incomes = [Decimal("999.99"), Decimal(1500), Decimal(0), None, Decimal(5000)]
    for income, sells in zip(incomes, [True, None, True, True, True], strict=True):
        make.FollowUpFactory(enrolment=who_passed(world.ours), added_income=income, sells=sells)
    make.FollowUpFactory(enrolment=who_passed(world.theirs), added_income=Decimal(9000), sells=True, is_known=True)
    channel = make.ChannelFactory(school=world.our_school)
    for month, amount in [(date(2025, 9, 1), 500), (date(2025, 10, 1), "100.25"), (date(2026, 9, 1), 200)]:
        make.SaleFactory(channel=channel, month=month, amount=Decimal(amount))
    make.SaleFactory(channel=make.ChannelFactory(school=world.their_school))

    ours = figure("3.3", OURS)

    assert (ours.sides, ours.value) == ((2, 5), Decimal("0.4"))
    assert beside(ours, "sold", "earns_more", "is_known", "income_n") == (4, 3, 0, 4)
    # 7,499.99 ÷ 4 = 1,874.9975; the two in the middle are 999.99 and 1,500: 1,249.995. Halves go up.
    assert beside(ours, "mean_income", "median_income") == (Decimal("1875.00"), Decimal("1250.00"))
    assert beside(ours, "sales") == (Decimal("300.25"),)
    assert beside(figure("3.3", NATION), "is_known", "sales") == (1, Decimal("1800.25"))
