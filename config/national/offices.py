"""The offices of the whole country with their people, and what stands ready before any course: few rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from django.contrib.auth.hashers import make_password

from config.demo import PASSWORD, names
from config.demo.accounts import CANNOT_SIGN_IN, Staff
from config.demo.places import make_schools
from config.demo.products import POINTS
from config.national import YEAR
from courses.models import BudgetLine, ExpenseLine
from courses.money import names as names_of_money
from offices.geography import load_geography
from offices.models import (
    AreaGroup,
    ChecklistItem,
    CourseType,
    District,
    FiscalYear,
    Membership,
    Province,
    School,
    Subdistrict,
    User,
)
from offices.reference import ensure_reference_data
from offices.roles import Role
from offices.scoping import DEPARTMENT_EYES
from offices.years import open_next_year

BORDER: Final = ("94", "95", "96")
BORDER_DISTRICTS: Final = ("9003", "9004", "9005", "9010")
EASTERN: Final = ("20", "21", "24")
ECONOMIC_DISTRICTS: Final = (
    "6306",
    "6308",
    "6309",
    "2706",
    "4901",
    "2301",
    "9010",
    "4301",
    "7101",
    "5708",
    "4801",
)
MOVED_ON: Final = date(2026, 4, 1)
MOVED: Final = 12
"""So many schools came to another province in the middle of the year."""


@dataclass(frozen=True)
class Place:
    """A school with the people around it."""

    school: School
    province: str | None
    clerk: User
    superior: User
    subdistricts: Sequence[str]


@dataclass(frozen=True)
class Year:
    """A fiscal year with the rows that others lean on."""

    pk: int
    types: dict[str, CourseType]
    points: list[ChecklistItem]
    budget_line: int
    expense_lines: list[int]


@dataclass(frozen=True)
class Nation:
    places: list[Place]
    years: dict[int, Year]
    staff: Staff

    @property
    def department(self) -> User:
        return self.staff.department


def found() -> Nation:
    """Everything that needs no COPY, made by the program itself."""
    load_geography()
    ensure_reference_data()
    _fill_area_lists()
    year = FiscalYear.objects.get(year=YEAR)
    ChecklistItem.objects.bulk_create(
        ChecklistItem(fiscal_year=year, position=position, text=text, is_required=required)
        for position, (text, required) in enumerate(POINTS, 1)
    )
    open_next_year(after=year)
    make_schools()
    schools = list(School.objects.visible_to(DEPARTMENT_EYES).select_related("district").order_by("code"))
    staff = _staff(schools)
    _move_some(schools)
    return Nation(list(_places(schools, staff)), {pk: _year(pk) for pk in (YEAR, YEAR + 1)}, staff)


def _fill_area_lists() -> None:
    """As an example: the lists that count are the department's to enter."""
    lists = (
        (AreaGroup.Code.SOUTHERN_BORDER, BORDER, BORDER_DISTRICTS),
        (AreaGroup.Code.EASTERN_DEVELOPMENT, EASTERN, ()),
        (AreaGroup.Code.SPECIAL_ECONOMIC, (), ECONOMIC_DISTRICTS),
    )
    for code, provinces, districts in lists:
        group = AreaGroup.objects.get(code=code)
        group.provinces.set(Province.objects.filter(code__in=provinces))
        group.districts.set(District.objects.filter(code__in=districts))


def _staff(schools: Sequence[School]) -> Staff:
    """An account at every office; those of the demo's offices can be signed in to."""
    staff = Staff(schools).make()
    rng = Random("national accounts")  # noqa: S311 (play, not secrets)
    others = [
        User(
            username=f"demo-province-{province.pk}",
            name=names.whole_name(rng),
            role=Role.PROVINCE,
            province=province,
            position="ศึกษานิเทศก์",
            password=CANNOT_SIGN_IN,
            is_demo=True,
        )
        for province in Province.objects.order_by("code")
        if province.pk not in staff.at_province
    ]
    for user in User.objects.bulk_create(others):
        staff.at_province[str(user.province_id)] = user
    User.objects.filter(username="province").update(password=make_password(PASSWORD))
    return staff


def _move_some(schools: Sequence[School]) -> None:
    """What they did before stays with the province they were in (decision D5)."""
    rng = Random("national moves")  # noqa: S311 (play, not secrets)
    provinces = list(Province.objects.order_by("code").values_list("code", flat=True))
    for school in rng.sample([each for each in schools if each.district], MOVED):
        held = Membership.objects.visible_to(DEPARTMENT_EYES).filter(school=school)
        elsewhere = provinces[(provinces.index(school.district.province_id) + 1) % len(provinces)]  # type: ignore[union-attr]
        held.update(ends_on=MOVED_ON - timedelta(days=1))
        Membership.objects.create(school=school, province_id=elsewhere, starts_on=MOVED_ON)


def _places(schools: Iterable[School], staff: Staff) -> Iterable[Place]:
    near: dict[str, list[str]] = {}
    for code, district in Subdistrict.objects.order_by("code").values_list("code", "district"):
        near.setdefault(district, []).append(code)
    held = Membership.objects.visible_to(DEPARTMENT_EYES).on(MOVED_ON).values_list("school", "province")
    provinces = dict(held)
    for school in schools:
        province = provinces.get(school.pk)
        superior = staff.at_province[province] if province else staff.department
        around = near.get(school.district_id or "", []) or near["5007"]
        yield Place(school, province, staff.at_school[school.pk], superior, around)


def _year(pk: int) -> Year:
    year = FiscalYear.objects.get(pk=pk)
    names_of_money.fill(year, FiscalYear.objects.filter(pk=pk - 1).first())
    return Year(
        pk,
        {each.kind: each for each in year.course_types.all()},
        list(year.checklist_items.all()),
        BudgetLine.objects.filter(fiscal_year=year).values_list("pk", flat=True)[0],
        list(ExpenseLine.objects.filter(expense_class__fiscal_year=year).values_list("pk", flat=True)),
    )
