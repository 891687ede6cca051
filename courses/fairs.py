"""What happens to a fair and to an office's part in it: planned, held, cancelled; joined and left."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses import panels
from courses.models import Fair, FairPart
from offices.clock import today
from offices.models import User
from offices.thai.dates import short_date

State = Fair.Status
LONGEST_REASON: Final = 500
MOST_NAMES: Final = 10


@dataclass(frozen=True)
class Step:
    """One allowed change of state: what the button says, and whether it must be explained."""

    source: State
    to: State
    label: str | Promise
    needs_reason: bool = False


STEPS: Final = (
    Step(State.PLANNED, State.HELD, gettext_lazy("The fair has been held")),
    Step(State.PLANNED, State.CANCELLED, gettext_lazy("Cancel the fair"), needs_reason=True),
    # Mistakes happen: one step back, with a reason.
    Step(State.HELD, State.PLANNED, gettext_lazy("Back to planned"), needs_reason=True),
    Step(State.CANCELLED, State.PLANNED, gettext_lazy("Take back the cancelling"), needs_reason=True),
)


def steps_from(state: str) -> list[Step]:
    return [step for step in STEPS if step.source == state]


def step_between(source: str, to: str) -> Step | None:
    return next((step for step in STEPS if (step.source, step.to) == (source, to)), None)


def names_offered() -> list[str]:
    """The letter's two names, then those that fairs were given lately."""
    printed = json.loads((Path(__file__).parent / "data" / "fair_names.json").read_text(encoding="utf-8"))
    lately = Fair.objects.order_by("-pk").values_list("name", flat=True)[:MOST_NAMES]
    return list(dict.fromkeys([*printed, *lately]))


@transaction.atomic
def plan(fair: Fair, *, by: User) -> Fair:
    """Save a new fair of the user's office, which thereby organises it."""
    fair.organiser_id = by.province_id
    with pghistory.context(user=by.pk, act="fair.plan"):
        fair.save(force_insert=True)
        FairPart.objects.create(fair=fair, province_id=by.province_id, role=FairPart.Role.ORGANISES)
    return fair


@transaction.atomic
def move(fair: Fair, to: str, *, by: User, reason: str = "") -> Fair:
    """Move a fair of the user's office to another state; refused, with the reason, where it cannot be there."""
    current = Fair.objects.organised_by(by).select_for_update(of=("self",)).get(pk=fair.pk)
    step = step_between(current.status, to)
    if step is None:
        raise ValidationError(
            _("A fair in the state “%(state)s” cannot be moved there.") % {"state": current.get_status_display()},
            "not_in_the_table",
        )
    reason = reason.strip()
    if step.needs_reason and not reason:
        raise ValidationError({"reason": [ValidationError(_("Say why."), "reason")]})
    if len(reason) > LONGEST_REASON:
        raise ValidationError(
            {"reason": [ValidationError(_("Say it in at most %(most)d characters.") % {"most": LONGEST_REASON})]}
        )
    if step.to == State.HELD:
        refuse_unless_begun(current)
    with pghistory.context(user=by.pk, act="fair.move"):
        current.status, current.status_reason = step.to, reason
        current.save(update_fields=["status", "status_reason"])
    return current


def refuse_unless_begun(fair: Fair) -> None:
    """A fair that was held has days, and they have come."""
    if fair.starts_on is None or fair.ends_on is None:
        raise ValidationError(_("Give the days on which the fair was held."), "no_days")
    if fair.starts_on > today():
        begins = {"day": short_date(fair.starts_on)}
        raise ValidationError(_("The fair begins on %(day)s, which is still to come.") % begins, "to_come")


def has_begun(fair: Fair) -> bool:
    return fair.starts_on is not None and fair.starts_on <= today()


@transaction.atomic
def join(fair: Fair, *, by: User) -> FairPart:
    """Let the user's office take part in a fair that is still planned."""
    current = Fair.objects.select_for_update(of=("self",)).get(pk=fair.pk)
    if current.status != State.PLANNED:
        raise ValidationError(
            _("The fair is in the state “%(state)s”: nobody can join it any more.")
            % {"state": current.get_status_display()},
            "not_planned",
        )
    if FairPart.objects.own_of(by).filter(fair=current).exists():
        raise ValidationError(_("Your office takes part in this fair already."), "already")
    with pghistory.context(user=by.pk, act="fair.join"):
        return FairPart.objects.create(fair=current, school_id=by.school_id, province_id=by.province_id)


@transaction.atomic
def leave(part: FairPart, *, by: User) -> None:
    """Take the user's office out of a fair that is still planned, unless it has entered something for it."""
    fair = Fair.objects.select_for_update(of=("self",)).get(pk=part.fair_id)
    held = FairPart.objects.own_of(by).select_for_update(of=("self",)).filter(pk=part.pk).first()
    if held is None:
        raise ValidationError(_("Your office takes no part in this fair."), "gone")
    if held.organises:
        raise ValidationError(_("Your office organises this fair: it can be cancelled, not left."), "organises")
    if fair.status != State.PLANNED:
        raise ValidationError(
            _("The fair is in the state “%(state)s”: nobody can leave it any more.")
            % {"state": fair.get_status_display()},
            "not_planned",
        )
    if why := panels.why_part_stays(by, fair):
        raise ValidationError(why, "tied")
    with pghistory.context(user=by.pk, act="fair.leave"):
        held.delete()
