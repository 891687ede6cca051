"""The office whose figures are asked for: the nation, a province or a school.

A school counts its own rows. A province counts the rows of the schools that belonged to it on the day that
decides, so that no figure moves when a school moves (decision D5). The nation counts everything, the directly
attached schools included. Whoever looks never sees more than their own scope.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Self, TypeVar

from django.db.models import Case, CharField, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from offices.models import Membership, Province, School
from offices.scoping import NOTHING, Eyes, provinces_for, rows_for
from reports.periods import Period

ATTACHED = "attached"  # the line of the schools that had no province on the day that decides
OFFICES = "offices"  # the line of an office itself, beside those of the places below it


Rows = TypeVar("Rows", bound=QuerySet)
Stretch = tuple[date, date | None]  # first and last day, None while it lasts


class NoSuchOffice(LookupError):
    """The office does not exist for whoever asks. Its text is for the person who asked."""


class Kind(StrEnum):
    NATION = "department"
    PROVINCE = "province"
    SCHOOL = "school"


class Level(StrEnum):
    """By what lines of figures are counted."""

    WHOLE = "whole"
    PROVINCE = "province"
    SCHOOL = "school"


@dataclass(frozen=True)
class Place:
    """A part of an office: a province of the nation, a school of a province."""

    code: str
    name: str
    office: str = ""  # how its own figures are asked for; the line of attached schools has none


@dataclass(frozen=True)
class SchoolLine:
    """A school as a line of a table, with the province or provinces it belonged to in the period."""

    pk: int
    code: str
    name: str
    provinces: tuple[str, ...]
    province_codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Office:
    """Made by `parse` or `own`, which know who asks."""

    kind: Kind
    key: str = ""  # official code of a province, code of a school
    pk: Any = None
    name: str = ""
    members: tuple[tuple[Stretch, tuple[int, ...]], ...] = ()  # of a province: schools by the days they belonged

    @classmethod
    def parse(cls, text: str, user: Eyes) -> Self:
        """Read "department", "province:50" or "school:CODE", as far as it exists for `user`."""
        kind, _colon, key = text.partition(":") if text.isprintable() else ("", "", "")
        if kind == Kind.NATION and not key and not rows_for(user):  # no condition: every row
            return cls(Kind.NATION, name=_("Whole country"))
        if kind == Kind.PROVINCE and (province := Province.objects.filter(provinces_for(user), code=key).first()):
            return cls._province(province, user)
        if kind == Kind.SCHOOL and (school := School.objects.visible_to(user).filter(code=key).first()):
            return cls(Kind.SCHOOL, school.code, school.pk, school.name)
        raise NoSuchOffice(_("There is no office “%(office)s” here.") % {"office": text[:60]})

    @classmethod
    def own(cls, user: Eyes, seen: Self | None = None) -> Self:
        """The widest office that `user` may look at: their own; `seen` is one they look at, and spares asking."""
        if not rows_for(user):
            return cls.parse(Kind.NATION, user)
        if seen is not None and seen.kind == Kind.PROVINCE:
            return seen
        if province := _own_row(user, "province", lambda: Province.objects.filter(provinces_for(user))):
            return cls._province(province, user)
        if school := _own_row(user, "school", lambda: School.objects.visible_to(user)):
            return cls(Kind.SCHOOL, school.code, school.pk, school.name)
        raise NoSuchOffice(_("You have no office."))

    @classmethod
    def _province(cls, province: Province, user: Eyes) -> Self:
        """With its schools as plain values, so that the database plans by what there is, not by guesses."""
        members: dict[Stretch, list[int]] = {}
        for belonging in Membership.objects.visible_to(user).filter(province=province):
            members.setdefault((belonging.starts_on, belonging.ends_on), []).append(belonging.school_id)
        held = tuple((stretch, tuple(schools)) for stretch, schools in members.items())
        return cls(Kind.PROVINCE, province.code, province.code, province.name, held)

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}" if self.key else str(self.kind)

    @property
    def level(self) -> Level:
        """By what this office's parts are told apart; a school has none, so its only line is itself."""
        return Level.PROVINCE if self.kind == Kind.NATION else Level.SCHOOL

    @property
    def has_parts(self) -> bool:
        return self.kind != Kind.SCHOOL

    def of(self, rows: Rows, day: str, *, offices: bool = False) -> Rows:
        """Those of the visible `rows` that are this office's; `day` leads to the day that decides.

        `offices`: rows of offices, of which a province has its own besides those of its schools.
        """
        if self.kind == Kind.NATION:
            return rows
        if self.kind == Kind.SCHOOL:
            return rows.filter(school=self.pk)
        belonged = Q(province=self.key) if offices else NOTHING
        for (first, last), schools in self.members:
            until = Q(**{f"{day}__lte": last}) if last else Q()
            belonged |= Q(**{"school__in": schools, f"{day}__gte": first}) & until
        return rows.filter(belonged)

    def of_its_schools(self, rows: Rows) -> Rows:
        """Those of the visible `rows` whose school is or once was this office's, on whichever day."""
        if self.kind == Kind.NATION:
            return rows
        if self.kind == Kind.SCHOOL:
            return rows.filter(school=self.pk)
        return rows.filter(school__in={school for _stretch, schools in self.members for school in schools})

    def place_of(self, user: Eyes, day: str, *, offices: bool = False) -> Combinable:
        """Which part of this office a row belongs to, as an expression over rows."""
        if not self.has_parts:
            raise ValueError(f"{self} has no parts.")
        place = place_at(self.level, user, day, offices=offices)
        return Coalesce(place, Value(OFFICES), output_field=CharField()) if offices else place

    def places(self, user: Eyes, period: Period) -> list[Place]:
        """The parts of this office, in Thai order."""
        match self.kind:
            case Kind.NATION:
                provinces = Province.objects.filter(provinces_for(user))
                found = [Place(each.code, each.name, f"{Kind.PROVINCE}:{each.code}") for each in provinces]
                return [*found, Place(ATTACHED, _("Directly attached schools"))]
            case Kind.PROVINCE:
                lines = self.schools(user, period)
                return [Place(line.code, line.name, f"{Kind.SCHOOL}:{line.code}") for line in lines]
            case _:
                return []

    def schools(self, user: Eyes, period: Period) -> list[SchoolLine]:
        """The schools of this office that existed in the period, in Thai order."""
        memberships = (
            Membership.objects.visible_to(user)
            .filter(Q(ends_on=None) | Q(ends_on__gte=period.first), starts_on__lte=period.last)
            .order_by("starts_on")
        )
        known: dict[str, Province] = {}
        provinces: dict[int, list[Province]] = {}
        for school, code, name_th, name_en, position in memberships.values_list(
            "school", "province", "province__name_th", "province__name_en", "province__position"
        ):
            if code not in known:  # one object for each, however many schools it has
                known[code] = Province(code=code, name_th=name_th, name_en=name_en, position=position)
            provinces.setdefault(school, []).append(known[code])
        schools = School.objects.visible_to(user).filter(
            Q(closed_on=None) | Q(closed_on__gte=period.first), Q(opened_on=None) | Q(opened_on__lte=period.last)
        )
        if self.kind == Kind.SCHOOL:
            schools = schools.filter(pk=self.pk)
        told = schools.values_list("pk", "code", "name")
        lines = [_line(pk, code, name, provinces.get(pk, [])) for pk, code, name in told]
        if self.kind == Kind.PROVINCE:
            lines = [line for line in lines if self.key in line.province_codes]
        # By province, as offices file them; the sort is stable, so schools stay in Thai order within one.
        order = {pk: found[-1].position for pk, found in provinces.items()}
        return sorted(lines, key=lambda line: order.get(line.pk, float("inf")))


def _own_row(user: Eyes, name: str, rows: Callable[[], QuerySet]) -> Any:
    """What a person's own row leads to, as the head of each page asks for it too; mere eyes lead nowhere."""
    return getattr(user, name) if hasattr(user, name) else rows().first()


def _line(pk: int, code: str, name: str, provinces: list[Province]) -> SchoolLine:
    names, codes = tuple(each.name for each in provinces), tuple(each.code for each in provinces)
    return SchoolLine(pk, code, name, names, codes)


def place_at(level: Level, user: Eyes, day: str, *, offices: bool = False) -> Combinable:
    """The code of the line that a row belongs to; null for a row of an office above that line."""
    if level is Level.SCHOOL:
        return F("school__code")
    province = province_on(user, day)
    if not offices:
        return province
    of_school = Case(When(school__isnull=False, then=province), output_field=CharField())
    return Coalesce(F("province"), of_school, output_field=CharField())


def province_on(user: Eyes, day: str) -> Coalesce:
    """The code of the province that a row's school belonged to on its `day`, or ATTACHED."""
    then = Membership.objects.visible_to(user).on(OuterRef(day)).filter(school=OuterRef("school"))  # type: ignore[arg-type]  # a column for a day
    return Coalesce(Subquery(then.values("province")[:1]), Value(ATTACHED), output_field=CharField())


Choices = list[tuple[str, list[tuple[str, str]]]]


def offices_for(user: Eyes, office: Office, period: Period, places: list[Place]) -> Choices:
    """The offices that `user` may turn to from `office`, in groups; schools only of the province looked at."""
    own = Office.own(user, office)
    groups = [(_("My office"), [(str(own), own.name)])]
    places = places if own == office else own.places(user, period)
    below = [(place.office, place.name) for place in places if place.office]
    if own.kind == Kind.NATION:
        groups.append((_("Provinces"), below))
        lines = own.schools(user, period)
        shown = _province_looked_at(office, lines)
        near = [line for line in lines if (shown in line.provinces if shown else not line.provinces)]
        label = _("Schools of %(province)s") % {"province": shown} if shown else _("Directly attached schools")
        groups.append((label, [(f"{Kind.SCHOOL}:{line.code}", line.name) for line in near]))
    elif below:
        groups.append((_("Schools"), below))
    return [(label, choices) for label, choices in groups if choices]


def _province_looked_at(office: Office, lines: list[SchoolLine]) -> str:
    if office.kind == Kind.PROVINCE:
        return office.name
    return next((line.provinces[-1] for line in lines if line.code == office.key and line.provinces), "")
