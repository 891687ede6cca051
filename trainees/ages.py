"""Age on a day, and form 13's age bands: one rule, in Python and as a database expression.

Age is completed years. Who knows only the year of birth is as old as the difference of the years: the same
rule that forms have always used for the elderly, and never more than one year too many.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.db.models import Case, CharField, DateField, F, IntegerField, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import ExtractDay, ExtractMonth, ExtractYear
from django.db.models.lookups import Exact, GreaterThanOrEqual, LessThan

from trainees.models import Trainee
from trainees.models.facts import AgeBand

Expression = Combinable | Any

# Seen from an enrolment.
FIRST_COURSE_DAY: Final = F("course__starts_on")
BIRTH_DATE: Final = F("trainee__birth_date")
BIRTH_PRECISION: Final = F("trainee__birth_precision")

FIRST_AGES: Final[tuple[tuple[int, AgeBand], ...]] = (
    (60, AgeBand.FROM_60),
    (40, AgeBand.FROM_40),
    (15, AgeBand.FROM_15),
    (0, AgeBand.BELOW_15),
)
"""The first age of each band, oldest first."""


def age_on(day: date, birth: date | None, precision: str = Trainee.BirthPrecision.DAY) -> int | None:
    """Completed years on `day`; None when nobody knows, or when the birth would come after it."""
    if birth is None:
        return None
    years = day.year - birth.year
    if precision == Trainee.BirthPrecision.DAY and (day.month, day.day) < (birth.month, birth.day):
        years -= 1
    return years if years >= 0 else None


def age_band(age: int | None) -> AgeBand | None:
    """Form 13's band of an age."""
    if age is None:
        return None
    return next((band for first, band in FIRST_AGES if age >= first), None)


def age_expression(
    on: Expression = FIRST_COURSE_DAY,
    *,
    birth: Expression = BIRTH_DATE,
    precision: Expression = BIRTH_PRECISION,
) -> Case:
    """`age_on` for the database; by default over enrolments, on the first course day."""
    on = Value(on, output_field=DateField()) if isinstance(on, date) else on
    years = ExtractYear(on) - ExtractYear(birth)
    before_birthday = Q(Exact(precision, Value(Trainee.BirthPrecision.DAY.value))) & Q(
        LessThan(_day_of_year(on), _day_of_year(birth))
    )
    completed = Case(When(before_birthday, then=years - Value(1)), default=years, output_field=IntegerField())
    return Case(When(GreaterThanOrEqual(completed, 0), then=completed), output_field=IntegerField())


def age_band_case(
    on: Expression = FIRST_COURSE_DAY,
    *,
    birth: Expression = BIRTH_DATE,
    precision: Expression = BIRTH_PRECISION,
) -> Case:
    """The band of `age_expression`, null where the age is not known."""
    age = age_expression(on, birth=birth, precision=precision)
    return Case(
        *(When(GreaterThanOrEqual(age, first), then=Value(band.value)) for first, band in FIRST_AGES),
        output_field=CharField(),
    )


def _day_of_year(day: Expression) -> Expression:
    """Month and day as one number that compares like them: 3 February is 203."""
    return ExtractMonth(day) * Value(100) + ExtractDay(day)
