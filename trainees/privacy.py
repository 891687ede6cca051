"""Privacy (PDPA): which notice people agreed to, and the erasure of a person's data on request.

Erasure empties what tells who a person is, on the row, on its enrolments and in all their history. What past
figures were counted from stays: sex, a coarse birth, and on each enrolment education, occupation, groups,
subdistrict, reasons, attendance, result, levels of satisfaction and follow-up. So figures stay as they were, with
one exception: without a document each enrolment is a person of its own, so distinct persons may rise where
somebody took several courses.

Nothing is erased by the clock but what a school threw away itself: with its row, what its history tells of the
person goes. RETENTION_YEARS only tells people, in the notice, how long data is kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, Final

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from pghistory.models import Context

from courses.models import Course
from offices.models import Disclosure, User
from trainees.ages import FIRST_AGES, age_band, age_on
from trainees.models import Enrolment, FollowUp, Satisfaction, Trainee

NOTICES: Final[tuple[tuple[date, str], ...]] = ((date(2025, 10, 1), "trainees/notices/2025_10_01.html"),)
"""The notice's versions, newest last, by the day from which they were shown. An old one is never reworded."""

MOST_NAMED: Final = 5

# What tells who a person is, and what stands there afterwards.
EMPTIED_ON_PERSON: Final[dict[str, Any]] = {
    "title": "", "first_name": "", "surname": "", "monastic_name": "", "name_order": "",
    "document_kind": Trainee.Document.NONE, "document_number": "", "document_tail": "", "person_key": None,
    "nationality": "", "religion": "", "education": "", "occupation": "", "occupation_other": "", "facts": [],
    "facts_other": "", "house_number": "", "moo": "", "village": "", "subdistrict": None, "postal_code": "",
    "phone": "",
}  # fmt: skip
EMPTIED_ON_ENROLMENT: Final[dict[str, Any]] = {
    "reasons_other": "", "heard_from": "", "income_before": None, "qualification": "", "withdrawal_reason": "",
}  # fmt: skip

EMPTIED_ON_ANSWERS: Final[tuple[tuple[Any, dict[str, Any]], ...]] = (
    (Satisfaction, {"remarks": {}, "comment": ""}),
    (FollowUp, {"evidence": "", "note": ""}),
)
"""What people said in their own words; levels, uses and incomes are figures and stay."""


def notice_of(day: date) -> tuple[date, str]:
    """The version shown on a day: since when, and its template. Before the first one, the first."""
    shown = [notice for notice in NOTICES if notice[0] <= day]
    return shown[-1] if shown else NOTICES[0]


def refuse_while_learning(trainee: Trainee, by: User) -> None:
    """Somebody on a course that is not over is needed by name: for attendance, certificate and payment."""
    places = Enrolment.objects.visible_to(by).filter(trainee=trainee).exclude(course__status__in=Course.OVER)
    courses = [str(place.course) for place in places.select_related("course")[: MOST_NAMED + 1]]
    if courses:
        names = ", ".join(courses[:MOST_NAMED]) + (" …" if len(courses) > MOST_NAMED else "")
        raise ValidationError(
            _(
                "Cannot be erased yet: on a course that is not over (%(courses)s). "
                "Wait until it is closed, or take the person off the course if it has not begun."
            )
            % {"courses": names},
            "learning",
        )


def coarse_birth(birth: date | None, precision: str, course_days: Iterable[date]) -> tuple[date | None, str]:
    """A birth that only its year is known of, which puts the person into the same age bands on these days.

    The year itself, else the next one; else, for whoever came into another band between two courses of one
    year, a birthday taken from the later course's first day.
    """
    by_year = Trainee.BirthPrecision.YEAR
    if birth is None:
        return None, by_year
    days = sorted(set(course_days))
    wanted = [age_band(age_on(day, birth, precision)) for day in days]
    tries = [(date(birth.year, 1, 1), by_year), (date(birth.year + 1, 1, 1), by_year)]
    for day in days:
        earliest = day if (day.month, day.day) != (2, 29) else day.replace(day=28)
        tries += [(earliest.replace(year=day.year - age), Trainee.BirthPrecision.DAY) for age, _band in FIRST_AGES]
    for born, exactly in tries:
        if [age_band(age_on(day, born, exactly)) for day in days] == wanted:
            return born, exactly
    return tries[0]


@transaction.atomic
def erase(*, trainee: Trainee, reason: str, by: User) -> Trainee:
    """Erase a person's data at their request: on the row, its enrolments, and their history. There is no undo."""
    row = Trainee.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=trainee.pk).first()
    if row is None or row.erased_at:
        raise ValidationError(_("This has been erased or thrown away meanwhile."), "gone")
    refuse_while_learning(row, by)
    # The person has been found through the seal. Their enrolments must be reached in every bin as well.
    enrolments = Enrolment.objects.unscoped().filter(trainee=row)
    days = enrolments.values_list("course__starts_on", flat=True)
    born, precision = coarse_birth(row.birth_date, row.birth_precision, days)
    emptied = EMPTIED_ON_PERSON | {
        "birth_date": born,
        "birth_precision": precision,
        "no_document_reason": _("Erased on request"),
    }
    with pghistory.context(user=by.pk, act="trainee.erase", reason=reason):
        for column, nothing in emptied.items():
            setattr(row, column, nothing)
        row.erased_at = timezone.now()
        row.save(update_fields=[*emptied, "erased_at"])
        enrolments.update(**EMPTIED_ON_ENROLMENT)
        for model, nothing in EMPTIED_ON_ANSWERS:
            model.objects.unscoped().filter(enrolment__in=enrolments).update(**nothing)
    _empty_history(row, emptied, by)
    Disclosure.objects.create(
        school_id=row.school_id,
        act=Disclosure.Act.ERASE,
        subject=Trainee._meta.label,
        subject_id=row.pk,
        reason=reason,
        by=by,
    )
    return row


def _empty_history(row: Trainee, emptied: dict[str, Any], by: User) -> None:
    """The events themselves stay, who did what and when; what they say of the person goes."""
    of_person: Any = Trainee.pgh_event_model.objects.visible_to(by)  # type: ignore[attr-defined]
    of_places: Any = Enrolment.pgh_event_model.objects.visible_to(by)  # type: ignore[attr-defined]
    _empty_events(of_person.filter(pgh_obj_id=row.pk), of_places.filter(trainee_id=row.pk), emptied)


def forget(keys: Collection[int]) -> None:
    """Empty the history of people whose rows are gone for good: nobody could ask for it any more."""
    of_person: Any = Trainee.pgh_event_model.objects.unscoped()  # type: ignore[attr-defined]
    of_places: Any = Enrolment.pgh_event_model.objects.unscoped()  # type: ignore[attr-defined]
    nothing = EMPTIED_ON_PERSON | {"birth_date": None, "no_document_reason": ""}
    _empty_events(of_person.filter(pgh_obj_id__in=keys), of_places.filter(trainee_id__in=keys), nothing)


def _empty_events(of_person: QuerySet, of_places: QuerySet, emptied: dict[str, Any]) -> None:
    contexts = Context.objects.filter(
        pk__in=of_person.values("pgh_context"), metadata__act="trainee.mend_document", metadata__has_key="reason"
    )
    for context in contexts:  # why a number was wrong, in words that may tell it
        context.metadata.pop("reason")
        context.save(update_fields=["metadata"])
    of_person.update(**emptied)
    of_places.update(**EMPTIED_ON_ENROLMENT)
    places = list(of_places.values_list("pgh_obj", flat=True))
    for model, nothing in EMPTIED_ON_ANSWERS:  # also of answers that were taken away
        model.pgh_event_model.objects.unscoped().filter(enrolment_id__in=places).update(**nothing)
