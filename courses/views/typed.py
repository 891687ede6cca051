"""Reading the hours and the year out of a course form that is still being filled."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from courses.forms import type_of
from courses.models import Curriculum
from courses.rules import HoursRefused
from offices.clock import today
from offices.models import CourseType, FiscalYear
from offices.thai.dates import fiscal_year_of
from offices.thai.forms import ThaiDateField, ThaiDecimalField


def judged_hours(
    typed: Mapping[str, str], curricula: QuerySet[Curriculum]
) -> tuple[CourseType | None, Decimal | None]:
    """The type of the hours typed, or of the curriculum's hours; nothing as long as there are none."""
    try:
        hours = ThaiDecimalField(required=False).clean(typed.get("hours", ""))
    except ValidationError as refusal:
        raise HoursRefused(refusal.messages) from None
    if hours is None:
        key = _number(typed.get("curriculum", ""))
        curriculum = curricula.filter(pk=key).first() if key is not None else None
        hours = curriculum.hours if curriculum else None
    year = _year(typed)
    if hours is None or year is None:
        return None, None
    return type_of(hours, year), hours


def _year(typed: Mapping[str, str]) -> FiscalYear | None:
    """The year chosen, else that of the first day, else today's."""
    number = _number(typed.get("fiscal_year", ""))
    if number is None:
        try:
            first = ThaiDateField(required=False).clean(typed.get("starts_on", ""))
        except ValidationError:
            first = None
        number = fiscal_year_of(first or today())
    return FiscalYear.objects.filter(pk=number).first() or FiscalYear.objects.first()


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None
