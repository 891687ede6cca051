"""Money."""

from datetime import date
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from courses.models import Allocation, BudgetLine, ExpenseClass, ExpenseLine, Rate, Spending
from offices.thai.dates import quarter_of


class BudgetLineFactory(DjangoModelFactory):
    """Give `fiscal_year`."""

    class Meta:
        model = BudgetLine

    plan = "แผนงาน"
    output = "ผลผลิต"
    activity = "กิจกรรม"
    category = "งบรายจ่ายอื่น"
    item = factory.Sequence(lambda n: f"ค่าใช้จ่ายโครงการ {n}")


class ExpenseClassFactory(DjangoModelFactory):
    """Give `fiscal_year`."""

    class Meta:
        model = ExpenseClass

    name = factory.Sequence(lambda n: f"ค่าวัสดุ {n}")


class ExpenseLineFactory(DjangoModelFactory):
    """Give `expense_class`."""

    class Meta:
        model = ExpenseLine

    name = factory.Sequence(lambda n: f"ค่าวัสดุฝึกอบรม {n}")


class RateFactory(DjangoModelFactory):
    """Give `expense_line`."""

    class Meta:
        model = Rate

    what = "วิทยากร"
    most = Decimal(200)
    unit = "ชั่วโมง"


class AllocationFactory(DjangoModelFactory):
    """By the department in the first quarter. Give `budget_line`, and `school` or `province`."""

    class Meta:
        model = Allocation

    fiscal_year = factory.SelfAttribute("budget_line.fiscal_year")
    source = "department"
    quarter = 1
    amount = Decimal(100_000)
    document_number = factory.Sequence(lambda n: f"ศธ 07005/{n}")
    document_on = date(2025, 10, 15)


class SpendingFactory(DjangoModelFactory):
    """A payment for the programme as a whole. Give `budget_line`, `expense_line`, and `school` or `province`."""

    class Meta:
        model = Spending

    fiscal_year = factory.SelfAttribute("budget_line.fiscal_year")
    kind = "payment"
    purpose = "general"
    spent_on = date(2026, 1, 16)
    quarter = factory.LazyAttribute(lambda s: quarter_of(s.spent_on))
    amount = Decimal(1000)
    payee = "ร้านวัสดุชุมชน"
