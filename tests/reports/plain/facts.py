"""What there is in an invented country, in plain Python. Nothing here knows the program's models or queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

FIRST, LAST = date(2025, 10, 1), date(2026, 9, 30)
"""Fiscal year 2569."""
TODAY = date(2026, 6, 30)
"""The day of the report."""
ATTACHED = "attached"
"""Where schools without a province stand."""


@dataclass(eq=False, repr=False)
class School:
    code: str
    belonged: list[tuple[date, date | None, str]] = field(default_factory=list)
    """First and last day (None while it lasts) in a province."""

    def province_on(self, day: date) -> str:
        for first, last, province in self.belonged:
            if first <= day and (last is None or day <= last):
                return province
        return ATTACHED

    def provinces_in_period(self) -> set[str]:
        met = {code for first, last, code in self.belonged if first <= LAST and (last is None or last >= FIRST)}
        return met or {ATTACHED}


@dataclass(eq=False, repr=False)
class Land:
    """One world: two provinces, a school that may move from one to the other, two that stay, one without."""

    near: str
    far: str
    moving: School
    sister: School
    other: School
    attached: School

    @property
    def schools(self) -> list[School]:
        return [self.moving, self.sister, self.other, self.attached]


@dataclass(eq=False, repr=False)
class Course:
    school: School
    status: str
    starts_on: date
    ends_on: date
    kind: str
    hours: Decimal
    trade_group: str
    skill_purpose: str
    is_binned: bool
    row: Any = None

    @property
    def is_there(self) -> bool:
        return not self.is_binned


@dataclass(eq=False, repr=False)
class Trainee:
    """Somebody in the register of a school; `number` is that of the document, None without one."""

    school: School
    number: int | None
    sex: str
    birth: date | None
    precision: str
    is_binned: bool
    row: Any = None


@dataclass(eq=False, repr=False)
class Enrolment:
    course: Course
    trainee: Trainee
    came: bool
    is_binned: bool
    has_withdrawn: bool
    education: str
    occupation: str
    facts: list[str]
    lives_in: str | None
    skill_purpose: str
    points: tuple[int | None, int | None, int | None] | None
    hours: Decimal | None
    levels: list[int | None] | None
    """The sixteen items of form 12, None where the form did not come back."""
    waves: dict[int, dict[str, Any]]
    row: Any = None

    @property
    def school(self) -> School:
        return self.course.school

    @property
    def is_there(self) -> bool:
        return not (self.is_binned or self.course.is_binned or self.trainee.is_binned)

    @property
    def answer(self) -> dict[str, Any] | None:
        """The latest wave that was answered."""
        answered = [wave for wave, said in self.waves.items() if said["outcome"] == "answered"]
        return self.waves[max(answered)] if answered else None

    @property
    def person(self) -> Any:
        """Kind and number of the document; without a number each enrolment is its own person."""
        return self.trainee.number or self


@dataclass(eq=False, repr=False)
class Product:
    course: Course
    makers: list[Enrolment]
    assessed: list[tuple[date, bool, bool]]
    """Day, whether it met the checklist, whether that was taken back; in the order of entry."""
    is_binned: bool
    row: Any = None

    @property
    def school(self) -> School:
        return self.course.school

    @property
    def is_there(self) -> bool:
        return not self.is_binned and self.course.is_there

    @property
    def makers_there(self) -> list[Enrolment]:
        return [maker for maker in self.makers if maker.is_there]


@dataclass(eq=False, repr=False)
class Channel:
    school: School
    opened_on: date
    closed_on: date | None
    products: list[Product]
    sales: dict[date, Decimal]
    is_binned: bool
    row: Any = None

    @property
    def products_there(self) -> list[Product]:
        return [product for product in self.products if product.is_there]


@dataclass(eq=False, repr=False)
class Fair:
    status: str
    day: date
    schools: list[School]
    provinces: list[str]
    has_department: bool
    shown: list[Product]
    """Products that were exhibited."""
    courses: list[Course]
    """Courses that were exhibited."""
    entered: list[Product]
    """Products in a contest."""
    people: list[Enrolment]
    """People in a contest."""
    row: Any = None


@dataclass(eq=False, repr=False)
class Group:
    school: School
    kind: str
    formed_on: date
    registered_on: date | None
    is_binned: bool


@dataclass(eq=False, repr=False)
class Country:
    """Worlds side by side; numbers of documents are the nation's, so people are met in several of them."""

    lands: list[Land]
    parts_have_minimums: bool
    areas: dict[str, tuple[list[str], list[str]]]
    """Whole provinces and single districts of the letter's area groups."""
    courses: list[Course] = field(default_factory=list)
    trainees: list[Trainee] = field(default_factory=list)
    enrolments: list[Enrolment] = field(default_factory=list)
    products: list[Product] = field(default_factory=list)
    channels: list[Channel] = field(default_factory=list)
    fairs: list[Fair] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)

    @property
    def schools(self) -> list[School]:
        return [school for land in self.lands for school in land.schools]


SUBDISTRICTS = {"500701": ("5007", "50"), "900101": ("9001", "90")}
"""District and province of the places where people live."""
