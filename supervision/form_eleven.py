"""PT.11 as a whole, in the order of print: what the screen shows and a paper draws."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from offices.scoping import Eyes
from supervision.models import FormItem, Visit
from supervision.models.visits import VisitQuerySet
from supervision.part_one import PartOne, part_one

INTERNAL_LINES = 3  # the chair and two members, as printed


@dataclass(frozen=True)
class Row:
    """One line of the table in part 2: number ("8", or "8.1" for what was added), item, findings, advice."""

    number: str
    item: str
    found: str
    advice: str
    proposed_by_school: bool = False


@dataclass(frozen=True)
class Signature:
    """A line to sign: name, position, and the word of the form behind it (chair, member)."""

    name: str
    position: str
    role: str


@dataclass(frozen=True)
class Part:
    """A part that the letter asks for and the form does not have: printed after the official page."""

    heading: str | Promise
    text: str


@dataclass(frozen=True)
class FormEleven:
    """Everything on PT.11. `wording` holds the printed words of its version (supervision/data)."""

    wording: dict[str, str]
    part_one: PartOne
    rows: tuple[Row, ...]
    recommendations: str
    internal: tuple[Signature, ...]
    supervisor: Signature
    signed_on: date | None
    # From here on: after the official page, never mixed into it.
    stage: str
    visited_on: date
    added_parts: tuple[Part, ...]
    is_draft: bool
    edition: int
    correction_reason: str
    submitted_at: datetime | None


def form_eleven(visit: Visit, user: Eyes) -> FormEleven:
    """The form of a visit, as it was under its version. Take the visit from `whole`."""
    wording = visit.form.wording
    return FormEleven(
        wording=wording,
        part_one=part_one(visit, user),
        rows=tuple(_rows(visit, list(visit.form.items.all()))),
        recommendations=visit.recommendations,
        internal=tuple(_internal(visit.internal, wording)),
        supervisor=Signature(visit.supervisor_name, visit.supervisor_position, wording["supervisor"]),
        signed_on=timezone.localdate(visit.submitted_at) if visit.submitted_at else None,
        stage=visit.get_stage_display(),
        visited_on=visit.visited_on,
        added_parts=(
            Part(_("Use of knowledge after training"), visit.knowledge_use),
            Part(_("Quality of the products"), visit.product_quality),
        ),
        is_draft=not visit.is_submitted,
        edition=visit.edition,
        correction_reason=visit.correction_reason,
        submitted_at=visit.submitted_at,
    )


def whole(visits: VisitQuerySet) -> VisitQuerySet:
    """These visits, with everything their form names."""
    rows = visits.select_related(
        "form",
        "office",
        "replaces",
        "submitted_by",
        "course__curriculum",
        "course__school__district__province",
        "course__subdistrict__district",
    )
    return rows.prefetch_related("form__items")


def _rows(visit: Visit, items: list[FormItem]) -> list[Row]:
    rows = []
    for item in items:
        number = str(item.position)
        answer = visit.answers.get(number, {})
        rows.append(Row(number, item.text, answer.get("found", ""), answer.get("advice", "")))
        if item.is_open:
            rows += [
                Row(
                    f"{number}.{place}",
                    added["text"],
                    added.get("found", ""),
                    added.get("advice", ""),
                    bool(added.get("proposal")),
                )
                for place, added in enumerate(visit.added, start=1)
            ]
    return rows


def _internal(kept: list[dict[str, str]], wording: dict[str, str]) -> list[Signature]:
    lines = [*kept, *({} for _line in range(INTERNAL_LINES))][:INTERNAL_LINES]
    return [
        Signature(line.get("name", ""), line.get("position", ""), wording["chair" if place == 0 else "member"])
        for place, line in enumerate(lines)
    ]
