"""Circulars, and the schools that have one, as files."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from documents.circular_lists import CircularFilter, CircularTable, RecipientFilter, RecipientTable
from documents.circular_standing import with_standing
from documents.list_books import list_book
from documents.models import Circular, Delivery
from documents.tables import Book, Column, Row
from offices.models import User
from offices.permissions import Can, may


def circulars_book(user: User, asked: Any) -> Book:
    """Whoever looks after schools also gets how many of them acknowledged."""
    rows = with_standing(Circular.objects.visible_to(user), user)
    follows = may(user, Can.FOLLOW_CIRCULARS)
    columns = [
        Column("dated_on", _("Date"), "date"),
        Column("number", _("Number"), "id", 24),
        Column("urgency", _("Urgency")),
        Column("subject", _("Subject"), width=50),
        Column("signer", _("Signed by"), width=30),
        Column("status", _("State")),
        Column("due_on", _("To be acknowledged by"), "date"),
        *([Column("reached", _("Schools that have it"), "integer")] if follows else []),
        *([Column("acknowledged", _("Schools that acknowledged"), "integer")] if follows else []),
        *([] if follows else [Column("acknowledged_at", _("Acknowledged at"), "datetime")]),
    ]

    def row(circular: Any) -> Row:
        counts = [circular.reached, circular.acknowledged] if follows else [circular.acknowledged_at]
        return [
            circular.dated_on,
            circular.number or None,
            circular.get_urgency_display(),
            circular.subject,
            circular.signer_name,
            circular.get_status_display(),
            circular.due_on,
            *counts,
        ]

    narrowed = CircularFilter(user, asked, queryset=rows)
    return list_book(_("Circulars"), columns, narrowed, row, user, as_in=CircularTable)


def recipients_of(circular: Circular, user: User) -> Any:
    """The deliveries to schools that the user looks after, in Thai order."""
    rows = Delivery.objects.visible_to(user).filter(circular=circular, school__isnull=False)
    return rows.select_related("school", "passed_on_by", "acknowledged_by").order_by("school__name_order", "pk")


def recipients_book(circular: Circular, user: User, asked: Any) -> Book:
    columns = [
        Column("school_code", _("School code"), "id", 16),
        Column("school", _("School"), width=36),
        Column("passed_on_by", _("Passed on by"), width=24),
        Column("sent_at", _("Sent at"), "datetime"),
        Column("opened_at", _("Opened at"), "datetime"),
        Column("acknowledged_at", _("Acknowledged at"), "datetime"),
        Column("acknowledged_by", _("By whom"), width=30),
        Column("reminders", _("Reminders"), "integer"),
        Column("mailed_at", _("Reminded by mail at"), "datetime"),
    ]
    narrowed = RecipientFilter(user, asked, queryset=recipients_of(circular, user))
    return list_book(circular.subject[:120], columns, narrowed, _recipient, user, as_in=RecipientTable)


def _recipient(delivery: Delivery) -> Row:
    return [
        delivery.school.code if delivery.school else None,
        str(delivery.school),
        str(delivery.passed_on_by or _("The department itself")),
        delivery.sent_at,
        delivery.opened_at,
        delivery.acknowledged_at,
        str(delivery.acknowledged_by) if delivery.acknowledged_by else None,
        delivery.reminders,
        delivery.mailed_at,
    ]
