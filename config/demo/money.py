"""Money of the demo: what courses cost, and allocations by quarter that cover it, from the department down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from math import ceil
from random import Random
from typing import TYPE_CHECKING, Any, Final

from config.demo import DEMO_YEAR
from config.demo.calendar import STORY_DAY
from config.demo.places import OUR_SCHOOL
from courses.models import Allocation, BudgetLine, Course, ExpenseLine, Fair, Spending
from courses.money import names
from offices.models import FiscalYear
from offices.thai.dates import fiscal_year_of, quarter_bounds, quarter_of

if TYPE_CHECKING:
    from config.demo.load import SchoolLife

STEP: Final = 5_000
RESERVE: Final = Decimal(500_000)
OWN_WORK: Final = Decimal(20_000)  # a provincial office has it from the first day on, for supervision
AN_HOUR: Final = 200
SHOPS: Final = ("ร้านวัสดุชุมชน", "หจก. รวมช่างการค้า", "ร้านแม่บุญมี", "สหกรณ์การเกษตรบ้านใหม่")


@dataclass
class Year:
    """A fiscal year with its names of money, and the needs that are found on the way, by office and quarter."""

    year: FiscalYear
    line: BudgetLine
    speakers: ExpenseLine
    materials: ExpenseLine
    travel: ExpenseLine
    needs: dict[Any, dict[int, Decimal]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(Decimal)))

    @classmethod
    def of(cls, year: FiscalYear) -> Year:
        names.fill(year, FiscalYear.objects.filter(pk=year.pk - 1).first())
        lines = ExpenseLine.objects.filter(expense_class__fiscal_year=year)
        line = BudgetLine.objects.filter(fiscal_year=year)[0]
        known = {each.name: each for each in lines}
        return cls(year, line, known["ค่าตอบแทนวิทยากร"], known["ค่าวัสดุฝึกอบรม"], known["ค่าบริหารจัดการ"])


def money(lives: list[SchoolLife]) -> None:
    """Spending first, then what had to be received for it: so nobody of the demo overspends."""
    years = {each.pk: Year.of(each) for each in FiscalYear.objects.filter(pk__in=[DEMO_YEAR, DEMO_YEAR + 1])}
    rows: list[Spending] = []
    for life in lives:
        rng = Random(f"money {life.offer.school.code}")  # noqa: S311 (play, not secrets)
        for course in life.offer.courses:
            rows += _of_course(course, years, rng)
    rows += _of_provinces(lives, years[DEMO_YEAR])
    rows += [*_of_fairs(years[DEMO_YEAR]), _of_department(years[DEMO_YEAR])]
    Spending.objects.bulk_create(rows)
    _more_of_ours(lives, years[DEMO_YEAR])
    for year in years.values():
        _allocate(lives, year)


def _spent(year: Year, amount: Decimal, day: date, **facts: Any) -> Spending:
    row = Spending(
        fiscal_year=year.year, budget_line=year.line, amount=amount, spent_on=day, quarter=quarter_of(day), **facts
    )
    if not facts.get("clears"):
        year.needs[row.school or row.province][row.quarter] += amount
    return row


def _of_course(course: Course, years: dict[int, Year], rng: Random) -> Iterable[Spending]:
    """What the instructor got on the last day, and the materials that were bought before the first."""
    if course.status not in Course.COUNTED_STATES:
        return
    for is_speaker, day in ((True, course.ends_on), (False, course.starts_on)):
        year = years.get(fiscal_year_of(day))
        if year is None or day > STORY_DAY:
            continue
        facts: dict[str, Any] = {"school": course.school, "purpose": "course", "course": course, "kind": "payment"}
        facts |= {"created_by": course.created_by, "document_number": f"บจ. {rng.randint(1, 900)}/{year.year}"}
        if is_speaker:
            amount = Decimal(AN_HOUR) * course.hours
            yield _spent(year, amount, day, expense_line=year.speakers, payee=course.instructor, **facts)
        else:
            satang = rng.choice([Decimal(0), Decimal(0), Decimal("0.50")])
            amount = Decimal(rng.randrange(1_500, 9_000, 50)) + satang
            tax = (amount / 107).quantize(Decimal("0.01")) if amount > STEP else None
            yield _spent(
                year, amount, day, expense_line=year.materials, payee=rng.choice(SHOPS), tax_withheld=tax, **facts
            )


def _of_provinces(lives: list[SchoolLife], year: Year) -> Iterable[Spending]:
    """A journey to the schools in the third quarter."""
    day = quarter_bounds(year.year.pk, 3)[0] + timedelta(days=40)
    for province in _provinces(lives):
        yield _spent(
            year, Decimal("12480.75"), day, province=province, purpose="supervision", kind="payment",
            expense_line=year.travel, payee="คณะกรรมการนิเทศ", document_number="บจ. 31/2569",
        )  # fmt: skip


def _of_fairs(year: Year) -> Iterable[Spending]:
    """What a fair cost its organiser, a province or the department: an order for tents, and what the day took."""
    for fair in Fair.objects.filter(status=Fair.Status.HELD, fiscal_year=year.year):
        day = fair.starts_on or STORY_DAY
        facts: dict[str, Any] = {"province": fair.organiser, "purpose": "fair", "fair": fair}
        yield _spent(
            year, Decimal(24_000), day - timedelta(days=5), **facts, kind="commitment", fair_rule="procurement",
            expense_line=year.travel, payee=SHOPS[1], document_number="ใบสั่งจ้าง 7/2569",
        )  # fmt: skip
        yield _spent(
            year, Decimal("41250.50"), day, **facts, kind="payment", fair_rule="event", expense_line=year.travel,
            payee=SHOPS[3], document_number="บจ. 77/2569",
        )  # fmt: skip


def _of_department(year: Year) -> Spending:
    """Money lent for the programme as a whole, of which no voucher has come yet."""
    day = quarter_bounds(year.year.pk, 4)[0] + timedelta(days=9)
    return _spent(
        year, Decimal(15_000), day, purpose="general", kind="advance", payee="นางสาวสมใจ ใจงาม",
        document_number="บย. 9/2569", due_on=day + timedelta(days=30),
    )  # fmt: skip


def _provinces(lives: list[SchoolLife]) -> list[Any]:
    found = {life.offer.school.district.province for life in lives if life.offer.school.district}
    return sorted(found, key=lambda province: province.pk)


def _more_of_ours(lives: list[SchoolLife], year: Year) -> None:
    """One of each other kind, at the school that people sign in to: an order, a loan, a mistake."""
    life = next((each for each in lives if each.offer.school.code == OUR_SCHOOL), None)
    if life is None:
        return
    first = quarter_bounds(year.year.pk, 2)[0] + timedelta(days=20)
    facts: dict[str, Any] = {"school": life.offer.school, "purpose": "general", "created_by": life.offer.clerk}
    order = _spent(
        year, Decimal(18_000), first, kind="commitment", expense_line=year.materials, payee=SHOPS[1],
        document_number="ใบสั่งซื้อ 12/2569", **facts,
    )  # fmt: skip
    loan = _spent(
        year, Decimal(10_000), first, kind="advance", payee="นางสาวสมใจ ใจงาม", document_number="บย. 5/2569",
        due_on=first + timedelta(days=30), **facts,
    )  # fmt: skip
    mistake = Spending(
        fiscal_year=year.year, budget_line=year.line, amount=Decimal(900), spent_on=first, quarter=2,
        kind="payment", expense_line=year.materials, payee=SHOPS[2], cancelled_at=f"{first}T03:00Z",
        cancel_reason="บันทึกซ้ำ", **facts,
    )  # fmt: skip
    Spending.objects.bulk_create([order, loan, mistake])
    for whole, amount in ((order, Decimal("11500.25")), (loan, Decimal("8640.50"))):
        paid = _spent(
            year, amount, first + timedelta(days=21), kind="payment", clears=whole, expense_line=year.materials,
            payee=SHOPS[0], document_number="บจ. 77/2569", **facts,
        )  # fmt: skip
        paid.save()


def _allocate(lives: list[SchoolLife], year: Year) -> None:
    """In each quarter as much as is needed in it, in round sums, by one document a quarter and giver."""
    rows, provinces = [], _provinces(lives)
    given: dict[Any, dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for life in lives:
        school = life.offer.school
        above = school.district.province if school.district else None
        for quarter, need in sorted(year.needs[school].items()):
            amount = _rounded(need)
            given[above][quarter] += amount
            source = {"source": "province", "giver": above} if above else {"source": "department"}
            rows.append(_given(year, quarter, amount, 14, school=school, **source))
    for province in provinces:
        own = year.needs[province]
        for quarter in sorted({1, *given[province], *own}):
            amount = given[province][quarter] + _rounded(own[quarter]) + (OWN_WORK if quarter == 1 else 0)
            given[None][quarter] += amount
            rows.append(_given(year, quarter, amount, 7, province=province, source="department"))
    for quarter, need in year.needs[None].items():
        given[None][quarter] += _rounded(need)
    for quarter, amount in sorted(given[None].items()):
        rows.append(_given(year, quarter, amount + RESERVE, 1, source="budget"))
    Allocation.objects.bulk_create(rows)


def _rounded(amount: Decimal) -> Decimal:
    return Decimal(ceil(amount / STEP) * STEP)


def _given(year: Year, quarter: int, amount: Decimal, days: int, **facts: Any) -> Allocation:
    day = quarter_bounds(year.year.pk, quarter)[0] + timedelta(days=days)
    return Allocation(
        fiscal_year=year.year,
        budget_line=year.line,
        quarter=quarter,
        amount=amount,
        document_on=day,
        document_number=f"ศธ 07005/{100 * quarter + days}",
        **facts,
    )
