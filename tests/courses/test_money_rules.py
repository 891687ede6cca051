"""What may be given and spent: cases counted by hand, refusals with their figures, what the database holds."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, InternalError, transaction

from courses.models import Allocation, BudgetLine, ExpenseClass, ExpenseLine, Rate, Spending
from courses.money import allocating, names, spending
from courses.money.balance import Office, Purse, balances, left_by_quarter, usable
from courses.money.holding import Overspent, office_of
from offices.models import FiscalYear, Membership
from offices.reference import ensure_reference_data
from offices.roles import Role
from offices.years import open_next_year
from tests import factories as make

DOCUMENT = {"document_number": "ศธ 07005/1", "document_on": date(2025, 10, 15)}
FIRST, SECOND = date(2025, 11, 3), date(2026, 2, 3)  # days of the first and the second quarter


@pytest.fixture
def purse(world, money):
    return Purse(Office(school=world.our_school.pk), world.year.pk, money.line.pk)


def left(world, purse):
    return left_by_quarter(world.users[Role.SCHOOL], purse)


def spend(world, money, amount, day=FIRST, **facts):
    facts = {"kind": "payment", "purpose": "general", "expense_line": money.materials} | facts
    row = Spending(
        school=world.our_school, fiscal_year=world.year, budget_line=money.line, amount=Decimal(amount),
        spent_on=day, **facts,
    )  # fmt: skip
    return spending.spend(spending=row, by=world.users[Role.SCHOOL])


def give(money, by, office, amount, quarter=1):
    (row,) = allocating.allocate(
        amounts={office: Decimal(amount)}, year=money.line.fiscal_year, quarter=quarter, line=money.line, by=by,
        **DOCUMENT,
    )  # fmt: skip
    return row


def test_money_flows_down_and_never_more_than_was_received(world, money):
    """Department 300,000 → province 100,000 → school 40,000, counted by hand."""
    department, province = world.users[Role.DEPARTMENT], world.users[Role.PROVINCE]
    ours = Office(province=world.our_province.pk)
    school = Office(school=world.our_school.pk)
    with pytest.raises(Overspent) as refused:
        give(money, department, ours, "300000.01")
    assert (refused.value.left, refused.value.asked) == (300_000, Decimal("300000.01"))
    assert "300,000.01" in refused.value.messages[0] and "0.01" in refused.value.messages[0]
    give(money, department, ours, 100_000)
    give(money, province, school, 40_000)
    with pytest.raises(Overspent, match=r"60,000\.00.*60,000\.25.*0\.25"):
        give(money, province, school, "60000.25")
    found = balances(department, "school", "province", fiscal_year=world.year)
    nation, middle, below = found[None, None], found[None, world.our_province.pk], found[world.our_school.pk, None]
    assert (nation.received, nation.given, nation.left) == (300_000, 100_000, 200_000)
    assert (middle.received, middle.given, middle.left) == (100_000, 40_000, 60_000)
    assert (below.received, below.given, below.left) == (40_000, None, 40_000)


def test_nobody_gives_to_an_office_that_is_not_directly_below(world, money):
    department, province = world.users[Role.DEPARTMENT], world.users[Role.PROVINCE]
    for by, office in (
        (department, Office(school=world.our_school.pk)),  # a province stands between
        (province, Office(school=world.their_school.pk)),
        (province, Office(province=world.our_province.pk)),
        (province, Office()),
    ):
        with pytest.raises(ValidationError) as refused:
            give(money, by, office, 1)
        assert refused.value.code == "not_below"
    give(money, department, Office(school=world.attached_school.pk), 1)


def test_many_offices_get_theirs_or_none_does(world, money):
    department = world.users[Role.DEPARTMENT]
    amounts = {Office(province="50"): Decimal(200_000), Office(province="90"): Decimal(100_001)}
    with pytest.raises(Overspent):
        allocating.allocate(
            amounts=amounts, year=world.year, quarter=1, line=money.line, by=department, **DOCUMENT
        )
    assert not Allocation.objects.visible_to(department).filter(source="department").exists()


def test_money_of_a_later_quarter_is_not_there_yet(world, money, purse, funded):
    """100,000 from the first quarter on and 50,000 from the third."""
    give(money, world.users[Role.PROVINCE], purse.office, 50_000, quarter=3)
    assert left(world, purse) == [100_000, 100_000, 150_000, 150_000]
    with pytest.raises(Overspent, match=r"100,000\.00"):
        spend(world, money, 100_001, SECOND)
    spend(world, money, 120_000, date(2026, 5, 1))
    assert left(world, purse) == [100_000, 100_000, 30_000, 30_000]
    assert [usable(left(world, purse), quarter) for quarter in (1, 2, 3, 4)] == [30_000] * 4
    with pytest.raises(Overspent, match=r"30,000\.00.*30,001\.00.*1\.00"):
        spend(world, money, 30_001, FIRST)  # the third quarter has used it already


def test_a_payment_that_clears_takes_out_nothing_more(world, money, purse, funded):
    contract = spend(world, money, 60_000, kind="commitment")
    assert left(world, purse)[-1] == 40_000
    paid = spend(world, money, 25_000, SECOND, clears=contract)
    assert left(world, purse)[-1] == 40_000
    contract.refresh_from_db()
    assert (contract.cleared, contract.open_amount) == (25_000, 35_000)
    with pytest.raises(ValidationError, match=r"35,000\.00.*35,000\.01.*0\.01"):
        spend(world, money, "35000.01", SECOND, clears=contract)
    spending.release(spending=contract, amount=Decimal(35_000), reason="ราคาต่ำกว่าที่คาด", by=funded.school)
    assert left(world, purse)[-1] == 75_000
    (balance,) = balances(funded.school, "fiscal_year", of=purse.office, fiscal_year=world.year).values()
    assert (balance.committed, balance.advanced, balance.paid, balance.left) == (0, None, 25_000, 75_000)
    with pytest.raises(ValidationError, match=r"25,000\.00"):
        spending.cancel(spending=contract, reason="ผิด", by=funded.school)
    spending.cancel(spending=paid, reason="ผิด", by=funded.school)
    contract.refresh_from_db()
    assert contract.cleared == 0
    assert left(world, purse)[-1] == 75_000  # what the payment cleared is open again


def test_an_advance_is_cleared_by_payments_and_by_money_brought_back(world, money, purse, funded):
    advance = spend(world, money, 10_000, kind="advance", document_number="บย. 1/2569", payee="ครูสมใจ")
    spend(world, money, "7500.75", clears=advance, expense_line=money.speakers)
    advance.refresh_from_db()
    spending.release(spending=advance, amount=advance.open_amount, reason="ใบเสร็จ 12/3", by=funded.school)
    advance.refresh_from_db()
    assert (advance.released, advance.open_amount) == (Decimal("2499.25"), 0)
    assert left(world, purse)[-1] == Decimal("92499.25")


def test_a_change_needs_the_money_too(world, money, purse, funded):
    row = spend(world, money, 90_000)
    row.amount = Decimal(100_001)
    with pytest.raises(Overspent, match=r"10,000\.00.*10,001\.00"):
        spending.change(spending=row, reason="พิมพ์ผิด", by=funded.school)
    row.amount, row.spent_on = Decimal(100_000), SECOND
    spending.change(spending=row, reason="พิมพ์ผิด", by=funded.school)
    assert left(world, purse) == [100_000, 0, 0, 0]
    row.refresh_from_db()
    assert (row.amount, row.quarter) == (100_000, 2)
    events = Spending.pgh_event_model.objects.visible_to(funded.school).filter(pgh_obj_id=row.pk)
    assert [e.amount for e in events.order_by("pgh_id")] == [90_000, 100_000]
    assert events.order_by("pgh_id").last().pgh_context.metadata["reason"] == "พิมพ์ผิด"


def test_what_is_cancelled_counts_nowhere_and_comes_back_only_if_there_is_money(world, money, purse, funded):
    row = spend(world, money, 80_000)
    spending.cancel(spending=row, reason="บันทึกซ้ำ", by=funded.school)
    assert left(world, purse)[-1] == 100_000
    spend(world, money, 30_000)
    with pytest.raises(Overspent, match=r"70,000\.00.*80,000\.00.*10,000\.00"):
        spending.take_back(spending=row, by=funded.school)
    row.refresh_from_db()
    assert row.is_cancelled and row.cancel_reason == "บันทึกซ้ำ"


def test_only_what_the_receiver_has_left_can_be_given_back(world, money, purse, funded):
    spend(world, money, 70_000)
    province = world.users[Role.PROVINCE]
    for by in (funded.school, province):
        with pytest.raises(Overspent, match=r"30,000\.00.*30,001\.00.*1\.00"):
            allocating.give_back(
                allocation=funded.allocation, amount=Decimal(30_001), reason="คืน", by=by, **DOCUMENT
            )
    back = allocating.give_back(
        allocation=funded.allocation, amount=Decimal(30_000), reason="จัดไม่ได้", by=funded.school, **DOCUMENT
    )
    assert left(world, purse)[-1] == 0
    own = Office(province=world.our_province.pk)
    assert balances(province, "fiscal_year", of=own, fiscal_year=world.year)[world.year.pk,].left == 130_000
    with pytest.raises(ValidationError, match=r"70,000\.00"):
        allocating.give_back(
            allocation=funded.allocation, amount=Decimal(70_001), reason="x", by=province, **DOCUMENT
        )
    with pytest.raises(ValidationError) as refused:
        allocating.cancel(allocation=funded.allocation, reason="ผิด", by=province)
    assert refused.value.code == "corrected"
    allocating.cancel(allocation=back, reason="ผิด", by=province)
    assert left(world, purse)[-1] == 30_000


def test_an_allocation_is_cancelled_only_while_its_money_is_there(world, money, purse, funded):
    row = spend(world, money, 1)
    province = world.users[Role.PROVINCE]
    with pytest.raises(Overspent, match=r"99,999\.00.*100,000\.00.*1\.00"):
        allocating.cancel(allocation=funded.allocation, reason="ผิด", by=province)
    spending.cancel(spending=row, reason="ผิด", by=funded.school)
    allocating.cancel(allocation=funded.allocation, reason="ผิด", by=province)
    assert left(world, purse)[-1] == 0
    allocating.take_back(allocation=funded.allocation, by=province)
    assert left(world, purse)[-1] == 100_000


def test_a_school_that_moved_is_no_longer_reached_into(world, money, funded):
    province = world.users[Role.PROVINCE]
    membership = world.our_school.membership = Membership.objects.visible_to(province).get(school=world.our_school)
    membership.province = world.their_province
    membership.save()
    with pytest.raises(ValidationError) as refused:
        allocating.give_back(allocation=funded.allocation, amount=Decimal(1), reason="คืน", by=province, **DOCUMENT)
    assert refused.value.code == "moved"
    own = Office(province=world.our_province.pk)
    assert balances(province, "fiscal_year", of=own, fiscal_year=world.year)[world.year.pk,].given == 100_000
    allocating.give_back(
        allocation=funded.allocation, amount=Decimal(1), reason="คืน", by=funded.school, **DOCUMENT
    )


def test_money_is_carried_into_the_next_year_as_money_of_its_line(world, money, purse, funded):
    spend(world, money, 99_000)
    carry = {"line": money.line, "year": world.year, "reason": "กันเงิน", "by": funded.school, **DOCUMENT}
    with pytest.raises(ValidationError) as refused:
        allocating.carry_over(amount=Decimal(1000), **carry)
    assert refused.value.code == "no_year"
    following = open_next_year(after=world.year)
    with pytest.raises(Overspent, match=r"1,000\.00.*1,000\.50"):
        allocating.carry_over(amount=Decimal("1000.50"), **carry)
    carried = allocating.carry_over(amount=Decimal(1000), **carry)
    assert left(world, purse) == [1000, 1000, 1000, 0]
    later = purse._replace(year=following.pk)
    assert left(world, later) == [1000] * 4
    balance = balances(funded.school, "budget_line", of=purse.office, fiscal_year=following)[money.line.pk,]
    assert (balance.received, balance.carried, balance.left) == (None, 1000, 1000)
    paid = Spending(
        school=world.our_school, fiscal_year=following, budget_line=money.line, amount=Decimal(600),
        kind="payment", purpose="general", expense_line=money.materials, spent_on=date(2026, 10, 5),
    )  # fmt: skip
    spending.spend(spending=paid, by=funded.school)
    with pytest.raises(Overspent, match=r"400\.00.*1,000\.00.*600\.00"):
        allocating.cancel(allocation=carried, reason="ผิด", by=funded.school)
    spending.cancel(spending=paid, reason="ผิด", by=funded.school)
    allocating.cancel(allocation=carried, reason="ผิด", by=funded.school)
    assert left(world, purse)[-1] == 1000 and left(world, later)[-1] == 0


@pytest.mark.parametrize("amount", ["0", "-1", "0.001", "NaN", "Infinity"])
def test_an_amount_is_baht_and_satang_above_nothing(world, money, funded, amount):
    with pytest.raises(ValidationError):
        spend(world, money, amount)
    with pytest.raises(ValidationError):
        give(money, world.users[Role.PROVINCE], Office(school=world.our_school.pk), amount)


@pytest.mark.parametrize(
    "facts",
    [
        {"amount": 0},
        {"purpose": "course"},
        {"purpose": "general", "fair_rule": "event"},
        {"expense_line": None},
        {"kind": "advance"},
        {"kind": "commitment", "tax_withheld": 1},
        {"tax_withheld": 1001},
        {"kind": "commitment", "released": 1001, "release_reason": "x"},
        {"kind": "commitment", "released": 1},
        {"cancelled_at": "2026-01-01T00:00Z"},
        {"cancel_reason": "x"},
        {"quarter": 5},
    ],
    ids=str,
)
def test_the_database_itself_refuses_spending_that_cannot_be(world, money, facts):
    facts = {"expense_line": money.materials} | facts
    with pytest.raises(IntegrityError), transaction.atomic():
        make.SpendingFactory(school=world.our_school, budget_line=money.line, **facts)


@pytest.mark.parametrize(
    "facts",
    [
        {"amount": 0},
        {"amount": -5},
        {"source": "budget"},
        {"source": "province"},
        {"source": "carried", "amount": -5},
        {"giver_id": "50"},
        {"quarter": 0},
        {"cancelled_at": "2026-01-01T00:00Z"},
    ],
    ids=str,
)
def test_the_database_itself_refuses_allocations_that_cannot_be(world, money, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        make.AllocationFactory(school=world.our_school, budget_line=money.line, **facts)


def test_a_course_of_another_school_is_never_paid_for(world, money):
    for office in ({"school": world.our_school}, {"province": world.our_province}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make.SpendingFactory(
                budget_line=money.line, expense_line=money.materials, purpose="course",
                course=world.theirs.course, **office,
            )  # fmt: skip


def test_a_payment_clears_nothing_of_another_office_or_line(world, money):
    whole = make.SpendingFactory(
        school=world.their_school, budget_line=money.line, expense_line=money.materials, kind="commitment"
    )
    for facts in ({"school": world.our_school}, {"province": world.their_province}, {}):
        with pytest.raises(InternalError, match="own office"), transaction.atomic():
            make.SpendingFactory(budget_line=money.line, expense_line=money.materials, clears=whole, **facts)


def test_what_was_given_is_never_rewritten(world, funded):
    with pytest.raises(InternalError), transaction.atomic():
        Allocation.objects.visible_to(funded.school).update(amount=1)
    Allocation.objects.visible_to(funded.school).update(document_number="ศธ 07005/2")


def test_a_new_year_takes_the_names_of_the_letter_then_those_of_the_year_before(db):
    ensure_reference_data()
    first = FiscalYear.objects.get()
    line = BudgetLine.objects.get(fiscal_year=first)
    assert line.code == ""  # not published
    assert line.item == "รายการค่าใช้จ่ายโครงการพัฒนาอาชีพชุมชน"
    kinds = list(ExpenseClass.objects.filter(fiscal_year=first).values_list("name", flat=True))
    assert kinds == ["ค่าตอบแทน", "ค่าใช้สอย", "ค่าวัสดุ"]
    lines = ExpenseLine.objects.filter(expense_class__fiscal_year=first)
    assert lines.count() == 5 and not Rate.objects.exists()
    make.RateFactory(expense_line=lines[0])
    BudgetLine.objects.update(code="20004")
    following = open_next_year(after=first)
    assert BudgetLine.objects.get(fiscal_year=following).code == "20004"
    assert list(ExpenseClass.objects.filter(fiscal_year=following).values_list("name", flat=True)) == kinds
    assert Rate.objects.filter(expense_line__expense_class__fiscal_year=following).get().most == 200
    names.fill(following, first)  # what is there stays
    assert BudgetLine.objects.filter(fiscal_year=following).count() == 1


def test_an_office_is_read_off_a_row_or_a_person(world, funded):
    assert office_of(funded.allocation) == office_of(funded.school) == Office(school=world.our_school.pk)
    assert office_of(world.users[Role.DEPARTMENT]) == Office()
