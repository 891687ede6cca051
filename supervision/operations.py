"""What happens to a visit: begun, submitted, corrected, thrown away, taken back; and what a school proposes."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Final

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.models import Course
from offices.clock import today
from offices.models import User
from offices.thai.dates import short_date
from supervision.form_eleven import whole
from supervision.models import FormVersion, ProposedItem, Visit
from supervision.part_one import office_of, part_one

VISITED: Final = frozenset({"running", "completed", "closed"})
"""States of a course that can be supervised: it has begun."""


def refuse_day(course: Course, stage: str, day: date) -> None:
    """During training means between its first and last day, afterwards not before the last; nothing to come."""
    if day > today():
        raise ValidationError({"visited_on": [_("%(day)s is still to come.") % {"day": short_date(day)}]})
    days = {"first": short_date(course.starts_on), "last": short_date(course.ends_on)}
    if stage == Visit.Stage.DURING and not course.starts_on <= day <= course.ends_on:
        raise ValidationError(
            {"visited_on": [_("The training lasts from %(first)s to %(last)s: not a day of it.") % days]}
        )
    if stage == Visit.Stage.AFTER and day < course.ends_on:
        raise ValidationError({"visited_on": [_("The training lasts until %(last)s: not after it yet.") % days]})


@transaction.atomic
def begin(*, course: Course, stage: str, day: date, by: User) -> Visit:
    """Begin a form for a course that the user's office supervises."""
    held = Course.objects.decided_by(by).filter(pk=course.pk).first()
    if held is None:
        raise ValidationError(_("Another office supervises this course."), "other_office")
    if held.status not in VISITED:
        raise ValidationError(
            _("The course is in the state “%(state)s”: there is no training to supervise.")
            % {"state": held.get_status_display()},
            "not_begun",
        )
    refuse_day(held, stage, day)
    with pghistory.context(user=by.pk, act="visit.begin"):
        return Visit.objects.create(
            school_id=held.school_id,
            course=held,
            office_id=office_of(held.school_id, today(), by),
            form=FormVersion.objects.valid_on(day),
            stage=stage,
            visited_on=day,
            supervisor_name=by.name,
            supervisor_position=by.position,
            created_by=by,
        )


def _held(visit: Visit, by: User) -> Visit:
    """The visit as it is now, held until the end of the transaction, if the user's office writes it."""
    rows = whole(Visit.objects.decided_by(by))
    held = rows.select_for_update(of=("self",)).filter(pk=visit.pk).first()
    if held is None:
        raise ValidationError(_("Somebody has thrown this away meanwhile."), "gone")
    return held


def _refuse_submitted(visit: Visit) -> None:
    if visit.is_submitted:
        raise ValidationError(_("This form has been submitted already: it can only be corrected."), "submitted")


@transaction.atomic
def submit(*, visit: Visit, by: User) -> Visit:
    """Sign and freeze: from now on the school reads it, and nobody changes it."""
    held = _held(visit, by)
    _refuse_submitted(held)
    refuse_day(held.course, held.stage, held.visited_on)
    if not held.supervisor_name:
        raise ValidationError({"supervisor_name": [_("Say who supervised.")]})
    if not held.filled(list(held.form.items.all())).done:
        raise ValidationError(_("No item says anything yet: write down what was found."), "empty")
    held.part_one = part_one(held, by).as_json()
    held.status, held.submitted_by, held.submitted_at = Visit.Status.SUBMITTED, by, timezone.now()
    with pghistory.context(user=by.pk, act="visit.submit"):
        held.save(update_fields=["part_one", "status", "submitted_by", "submitted_at"])
    return held


@transaction.atomic
def correct(*, visit: Visit, reason: str, by: User) -> Visit:
    """Begin a new edition of a submitted form; the old one stays, and counts until the new one is submitted."""
    held = _held(visit, by)
    if not held.is_submitted:
        raise ValidationError(_("This form has not been submitted yet: change it itself."), "draft")
    begun = Visit.objects.visible_to(by).filter(replaces=held).first()
    if begun is not None and begun.is_submitted:
        raise ValidationError(_("A newer edition replaces this one: correct that."), "replaced")
    if begun is not None:
        raise ValidationError(_("This form is being corrected already."), "begun")
    with pghistory.context(user=by.pk, act="visit.correct"):
        return Visit.objects.create(
            school_id=held.school_id,
            course_id=held.course_id,
            office_id=held.office_id,
            form_id=held.form_id,
            replaces=held,
            edition=held.edition + 1,
            correction_reason=reason,
            created_by=by,
            **{name: deepcopy(getattr(held, name)) for name in Visit.WRITTEN},
        )


@transaction.atomic
def discard(*, visit: Visit, by: User) -> None:
    """Throw a draft away; it can be taken back."""
    held = _held(visit, by)
    _refuse_submitted(held)
    held.binned_at = timezone.now()
    with pghistory.context(user=by.pk, act="visit.discard"):
        held.save(update_fields=["binned_at"])


@transaction.atomic
def take_back(*, visit: Visit, by: User) -> None:
    """Take a draft out of the bin."""
    if visit.replaces_id and Visit.objects.visible_to(by).filter(replaces=visit.replaces_id).exists():
        raise ValidationError(_("This form is being corrected already."), "begun")
    visit.binned_at = None
    with pghistory.context(user=by.pk, act="visit.take_back"):
        visit.save(update_fields=["binned_at"])


@transaction.atomic
def propose(*, course: Course, text: str, by: User) -> ProposedItem:
    """What the school wants the next visit to look at; drafts take it in when they are opened next."""
    if ProposedItem.objects.visible_to(by).filter(course=course, text=text).exists():
        raise ValidationError(_("This is proposed already."), "twice")
    with pghistory.context(user=by.pk, act="proposal.add"):
        return ProposedItem.objects.create(school_id=course.school_id, course=course, text=text, proposed_by=by)


@transaction.atomic
def withdraw_proposal(*, item: ProposedItem, by: User) -> None:
    """Take a proposal back; forms that have taken it in keep its words."""
    with pghistory.context(user=by.pk, act="proposal.withdraw"):
        item.delete()
