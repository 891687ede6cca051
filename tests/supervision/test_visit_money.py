"""The money of a visit: entered for it, put to it, taken off; seen by the offices above the school alone."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.models import Spending
from offices.roles import Role
from offices.scoping import DEPARTMENT_EYES
from supervision import emptying, operations
from supervision.models import Visit, VisitSpending
from supervision.spending import spent_on
from tests import factories as make


def url(name, *args):
    return reverse(f"supervision:{name}", args=args)


def browser(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def money(world):
    """What our province has to spend, and on what."""
    line = make.BudgetLineFactory(fiscal_year=world.year)
    kind = make.ExpenseClassFactory(fiscal_year=world.year)
    make.AllocationFactory(budget_line=line, province=world.our_province, amount=Decimal(20_000))
    return {"budget_line": line, "expense_line": make.ExpenseLineFactory(expense_class=kind, name="ค่าเดินทาง")}


@pytest.fixture
def journey(world, money):
    """A payment for supervision that our province entered before."""
    return make.SpendingFactory(
        province=world.our_province, purpose="supervision", amount=Decimal("1500.25"), payee="นายเดินทาง", **money
    )


def typed(money, **more):
    return {
        "spent_on": "17/01/2569", "budget_line": money["budget_line"].pk, "expense_line": money["expense_line"].pk,
        "amount": "๒,๔๐๐.๕๐", "payee": "นางสาวนิเทศ", "document_number": "", "note": "", "tax_withheld": "",
    } | more  # fmt: skip


def test_a_payment_is_entered_for_the_visit_out_of_what_the_office_has(world, ours, theirs, money):
    supervisor = browser(ours.supervisor)
    form = supervisor.get(url("spend", ours.draft.pk, "payment")).context["form"]
    assert form["purpose"].value() == "supervision" and "fair" not in form.fields
    answer = supervisor.post(url("spend", ours.draft.pk, "payment"), typed(money, purpose="course"))
    assert answer.url == url("money", ours.draft.pk)
    row = Spending.objects.visible_to(ours.supervisor).get()
    assert (row.purpose, row.amount, row.office_name) == (
        "supervision", Decimal("2400.50"), str(world.our_province),
    )  # fmt: skip
    page = supervisor.get(answer.url)
    assert page.context["balance"].paid == Decimal("2400.50") and "2,400.50" in page.text
    stranger = browser(theirs.supervisor)
    for name, args in (("money", ()), ("spend", ("payment",))):
        assert stranger.get(url(name, ours.draft.pk, *args)).status_code == 404
    assert stranger.post(url("spend", ours.draft.pk, "payment"), typed(money)).status_code == 404


def test_more_than_is_left_is_refused_beside_the_amount_and_nothing_stands_at_the_visit(ours, theirs, money):
    answer = browser(ours.supervisor).post(
        url("spend", ours.draft.pk, "payment"), typed(money, amount="20,000.01")
    )
    assert "0.01" in answer.context["form"].errors["amount"][0]
    assert answer.context["form"]["payee"].value() == "นางสาวนิเทศ"
    assert not VisitSpending.objects.visible_to(DEPARTMENT_EYES).exists()
    assert spent_on(ours.draft, theirs.supervisor) == []


def test_one_journey_is_put_to_two_visits_and_stands_at_each(world, ours, theirs, journey):
    second = make.VisitFactory(course=world.ours.course, created_by=ours.supervisor, office=world.our_province)
    supervisor = browser(ours.supervisor)
    for visit in (ours.draft, second):
        assert supervisor.post(url("put_spending", visit.pk), {"spending": journey.pk}).status_code == 302
    page = supervisor.get(url("money", second.pk))
    ((row, visits),) = [(each.row, each.visits) for each in page.context["rows"]]
    assert (row, visits, page.context["is_shared"]) == (journey, 2, True)
    again = supervisor.post(url("put_spending", second.pk), {"spending": journey.pk})
    assert again.context["form"].errors["spending"]
    assert browser(theirs.supervisor).post(
        url("put_spending", ours.draft.pk), {"spending": journey.pk}
    ).status_code == 404  # fmt: skip


def test_only_the_offices_own_supervision_can_be_put_to_its_visit(world, ours, theirs, money, journey):
    others = [
        make.SpendingFactory(province=world.our_province, purpose="general", **money),
        make.SpendingFactory(school=world.our_school, purpose="supervision", **money),
        make.SpendingFactory(province=world.their_province, purpose="supervision", **money),
        make.SpendingFactory(
            province=world.our_province,
            purpose="supervision",
            cancelled_at=timezone.now(),
            cancel_reason="ผิด",
            **money,
        ),
    ]
    supervisor = browser(ours.supervisor)
    offered = supervisor.get(url("money", ours.draft.pk)).context["form"].fields["spending"].queryset
    assert list(offered) == [journey]
    for row in others:
        answer = supervisor.post(url("put_spending", ours.draft.pk), {"spending": row.pk})
        assert answer.status_code == 200 and answer.context["form"].errors["spending"]
    assert list(
        browser(theirs.supervisor).get(url("money", theirs.draft.pk)).context["form"].fields["spending"].queryset
    ) == [others[2]]


def test_what_clears_a_commitment_of_the_visit_stands_there_too(world, ours, theirs, money):
    order = make.SpendingFactory(
        province=world.our_province, purpose="supervision", kind="commitment", amount=Decimal(5000), **money
    )
    make.VisitSpendingFactory(visit=ours.draft, spending=order, added_by=ours.supervisor)
    make.SpendingFactory(
        province=world.our_province, purpose="supervision", amount=Decimal(3000), clears=order, **money
    )
    page = browser(ours.supervisor).get(url("money", ours.draft.pk))
    balance = page.context["balance"]
    assert (balance.committed, balance.paid, len(page.context["rows"])) == (Decimal(2000), Decimal(3000), 2)
    assert [each.link is None for each in page.context["rows"]] == [True, False]
    assert spent_on(ours.draft, theirs.supervisor) == []


def test_a_row_is_taken_off_the_visit_and_stays_among_the_spending(ours, theirs, journey):
    link = make.VisitSpendingFactory(visit=ours.draft, spending=journey, added_by=ours.supervisor)
    assert browser(theirs.supervisor).post(url("take_off_spending", link.pk)).status_code == 404
    assert browser(ours.supervisor).post(url("take_off_spending", link.pk)).url == url("money", ours.draft.pk)
    assert spent_on(ours.draft, ours.supervisor) == []
    assert Spending.objects.visible_to(ours.supervisor).get() == journey


def test_the_department_sees_what_the_province_spent_the_school_does_not(world, ours, theirs, journey):
    make.VisitSpendingFactory(visit=ours.draft, spending=journey, added_by=ours.supervisor)
    visit = operations.submit(visit=ours.draft, by=ours.supervisor)
    department = browser(world.users[Role.DEPARTMENT])
    page = department.get(url("money", visit.pk))
    assert "1,500.25" in page.text and page.context["form"] is None
    assert url("money", visit.pk) in department.get(url("detail", visit.pk)).text
    school = browser(world.users[Role.SCHOOL])
    assert url("money", visit.pk) not in school.get(url("detail", visit.pk)).text
    assert school.get(url("money", visit.pk)).status_code == 403
    assert browser(theirs.supervisor).get(url("money", visit.pk)).status_code == 404


def test_a_correction_keeps_what_the_visit_cost(world, ours, theirs, journey):
    make.VisitSpendingFactory(visit=ours.draft, spending=journey, added_by=ours.supervisor)
    first = operations.submit(visit=ours.draft, by=ours.supervisor)
    second = operations.correct(visit=first, reason="พิมพ์ผิด", by=ours.supervisor)
    page = browser(ours.supervisor).get(url("money", second.pk))
    assert [each.row for each in page.context["rows"]] == [journey]
    assert browser(theirs.supervisor).get(url("money", second.pk)).status_code == 404


def test_a_draft_that_leaves_the_bin_for_good_leaves_the_money_behind(ours, theirs, journey):
    make.VisitSpendingFactory(visit=ours.draft, spending=journey, added_by=ours.supervisor)
    operations.discard(visit=ours.draft, by=ours.supervisor)
    emptying.empty(timezone.now())
    assert not VisitSpending.objects.visible_to(DEPARTMENT_EYES).exists()
    assert Spending.objects.visible_to(ours.supervisor).get() == journey
    assert list(Visit.objects.visible_to(theirs.supervisor)) == [theirs.draft]


@pytest.mark.parametrize("number", [2, 200])
def test_the_money_of_a_visit_costs_few_queries(world, ours, theirs, money, number, django_assert_max_num_queries):
    for _ in range(number):
        row = make.SpendingFactory(province=world.our_province, purpose="supervision", amount=Decimal(1), **money)
        make.VisitSpendingFactory(visit=ours.draft, spending=row, added_by=ours.supervisor)
    supervisor = browser(ours.supervisor)
    with django_assert_max_num_queries(25):
        assert len(supervisor.get(url("money", ours.draft.pk)).context["rows"]) == number
    with django_assert_max_num_queries(25):
        supervisor.get(url("detail", ours.draft.pk))
    assert browser(theirs.supervisor).get(url("money", ours.draft.pk)).status_code == 404


WILD = st.text(max_size=80) | st.sampled_from(
    ["\x00", "9" * 40, "-1", "1e400", "NaN", "๙" * 300, "31/02/2569", "[]"]
)
BOXES = [
    "purpose",
    "spent_on",
    "budget_line",
    "expense_line",
    "amount",
    "payee",
    "note",
    "fair",
    "tax_withheld",
    "version",
]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(sent=st.dictionaries(st.sampled_from(BOXES), WILD), chosen=WILD)
def test_whatever_is_typed_is_answered_with_its_form(world, ours, theirs, money, sent, chosen):
    supervisor = browser(ours.supervisor)
    for kind in ("payment", "commitment", "advance"):
        answer = supervisor.post(url("spend", ours.draft.pk, kind), typed(money) | sent)
        assert answer.status_code == 302 or answer.context["form"].errors
    assert supervisor.post(url("put_spending", ours.draft.pk), {"spending": chosen}).context["form"].errors
    assert (
        browser(theirs.supervisor).post(url("put_spending", ours.draft.pk), {"spending": chosen}).status_code
        == 404
    )


def test_no_other_kind_of_row_exists(ours, theirs):
    for kind in ("gift", "x" * 300):
        assert browser(ours.supervisor).get(url("spend", ours.draft.pk, kind)).status_code == 404
        assert browser(theirs.supervisor).get(url("spend", ours.draft.pk, kind)).status_code == 404
