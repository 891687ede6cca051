"""Showing something at a fair, and taking it away again: only while one's school takes part in it."""

from __future__ import annotations

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from courses.models import Fair, FairPart
from offices.models import User
from trainees.models import ContestEntry, Exhibit


def why_nothing_is_shown(fair: Fair, user: User) -> str:
    """The reason why the user's school can enter nothing for the fair, or an empty string."""
    if fair.status == Fair.Status.CANCELLED:
        return _("The fair was cancelled: nothing more can be entered for it.")
    if not FairPart.objects.own_of(user).filter(fair=fair).exists():
        return _("Your school does not take part in this fair. Join it first.")
    return ""


def why_part_stays(user: User, fair: Fair) -> str:
    """A school that shows something cannot leave the fair, or an empty string."""
    exhibits = Exhibit.objects.visible_to(user).filter(fair=fair, school=user.school_id).count()
    entries = ContestEntry.objects.visible_to(user).filter(fair=fair, school=user.school_id).count()
    if not exhibits and not entries:
        return ""
    return _(
        "Your school has entered %(exhibits)d exhibits and %(entries)d entries in contests for this fair: "
        "take them out first."
    ) % {"exhibits": exhibits, "entries": entries}


def hold_part(*, fair: Fair, by: User) -> FairPart:
    """The part of the user's school in the fair, held until the end of the transaction, so that nobody leaves."""
    part = FairPart.objects.own_of(by).select_for_update(of=("self",)).filter(fair=fair).first()
    current = Fair.objects.get(pk=fair.pk)
    if part is None or current.status == Fair.Status.CANCELLED:
        raise ValidationError(why_nothing_is_shown(current, by), "not_shown")
    return part


@transaction.atomic
def remove(*, row: Exhibit | ContestEntry, by: User) -> bool:
    """Take an exhibit or an entry in a contest out again."""
    hold_part(fair=row.fair, by=by)
    with pghistory.context(user=by.pk, act=f"{row._meta.label_lower}.remove"):
        return bool(type(row).objects.visible_to(by).filter(pk=row.pk).delete()[0])
