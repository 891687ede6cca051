"""Age on a day, and form 13's age bands: one rule, in Python and as a database expression.

Age is completed years. Who knows only the year of birth is as old as the difference of the years: the same
rule that forms have always used for the elderly, and never more than one year too many.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    Case,
    CharField,
    DateField,
    F,
    Func,
    IntegerField,
    Q,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import ExtractYear
from django.db.models.lookups import Exact, GreaterThanOrEqual

from trainees.models import Trainee
from trainees.models.facts import AgeBand

Expression = Combinable | Any

_integers: Final = ArrayField(IntegerField())
_texts: Final = ArrayField(TextField())

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


class CompletedYears(Func):
    """Years that were completed between two days, the later first."""

    # Of bare days: asked of moments, it would look into the history of the time zone.
    template = "EXTRACT(YEAR FROM AGE((%(expressions)s)::timestamp))::integer"
    arg_joiner = ")::timestamp, ("
    arity = 2
    output_field = IntegerField()


def age_expression(
    on: Expression = FIRST_COURSE_DAY,
    *,
    birth: Expression = BIRTH_DATE,
    precision: Expression = BIRTH_PRECISION,
) -> Case:
    """`age_on` for the database; by default over enrolments, on the first course day.

    A million rows are asked several times in one statement, so it asks each thing once.
    """
    on = Value(on, output_field=DateField()) if isinstance(on, date) else on
    is_exact = Q(Exact(precision, Value(Trainee.BirthPrecision.DAY.value)))
    was_born = Q(GreaterThanOrEqual(on, birth))
    years = ExtractYear(on) - ExtractYear(birth)
    was_born_by_year = Q(GreaterThanOrEqual(ExtractYear(on), ExtractYear(birth)))
    return Case(
        When(is_exact & was_born, then=CompletedYears(on, birth)),
        When(~is_exact & was_born_by_year, then=years),
        output_field=IntegerField(),
    )


def age_band_case(
    on: Expression = FIRST_COURSE_DAY,
    *,
    birth: Expression = BIRTH_DATE,
    precision: Expression = BIRTH_PRECISION,
) -> Func:
    """The band of `age_expression`, null where the age is not known."""
    first_ages, bands = zip(*reversed(FIRST_AGES), strict=True)
    age = age_expression(on, birth=birth, precision=precision)
    # Which of the first ages it has reached, counted from 1, and the band of that number.
    reached = Func(age, Value(list(first_ages), output_field=_integers), function="WIDTH_BUCKET")
    codes = Value([band.value for band in bands], output_field=_texts)
    return Func(codes, reached, template="(%(expressions)s]", arg_joiner=")[", output_field=CharField())
