"""The targets of a fiscal year as a grid: a line for each office, a column for each indicator.

No row is a blank cell: there is no target. Zero is a target like any other number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, Final, Self

from django.db.models import Q
from django.utils.translation import gettext as _

from offices.models import FiscalYear, User
from offices.scoping import Eyes
from offices.thai.digits import format_number
from reports.indicators import BY_CODE, INDICATORS
from reports.models import Target
from reports.offices import ATTACHED, Kind, Office, SchoolLine
from reports.periods import Period
from trainees.cells import Cell, Grid, names_of

MOST: Final = Decimal(99_999_999)
MOST_OF_A_SHARE: Final = Decimal(100)


def is_share(code: str) -> bool:
    return BY_CODE[code].measure.kind == "percent"


@dataclass(frozen=True)
class Line:
    """An office of the table; `code` is what its sheet calls it, `below` leads to the offices below it."""

    key: str
    code: str
    name: str
    province: str | None = None
    school: int | None = None
    below: str = ""


@dataclass(frozen=True)
class Board:
    """The offices of one table: one looked at (there is none above the attached schools), and those below it."""

    year: int
    address: str
    name: str
    own: Line | None
    parts: tuple[Line, ...] = ()

    @property
    def lines(self) -> list[Line]:
        return [*([self.own] if self.own else []), *self.parts]


def board_of(user: Eyes, year: int, asked: str = "") -> Board:
    """The table of "department", "province:50", "school:CODE" or "attached", as far as it exists for `user`."""
    period = Period.of(year)
    if asked == ATTACHED:
        schools = Office.parse(Kind.NATION, user).schools(user, period)
        parts = tuple(_of_school(school) for school in schools if not school.provinces)
        return Board(year, ATTACHED, _("Directly attached schools"), None, parts)
    office = Office.parse(asked, user) if asked else Office.own(user)
    match office.kind:
        case Kind.NATION:
            own = Line("d", Kind.NATION, office.name)
            parts = tuple(
                Line(f"p{place.code}", place.code, place.name, province=place.code, below=place.office)
                for place in office.places(user, period)
                if place.office
            )
        case Kind.PROVINCE:
            own = Line(f"p{office.key}", office.key, office.name, province=office.key)
            parts = tuple(_of_school(school) for school in office.schools(user, period))
        case _:
            own = Line(f"s{office.pk}", office.key, office.name, school=office.pk)
            parts = ()
    return Board(year, str(office), office.name, own, parts)


def _of_school(school: SchoolLine) -> Line:
    return Line(f"s{school.pk}", school.code, school.name, school=school.pk)


def boards_for(user: Eyes, year: int) -> list[tuple[str, str]]:
    """The tables that `user` may turn to, by address; one's own comes first."""
    own = Office.own(user)
    if own.kind != Kind.NATION:
        return [(str(own), own.name)]
    provinces = [(place.office, place.name) for place in own.places(user, Period.of_known(year)) if place.office]
    return [(str(own), own.name), *provinces, (ATTACHED, _("Directly attached schools"))]


class TargetCell(Cell):
    """A cell of a whole number: 12,000."""

    @property
    def shown(self) -> str:
        return "" if self.stored is None else format_number(self.stored)


class TargetGrid(Grid):
    """The targets of a board, those that `user` may see."""

    act: ClassVar[str] = "targets.set"
    step: ClassVar[Decimal] = Decimal(1)

    def __init__(self, board: Board, user: Eyes) -> None:
        self.board = board
        self.lines = {line.key: line for line in board.lines}
        super().__init__(user)

    @classmethod
    def held(cls, of: Board, by: User, **which: Any) -> Self:
        """One writer at a time for the targets of a year."""
        FiscalYear.objects.select_for_update(no_key=True).get(year=of.year)
        return cls(of, by, **which)

    def fill(self) -> None:
        self.found = {_key(row): row for row in self._these(Target.objects.visible_to(self.user))}
        for line in self.lines:
            for indicator in INDICATORS:
                key = f"{line}-{indicator.code}"
                stored = Decimal(self.found[key].value) if key in self.found else None
                most = MOST_OF_A_SHARE if is_share(indicator.code) else MOST
                self.cells[key] = TargetCell(key, stored, most)

    def _these(self, rows: Any) -> Any:
        """Those of the year and of the offices of the table."""
        lines = self.lines.values()
        wanted = Q(school__in=[line.school for line in lines if line.school])
        wanted |= Q(province__in=[line.province for line in lines if line.province])
        if any(line.school is None and line.province is None for line in lines):
            wanted |= Q(school=None, province=None)
        return rows.filter(wanted, fiscal_year=self.board.year)

    def write(self, changes: Mapping[str, Decimal | None]) -> None:
        new, gone, changed = [], [], []
        for key, value in changes.items():
            there = self.found.get(key)
            if there is None and value is not None:
                new.append(self._made(key, value))
            elif there is not None and value is None:
                gone.append(there.pk)
            elif there is not None and value is not None:
                there.value = int(value)
                changed.append(there)
        rows = Target.objects.visible_to(self.user)
        rows.filter(pk__in=gone).delete()
        rows.bulk_update(changed, ["value"])
        rows.bulk_create(new)

    def _made(self, key: str, value: Decimal) -> Target:
        line, code = self._parts_of(key)
        return Target(
            fiscal_year_id=self.board.year,
            code=code,
            value=int(value),
            school_id=line.school,
            province_id=line.province,
        )

    def last_writers(self, keys: Iterable[str]) -> dict[str, str]:
        wanted = set(keys)
        events = self._these(Target.pgh_event_model.objects.visible_to(self.user))  # type: ignore[attr-defined]
        events = events.filter(code__in={key.split("-")[1] for key in wanted}).select_related("pgh_context")
        found = {_key(event): event for event in events.order_by("pgh_id")}
        return names_of({key: event for key, event in found.items() if key in wanted})

    def line_of(self, key: str) -> str:
        line, code = self._parts_of(key)
        return f"{line.name} {code}"

    def step_refusal(self) -> str:
        return _("Enter a whole number, without decimals.")

    def sum_of_parts(self, code: str) -> Decimal | None:
        """What the offices below are to reach together; shares do not add up, and nothing known is no sum."""
        stored = [self.cells[f"{line.key}-{code}"].stored for line in self.board.parts]
        known = [value for value in stored if value is not None]
        return sum(known, Decimal(0)) if known and not is_share(code) else None

    def _parts_of(self, key: str) -> tuple[Line, str]:
        line, _dash, code = key.partition("-")
        return self.lines[line], code


def _key(row: Any) -> str:
    """The cell of a target, or of an event of its history."""
    place = f"s{row.school_id}" if row.school_id else f"p{row.province_id}" if row.province_id else "d"
    return f"{place}-{row.code}"
