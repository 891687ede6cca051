"""What the answers of form 12 add up to, and how an answer comes in.

A mean is the sum of the levels given ÷ how many were given, so a blank item pulls nothing down. It is rounded to
two places before it is turned into words, so that the words fit the figure that is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import reduce
from operator import add
from typing import Any, Final

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, F, Func, IntegerField, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from courses.models import Course
from offices.clock import today
from offices.links import Purpose
from offices.models import SatisfactionBand, User
from offices.scoping import Eyes
from trainees.models import Enrolment, Satisfaction
from trainees.models.satisfaction import ITEMS, PARTS, Way
from trainees.operations import lock_course

LINK: Final = Purpose("satisfaction")
OVERALL: Final = "overall"
ASKED: Final = Enrolment.ON_ROSTER | Enrolment.ENTRANT
"""Who is asked: everybody on the roster, and who left after having come."""
TAKES_ANSWERS: Final = frozenset({Course.Status.RUNNING, Course.Status.COMPLETED})
HUNDREDTH: Final = Decimal("0.01")


def given(items: Iterable[int] = ITEMS, of: str = "") -> Func:
    """How many of these items have a level; `of` leads to the answer from elsewhere, as in "satisfaction__"."""
    names = [F(f"{of}item_{item}") for item in items]
    return Func(*names, function="NUM_NONNULLS", output_field=IntegerField())


def levels(items: Iterable[int] = ITEMS, of: str = "") -> Any:
    """The sum of the levels of these items."""
    return reduce(add, [Coalesce(F(f"{of}item_{item}"), Value(0), output_field=IntegerField()) for item in items])


def mean(total: int | None, number: int | None) -> Decimal | None:
    """Of so many levels given; None of none."""
    if not number:
        return None
    return (Decimal(total or 0) / number).quantize(HUNDREDTH, rounding=ROUND_HALF_UP)


def level_in_words(of_mean: Decimal | None, bands: Iterable[SatisfactionBand]) -> str:
    """What a year's bands call a mean; nothing where they do not reach, or where there are none."""
    if of_mean is None:
        return ""
    reached = [band for band in bands if band.least_mean <= of_mean]
    return max(reached, key=lambda band: band.least_mean).label if reached else ""


@dataclass(frozen=True)
class Summary:
    """One course's answers: who answered, of how many, and the mean of each part and of all items."""

    asked: int = 0
    answered: int = 0
    means: Mapping[str, Decimal | None] | None = None
    words: str = ""

    @property
    def overall(self) -> Decimal | None:
        return (self.means or {}).get(OVERALL)

    @property
    def parts(self) -> list[Decimal | None]:
        return [(self.means or {}).get(part) for part in PARTS]


SUMS: Final = {
    "answered": Count("pk", filter=Q(given__gt=0)),
    **{f"{part}_sum": Sum(levels(items)) for part, items in {**PARTS, OVERALL: ITEMS}.items()},
    **{f"{part}_n": Sum(given(items)) for part, items in {**PARTS, OVERALL: ITEMS}.items()},
}


def summaries(user: Eyes, courses: Iterable[Course]) -> dict[int, Summary]:
    """Course key → what its people said, in three queries."""
    chosen = list(courses)
    keys = [course.pk for course in chosen]
    people = Enrolment.objects.visible_to(user).filter(ASKED, course__in=keys).order_by()
    asked = dict(people.values_list("course").annotate(n=Count("pk")))
    answers = Satisfaction.objects.visible_to(user).filter(enrolment__course__in=keys).order_by()
    found = {
        row["enrolment__course"]: row
        for row in answers.annotate(given=given()).values("enrolment__course").annotate(**SUMS)
    }
    bands = bands_of({course.fiscal_year_id for course in chosen})
    return {
        course.pk: _summary(asked.get(course.pk, 0), found.get(course.pk, {}), bands[course.fiscal_year_id])
        for course in chosen
    }


def bands_of(years: Iterable[int]) -> dict[int, list[SatisfactionBand]]:
    found: dict[int, list[SatisfactionBand]] = {year: [] for year in years}
    for band in SatisfactionBand.objects.filter(fiscal_year__in=list(found)):
        found[band.fiscal_year_id].append(band)
    return found


def _summary(asked: int, sums: Mapping[str, Any], bands: Sequence[SatisfactionBand]) -> Summary:
    means = {part: mean(sums.get(f"{part}_sum"), sums.get(f"{part}_n")) for part in (*PARTS, OVERALL)}
    return Summary(asked, sums.get("answered", 0), means, level_in_words(means[OVERALL], bands))


def people_asked(user: Eyes, course: Course) -> QuerySet[Enrolment]:
    """Who is asked, by name, for the sheet of codes."""
    rows = (
        Enrolment.objects.visible_to(user)
        .filter(ASKED, course=course, trainee__erased_at=None)
        .select_related("trainee")
    )
    return rows.defer(*Enrolment.ENCRYPTED).order_by("trainee__name_order", "pk")


def who_may_answer(eyes: Eyes, pk: int) -> Enrolment | None:
    """The place on a course that a link names, while an answer is still welcome there."""
    rows = Enrolment.objects.visible_to(eyes).filter(ASKED, pk=pk, course__status__in=TAKES_ANSWERS)
    rows = rows.filter(trainee__erased_at=None).select_related("course", "trainee")
    return rows.defer(*Enrolment.ENCRYPTED).first()


def answer_of(eyes: Eyes, enrolment: Enrolment) -> Satisfaction | None:
    return Satisfaction.objects.visible_to(eyes).filter(enrolment=enrolment).first()


@transaction.atomic
def record(*, answer: Satisfaction, by: User) -> Satisfaction:
    """Keep what staff copied from the paper."""
    return _kept(answer, by, pghistory.context(user=by.pk, act="satisfaction.record"))


@transaction.atomic
def answer_by_phone(*, answer: Satisfaction, eyes: Eyes) -> Satisfaction:
    """Take one answer from whoever holds the link of a place on a course."""
    answer.answered_on, answer.way = today(), Way.PHONE
    return _kept(answer, eyes, pghistory.context(act="satisfaction.phone"))


def _kept(answer: Satisfaction, eyes: Eyes, told: Any) -> Satisfaction:
    """The course is held meanwhile, so that two sendings, or a sending and the grid, leave one answer."""
    course = lock_course(answer.enrolment.course, eyes)
    if course.status not in TAKES_ANSWERS:
        raise ValidationError(_("The course takes no answers now."), "closed")
    if answer.pk is None and answer_of(eyes, answer.enrolment) is not None:
        raise ValidationError(_("An answer has been received already."), "already")
    with told:
        answer.save()
    return answer


@transaction.atomic
def remove(*, answer: Satisfaction, by: User) -> None:
    """Take an answer away that was given for the wrong person; its history stays."""
    lock_course(answer.enrolment.course, by)
    with pghistory.context(user=by.pk, act="satisfaction.remove"):
        Satisfaction.objects.visible_to(by).filter(pk=answer.pk).delete()
