"""The requests to open with fewer people: which ones an office meets, narrowed, and the same as a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import django_filters as filters
from django.db.models import Case, QuerySet, Value, When
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courses.filters import told, words_in
from documents.list_books import stamped
from documents.tables import Book, Column, Row, Table
from offices.models import User
from offices.permissions import Can, may
from trainees.models import Waiver


def with_course(waivers: QuerySet[Waiver]) -> QuerySet[Waiver]:
    """Without those of courses that were thrown away."""
    rows = waivers.filter(course__binned_at=None)
    return rows.select_related("course__course_type", "school", "requested_by", "decided_by")


class WaiverFilter(filters.FilterSet):
    q = filters.CharFilter(label=_("Course or school"), method="holding")
    decision = filters.ChoiceFilter(label=_("Decision"), choices=Waiver.Decision, empty_label=_("All"))

    class Meta:
        model = Waiver
        fields: list[str] = []

    always_shown = ("q", "decision")

    def holding(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(words_in(["course__name", "school__name", "reason"], value))


def narrowed(user: User, asked: Any) -> WaiverFilter:
    """What the user's office decides on, else its own requests; those that wait come first."""
    decides = may(user, Can.DECIDE_WAIVERS)
    waivers = Waiver.objects.decided_by(user) if decides else Waiver.objects.visible_to(user)
    waiting_first = Case(When(decision=Waiver.Decision.WAITING, then=Value(0)), default=Value(1))
    return WaiverFilter(asked, with_course(waivers).order_by(waiting_first, "-requested_at", "-pk"))


def book(user: User, asked: dict[str, str]) -> Book:
    narrow, title = narrowed(user, asked), gettext("Requests to open with fewer people")
    columns = [
        Column("school_code", _("School code"), "id", 16),
        Column("school", _("School"), width=32),
        Column("course", _("Course"), width=40),
        Column("starts_on", _("First day"), "date"),
        Column("people", _("People"), "integer"),
        Column("group_size", _("Group size"), "integer"),
        Column("reason", _("Reason"), width=40),
        Column("asked_at", _("Asked"), "datetime"),
        Column("decision", _("Decision"), width=14),
        Column("decided_by", _("Decided by"), width=28),
        Column("decided_at", _("Decided at"), "datetime"),
        Column("note", _("Note"), width=40),
    ]
    return stamped(title, [Table(title, columns, lambda: _rows(narrow.qs))], user, told(narrow.form))


def _rows(waivers: QuerySet[Waiver]) -> Iterator[Row]:
    for waiver in waivers.iterator(2_000):
        yield [
            waiver.school.code,
            waiver.school.name,
            waiver.course.name,
            waiver.course.starts_on,
            waiver.people,
            waiver.group_size,
            waiver.reason,
            waiver.requested_at,
            waiver.get_decision_display(),
            str(waiver.decided_by) if waiver.decided_by else None,
            waiver.decided_at,
            waiver.decision_note or None,
        ]
