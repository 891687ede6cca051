"""The rule of the course types (Letter §4.1): which type a number of hours is, and when it may open.

Nothing is a constant here: bounds and group sizes are the rows of a fiscal year, given by whoever asks.
Screen, import, dashboard and report judge with these two functions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from offices.models import CourseType
from offices.thai.digits import format_number


class HoursRefused(ValidationError):
    """No course type has this many hours; says why."""


@dataclass(frozen=True)
class Verdict:
    """Whether a course may open, and if not, why not."""

    ok: bool
    reason: str = ""


def hours_shown(hours: Decimal) -> str:
    """8.0 → 8, 7.5 → 7.5"""
    return format_number(hours.normalize())


def classify(hours: Decimal, types: Iterable[CourseType], *, step: Decimal, most_hours: Decimal) -> CourseType:
    """The one type of a year's `types` that covers `hours`; HoursRefused where none does."""
    by_length = sorted(types, key=lambda kind: kind.least_hours)
    if not hours.is_finite():
        raise HoursRefused(_("The hours must be a number."), "not_a_number")
    if hours < 0:
        raise HoursRefused(_("Hours cannot be negative."), "negative")
    if hours == 0:
        raise HoursRefused(_("A course of 0 hours is no course: enter how many hours are taught."), "zero")
    if hours > most_hours:
        raise HoursRefused(
            _("%(hours)s hours is more than a course can have (at most %(most)s): please check the number.")
            % {"hours": hours_shown(hours), "most": hours_shown(most_hours)},
            "too_long",
        )
    if hours % step:
        raise HoursRefused(_not_a_step(hours, step), "step")
    if not by_length:
        raise HoursRefused(_("This fiscal year has no course types yet: the department sets them."), "no_types")
    for kind in by_length:
        if kind.covers(hours):
            return kind
    raise _in_a_gap(hours, by_length)


def _not_a_step(hours: Decimal, step: Decimal) -> str:
    shown = {"hours": hours_shown(hours), "step": hours_shown(step)}
    if step == Decimal("0.5"):
        return _("%(hours)s hours: only whole and half hours count, such as 7 or 7.5.") % shown
    return _("%(hours)s hours: hours go in steps of %(step)s.") % shown


def _in_a_gap(hours: Decimal, by_length: list[CourseType]) -> HoursRefused:
    """Why no type covers `hours`: they lie before the first, between two, or behind the last."""
    shortest, longest = by_length[0], by_length[-1]
    if hours < shortest.least_hours:
        return HoursRefused(
            _("%(hours)s hours: no course type begins below %(least)s hours.")
            % {"hours": hours_shown(hours), "least": hours_shown(shortest.least_hours)},
            "too_short",
        )
    for lower, upper in pairwise(by_length):
        if lower.most_hours is not None and lower.most_hours < hours < upper.least_hours:
            return HoursRefused(
                _(
                    "%(hours)s hours lies between the %(lower)s (up to %(most)s) "
                    "and the %(upper)s (from %(least)s): no type exists."
                )
                % {
                    "hours": hours_shown(hours),
                    "lower": _in_a_sentence(lower),
                    "most": hours_shown(lower.most_hours),
                    "upper": _in_a_sentence(upper),
                    "least": hours_shown(upper.least_hours),
                },
                "between",
            )
    return HoursRefused(
        _("%(hours)s hours: no course type goes beyond %(most)s hours.")
        % {"hours": hours_shown(hours), "most": hours_shown(longest.most_hours or longest.least_hours)},
        "beyond",
    )


def _in_a_sentence(kind: CourseType) -> str:
    return str(kind.get_kind_display()).lower()


def may_open(course_type: CourseType, people: int, *, hours: Decimal, individual: bool) -> Verdict:
    """Whether training may begin with so many `people`: the type's group size is the least.

    `individual` learning has no group size. Later drop-outs do not undo a course: ask at opening only.
    """
    if individual or people >= course_type.group_size:
        return Verdict(True)
    return Verdict(
        False,
        _("%(hours)s-hour course: %(people)d of %(needed)d people")
        % {"hours": hours_shown(hours), "people": people, "needed": course_type.group_size},
    )
