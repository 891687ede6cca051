"""What an address asks for: whose figures, of which period, narrowed to what. It can be sent to others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from offices.scoping import Eyes
from offices.thai.dates import short_datetime
from offices.years import chosen_year
from reports.breakdowns import Part, View
from reports.dimensions import COURSE_TYPE, SKILL_PURPOSE, TARGET_GROUP, TRADE_GROUP
from reports.offices import Office
from reports.periods import Period

NARROWING: Final = (COURSE_TYPE, TRADE_GROUP, SKILL_PURPOSE, TARGET_GROUP)
"""By what every figure can be narrowed: each indicator has a dimension of this code."""


def view_asked(request: HttpRequest) -> View | None:
    """The view of an address; an office or year that does not exist for this person is not found."""
    chosen = chosen_year(request)
    if chosen is None:
        return None
    try:
        return view_of_address(request.user, request.GET.dict(), chosen)  # type: ignore[arg-type]
    except LookupError as reason:
        raise Http404(str(reason)) from reason


def view_of_address(user: Eyes, asked: Mapping[str, str], chosen: int | None) -> View:
    """The same without a request, as for a worker; raises LookupError. `chosen` is the year if it names none."""
    period = Period.parse(asked, chosen)
    office = Office.parse(asked["office"], user) if asked.get("office") else Office.own(user)
    view = View(user, office, period)
    return replace(view, narrowed=_narrowed(asked, view))


def office_or_404(typed: str, user: Any) -> Office:
    try:
        return Office.parse(typed, user) if typed else Office.own(user)
    except LookupError as reason:
        raise Http404(str(reason)) from reason


def _narrowed(asked: Mapping[str, str], view: View) -> tuple[tuple[str, str], ...]:
    found = []
    for dimension in NARROWING:
        part = asked.get(dimension.code, "")
        if part and part not in {each.code for each in dimension.parts(view)}:
            raise LookupError(part)
        if part:
            found.append((dimension.code, part))
    return tuple(found)


def address_of(view: View) -> dict[str, Any]:
    """The address of a view, as names and values."""
    return {**without_office(view), "office": str(view.office)}


def without_office(view: View) -> dict[str, Any]:
    """The same for another office."""
    return {**view.period.address, **dict(view.narrowed)}


def query_of(view: View) -> str:
    return urlencode(address_of(view))


def narrowed_in_words(view: View) -> list[tuple[str, str]]:
    """To what a view is narrowed: label and part, for people."""
    parts = dict(view.narrowed)
    return [
        (str(dimension.label), str(_part(dimension.parts(view), parts[dimension.code]).label))
        for dimension in NARROWING
        if dimension.code in parts
    ]


def in_one_line(view: View, as_of: datetime | None) -> str:
    """Whose figures, of when, narrowed to what: what is written under a picture of them."""
    told = [view.office.name, str(view.period), *(f"{label}: {part}" for label, part in narrowed_in_words(view))]
    if as_of is not None:
        told.append(_("as of %(moment)s") % {"moment": short_datetime(as_of)})
    return " · ".join(told)


def _part(parts: list[Part], code: str) -> Part:
    return next(each for each in parts if each.code == code)


def eyes_key(user: Eyes) -> str:
    """Whose scope it is: everybody of one office sees the same figures."""
    return f"{user.role}:{user.school_id or ''}:{user.province_id or ''}"
