"""The attendance of a course: people × sessions (form 9)."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from offices.permissions import Can, may, requires
from trainees import passing
from trainees.grids import AttendanceSheet
from trainees.views.cells import answer_cells, drawn, people_of, save_form, saved_words, sheet_context
from trainees.views.enrolments import visible_course

PAGE = "trainees/attendance.html"


def _person(sheet, row, typed=None, answers=None):
    return {
        "enrolment": row,
        "cells": [drawn(sheet.cells[f"{row.pk}-{s.pk}"], typed, answers) for s in sheet.sessions],
        "hours": row.attended_hours,
        "percent": passing.attendance_percent(row.attended_hours, sheet.course.hours),
    }


def _shown(request, sheet, typed=None, answers=None, gone=0):
    typed, answers = typed or {}, answers or {}
    context = sheet_context(sheet, typed, answers, gone) | {
        "sessions": sheet.sessions,
        "rows": [_person(sheet, row, typed, answers) for row in sheet.rows],
        "recorded": len(sheet.found),
        "may_edit": may(request.user, Can.EDIT_TRAINEES),
    }
    fragment = request.htmx and request.method == "GET"
    return render(request, f"{PAGE}#panel" if fragment else PAGE, context)


@vary_on_headers("HX-Request")
@require_safe
@requires(Can.VIEW_TRAINEES)
def course_attendance(request, pk):
    return _shown(request, AttendanceSheet(visible_course(request, pk), request.user))


@require_POST
@requires(Can.EDIT_TRAINEES)
def attendance_save(request, pk):
    """The whole grid as a plain form: all or nothing."""
    course = visible_course(request, pk)
    typed, answers, gone = save_form(request, course, AttendanceSheet)
    if typed or gone:
        return _shown(request, AttendanceSheet(course, request.user), typed, answers, gone)
    messages.success(request, saved_words())
    return redirect("trainees:attendance", pk)


@require_POST
@requires(Can.EDIT_TRAINEES)
def attendance_cells(request, pk):
    """Cells as they are typed, each by itself."""
    return answer_cells(request, visible_course(request, pk), AttendanceSheet, _fragments)


def _fragments(sheet, touched):
    people = people_of(touched)
    rows = {row.pk: _person(sheet, row) for row in sheet.rows if row.pk in people}
    drawn_rows = {f"of-{pk}": render_to_string(f"{PAGE}#figures", {"row": row}) for pk, row in rows.items()}
    return drawn_rows | {"grid-counts": render_to_string(f"{PAGE}#counts", sheet_context(sheet, {}, {}, 0))}
