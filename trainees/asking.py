"""Asking people what became of them: who is to be asked at which wave, and how their answers come in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, F, FilteredRelation, Q, QuerySet
from django.utils.translation import gettext as _

from courses.models import Course
from offices.clock import today
from offices.links import Purpose
from offices.models import User
from offices.scoping import Eyes
from trainees.follow_up import (
    GRACE,
    Response,
    Standing,
    due_at,
    due_on,
    due_waves,
    passed,
    standing,
    waves_of,
)
from trainees.models import Enrolment, FollowUp
from trainees.models.satisfaction import Way
from trainees.operations import lock_enrolment

LINK: Final = Purpose("follow_up")
"""Its part is the wave."""
KNOWN: Final = Q(trainee__erased_at__isnull=True)
"""Whoever had their data erased is asked no more; what they answered still counts."""

STANDS: Final[dict[str, Q]] = {
    Standing.ANSWERED: Q(outcome=FollowUp.Outcome.ANSWERED),
    Standing.NOT_REACHED: Q(outcome=FollowUp.Outcome.NOT_REACHED) & KNOWN,
}


def due_people(user: Eyes, wave: int) -> QuerySet[Enrolment]:
    """Who passed and whose wave has come, with what was recorded of it: `outcome`, `asked_on`, `added_income`."""
    rows = passed(Enrolment.objects.visible_to(user)).filter(due_at(wave, today()))
    told = {name: F(f"record__{name}") for name in ("outcome", "asked_on", "added_income")}
    return rows.annotate(record=_record_at(wave)).annotate(**told)


def _record_at(wave: int) -> FilteredRelation:
    """One row at most: the same school, and one record a wave, by constraint."""
    return FilteredRelation("follow_ups", condition=Q(follow_ups__wave=wave))


def standing_at(value: str, wave: int) -> Q:
    """Rows of `due_people` that stand so."""
    if value in STANDS:
        return STANDS[value]
    overdue = Q(course__ends_on__lt=today() - timedelta(days=wave) - GRACE)
    return Q(KNOWN, overdue if value == Standing.OVERDUE else ~overdue, outcome=None)


TO_ASK: Final = (Q(outcome=None) | Q(outcome=FollowUp.Outcome.NOT_REACHED)) & KNOWN


def response_of(people: QuerySet[Enrolment]) -> Response:
    """Of rows of `due_people`."""
    counted = people.order_by().aggregate(due=Count("pk"), answered=Count("pk", filter=STANDS[Standing.ANSWERED]))
    return Response(counted["answered"], counted["due"])


def to_ask_by_wave(user: Eyes, waves: Iterable[int]) -> dict[int, int]:
    """How many people are to be asked at each wave, in one query."""
    asked = list(waves)
    if not asked:
        return {}
    rows = passed(Enrolment.objects.visible_to(user)).filter(KNOWN, course__status__in=Course.FINISHED_STATES)
    rows = rows.annotate(**{f"at_{wave}": _record_at(wave) for wave in asked}).order_by()
    counted = rows.aggregate(**{f"wave_{wave}": Count("pk", filter=_unanswered(wave)) for wave in asked})
    return {wave: counted[f"wave_{wave}"] for wave in asked}


def _unanswered(wave: int) -> Q:
    outcome = f"at_{wave}__outcome"
    return due_at(wave, today()) & (Q(**{outcome: None}) | Q(**{outcome: FollowUp.Outcome.NOT_REACHED}))


@dataclass(frozen=True)
class Wave:
    """One wave of a course: its day, whether it has come, and who answered of how many."""

    days: int
    day: date
    is_due: bool
    response: Response

    @property
    def to_ask(self) -> int:
        return self.response.left if self.is_due else 0


@dataclass(frozen=True)
class Asked:
    """One wave of one person, as the course's page shows it."""

    wave: Wave
    record: FollowUp | None
    standing: Standing | None


@dataclass(frozen=True)
class CourseFollowUp:
    """A course's people who passed × its waves."""

    waves: list[Wave]
    people: list[tuple[Enrolment, list[Asked]]]


def follow_up_of(user: Eyes, course: Course) -> CourseFollowUp:
    """In two queries; `course` brings its year."""
    rows = passed(Enrolment.objects.visible_to(user).filter(course=course)).select_related("trainee")
    people = list(rows.defer(*Enrolment.ENCRYPTED).order_by("trainee__name_order", "pk"))
    found = FollowUp.objects.visible_to(user).filter(enrolment__in=[row.pk for row in people])
    records = {(record.enrolment_id, record.wave): record for record in found}
    finished, day = course.status in Course.FINISHED_STATES, today()
    due = due_waves(course.ends_on, course.fiscal_year, day) if finished else []
    waves = []
    for days in waves_of(course.fiscal_year):
        outcomes = [records[row.pk, days].outcome for row in people if (row.pk, days) in records]
        answered = outcomes.count(FollowUp.Outcome.ANSWERED)
        response = Response(answered, len(people)) if days in due else Response()
        waves.append(Wave(days, due_on(course.ends_on, days), days in due, response))
    return CourseFollowUp(waves, [(row, [_asked(row, wave, records, day) for wave in waves]) for row in people])


def _asked(row: Enrolment, wave: Wave, records: dict[tuple[int, int], FollowUp], day: date) -> Asked:
    record = records.get((row.pk, wave.days))
    stands = standing(record.outcome if record else None, wave.day, day) if wave.is_due else None
    return Asked(wave, record, stands)


def place_to_ask(eyes: Eyes, pk: int, wave: int) -> Enrolment | None:
    """Somebody who passed and is due at this wave by now; None for everybody else."""
    rows = passed(Enrolment.objects.visible_to(eyes).filter(KNOWN, due_at(wave, today()), pk=pk))
    rows = rows.select_related("trainee", "course__curriculum", "course__fiscal_year", "course__school")
    return rows.defer(*Enrolment.ENCRYPTED).first()


def record_of(eyes: Eyes, place: Enrolment, wave: int) -> FollowUp | None:
    return FollowUp.objects.visible_to(eyes).filter(enrolment=place, wave=wave).first()


def people_to_ask(user: Eyes, course: Course, wave: int) -> list[Enrolment]:
    """Everybody of a course who has not answered at a wave that is due, by name."""
    rows = due_people(user, wave).filter(TO_ASK, course=course).select_related("trainee")
    return list(rows.defer(*Enrolment.ENCRYPTED).order_by("trainee__name_order", "pk"))


def first_to_ask(user: Eyes, course: Course, wave: int) -> Enrolment | None:
    """Whoever has not been asked yet goes before those who could not be reached."""
    people = people_to_ask(user, course, wave)
    return next((row for row in people if row.outcome is None), people[0] if people else None)  # type: ignore[attr-defined]


def next_to_ask(user: Eyes, place: Enrolment, wave: int) -> tuple[Enrolment | None, int]:
    """Who of the same course is to be asked next, by name and from the beginning again; and how many there are."""
    people = [row for row in people_to_ask(user, place.course, wave) if row.pk != place.pk and row.outcome is None]  # type: ignore[attr-defined]
    here = (place.trainee.name_order, place.pk)
    after = [row for row in people if (row.trainee.name_order, row.pk) > here]
    return next(iter(after or people), None), len(people)


@transaction.atomic
def record(*, answer: FollowUp, by: User) -> FollowUp:
    """Keep what staff heard, or that nobody could be reached. What they correct is theirs from then on."""
    answer.way = Way.STAFF
    return _kept(answer, by, pghistory.context(user=by.pk, act="follow_up.record"))


@transaction.atomic
def answer_by_phone(*, answer: FollowUp, eyes: Eyes) -> FollowUp:
    """Take one answer from whoever holds the link of a person and a wave."""
    answer.outcome, answer.asked_on, answer.way = FollowUp.Outcome.ANSWERED, today(), Way.PHONE
    return _kept(answer, eyes, pghistory.context(act="follow_up.phone"))


def _kept(answer: FollowUp, eyes: Eyes, told: Any) -> FollowUp:
    """The place is held meanwhile, so that two answers at once leave one."""
    held = lock_enrolment(answer.enrolment, eyes)
    now = record_of(eyes, held, answer.wave)
    if answer.pk is None and now is not None:
        raise ValidationError(_("An answer has been received already."), "already")
    if answer.way == Way.PHONE and now is not None and now.outcome == FollowUp.Outcome.ANSWERED:
        raise ValidationError(_("An answer has been received already."), "already")
    with told:
        answer.save()
    return answer


@transaction.atomic
def remove(*, answer: FollowUp, by: User) -> None:
    """Take away what was recorded of the wrong person; its history stays."""
    lock_enrolment(answer.enrolment, by)
    with pghistory.context(user=by.pk, act="follow_up.remove"):
        FollowUp.objects.visible_to(by).filter(pk=answer.pk).delete()
