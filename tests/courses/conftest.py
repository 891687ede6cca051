"""Whoever looks at courses, signed in."""

from dataclasses import dataclass

import pytest
from django.test import Client

from courses.models import Allocation, BudgetLine, ExpenseLine
from offices.models import User
from offices.roles import Role
from tests import factories as make


@pytest.fixture
def signed_in():
    """A browser in which `user` is signed in."""

    def sign_in(user) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def clerk(world, signed_in):
    """The browser of our school's staff."""
    return signed_in(world.users[Role.SCHOOL])


@pytest.fixture
def stranger(world, signed_in):
    """The browser of another school's staff, in another province."""
    return signed_in(world.strangers[Role.SCHOOL])


@pytest.fixture
def typed(world):
    """What is typed into the form of a right course; change what matters."""
    return {
        "curriculum": world.ours.curriculum.pk,
        "name": "การทำขนมครก",
        "hours": "๘",
        "skill_purpose": "new_skill",
        "learning_mode": "group",
        "starts_on": "16/01/2569",
        "ends_on": "17/01/2569",
        "fiscal_year": "",
        "venue": "ศาลาประชาคม",
        "subdistrict": "",
        "instructor": "ครูสมใจ",
    }


@dataclass
class Money:
    """A budget line of the year with money at the department, and what it may be spent on."""

    line: BudgetLine
    materials: ExpenseLine
    speakers: ExpenseLine


@dataclass
class Funded:
    """Our school's staff, and the 100,000 baht of the first quarter that their province gave them."""

    school: User
    allocation: Allocation


@pytest.fixture
def money(world) -> Money:
    line = make.BudgetLineFactory(fiscal_year=world.year)
    kind = make.ExpenseClassFactory(fiscal_year=world.year)
    make.AllocationFactory(budget_line=line, source="budget", amount=300_000)
    return Money(line, make.ExpenseLineFactory(expense_class=kind), make.ExpenseLineFactory(expense_class=kind))


@pytest.fixture
def funded(world, money) -> Funded:
    make.AllocationFactory(budget_line=money.line, province=world.our_province, amount=200_000)
    row = make.AllocationFactory(
        budget_line=money.line, school=world.our_school, source="province", giver=world.our_province
    )
    return Funded(world.users[Role.SCHOOL], row)
