"""What happened to a person's row: which act, who did it, when; never what personal data said before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from offices.models import User
from offices.thai.dates import short_datetime
from trainees.models import Trainee

UNTOLD = {
    "id", "version", "school", "name_order", "document_number", "document_tail", "person_key", "religion",
    "binned_at", "erased_at",
}  # fmt: skip
MOST = 50

ACTS: dict[str, str | Promise] = {
    "trainee.mend_document": gettext_lazy("Document mended"),
    "trainee.bin": gettext_lazy("Thrown into the bin"),
    "trainee.erase": gettext_lazy("Erased on request"),
    "trainee.restore": gettext_lazy("Taken back from the bin"),
}


@dataclass(frozen=True)
class Happening:
    """One change, as templates/components/timeline.html shows it."""

    what: str
    who: str
    when: str
    note: str


def happenings(trainee: Trainee, user: User) -> list[Happening]:
    """The newest changes of a person's row, newest first."""
    events: Any = Trainee.pgh_event_model.objects.visible_to(user)  # type: ignore[attr-defined]
    mine = events.filter(pgh_obj_id=trainee.pk).select_related("pgh_context").defer(*Trainee.ENCRYPTED)
    newest = list(mine.order_by("-pgh_id")[: MOST + 1])
    people = User.objects.in_bulk({who for event in newest if (who := _who(event))})
    return [
        Happening(
            what=_what(event),
            who=str(people.get(_who(event)) or ""),
            when=short_datetime(event.pgh_created_at),
            note=_note(event, before),
        )
        for event, before in zip(newest[:MOST], [*newest[1:], None], strict=False)
    ]


def _who(event: Any) -> int | None:
    return event.pgh_context.metadata.get("user") if event.pgh_context else None


def _what(event: Any) -> str:
    act = event.pgh_context.metadata.get("act") if event.pgh_context else None
    if act in ACTS:
        return str(ACTS[act])
    return _("Entered") if event.pgh_label == "insert" else _("Changed")


def _note(event: Any, before: Model | None) -> str:
    """The reason given, else which fields changed."""
    reason = event.pgh_context.metadata.get("reason") if event.pgh_context else None
    if reason or before is None:
        return reason or ""
    changed = [
        capfirst(str(field.verbose_name))
        for field in Trainee._meta.concrete_fields
        if field.name not in UNTOLD and getattr(event, field.attname) != getattr(before, field.attname)
    ]
    return ", ".join(changed)
