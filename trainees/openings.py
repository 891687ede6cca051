"""Opening the training, judged by the people on the course, and the waiver where they are too few.

The rule itself is `courses.rules.may_open`; here the people are counted, while the course is held.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses import life
from courses.models import Course
from courses.rules import Verdict, may_open
from offices.models import User
from trainees.models import Enrolment, Waiver
from trainees.operations import day_of_course, lock_course


@dataclass(frozen=True)
class Judgement:
    """Whether a course may open today, with which people and by whose leave."""

    course: Course
    people: int
    verdict: Verdict
    waiver: Waiver | None

    @property
    def ok(self) -> bool:
        return self.verdict.ok or self.waiver is not None


def exempt_from_group_size(course: Course) -> bool:
    """Individual learning has no group size, unless the fiscal year says so."""
    return course.learning_mode == Course.LearningMode.INDIVIDUAL and not course.fiscal_year.individual_needs_group


def judge(course: Course, by: User) -> Judgement:
    """Count the people on the roster; where they are too few, look for a waiver given for so many or fewer."""
    people = Enrolment.objects.visible_to(by).on_roster().filter(course=course).count()
    verdict = may_open(course.course_type, people, hours=course.hours, individual=exempt_from_group_size(course))
    if verdict.ok:
        return Judgement(course, people, verdict, None)
    given = Waiver.objects.visible_to(by).filter(
        course=course, decision=Waiver.Decision.ACCEPTED, people__lte=people
    )
    return Judgement(course, people, verdict, given.first())


@transaction.atomic
def open_course(*, course: Course, first_day: date, came: Iterable[int], by: User) -> Course:
    """Begin the training with those who came on the first day. People are counted while the course is held."""
    held = lock_course(course, by)
    if course.status != held.status:
        raise ValidationError(
            _("Somebody else has changed the state to “%(state)s” meanwhile. Nothing was changed now.")
            % {"state": held.get_status_display()},
            "moved_meanwhile",
        )
    judgement = judge(held, by)
    if not judgement.ok:
        raise ValidationError(judgement.verdict.reason, "too_few")
    day_of_course(held, first_day, "first_day")
    roster = Enrolment.objects.visible_to(by).on_roster().filter(course=held)
    present = roster.filter(pk__in=list(came))
    if not present.exists():
        raise ValidationError({"came": [_("Tick everybody who came: at least one person must have come.")]})
    life.move(held, Course.Status.RUNNING, by=by)
    with pghistory.context(user=by.pk, act="course.open"):
        present.update(first_attended_on=first_day)
        roster.exclude(pk__in=list(came)).update(first_attended_on=None)
    return held


@transaction.atomic
def ask_waiver(*, course: Course, reason: str, by: User) -> Waiver:
    """Ask the superior office to let the course open with the people it has now."""
    held = lock_course(course, by)
    if held.status not in life.BEFORE_TRAINING:
        raise ValidationError(
            _("The course is in the state “%(state)s”: there is nothing to ask for any more.")
            % {"state": held.get_status_display()},
            "not_before_training",
        )
    judgement = judge(held, by)
    if judgement.ok:
        raise ValidationError(_("The course may open as it is: nothing needs to be asked."), "not_needed")
    if not judgement.people:
        raise ValidationError(_("Nobody is enrolled yet: enrol somebody first."), "nobody")
    if Waiver.objects.visible_to(by).filter(course=held, decision=Waiver.Decision.WAITING).exists():
        raise ValidationError(_("A request for this course is already waiting."), "waiting")
    with pghistory.context(user=by.pk, act="waiver.ask"):
        return Waiver.objects.create(
            school_id=held.school_id,
            course=held,
            reason=reason,
            people=judgement.people,
            group_size=held.course_type.group_size,
            requested_by=by,
        )


@transaction.atomic
def decide_waiver(*, waiver: Waiver, accept: bool, note: str = "", by: User) -> Waiver:
    """Accept or refuse a school's request; what was decided once stays."""
    held = Waiver.objects.decided_by(by).select_for_update(of=("self",)).filter(pk=waiver.pk).first()
    if held is None:
        raise ValidationError(_("This request is not yours to decide."), "not_yours")
    if held.decision != Waiver.Decision.WAITING:
        raise ValidationError(
            _("This request has been decided already: %(decision)s.") % {"decision": held.get_decision_display()},
            "decided",
        )
    if not accept and not note:
        raise ValidationError({"note": [_("Say why it is refused.")]})
    held.decision = Waiver.Decision.ACCEPTED if accept else Waiver.Decision.REFUSED
    held.decision_note, held.decided_by, held.decided_at = note, by, timezone.now()
    with pghistory.context(user=by.pk, act="waiver.decide"):
        held.save(update_fields=["decision", "decision_note", "decided_by", "decided_at"])
    return held
