"""The screens of targets: the table of a fiscal year, its entry, its file, and a sheet that is read into it."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from documents.books import send_book
from documents.invitation_views import KINDS
from offices.permissions import Can, may, requires
from offices.years import chosen_year, years_known
from reports import target_sheets
from reports.indicators import INDICATORS
from reports.target_grid import TargetGrid, board_of, boards_for, is_share
from trainees.views.cells import drawn, form_context, save_form


class TurnForm(forms.Form):
    """To another office's table."""

    office = forms.ChoiceField(label=gettext_lazy("Office"), required=False)

    def __init__(self, boards, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["office"].choices = boards


class SheetForm(forms.Form):
    sheet = forms.FileField(
        label=gettext_lazy("Sheet"), help_text=gettext_lazy("The filled-in template, as .xlsx or .csv.")
    )


@require_safe
@requires(Can.VIEW_INDICATORS)
def target_table(request):
    year = _year(request)
    if year is None:
        return render(request, "reports/targets.html", {"board": None})
    return _shown(request, _board(request, year))


@require_POST
@requires(Can.EDIT_TARGETS)
def target_save(request):
    """The whole table: all that was changed, or nothing."""
    board = _board(request)
    typed, answers, gone = save_form(request, board, TargetGrid)
    if typed or gone:
        return _shown(request, board, typed, answers, gone)
    messages.success(request, _("The targets of fiscal year %(year)s are saved.") % {"year": board.year})
    return redirect(f"{reverse('reports:targets')}?{_query(board)}")


@require_POST
@requires(Can.VIEW_INDICATORS)
def target_export(request, ending):
    made = target_sheets.book(TargetGrid(_board(request), request.user), request.user)
    return send_book(made, ending, str(made.title))


@require_safe
@requires(Can.EDIT_TARGETS)
def target_template(request, kind):
    if kind not in KINDS:
        raise Http404
    board = _board(request)
    return HttpResponse(
        target_sheets.template(TargetGrid(board, request.user), kind),
        content_type=KINDS[kind],
        headers={"Content-Disposition": f'attachment; filename="targets-{board.year}.{kind}"'},
    )


@require_POST
@requires(Can.EDIT_TARGETS)
def target_upload(request):
    """A sheet, put into the boxes of the table: nothing is saved before whoever sent it has looked."""
    board, form = _board(request), SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, board, sheet_form=form)
    try:
        filled = target_sheets.read(form.cleaned_data["sheet"], TargetGrid(board, request.user))
    except ValidationError as refusal:
        form.add_error("sheet", refusal)
        return _shown(request, board, sheet_form=form)
    if filled.problems:
        return _shown(request, board, sheet_problems=filled.problems)
    if not filled.changes:
        messages.info(request, _("The sheet says what is stored already."))
        return redirect(f"{reverse('reports:targets')}?{_query(board)}")
    return _shown(request, board, filled.changes, from_sheet=len(filled.changes))


def _shown(request, board, typed=None, answers=None, gone=0, **more):
    grid, typed, answers = TargetGrid(board, request.user), typed or {}, answers or {}
    boards = boards_for(request.user, board.year)
    context = {
        **form_context(grid, typed if answers else {}, answers, gone),
        "board": board,
        "query": _query(board),
        "columns": [{"indicator": each, "is_share": is_share(each.code)} for each in INDICATORS],
        "own": _row(grid, board.own, typed, answers) if board.own else None,
        "rows": [_row(grid, line, typed, answers) for line in board.parts],
        "sums": [grid.sum_of_parts(each.code) for each in INDICATORS],
        "turn": TurnForm(boards, initial={"office": board.address}) if len(boards) > 1 else None,
        "may_edit": may(request.user, Can.EDIT_TARGETS),
        "sheet_form": SheetForm(),
        **more,
    }
    return render(request, "reports/targets.html", context)


def _row(grid, line, typed, answers):
    keys = [f"{line.key}-{each.code}" for each in INDICATORS]
    return {"line": line, "cells": [drawn(grid.cells[key], typed, answers) for key in keys]}


def _year(request):
    """The year that the address names, so that no other window moves what is typed; else the chosen one."""
    asked = request.GET.get("year", "")
    if not asked:
        return chosen_year(request)
    if asked not in map(str, years_known(request)):
        raise Http404
    return int(asked)


def _board(request, year=None):
    year = year or _year(request)
    if year is None:
        raise Http404
    try:
        return board_of(request.user, year, request.GET.get("office", ""))
    except LookupError as reason:
        raise Http404(str(reason)) from reason


def _query(board):
    return urlencode({"year": board.year, "office": board.address})
