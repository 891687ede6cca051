"""The results of a course: people × knowledge, practice, quality of work (form 10), and who passed."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from offices.permissions import Can, may, requires
from offices.thai.digits import BLANK
from trainees import passing
from trainees.cells import plain
from trainees.marks import ResultSheet
from trainees.models import Result
from trainees.views.cells import answer_cells, drawn, people_of, save_form, saved_words, sheet_context
from trainees.views.enrolments import visible_course

PAGE = "trainees/results.html"


def _person(sheet, row, typed=None, answers=None):
    judged = passing.judge(
        sheet.found.get(row.pk), row.attended_hours, sheet.course.hours, sheet.course.fiscal_year
    )
    cells = [drawn(sheet.cells[f"{row.pk}-{part}"], typed, answers) for part in Result.MOST]
    return {"enrolment": row, "cells": cells, "judged": judged, "total": plain(judged.total) or BLANK}


def _counts(people):
    passed = [row["judged"].passed for row in people]
    return {"passed": passed.count(True), "failed": passed.count(False), "unknown": passed.count(None)}


def _shown(request, sheet, typed=None, answers=None, gone=0):
    typed, answers = typed or {}, answers or {}
    people = [_person(sheet, row, typed, answers) for row in sheet.rows]
    parts = [
        {"name": Result._meta.get_field(part).verbose_name, "key": part, "most": most}
        for part, most in Result.MOST.items()
    ]
    context = sheet_context(sheet, typed, answers, gone) | {
        "rows": people,
        "parts": parts,
        "counts": _counts(people),
        "may_edit": may(request.user, Can.EDIT_TRAINEES),
    }
    fragment = request.htmx and request.method == "GET"
    return render(request, f"{PAGE}#panel" if fragment else PAGE, context)


@vary_on_headers("HX-Request")
@require_safe
@requires(Can.VIEW_TRAINEES)
def course_results(request, pk):
    return _shown(request, ResultSheet(visible_course(request, pk), request.user))


@require_POST
@requires(Can.EDIT_TRAINEES)
def results_save(request, pk):
    """The whole grid as a plain form: all or nothing."""
    course = visible_course(request, pk)
    typed, answers, gone = save_form(request, course, ResultSheet)
    if typed or gone:
        return _shown(request, ResultSheet(course, request.user), typed, answers, gone)
    messages.success(request, saved_words())
    return redirect("trainees:results", pk)


@require_POST
@requires(Can.EDIT_TRAINEES)
def results_cells(request, pk):
    """Cells as they are typed, each by itself."""
    return answer_cells(request, visible_course(request, pk), ResultSheet, _fragments)


def _fragments(sheet, touched):
    people, entered = [_person(sheet, row) for row in sheet.rows], people_of(touched)
    changed = {
        f"of-{row['enrolment'].pk}": render_to_string(f"{PAGE}#figures", {"row": row})
        for row in people
        if row["enrolment"].pk in entered
    }
    return changed | {"grid-counts": render_to_string(f"{PAGE}#counts", {"counts": _counts(people)})}
