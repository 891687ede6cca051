"""The kinds of rows that stand behind figures: how each is read, searched, told apart, shown and written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import django_tables2 as tables
from django.db.models import F, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.filters import words_in
from courses.models import FairPart
from offices.scoping import Eyes
from reports import row_files
from reports import tables as shown
from reports.definition import Indicator
from reports.evidence import people, works
from trainees.filters import named
from trainees.models import ChannelKind, Enrolment, Result, Trainee

YES, NO = "yes", "no"


@dataclass(frozen=True)
class Fact:
    """Something that is true of some of the rows: its heading, and its values with their labels and conditions."""

    label: str | Promise
    values: Mapping[str, tuple[str | Promise, Q]]


@dataclass(frozen=True)
class RowKind:
    """`prepare` gives rows in the order of the list, with what its table and its file say of them."""

    table: type[tables.Table]
    prepare: Callable[[QuerySet[Any]], QuerySet[Any]]
    name: str | Promise
    by_name: Callable[[Eyes, str], Q]
    file: row_files.RowFile
    facts: Mapping[str, Fact] = field(default_factory=dict)
    course: str = "course__name"  # leads to the name of the course, '' where rows are of none


def kind_of(indicator: Indicator) -> RowKind:
    return KINDS[indicator.evidence]


def _yes_no(label: str | Promise, column: str) -> Fact:
    return Fact(label, {YES: (_("Yes"), Q(**{column: True})), NO: (_("No"), Q(**{column: False}))})


def _person(user: Eyes, words: str) -> Q:
    return Q(trainee__in=Trainee.objects.visible_to(user).filter(named(words)))


def _column(path: str) -> Callable[[Eyes, str], Q]:
    return lambda user, words: words_in([path], words)


def _people(rows: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """In an order that indexes know, whatever their number, with what the table shows; nothing is decrypted."""
    return (
        rows.select_related("trainee", "course", "school")
        .defer(*Enrolment.ENCRYPTED)
        .order_by("course__starts_on", "course_id", "trainee__name_order", "pk")
    )


def _with_points(rows: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """With the points themselves, from which the reasons are said."""
    points = {part: F(f"result__{part}") for part in Result.MOST}
    return _people(rows).select_related("trainee", "course__fiscal_year", "school").annotate(**points)


def _with_answers(rows: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    return _people(rows).select_related("trainee", "course", "school", "latest_answer")


def _products(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.select_related("school", "course").order_by("decided_on", "name_order", "pk")


def _fair_parts(rows: QuerySet[FairPart]) -> QuerySet[FairPart]:
    parts = rows.select_related("fair", "school", "province")
    return parts.order_by("fair__starts_on", "fair__name_order", "pk")


def _channels(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.select_related("school").order_by("name_order", "pk")


def _of_people(
    table: type[tables.Table],
    prepare: Callable[[QuerySet[Any]], QuerySet[Any]],
    file: row_files.RowFile,
    **facts: Fact,
) -> RowKind:
    return RowKind(table, prepare, pgettext_lazy("person", "Name"), _person, file, facts)


PASSED: Final = Fact(
    _("Judgement"),
    {
        "passed": (shown.VERDICTS[True], Q(passed=True)),
        "not_passed": (shown.VERDICTS[False], Q(passed=False)),
        "unknown": (shown.VERDICTS[None], Q(passed__isnull=True)),
    },
)
ANSWERED: Final = Fact(
    _("Follow-up"),
    {
        "answered": (pgettext_lazy("follow-up", "Answered"), Q(is_answered=True)),
        "due": (_("Due, without an answer"), Q(is_due=True, is_answered=False)),
        "not_due": (_("Not due yet"), Q(is_due=False)),
    },
)
MEETS: Final = Fact(
    _("Meets the checklist"),
    {
        YES: (_("Yes"), Q(verdict=True)),
        NO: (_("No"), Q(verdict=False)),
        "never": (_("Never assessed"), Q(verdict__isnull=True)),
    },
)
ROLE: Final = Fact(_("Part in it"), {each.value: (each.label, Q(role=each.value)) for each in FairPart.Role})
CHANNEL_KIND: Final = Fact(_("Kind"), {each.value: (each.label, Q(kind=each.value)) for each in ChannelKind})
NEW: Final = _yes_no(pgettext_lazy("product", "New"), "is_new")

_OF_PRODUCTS: Final = (shown.ProductTable, _products, _("Product"), _column("name"), row_files.PRODUCTS)

KINDS: Final[Mapping[Any, RowKind]] = {
    people.entrants: _of_people(shown.EvidenceTable, _people, row_files.ENTRANTS),
    people.judged_entrants: _of_people(shown.JudgedTable, _with_points, row_files.JUDGED, judgement=PASSED),
    people.passed_with_work: _of_people(
        shown.WorkTable,
        _people,
        row_files.WORK,
        sells=_yes_no(_("Own product in an open channel"), "sells"),
        has_shown=_yes_no(_("Work shown at a fair or contest"), "has_shown"),
    ),
    people.cohort: _of_people(shown.AnswerTable, _with_answers, row_files.ANSWERS, answered=ANSWERED),
    works.good_products: RowKind(*_OF_PRODUCTS, {"is_new": NEW}),
    works.judged_products: RowKind(*_OF_PRODUCTS, {"meets": MEETS, "is_new": NEW}),
    works.held_fairs: RowKind(
        shown.FairPartTable,
        _fair_parts,
        _("Fair"),
        _column("fair__name"),
        row_files.FAIR_PARTS,
        {"role": ROLE},
        course="",
    ),
    works.open_channels: RowKind(
        shown.ChannelTable,
        _channels,
        _("Sales channel"),
        _column("name"),
        row_files.CHANNELS,
        {"channel_kind": CHANNEL_KIND},
        course="",
    ),
}
