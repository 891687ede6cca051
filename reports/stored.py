"""Figures that were counted before, kept under the version of the data that they were counted from.

Small offices are counted anew whenever one looks. For large ones the stored figures are shown: as fresh only while
the data has not changed, otherwise with the moment they are of, while the worker counts anew.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.fields.json import KeyTransform
from django.utils import timezone

from offices.scoping import Eyes, OfficeEyes
from reports.asked import NARROWING, eyes_key, without_office
from reports.breakdowns import Part, View
from reports.definition import Indicator
from reports.figures import Breakdown, Counted, LeftOut, count, count_all, left_out
from reports.indicators import BY_CODE
from reports.measures import Figure, Number
from reports.models import StoredFigures
from reports.offices import Kind, Office
from reports.periods import Period
from reports.targets import target_of
from reports.versions import data_version, said_now, version_of
from trainees.models import Enrolment

RECOUNT_FOR: Final = 1800  # seconds after which a recount that did not come back may be asked for again


@dataclass(frozen=True)
class Served:
    """Figures for a page, and of when they are. `figures` is empty until a large office was counted once."""

    figures: list[Counted]
    as_of: datetime | None
    is_fresh: bool


def served(view: View, only: Indicator | None = None) -> Served:
    """All figures of a view with their breakdowns; no more than those of `only`, where nothing else is shown."""
    stored = _stored(view, only)
    version = data_version()
    if stored is not None and stored.data_version == version:
        return _read(stored, view, is_fresh=True)
    if not is_large(view):
        if only is not None:
            return Served([count(only, view)], timezone.now(), is_fresh=True)
        return _read(recount(view, version), view, is_fresh=True)
    _ask_for_recount(view)
    if stored is None:
        return Served([], None, is_fresh=False)
    return _read(stored, view, is_fresh=False)


@dataclass(frozen=True)
class Before:
    """An indicator as it was counted before, from the data as they still are."""

    indicator: Indicator
    written: dict[str, Any]

    @property
    def total(self) -> Figure:
        return _figure(self.indicator, self.written["total"])

    def part(self, dimension: str, part: str) -> Figure | None:
        """None where the dimension was not stored."""
        figures = dict(self.written["breakdowns"].get(dimension, ()))
        return _figure(self.indicator, figures[part]) if part in figures else None

    @property
    def left_out(self) -> list[LeftOut] | None:
        """What was not counted and why, where that was asked as well."""
        reasons = {each.code: each.reason for each in self.indicator.omissions}
        told = self.written.get("left_out")
        return None if told is None else [LeftOut(code, reasons[code], *numbers) for code, *numbers in told]


def counted_before(view: View, indicator: Indicator) -> Before | None:
    """What stands ready of an indicator; asked in one statement, together with the version of the data.

    The rows behind a figure of a school or province are soon counted, so it is not asked for them.
    """
    if view.office.kind != Kind.NATION:
        return None
    asked = _kept(view).values_list("data_version", said_now(), KeyTransform(indicator.code, "figures"))
    version, said, written = asked.first() or ("", "", None)
    return Before(indicator, written) if written is not None and version == version_of(said) else None


def is_large(view: View) -> bool:
    """Whether counting would keep somebody waiting; looks at no more rows than it takes to know."""
    rows = Enrolment.objects.visible_to(view.user).order_by()
    rows = view.office.of(rows, "course__starts_on")
    most = settings.FIGURES_AT_ONCE
    return len(rows.values_list("pk")[: most + 1]) > most


def recount(view: View, version: str | None = None, *, thoroughly: bool = False) -> StoredFigures:
    """Count everything of a view and keep it; what changes meanwhile makes the version another one.

    `thoroughly`: what was left out too, which only takes long where there are many rows.
    """
    version = version or data_version()
    began, as_of = time.monotonic(), timezone.now()
    with _one_moment():
        figures = {each.indicator.code: _written(each) for each in count_all(view)}
        if thoroughly:
            for code, written in figures.items():
                written["left_out"] = _said(left_out(view, BY_CODE[code]))
    kept: dict[str, Any] = {
        **_key(view),
        "data_version": version,
        "counted_at": as_of,
        "seconds": time.monotonic() - began,
        "figures": figures,
    }
    key = ["eyes", "office", "period"]
    rest = [name for name in kept if name not in key]
    StoredFigures.objects.bulk_create(
        [StoredFigures(**kept)], update_conflicts=True, unique_fields=key, update_fields=rest
    )
    return StoredFigures(**kept)


class _one_moment:
    """All counts of one moment, where nothing else was asked before in this transaction."""

    def __enter__(self) -> None:
        self._atomic = transaction.atomic()
        outermost = not connection.in_atomic_block
        self._atomic.__enter__()
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")

    def __exit__(self, *error: Any) -> None:
        self._atomic.__exit__(*error)


def _key(view: View) -> dict[str, str]:
    return {
        "eyes": eyes_key(view.user),
        "office": str(view.office),
        "period": urlencode(sorted(without_office(view).items())),
    }


def _kept(view: View) -> QuerySet[StoredFigures]:
    return StoredFigures.objects.filter(**_key(view))


def _stored(view: View, only: Indicator | None) -> StoredFigures | None:
    """What stands ready of a view; of all that was counted no more than is wanted is read."""
    rows = _kept(view)
    if only is None:
        return rows.first()
    row = rows.defer("figures").annotate(wanted=KeyTransform(only.code, "figures")).first()
    if row is not None:
        row.figures = {only.code: row.wanted} if row.wanted else {}
    return row


def view_of(stored: StoredFigures) -> View:
    """The view that stored figures are of, with the eyes of the office that they were counted for."""
    role, school, province = stored.eyes.split(":")
    eyes: Any = OfficeEyes(role, int(school) if school else None, province or None)
    return _view(eyes, stored.office, stored.period)


def view_told(eyes: dict[str, Any], asked: dict[str, str]) -> View:
    """The same of what a worker is told."""
    looking: Any = OfficeEyes(**eyes)
    return _view(looking, asked["office"], asked["period"])


def _view(eyes: Eyes, office: str, period: str) -> View:
    address = dict(parse_qsl(period))
    narrowed = tuple((each.code, address[each.code]) for each in NARROWING if each.code in address)
    return View(eyes, Office.parse(office, eyes), Period.parse(address, None), narrowed)


def differences(stored: StoredFigures, view: View) -> Iterator[str]:
    """Where stored figures differ from figures counted now, in words of programs."""
    for counted in count_all(view):
        code, now = counted.indicator.code, _written(counted)
        then = stored.figures.get(code, {})
        if "left_out" in then:
            now["left_out"] = _said(left_out(view, counted.indicator))
        for name in now:
            # Through JSON and back, as the stored ones went.
            if json.loads(json.dumps(now[name])) != then.get(name):
                yield f"{code} {name}"


def _ask_for_recount(view: View) -> None:
    """Once, however many people look meanwhile."""
    from reports.tasks import recount_figures

    key = _key(view)
    if cache.add(lock_of(key), 1, RECOUNT_FOR):
        transaction.on_commit(lambda: recount_figures.delay(eyes=_told(view.user), asked=key))


def lock_of(key: dict[str, str]) -> str:
    return f"recount:{key['eyes']}:{key['office']}:{key['period']}"


def _told(user: Eyes) -> dict[str, Any]:
    return {"role": user.role, "school_id": user.school_id, "province_id": user.province_id}


# As JSON and back. A Decimal is written as text, a count as a number.
def _plain(figure: Figure) -> list[Any]:
    beside = {name: _number(value) for name, value in figure.beside.items()}
    return [_number(figure.value), figure.rows, beside, figure.sides]


def _number(value: Number | None) -> int | str | None:
    return str(value) if isinstance(value, Decimal) else value


def _figure(indicator: Indicator, written: list[Any]) -> Figure:
    value, rows, beside, sides = written
    numbers = {name: _back(number) for name, number in beside.items()}
    return Figure(indicator.measure.kind, _back(value), rows, numbers, tuple(sides) if sides else None)


def _back(value: int | str | None) -> Number | None:
    return Decimal(value) if isinstance(value, str) else value


def _written(counted: Counted) -> dict[str, Any]:
    breakdowns = {
        each.dimension.code: [[part.code, _plain(figure)] for part, figure in each.parts]
        for each in counted.breakdowns
    }
    return {"total": _plain(counted.total), "breakdowns": breakdowns}


def _said(uncounted: list[LeftOut]) -> list[list[Any]]:
    return [[each.code, each.rows, each.courses] for each in uncounted]


def _read(stored: StoredFigures, view: View, *, is_fresh: bool) -> Served:
    figures = [_counted(BY_CODE[code], view, written) for code, written in stored.figures.items()]
    return Served(figures, stored.counted_at, is_fresh)


def _counted(indicator: Indicator, view: View, written: dict[str, Any]) -> Counted:
    breakdowns = []
    for dimension in indicator.dimensions:
        if dimension.code not in written["breakdowns"]:
            continue
        named = {part.code: part for part in dimension.parts(view)}
        parts = [
            (named.get(code) or Part(code, code), _figure(indicator, figure))
            for code, figure in written["breakdowns"][dimension.code]
        ]
        breakdowns.append(Breakdown(dimension, parts))
    total = _figure(indicator, written["total"])
    return Counted(indicator, total, breakdowns, target_of(view, indicator.code))
