"""What all grids share: cells sent one by one as JSON, or all together as a plain form."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseBadRequest, JsonResponse
from django.utils.translation import gettext as _

from offices.thai.typed import tidy
from trainees.cells import Answer, Cell, Entry, NoSuchCell, State, record
from trainees.models import Enrolment

MOST_CELLS = 500
PREFIX = "c-"


@dataclass(frozen=True)
class Drawn:
    """A cell as the page draws it: what is in its box, and what is wrong with it."""

    cell: Cell
    typed: str
    answer: Answer | None = None

    @property
    def wrong(self):
        return self.answer is not None and self.answer.state != State.SAVED

    @property
    def id(self):
        return f"{PREFIX}{self.cell.key}"

    @property
    def column(self):
        """The id of the heading above: the key's second part names the session, or the part of the assessment."""
        return f"s-{self.cell.key.split('-')[1]}"


def drawn(cell, typed=None, answers=None):
    return Drawn(cell, (typed or {}).get(cell.key, cell.shown), (answers or {}).get(cell.key))


def sent_as_json(request):
    """The entries of {"cells": [{"cell", "value", "seen"}, …]}; None when it is anything else."""
    try:
        sent = json.loads(request.body)["cells"]
        texts = [(cell["cell"], cell["value"], cell["seen"]) for cell in sent]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    if len(texts) > MOST_CELLS or not all(isinstance(text, str) for three in texts for text in three):
        return None
    return [Entry(*three) for three in texts]


def answer_cells(request, of, kind, fragments, **which):
    """Save each cell by itself and say what became of each; `fragments` draws what follows from them.

    A cell that is not of this grid is not there at all.
    """
    entries = sent_as_json(request)
    if entries is None:
        return HttpResponseBadRequest()
    try:
        answers = record(kind, of=of, entries=entries, by=request.user, **which)
    except (NoSuchCell, ValidationError):
        raise Http404 from None
    told = [
        {"cell": a.cell, "state": a.state, "value": a.value, "message": a.message, "who": a.who} for a in answers
    ]
    touched = {answer.cell for answer in answers}
    return JsonResponse({"cells": told, "fragments": fragments(kind(of, request.user, **which), touched)})


def sent_as_form(request, grid):
    """The entries of the plain form that were changed, and how many changed cells are no longer there."""
    try:
        seen = json.loads(request.POST.get("seen", ""))
    except (ValueError, RecursionError):
        seen = {}
    if not isinstance(seen, dict):
        seen = {}
    entries, gone = [], 0
    for name, typed in request.POST.items():
        key = name.removeprefix(PREFIX)
        before = str(seen.get(key, ""))
        if key == name or tidy(typed) == before:
            continue
        if key in grid.cells:
            entries.append(Entry(key, typed, before))
        else:
            gone += 1
    return entries, gone


def save_form(request, of, kind, **which):
    """Save all cells of the plain form or none: (typed, answers, gone), all empty when everything is saved."""
    entries, gone = sent_as_form(request, kind(of, request.user, **which))
    try:
        answers = record(kind, of=of, entries=entries, by=request.user, all_or_nothing=True, **which)
    except (NoSuchCell, ValidationError):
        raise Http404 from None
    if not gone and all(answer.state == State.SAVED for answer in answers):
        return {}, {}, 0
    typed = {entry.cell: entry.typed for entry in entries}
    return typed, {answer.cell: answer for answer in answers}, gone


def form_context(grid, typed, answers, gone):
    """What every grid page needs: the values seen, and what is wrong, each leading to its cell."""
    problems = [
        {"id": f"{PREFIX}{a.cell}", "name": grid.line_of(a.cell), "message": a.message, "who": a.who}
        for a in answers.values()
        if a.state != State.SAVED
    ]
    return {
        "seen": json.dumps({key: cell.shown for key, cell in grid.cells.items() if cell.stored is not None}),
        "is_open": any(not cell.why_not for cell in grid.cells.values()),
        "why_closed": grid.why_closed(),
        "problems": problems,
        "gone": gone,
        "kept": bool(typed or gone),
    }


def sheet_context(sheet, typed, answers, gone):
    """What the page of a course's grid needs beside: the course, and how many people."""
    return form_context(sheet, typed, answers, gone) | {
        "course": sheet.course,
        "came": sum(row.first_attended_on is not None for row in sheet.rows),
        "people": sum(row.status == Enrolment.Status.ENROLLED for row in sheet.rows),
    }


def people_of(touched):
    """The keys of the people in whose lines something was entered."""
    return {int(key.split("-")[0]) for key in touched}


def saved_words():
    return _("All cells are saved.")
