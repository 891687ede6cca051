"""The life of a course: which state follows which, as a table, and the one way to move along it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from courses.models import Course
from offices.models import User

State = Course.Status
LONGEST_REASON = 500

# The ordinary way, from first to last.
WAY: tuple[State, ...] = (
    State.DRAFT,
    State.APPROVED,
    State.OPEN,
    State.RUNNING,
    State.COMPLETED,
    State.CLOSED,
)


@dataclass(frozen=True)
class Step:
    """One allowed change of state: what the button says, and whether it must be explained."""

    source: State
    to: State
    label: str | Promise
    needs_reason: bool = False

    @property
    def is_forward(self) -> bool:
        return self.source in WAY and self.to in WAY and WAY.index(self.to) > WAY.index(self.source)


FORWARD = (
    Step(State.DRAFT, State.APPROVED, gettext_lazy("Record the approval")),  # Form 7
    Step(State.APPROVED, State.OPEN, gettext_lazy("Take applications")),
    Step(State.OPEN, State.RUNNING, gettext_lazy("Open the training")),  # Letter §4.1: judged by its people
    Step(State.RUNNING, State.COMPLETED, gettext_lazy("Training is completed")),
    Step(State.COMPLETED, State.CLOSED, gettext_lazy("Close the course")),
    Step(State.POSTPONED, State.APPROVED, gettext_lazy("Take up again")),
)
# Mistakes happen: one step back, with a reason, until the course is closed.
BACKWARD = (
    Step(State.APPROVED, State.DRAFT, gettext_lazy("Back to draft"), needs_reason=True),
    Step(State.OPEN, State.APPROVED, gettext_lazy("Back to approved"), needs_reason=True),
    Step(State.RUNNING, State.OPEN, gettext_lazy("Back to taking applications"), needs_reason=True),
    Step(State.COMPLETED, State.RUNNING, gettext_lazy("Back to running"), needs_reason=True),
    Step(State.CANCELLED, State.DRAFT, gettext_lazy("Take back the cancelling"), needs_reason=True),
)
PAUSES = tuple(
    Step(state, State.POSTPONED, pgettext_lazy("button", "Postpone"), needs_reason=True)
    for state in (State.APPROVED, State.OPEN)
)
ENDS = tuple(
    Step(state, State.CANCELLED, gettext_lazy("Cancel the course"), needs_reason=True)
    for state in State
    if state not in Course.OVER
)
TABLE: dict[tuple[str, str], Step] = {
    (step.source, step.to): step for step in (*FORWARD, *PAUSES, *BACKWARD, *ENDS)
}

BEFORE_TRAINING = frozenset({State.DRAFT, State.APPROVED, State.OPEN, State.POSTPONED})
MAY_BE_BINNED = frozenset({State.DRAFT, State.APPROVED, State.CANCELLED})


class MoveRefused(ValidationError):
    """The course stays where it is; says why."""


def steps_from(state: str) -> list[Step]:
    """What may follow a state, the ordinary way first."""
    return [step for (source, _to), step in TABLE.items() if source == state]


def step_between(source: str, to: str) -> Step | None:
    return TABLE.get((source, to))


@transaction.atomic
def move(course: Course, to: str, *, by: User, reason: str = "", seen: str | None = None) -> Course:
    """Move a course to another state. `seen` is the state its mover saw, when that may be older than `course`.

    Whether enough people are on it is judged by those who know the people, before they call this.
    """
    seen = seen or course.status
    current = Course.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=course.pk).first()
    if current is None:
        raise MoveRefused(_("Somebody has thrown this course away meanwhile."), "gone")
    if current.status != seen:
        raise MoveRefused(
            _("Somebody else has changed the state to “%(state)s” meanwhile. Nothing was changed now.")
            % {"state": current.get_status_display()},
            "moved_meanwhile",
        )
    step = step_between(current.status, to)
    if step is None:
        raise MoveRefused(
            _("A course in the state “%(state)s” cannot be moved there.")
            % {"state": current.get_status_display()},
            "not_in_the_table",
        )
    reason = reason.strip()
    if step.needs_reason and not reason:
        raise MoveRefused({"reason": [ValidationError(_("Say why."), "reason")]})
    if len(reason) > LONGEST_REASON:
        raise MoveRefused(
            {"reason": [ValidationError(_("Say it in at most %(most)d characters.") % {"most": LONGEST_REASON})]}
        )
    with pghistory.context(user=by.pk, act="course.move"):
        current.status, current.status_reason, current.status_since = step.to, reason, timezone.now()
        current.save(update_fields=["status", "status_reason", "status_since"])
    course.status, course.status_reason = current.status, current.status_reason
    return current


@dataclass(frozen=True)
class Milestone:
    """One state on the way of a course, as templates/components/steps.html shows it."""

    label: str
    state: str


def milestones(course: Course) -> list[Milestone]:
    """The way of this course: what lies behind it, where it stands, what is still to come."""
    now = State(course.status)
    match now:
        case State.CANCELLED:
            way: Iterable[State] = (State.DRAFT, State.CANCELLED)
        case State.POSTPONED:
            way = (State.DRAFT, State.APPROVED, State.POSTPONED, *WAY[2:])
        case _:
            way = WAY
    told, reached = [], False
    for state in way:
        if state == now:
            told.append(Milestone(str(state.label), "current"))
            reached = True
        else:
            told.append(Milestone(str(state.label), "next" if reached else "done"))
    return told
