"""What happened to a row: who changed what, when, from the events that triggers wrote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from courses.models import Curriculum, Project
from offices.models import User
from offices.secrecy import EncryptedTextField
from offices.seen import names_of, seen_by
from offices.thai.dates import short_date, short_datetime
from offices.thai.digits import BLANK, format_number

UNTOLD = {
    "id", "version", "school", "created_by", "name_order", "title_order", "status_reason", "status_since",
    "national_id_tail", "bank_account_tail", "person_key", "erased_at",
}  # fmt: skip
WITH_ROWS = (Curriculum, Project)
"""Their version alone counts on when only their rows changed."""
MOST_EVENTS = 200


@dataclass(frozen=True)
class Happening:
    """One change, as templates/components/timeline.html shows it."""

    what: str
    who: str
    when: str
    note: str


def happenings(row: Any, user: User, *, most: int = MOST_EVENTS) -> list[Happening]:
    """The newest changes of a row with a history, newest first."""
    events = seen_by(user, row.pgh_event_model)
    newest = list(events.filter(pgh_obj_id=row.pk).select_related("pgh_context").order_by("-pgh_id")[: most + 1])
    changes = list(_changes(type(row), newest))[:most]
    names = _Names(user, changes)
    people = names_of([who for event, _old, _fields in changes if (who := _who(event))], row, user)
    return [
        Happening(
            what=_what(event, old, fields),
            who=people.get(_who(event), ""),
            when=short_datetime(event.pgh_created_at),
            note=_note(event, old, fields, names),
        )
        for event, old, fields in changes
    ]


Change = tuple[Any, Any, list[models.Field]]


def _changes(model: type[models.Model], newest: list[Any]) -> Iterator[Change]:
    """Each event with the one before it and the columns in which they differ."""
    told = [field for field in model._meta.concrete_fields if field.name not in UNTOLD]
    for event, old in zip(newest, [*newest, None][1:], strict=True):
        if old is None:
            yield event, None, []
            continue
        fields = [f for f in told if getattr(event, f.attname) != getattr(old, f.attname)]
        if fields or (model in WITH_ROWS and event.version != old.version):
            yield event, old, fields


def _who(event: Any) -> int:
    """The account's key; 0 where a program did it."""
    return (event.pgh_context.metadata.get("user") if event.pgh_context else None) or 0


def _what(event: Any, old: Any, fields: list[models.Field]) -> str:
    if old is None:
        return _("Entered") if event.pgh_label == "insert" else _("Changed")
    if not fields:
        return _("Structure changed") if hasattr(event, "hours_theory") else _("Activities changed")
    names = {field.name for field in fields}
    if "binned_at" in names:
        return _("Thrown into the bin") if event.binned_at else _("Taken back from the bin")
    if "cancelled_at" in names:
        return _("Cancelled") if event.cancelled_at else _("Cancelling taken back")
    if "status" in names:
        return _("State: %(old)s → %(new)s") % {
            "old": old.get_status_display() if hasattr(old, "get_status_display") else old.status,
            "new": event.get_status_display() if hasattr(event, "get_status_display") else event.status,
        }
    return _("Changed")


def _note(event: Any, old: Any, fields: list[models.Field], names: _Names) -> str:
    changes = [
        _("%(field)s: %(old)s → %(new)s")
        % {
            "field": capfirst(str(field.verbose_name)),
            "old": names.shown(field, old),
            "new": names.shown(field, event),
        }
        for field in fields
        if field.name not in ("status", "binned_at", "cancelled_at")
    ]
    if event.pgh_context and (reason := event.pgh_context.metadata.get("reason")):
        changes.insert(0, reason)
    if any(field.name == "status" for field in fields) and event.status_reason:
        changes.insert(0, event.status_reason)
    return " · ".join(changes)


class _Names:
    """The names of rows that changed columns point to, asked for once a table."""

    def __init__(self, user: User, changes: list[Change]) -> None:
        wanted: dict[models.Field, set[Any]] = {}
        for event, old, fields in changes:
            for field in fields:
                if field.is_relation:
                    keys = {getattr(event, field.attname), getattr(old, field.attname)} - {None}
                    wanted.setdefault(field, set()).update(keys)
        self._rows = {field.name: _rows(field, keys, user) for field, keys in wanted.items()}

    def shown(self, field: models.Field, event: Any) -> str:
        value = getattr(event, field.attname)
        if value in (None, ""):
            return BLANK
        if isinstance(field, EncryptedTextField):
            return _("(hidden)")
        if field.is_relation:
            return str(self._rows[field.name].get(value, BLANK))
        if isinstance(field, ArrayField):
            labels = dict(field.base_field.flatchoices)
            return ", ".join(str(labels.get(part, part)) for part in value) or BLANK
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        match value:
            case Decimal() if getattr(field, "decimal_places", 0) == 2:
                return format_number(value, 2)  # baht and satang
            case Decimal():
                return format_number(value.normalize())
            case datetime():
                return short_datetime(value)
            case date():
                return short_date(value)
        return str(value)


def _rows(field: models.Field, keys: set[Any], user: User) -> dict[Any, models.Model]:
    return seen_by(user, field.related_model).in_bulk(keys)  # type: ignore[arg-type]
