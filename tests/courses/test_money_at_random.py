"""Money in random order: whatever is tried, no purse ever holds less than nothing, and plain Python agrees.

And for real: two people who spend the last baht at the same moment, each in a transaction of their own.
"""

from datetime import date
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.models import Allocation, Spending
from courses.money import allocating, spending
from courses.money.balance import Office, Purse, balances, left_by_quarter
from courses.money.holding import Overspent
from offices.roles import Role
from offices.scoping import DEPARTMENT_EYES

DOCUMENT = {"document_number": "ศธ 1", "document_on": date(2025, 10, 15)}
DAYS = {1: date(2025, 11, 1), 2: date(2026, 2, 1), 3: date(2026, 5, 1), 4: date(2026, 8, 1)}
NATION, PROVINCE, SCHOOL, ATTACHED = "nation", "province", "school", "attached"
ABOVE = {PROVINCE: NATION, SCHOOL: PROVINCE, ATTACHED: NATION}

amounts = st.sampled_from([Decimal(1), Decimal("0.01"), Decimal("33.33"), Decimal(100), Decimal("99.99")])
quarters = st.integers(1, 4)
places = st.sampled_from([NATION, PROVINCE, SCHOOL, ATTACHED])
numbers = st.integers(0, 11)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("give"), places, quarters, amounts),
        st.tuples(st.just("give_back"), numbers, st.just(0), amounts),
        st.tuples(st.sampled_from(["cancel_gift", "restore_gift"]), numbers, st.just(0), st.just(0)),
        st.tuples(st.sampled_from(["payment", "commitment", "advance"]), places, quarters, amounts),
        st.tuples(st.sampled_from(["clear", "release", "change"]), numbers, quarters, amounts),
        st.tuples(st.sampled_from(["cancel", "restore"]), numbers, st.just(0), st.just(0)),
    ),
    min_size=5,
    max_size=25,
)


class Undone(Exception):
    """Every example leaves the world as it was."""


class Plain:
    """The same told once more by plain loops over lists, from the rules and not from the code."""

    def __init__(self):
        self.gifts = []  # [to, quarter, amount, corrects, stands]
        self.rows = []  # [place, quarter, amount, kind, clears, released, stands]

    def flows(self, place):
        """What came and went in each quarter."""
        flow = [Decimal(0)] * 4
        for to, quarter, amount, _corrects, stands in self.gifts:
            if stands and to == place:
                flow[quarter - 1] += amount
            if stands and ABOVE.get(to) == place:
                flow[quarter - 1] -= amount
        for where, quarter, amount, _kind, clears, released, stands in self.rows:
            if stands and where == place and clears is None:
                flow[quarter - 1] -= amount - released
        return flow

    def lefts(self, place):
        flow = self.flows(place)
        return [sum(flow[: quarter + 1], Decimal(0)) for quarter in range(4)]

    def holds(self):
        return all(each >= 0 for place in (NATION, PROVINCE, SCHOOL, ATTACHED) for each in self.lefts(place))

    def open(self, number):
        _place, _quarter, amount, _kind, _clears, released, _stands = self.rows[number]
        return amount - released - sum((row[2] for row in self.rows if row[4] == number and row[6]), Decimal(0))


class Told:
    """The steps done by the program and by plain Python side by side."""

    def __init__(self, world, money):
        self.money, self.year, self.plain = money, world.year, Plain()
        self.users = {
            NATION: world.users[Role.DEPARTMENT], PROVINCE: world.users[Role.PROVINCE],
            SCHOOL: world.users[Role.SCHOOL], ATTACHED: world.attached_user,
        }  # fmt: skip
        self.offices = {
            NATION: Office(), PROVINCE: Office(province="50"), SCHOOL: Office(school=world.our_school.pk),
            ATTACHED: Office(school=world.attached_school.pk),
        }  # fmt: skip
        self.gifts, self.rows = [], []

    def both(self, expected, act):
        """The program does it exactly when plain Python says that it may be done."""
        try:
            with transaction.atomic():
                made = act()
        except ValidationError:
            assert not expected()
            return None
        assert expected()
        return made or True

    def step(self, verb, which, quarter, amount):
        match verb:
            case "give":
                self.give(which, quarter, amount)
            case "payment" | "commitment" | "advance":
                self.spend(which, quarter, amount, verb)
            case "give_back" | "cancel_gift" | "restore_gift":
                if self.gifts:
                    getattr(self, verb)(which % len(self.gifts), amount)
            case "clear":
                if self.rows:
                    self.spend(None, quarter, amount, "payment", clears=which % len(self.rows))
            case _:
                if self.rows:
                    getattr(self, verb)(which % len(self.rows), quarter, amount)

    def may(self, change, undo):
        """Whether plain Python's rows hold after a change; otherwise it is undone."""
        change()
        if self.plain.holds():
            return True
        undo()
        return False

    def give(self, to, quarter, amount):
        row = [to, quarter, amount, None, True]
        if to == NATION:
            gift = Allocation(
                fiscal_year=self.year, budget_line=self.money.line, quarter=quarter, amount=amount, **DOCUMENT
            )
            made = allocating.receive(allocation=gift, by=self.users[NATION])
            self.plain.gifts.append(row)
        else:
            made = self.both(
                lambda: self.may(lambda: self.plain.gifts.append(row), self.plain.gifts.pop),
                lambda: allocating.allocate(
                    amounts={self.offices[to]: amount}, year=self.year, quarter=quarter, line=self.money.line,
                    by=self.users[ABOVE[to]], **DOCUMENT,
                )[0],
            )  # fmt: skip
        if made:
            self.gifts.append(made)

    def give_back(self, number, amount):
        to, quarter, _amount, corrects, stands = self.plain.gifts[number]
        row = [to, quarter, -amount, number, True]
        kept = sum(
            (g[2] for i, g in enumerate(self.plain.gifts) if g[4] and (i == number or g[3] == number)), Decimal(0)
        )
        fine = stands and corrects is None and amount <= kept
        made = self.both(
            lambda: fine and self.may(lambda: self.plain.gifts.append(row), self.plain.gifts.pop),
            lambda: allocating.give_back(
                allocation=self.gifts[number], amount=amount, reason="คืน",
                by=self.users[to if amount > 50 else ABOVE.get(to, to)], **DOCUMENT,
            ),
        )  # fmt: skip
        if made:
            self.gifts.append(made)

    def _set(self, row, column, value):
        row[column] = value

    def cancel_gift(self, number, _amount):
        row = self.plain.gifts[number]
        to, _quarter, _sum, _corrects, stands = row
        corrected = any(g[3] == number and g[4] for g in self.plain.gifts)
        self.both(
            lambda: (
                stands
                and not corrected
                and self.may(lambda: self._set(row, 4, False), lambda: self._set(row, 4, True))
            ),
            lambda: allocating.cancel(
                allocation=self.gifts[number], reason="ผิด", by=self.users[ABOVE.get(to, to)]
            ),
        )

    def restore_gift(self, number, _amount):
        row = self.plain.gifts[number]
        to, _quarter, amount, corrects, stands = row
        if stands:
            return
        fine = True
        if corrects is not None:
            whole = self.plain.gifts[corrects]
            back = sum((g[2] for g in self.plain.gifts if g[3] == corrects and g[4]), Decimal(0))
            fine = whole[4] and whole[2] + back + amount >= 0
        self.both(
            lambda: fine and self.may(lambda: self._set(row, 4, True), lambda: self._set(row, 4, False)),
            lambda: allocating.take_back(allocation=self.gifts[number], by=self.users[ABOVE.get(to, to)]),
        )

    def spend(self, place, quarter, amount, kind, clears=None):
        fine = True
        if clears is not None:
            place, stands = self.plain.rows[clears][0], self.plain.rows[clears][6]
            if self.plain.rows[clears][3] == "payment":
                return  # the screens offer no payment for a payment
            fine = stands and amount <= self.plain.open(clears)
        office = self.offices[place]
        row = Spending(
            school_id=office.school, province_id=office.province, fiscal_year=self.year, kind=kind,
            budget_line=self.money.line, amount=amount, spent_on=DAYS[quarter], purpose="general",
            expense_line=self.money.materials, payee="ร้าน", document_number="1",
            clears=self.rows[clears] if clears is not None else None,
        )  # fmt: skip
        plain = [place, quarter, amount, kind, clears, Decimal(0), True]
        made = self.both(
            lambda: fine and self.may(lambda: self.plain.rows.append(plain), self.plain.rows.pop),
            lambda: spending.spend(spending=row, by=self.users[place]),
        )
        if made:
            self.rows.append(made)

    def release(self, number, _quarter, amount):
        plain = self.plain.rows[number]
        fine = plain[3] != "payment" and plain[6] and amount <= self.plain.open(number)
        self.both(
            lambda: fine and self.may(lambda: self._set(plain, 5, plain[5] + amount), lambda: None),
            lambda: spending.release(
                spending=self.rows[number], amount=amount, reason="คืน", by=self.users[plain[0]]
            ),
        )

    def change(self, number, quarter, amount):
        plain = self.plain.rows[number]
        before = list(plain)
        gone = plain[5] + sum((r[2] for r in self.plain.rows if r[4] == number and r[6]), Decimal(0))
        fine = plain[6] and amount >= gone
        if plain[4] is not None:
            fine = fine and amount <= self.plain.open(plain[4]) + plain[2]
        row = Spending.objects.visible_to(DEPARTMENT_EYES).get(pk=self.rows[number].pk)
        row.amount, row.spent_on = amount, DAYS[quarter]

        def changed():
            plain[1], plain[2] = quarter, amount

        def undone():
            plain[:] = before

        self.both(
            lambda: fine and self.may(changed, undone),
            lambda: spending.change(spending=row, reason="ผิด", by=self.users[plain[0]]),
        )

    def cancel(self, number, _quarter, _amount):
        plain = self.plain.rows[number]
        cleared = any(row[4] == number and row[6] for row in self.plain.rows)
        self.both(
            lambda: plain[6] and not cleared and self.may(lambda: self._set(plain, 6, False), lambda: None),
            lambda: spending.cancel(spending=self.rows[number], reason="ผิด", by=self.users[plain[0]]),
        )

    def restore(self, number, _quarter, _amount):
        plain = self.plain.rows[number]
        if plain[6]:
            return
        fine = True
        if plain[4] is not None:
            fine = self.plain.rows[plain[4]][6] and plain[2] <= self.plain.open(plain[4])
        self.both(
            lambda: fine and self.may(lambda: self._set(plain, 6, True), lambda: self._set(plain, 6, False)),
            lambda: spending.take_back(spending=self.rows[number], by=self.users[plain[0]]),
        )

    def agree(self):
        """What is left, and every sum, at each office, as its own people and the department see it."""
        whole = balances(DEPARTMENT_EYES, "school", "province", fiscal_year=self.year)
        for place, office in self.offices.items():
            purse = Purse(office, self.year.pk, self.money.line.pk)
            lefts = self.plain.lefts(place)
            assert left_by_quarter(self.users[place], purse) == lefts
            assert left_by_quarter(DEPARTMENT_EYES, purse) == lefts
            assert min(lefts) >= 0
            balance = whole.get((office.school, office.province))
            standing = [row for row in enumerate(self.plain.rows) if row[1][0] == place and row[1][6]]
            paid = [row[2] for _number, row in standing if row[3] == "payment"]
            assert (balance.paid if balance else None) == (sum(paid) if paid else None)
            for kind, shown in (("commitment", "committed"), ("advance", "advanced")):
                opens = [self.plain.open(number) for number, row in standing if row[3] == kind]
                assert (getattr(balance, shown) if balance else None) == (sum(opens) if opens else None)
            assert (balance.left if balance else None) in ({lefts[-1]} if balance else {None})


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=STEPS)
def test_no_order_of_steps_overspends_and_plain_python_agrees(world, money, steps):
    with pytest.raises(Undone), transaction.atomic():
        told = Told(world, money)
        told.plain.gifts.append([NATION, 1, Decimal(300_000), None, True])
        told.gifts.append(Allocation.objects.visible_to(DEPARTMENT_EYES).get())
        for step in (("give", PROVINCE, 1, Decimal(150)), ("give", SCHOOL, 2, Decimal(100)), *steps):
            told.step(*step)
        told.agree()
        raise Undone


def at_once(*acts):
    """Run each in a thread and a transaction of its own, let go together; what each met."""
    barrier, met = Barrier(len(acts)), []

    def run(act):
        try:
            with transaction.atomic():
                barrier.wait(10)
                act()
            met.append("done")
        except Overspent as refused:
            met.append(refused.left)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return met


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_do_not_spend_the_same_money(transactional_db, world, money, funded):
    def pay(amount):
        row = Spending(
            school=world.our_school, fiscal_year=world.year, budget_line=money.line, amount=Decimal(amount),
            kind="payment", purpose="general", expense_line=money.materials, spent_on=DAYS[1],
        )  # fmt: skip
        return lambda: spending.spend(spending=row, by=funded.school)

    met = at_once(pay(60_000), pay(60_000), pay(60_000))
    assert met.count("done") == 1 and met.count(Decimal(40_000)) == 2
    assert Spending.objects.visible_to(funded.school).count() == 1


@pytest.mark.django_db(transaction=True)
def test_giving_on_and_spending_at_once_do_not_use_the_same_money(transactional_db, world, money, funded):
    """The province has 100,000 left: it gives them on, spends them, and has them taken back, all at once."""
    province = world.users[Role.PROVINCE]
    received = Allocation.objects.visible_to(province).get(province="50", school=None)
    row = Spending(
        province=world.our_province, fiscal_year=world.year, budget_line=money.line, amount=Decimal(100_000),
        kind="payment", purpose="general", expense_line=money.materials, spent_on=DAYS[1],
    )  # fmt: skip
    met = at_once(
        lambda: spending.spend(spending=row, by=province),
        lambda: allocating.allocate(
            amounts={Office(school=world.sister_school.pk): Decimal(100_000)}, year=world.year, quarter=1,
            line=money.line, by=province, **DOCUMENT,
        ),
        lambda: allocating.give_back(
            allocation=received, amount=Decimal(100_000), reason="คืน", by=world.users[Role.DEPARTMENT], **DOCUMENT
        ),
    )  # fmt: skip
    assert met.count("done") == 1 and met.count(Decimal(0)) == 2
