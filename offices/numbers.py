"""Running numbers: the next one is taken while everybody else waits, so that two at once get two numbers."""

from __future__ import annotations

from datetime import date
from itertools import count

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from offices.models import GivenNumber, NumberSeries, User
from offices.thai.digits import to_arabic
from offices.thai.typed import tidy


@transaction.atomic
def take_number(*, kind: str, on: date, by: User, purpose: str = "", typed: str = "") -> GivenNumber:
    """Give the next number of that kind in the user's own office, or the one typed in, for a paper of day `on`."""
    series = NumberSeries.objects.own_of(by).select_for_update(of=("self",)).filter(kind=kind).first()
    if series is None:
        raise ValidationError(
            _("Your office has not set yet how its numbers look: %(kind)s. Set them, or type the number."),
            "not_set",
            {"kind": NumberSeries.Kind(kind).label},
        )
    period = series.period(on)
    text = tidy(typed)
    number = _read(series, period, text) if text else _next(series, period, by)
    text = text or series.written(number or 0, period)
    if _given(series, period, by).filter(text=text).exists() or (number and _is_given(series, period, number, by)):
        raise ValidationError(_("The number %(number)s has been given already."), "given", {"number": text})
    with pghistory.context(user=by.pk, act="numbers.take"):
        return GivenNumber.objects.create(
            series=series,
            school_id=series.school_id,
            province_id=series.province_id,
            period=period,
            number=number,
            text=text,
            is_typed=bool(tidy(typed)),
            given_on=on,
            purpose=purpose,
            given_by=by,
        )


def next_number(series: NumberSeries, on: date, by: User) -> str:
    """How the next number would read; whoever takes one first gets it."""
    period = series.period(on)
    return series.written(_next(series, period, by), period)


def last_number(series: NumberSeries, period: int, by: User) -> int:
    """The last number of that period that was given in turn; 0 where none was."""
    in_turn = _given(series, period, by).filter(is_typed=False).aggregate(last=Max("number"))["last"] or 0
    return max(in_turn, series.begun_at if series.begun_in == period else 0)


def _next(series: NumberSeries, period: int, by: User) -> int:
    """After the last one given in turn; numbers that were typed in are passed over, however far ahead they are."""
    last = last_number(series, period, by)
    typed = _given(series, period, by).filter(is_typed=True, number__gt=last)
    taken = set(typed.values_list("number", flat=True))
    return next(number for number in count(last + 1) if number not in taken)


def _given(series: NumberSeries, period: int, by: User):  # type: ignore[no-untyped-def]
    return GivenNumber.objects.own_of(by).filter(series=series, period=period)


def _is_given(series: NumberSeries, period: int, number: int, by: User) -> bool:
    return _given(series, period, by).filter(number=number).exists()


def _read(series: NumberSeries, period: int, text: str) -> int | None:
    """The number in what was typed, if it is written as the series writes its own."""
    year = f"/{period}" if series.with_year else ""
    plain = to_arabic(text)
    if not (plain.startswith(to_arabic(series.prefix)) and plain.endswith(year)):
        return None
    digits = plain[len(series.prefix) : len(plain) - len(year)].strip()
    return int(digits) if digits.isascii() and digits.isdecimal() and 0 < int(digits) < 10**9 else None
