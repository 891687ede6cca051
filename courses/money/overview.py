"""What an office has, and what the offices below it have, from sums of rows: the figures of the money pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from courses.models import BudgetLine, Course, ExpenseLine, Fair, Spending
from courses.money.allocating import receivers
from courses.money.balance import QUARTERS, ZERO, Balance, Office, added_up, balances, spent, together
from offices.clock import today
from offices.models import Membership, Province, School, User
from offices.thai.dates import short_date

Purpose = Spending.Purpose


@dataclass
class Row:
    """One line of a table of sums: what it is called, its sums, what is left, and the page that it opens to."""

    label: str
    balance: Balance
    left: Decimal | None = None
    url: str = ""
    group: str = ""


def _row(label: str, balance: Balance, **more: Any) -> Row:
    return Row(label, balance, balance.left, **more)


def in_all(rows: Iterable[Row]) -> Row:
    """The last line of such a table."""
    rows = list(rows)
    lefts = [row.left for row in rows if row.left is not None]
    return Row(_("Together"), together(row.balance for row in rows), sum(lefts, ZERO) if lefts else None)


def by_line(user: User, office: Office, year: int) -> list[Row]:
    """An office's own money by budget line."""
    found = balances(user, "budget_line", of=office, fiscal_year=year)
    lines = BudgetLine.objects.filter(pk__in=[key for (key,) in found])
    return [_row(str(line), found[line.pk,]) for line in lines]


def by_quarter(user: User, office: Office, year: int) -> list[tuple[int, Balance, Decimal]]:
    """An office's own money by quarter, and what is left up to each."""
    found = balances(user, "quarter", of=office, fiscal_year=year)
    if not found:
        return []
    each = [found.get((quarter,), Balance()) for quarter in QUARTERS]
    lefts = added_up([balance.left or ZERO for balance in each])
    return list(zip(QUARTERS, each, lefts, strict=True))


def below(user: User, year: int) -> list[Row]:
    """The offices that the user's office gives to. A province's spending is that of its office and its schools."""
    found = balances(user, "school", "province", fiscal_year=year)
    members: dict[str, list[int]] = defaultdict(list)
    for province, school in Membership.objects.visible_to(user).on(today()).values_list("province", "school"):
        members[province].append(school)
    rows = []
    for office, name in receivers(user):
        own = found.get((office.school, office.province), Balance())
        if office.province is None:
            rows.append(_row(name, own, url=reverse("money:school", args=[office.school])))
        else:
            schools = [found[school, None] for school in members[office.province] if (school, None) in found]
            url = reverse("money:province", args=[office.province])
            rows.append(_of_province(name, own, together(schools), url))
    return rows


def schools_of(user: User, province: Province, year: int) -> list[Row]:
    """The schools that belong to a province today, as far as the user sees them."""
    members = Membership.objects.visible_to(user).on(today()).filter(province=province)
    schools = School.objects.visible_to(user).filter(pk__in=members.values("school"))
    found = balances(user, "school", "province", fiscal_year=year)
    return [
        _row(each.name, found.get((each.pk, None), Balance()), url=reverse("money:school", args=[each.pk]))
        for each in schools
    ]


def _of_province(name: str, own: Balance, schools: Balance, url: str) -> Row:
    """Received and given on by the office, spent by it and its schools, left with both."""
    both = own + schools
    whole = Balance(own.received, both.carried, own.given, both.committed, both.advanced, both.paid, both.used)
    lefts = [left for left in (own.left, schools.left) if left is not None]
    return Row(name, whole, sum(lefts, ZERO) if lefts else None, url)


def by_purpose(user: User, office: Office, year: int) -> list[Row]:
    """An office's own spending by course, fair and the other purposes; each line opens to its rows."""
    found = spent(
        user, "purpose", "course", "fair", fiscal_year=year, school=office.school, province=office.province
    )
    courses = Course.objects.visible_to(user).in_bulk({course for _purpose, course, _fair in found if course})
    fairs = Fair.objects.in_bulk({fair for _purpose, _course, fair in found if fair})
    rows = []
    for key in sorted(found, key=lambda key: _place_of(key, courses, fairs)):
        purpose, course, fair = key
        label, day = str(Purpose(purpose).label), ""
        asked: dict[str, Any] = {"purpose": purpose}
        if course in courses:
            label, day, asked = courses[course].name, short_date(courses[course].starts_on), {"course": course}
        elif fair in fairs:
            label, asked = fairs[fair].name, {"fair": fair}
        rows.append(Row(label, found[key], url=rows_of(office, **asked), group=day))
    return rows


def _place_of(key: tuple[str, Any, Any], courses: dict[Any, Course], fairs: dict[Any, Fair]) -> tuple[Any, ...]:
    """Courses by their first day, fairs by name, then the other purposes."""
    purpose, course, fair = key
    day = courses[course].starts_on if course in courses else date.min
    return Purpose.values.index(purpose), day, fairs[fair].name_order if fair in fairs else "", course or 0


def by_expense(user: User, office: Office, year: int) -> list[Row]:
    """An office's own spending by expense class and line."""
    found = spent(user, "expense_line", fiscal_year=year, school=office.school, province=office.province)
    lines = ExpenseLine.objects.filter(pk__in=[key for (key,) in found if key]).select_related("expense_class")
    rows = [
        Row(
            line.name,
            found[line.pk,],
            url=rows_of(office, expense_line=line.pk),
            group=str(line.expense_class),
        )
        for line in lines
    ]
    if (unknown := found.get((None,))) is not None:
        rows.append(Row(_("Not said yet (advances)"), unknown, url=rows_of(office, kind="advance")))
    return rows


def rows_of(office: Office, **asked: Any) -> str:
    """The address of the rows behind a figure."""
    places = {"school": office.school, "province": office.province}
    query = {name: value for name, value in (asked | places).items() if value}
    return f"{reverse('money:spending_list')}?{urlencode(query)}"
