"""What a fair costs by the three kinds of rule: planned, committed, paid, left; of the offices that one sees."""

from decimal import Decimal

import pytest
from django.urls import reverse

from courses.models import FairPart, Spending
from offices.roles import Role
from tests import factories as make


@pytest.fixture
def fair(world):
    fair = make.FairFactory(fiscal_year=world.year, status="planned", starts_on=None, ends_on=None)
    make.FairPartFactory(fair=fair, role="organises", planned_procurement=Decimal(1000))
    make.FairPartFactory(
        fair=fair, province=world.our_province, planned_event=Decimal(50_000), planned_procurement=Decimal(0)
    )
    make.FairPartFactory(fair=fair, school=world.our_school, planned_event=Decimal("2500.50"))
    return fair


@pytest.fixture
def spent(world, money, fair):
    def spend(amount, **facts):
        facts = {"purpose": "fair", "fair": fair, "fair_rule": "event", **facts}
        return make.SpendingFactory(
            budget_line=money.line, expense_line=money.materials, amount=Decimal(amount), **facts
        )

    order = spend(10_000, kind="commitment", province=world.our_province)
    spend(4_000, province=world.our_province, clears=order)
    spend("500.25", school=world.our_school)
    spend(70, fair_rule="training", school=world.their_school)
    spend(99, school=world.our_school, cancelled_at="2026-01-17T00:00Z", cancel_reason="ผิดรายการ")
    return spend


def figures(client, fair):
    """By rule and in all: planned, committed, advances out, paid, left of the plan."""
    page = client.get(reverse("money:fair", args=[fair.pk]))
    return [
        (row.planned, row.balance.committed, row.balance.advanced, row.balance.paid, row.left)
        for row in page.context["rows"]
    ]


def d(number):
    return None if number is None else Decimal(str(number))


def told(*rows):
    return [tuple(map(d, row)) for row in rows]


def test_each_office_sees_what_it_and_those_below_planned_and_spent(
    world, fair, spent, clerk, stranger, signed_in
):
    assert figures(clerk, fair) == told(
        ("2500.50", None, None, "500.25", "2000.25"),
        (None, None, None, None, None),
        (None, None, None, None, None),
        ("2500.50", None, None, "500.25", "2000.25"),
    )
    assert figures(signed_in(world.users[Role.PROVINCE]), fair) == told(
        ("52500.50", 6000, None, "4500.25", "42000.25"),
        (0, None, None, None, 0),
        (None, None, None, None, None),
        ("52500.50", 6000, None, "4500.25", "42000.25"),
    )
    assert figures(signed_in(world.users[Role.DEPARTMENT]), fair) == told(
        ("52500.50", 6000, None, "4500.25", "42000.25"),
        (1000, None, None, None, 1000),
        (None, None, None, 70, None),
        ("53500.50", 6000, None, "4570.25", "42930.25"),
    )
    assert figures(stranger, fair) == told(
        (None, None, None, None, None),
        (None, None, None, None, None),
        (None, None, None, 70, None),
        (None, None, None, 70, None),
    )


def test_the_fairs_page_loads_the_panel_and_leads_to_a_payment_for_it(world, fair, spent, clerk, stranger):
    address = reverse("money:fair", args=[fair.pk])
    assert address in clerk.get(reverse("courses:fair", args=[fair.pk])).text
    panel = clerk.get(address, headers={"HX-Request": "true"}).text
    assert "<html" not in panel and "2,500.50" in panel
    assert f"{reverse('money:spend', args=['payment'])}?fair={fair.pk}" in panel
    assert f"{reverse('money:spending_list')}?fair={fair.pk}&amp;fair_rule=event" in panel
    assert "2,500.50" not in stranger.get(address).text
    form = clerk.get(reverse("money:spend", args=["payment"]), {"fair": fair.pk}).context["form"]
    assert (form["purpose"].value(), str(form["fair"].value())) == ("fair", str(fair.pk))


def test_nothing_planned_or_spent_is_said_in_words(world, stranger, fair):
    page = stranger.get(reverse("money:fair", args=[fair.pk]))
    assert page.context["is_known"] is False and "<table" not in page.text


def test_an_office_plans_its_spending_before_the_fair_begins(world, fair, clerk, stranger):
    part = reverse("courses:fair_part", args=[fair.pk])
    typed = {"visitors": "", "sales": "", "planned_event": "๑,๒๓๔.๕๐", "planned_training": "0", "note": ""}
    typed["version"] = clerk.get(part).context["form"]["version"].value()
    assert clerk.post(part, typed).status_code == 302
    own = FairPart.objects.own_of(world.users[Role.SCHOOL]).get(fair=fair)
    assert (own.planned_event, own.planned_procurement, own.planned_training) == (
        Decimal("1234.50"),
        None,
        Decimal(0),
    )
    assert stranger.post(part, typed).status_code == 404


@pytest.mark.parametrize("wild", ["-1", "1.234", "9" * 40, "1\x00x", "1e400", "NaN", "หมื่น", "๙" * 300, "1,5"])
def test_a_wild_plan_is_told_at_its_field_and_kept_as_typed(world, fair, clerk, stranger, wild):
    form = clerk.post(reverse("courses:fair_part", args=[fair.pk]), {"planned_procurement": wild}).context["form"]
    assert form.errors["planned_procurement"]
    assert form["planned_procurement"].value() == wild
    assert stranger.get(reverse("courses:fair_part", args=[fair.pk])).status_code == 404


@pytest.mark.parametrize("rows", [3, 600])
def test_the_panel_and_the_page_cost_few_queries(
    world, fair, spent, clerk, stranger, rows, django_assert_max_num_queries
):
    row = Spending.objects.visible_to(world.users[Role.SCHOOL]).first()
    for _ in range(rows):
        row.pk = None
        row._state.adding = True
        row.save(force_insert=True)
    for name in ("money:fair", "courses:fair"):
        with django_assert_max_num_queries(25):
            assert clerk.get(reverse(name, args=[fair.pk])).status_code == 200
        assert stranger.get(reverse(name, args=[fair.pk])).status_code == 200
