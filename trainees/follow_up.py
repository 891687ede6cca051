"""The rules of the follow-up (form 20, form 13 §11), in Python and as database expressions: who is asked and when,
in which band an added income lies, which uses belong to which course, and the share of those due who answered.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final, TypeVar

from django.db.models import Case, CharField, F, Q, QuerySet, TextChoices, Value, When
from django.db.models.expressions import Combinable
from django.db.models.lookups import GreaterThan, LessThanOrEqual
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.models import Course
from offices.models import FiscalYear
from trainees.models import FollowUp
from trainees.models.follow_ups import Use
from trainees.passing import with_judgement

Rows = TypeVar("Rows", bound=QuerySet)
Expression = Combinable | Any

GRACE: Final = timedelta(days=30)
"""So long after its day a wave is due; then it is overdue. Both are still to be asked."""


class IncomeBand(TextChoices):
    """Added income a month. The printed bands leave out exactly 1,000 and have 10,000 twice; these do not."""

    TO_1000 = "to_1000", _("Up to 1,000 baht")
    TO_3000 = "to_3000", _("Over 1,000 up to 3,000 baht")
    TO_5000 = "to_5000", _("Over 3,000 up to 5,000 baht")
    TO_10000 = "to_10000", _("Over 5,000 up to 10,000 baht")
    TO_15000 = "to_15000", _("Over 10,000 up to 15,000 baht")
    TO_30000 = "to_30000", _("Over 15,000 up to 30,000 baht")
    OVER_30000 = "over_30000", _("Over 30,000 baht")


MOST_OF_BAND: Final[tuple[tuple[int, IncomeBand], ...]] = (
    (1_000, IncomeBand.TO_1000),
    (3_000, IncomeBand.TO_3000),
    (5_000, IncomeBand.TO_5000),
    (10_000, IncomeBand.TO_10000),
    (15_000, IncomeBand.TO_15000),
    (30_000, IncomeBand.TO_30000),
)
"""The most of each band but the last, which has none."""

VOCATIONAL_ONLY: Final = frozenset({Use.EARN, Use.SPEND_LESS})
"""Marked * on form 13: asked only after courses that teach an occupation."""


class Standing(TextChoices):
    """How far one wave of one person is, once its day has come."""

    DUE = "due", pgettext_lazy("follow-up", "Due now")
    OVERDUE = "overdue", pgettext_lazy("follow-up", "Overdue")
    NOT_REACHED = "not_reached", pgettext_lazy("follow-up", "Could not be reached")
    ANSWERED = "answered", pgettext_lazy("follow-up", "Answered")


@dataclass(frozen=True)
class Response:
    """How many answered of those who were due."""

    answered: int = 0
    due: int = 0

    @property
    def share(self) -> Decimal | None:
        """Of nobody there is no share."""
        return Decimal(self.answered) / self.due if self.due else None

    @property
    def left(self) -> int:
        return self.due - self.answered


def income_band(baht: Decimal | int | None) -> IncomeBand | None:
    """The band of an added income; nothing and zero are in none."""
    if baht is None or baht <= 0:
        return None
    return next((band for most, band in MOST_OF_BAND if baht <= most), IncomeBand.OVER_30000)


def income_band_case(income: Expression | None = None) -> Case:
    """`income_band` for the database; by default over enrolments, of their latest answer."""
    baht = F("latest_answer__added_income") if income is None else income
    return Case(
        When(LessThanOrEqual(baht, 0), then=None),
        *(When(LessThanOrEqual(baht, most), then=Value(band.value)) for most, band in MOST_OF_BAND),
        When(GreaterThan(baht, 0), then=Value(IncomeBand.OVER_30000.value)),
        output_field=CharField(),
    )


def waves_of(year: FiscalYear) -> list[int]:
    """The days after a course at which people are asked, earliest first."""
    return sorted(set(year.follow_up_days))


def due_on(ends_on: date, wave: int) -> date:
    return ends_on + timedelta(days=wave)


def due_waves(ends_on: date, year: FiscalYear, day: date) -> list[int]:
    """Those whose day has come."""
    return [wave for wave in waves_of(year) if due_on(ends_on, wave) <= day]


def due_at(wave: int, day: date) -> Q:
    """Enrolments of courses whose year asks at this wave, and whose day has come by `day`."""
    return Q(
        course__status__in=Course.FINISHED_STATES,
        course__fiscal_year__follow_up_days__contains=[wave],
        course__ends_on__lte=day - timedelta(days=wave),
    )


def passed(enrolments: Rows) -> Rows:
    """Those who passed, by the one rule of trainees/passing."""
    return with_judgement(enrolments).filter(passed=True)


def standing(outcome: str | None, due: date, day: date) -> Standing:
    """Of a wave whose day has come; `outcome` is None while nobody has asked."""
    match outcome:
        case FollowUp.Outcome.ANSWERED:
            return Standing.ANSWERED
        case FollowUp.Outcome.NOT_REACHED:
            return Standing.NOT_REACHED
        case _:
            return Standing.OVERDUE if due + GRACE < day else Standing.DUE


def uses_after(course: Course) -> list[Use]:
    """The uses that can be named of a course, as forms 13 and 20 have them."""
    return [use for use in Use if not (course.curriculum.teaches_life_skills and use in VOCATIONAL_ONLY)]
