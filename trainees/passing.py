"""Who passed (form 10): one rule, in Python for a row of the grid and as database expressions for figures.

The points of the three parts add up to 100. Who has enough of them and was there for enough of the course's
hours has passed; how much is enough is data of the fiscal year that pays for the course.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Final, NamedTuple, Protocol, TypeVar

from django.db.models import BooleanField, Case, DecimalField, F, Func, Q, QuerySet, Value, When
from django.db.models.functions import NullIf
from django.db.models.lookups import GreaterThanOrEqual
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from offices.models import FiscalYear
from offices.thai.digits import format_number
from trainees.models import Result

HUNDRED: Final = Decimal(100)
SHOWN: Final = Decimal("0.1")

PARTS: Final = {
    "knowledge": (
        _("Knowledge is not assessed yet."),
        _("Knowledge: {points} of {most}; at least {least} are needed."),
    ),
    "practice": (
        _("Practice is not assessed yet."),
        _("Practice: {points} of {most}; at least {least} are needed."),
    ),
    "quality": (
        _("Quality of work is not assessed yet."),
        _("Quality of work: {points} of {most}; at least {least} are needed."),
    ),
}

Row = TypeVar("Row", bound=QuerySet)


class Assessed(Protocol):
    """Whatever carries the points of the three parts: a `Result`, or `Points`."""

    @property
    def knowledge(self) -> Decimal | None: ...
    @property
    def practice(self) -> Decimal | None: ...
    @property
    def quality(self) -> Decimal | None: ...


class Points(NamedTuple):
    """The points alone, where there is no row of a result (yet)."""

    knowledge: Decimal | None = None
    practice: Decimal | None = None
    quality: Decimal | None = None


@dataclass(frozen=True)
class Judgement:
    """What the rule says of one person on one course; `passed` is None while nobody can know."""

    total: Decimal | None
    attendance_percent: Decimal | None
    passed: bool | None
    reasons: list[Promise | str]
    """Why not, or what is still missing; empty for who passed."""


def judge(
    points: Assessed | None, attended_hours: Decimal | None, course_hours: Decimal | None, year: FiscalYear
) -> Judgement:
    """Apply the year's rule; `attended_hours` is None while the sheet says nothing, 0 for who never came."""
    points = points or Points()
    total = _total(points)
    percent = attendance_percent(attended_hours, course_hours)
    missing = [unassessed for part, (unassessed, _short) in PARTS.items() if getattr(points, part) is None]
    if percent is None:
        missing.append(_("Attendance is not recorded yet."))
    if missing or total is None or attended_hours is None or course_hours is None or percent is None:
        return Judgement(total, percent, None, [*missing])
    reasons = [*_too_few_points(points, total, year), *_too_few_hours(attended_hours, course_hours, percent, year)]
    return Judgement(total, percent, not reasons, reasons)


def attendance_percent(attended_hours: Decimal | None, course_hours: Decimal | None) -> Decimal | None:
    """The share of the course's hours, cut to one decimal, so that none shown as enough is too little."""
    if attended_hours is None or not course_hours:
        return None
    return (attended_hours * HUNDRED / course_hours).quantize(SHOWN, rounding=ROUND_DOWN)


def with_judgement(enrolments: Row) -> Row:
    """Annotate `total`, `attendance_percent` and `passed` (True, False, or null while nobody can know)."""
    return enrolments.annotate(total=TOTAL, attendance_percent=PERCENT, passed=PASSED)


def _total(points: Assessed) -> Decimal | None:
    if points.knowledge is None or points.practice is None or points.quality is None:
        return None
    return points.knowledge + points.practice + points.quality


def _too_few_points(points: Assessed, total: Decimal, year: FiscalYear) -> list[Promise | str]:
    reasons: list[Promise | str] = []
    if total < year.pass_percent:
        words = _("Total: {total} of 100; at least {least} are needed.")
        reasons.append(format_lazy(words, total=_plain(total), least=_plain(year.pass_percent)))
    if year.parts_have_minimums:
        for part, (_unassessed, short) in PARTS.items():
            reached, least = getattr(points, part), getattr(year, f"least_{part}")
            if reached < least:
                most = Result.MOST[part]
                reasons.append(format_lazy(short, points=_plain(reached), most=most, least=_plain(least)))
    return reasons


def _too_few_hours(
    attended: Decimal, of_hours: Decimal, percent: Decimal, year: FiscalYear
) -> list[Promise | str]:
    if attended <= 0:
        return [_("Never came.")]
    if attended * HUNDRED < year.attendance_percent * of_hours:
        least = _plain(year.attendance_percent)
        words = _("Attendance: {percent}%; at least {least}% is needed.")
        return [format_lazy(words, percent=_plain(percent), least=least)]
    return []


def _plain(number: Decimal) -> str:
    return format_number(number.normalize())


# The same over enrolments. A result is one row an enrolment, so its join doubles nobody.
TOTAL: Final = F("result__knowledge") + F("result__practice") + F("result__quality")
HUNDREDFOLD: Final = F("attended_hours") * Value(HUNDRED)
SHARE: Final = HUNDREDFOLD / NullIf(F("course__hours"), Value(Decimal(0)))
PERCENT: Final = Func(SHARE, Value(1), function="TRUNC", output_field=DecimalField(max_digits=8, decimal_places=1))

YEAR: Final = "course__fiscal_year__"
ENOUGH_POINTS: Final = Q(GreaterThanOrEqual(TOTAL, F(f"{YEAR}pass_percent")))
ENOUGH_OF_EACH: Final = Q(**{f"{YEAR}parts_have_minimums": False}) | Q(
    **{f"result__{part}__gte": F(f"{YEAR}least_{part}") for part in PARTS}
)
ENOUGH_HOURS: Final = Q(attended_hours__gt=0) & Q(
    GreaterThanOrEqual(HUNDREDFOLD, F(f"{YEAR}attendance_percent") * F("course__hours"))
)
KNOWN: Final = Result.ASSESSED & Q(attended_hours__isnull=False, course__hours__gt=0)
PASSED: Final = Case(
    When(KNOWN & ENOUGH_POINTS & ENOUGH_OF_EACH & ENOUGH_HOURS, then=Value(True)),
    When(KNOWN, then=Value(False)),
    output_field=BooleanField(),
)
