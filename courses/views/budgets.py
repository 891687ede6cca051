"""What money is called in a year: budget lines, expense classes and lines, rates. The department's data."""

from __future__ import annotations

import pghistory
from django.contrib import messages
from django.db import transaction
from django.db.models import ProtectedError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.money import name_exports, names
from courses.money.reference_forms import KINDS
from courses.views.allocations import BOTH, year_chosen
from courses.views.refused import typed
from documents.books import send_book
from offices.models import FiscalYear
from offices.permissions import Can, may, requires


@require_safe
@requires(Can.VIEW_MONEY)
def name_list(request):
    """Everything of the year in the switcher on one page."""
    year = year_chosen(request)
    context = {
        "year": year,
        "lines": names.lines_of(year),
        "classes": names.classes_of(year),
        "rates": names.rates_of(year),
        "names_missing": names.are_missing(year),
        "may_edit": may(request.user, Can.EDIT_YEARS),
    }
    return render(request, "courses/money/names.html", context)


@require_POST
@requires(Can.VIEW_MONEY)
def name_export(request, ending):
    year = year_chosen(request)
    return send_book(name_exports.book(request.user, year), ending, f"{_('budget lines and rates')}-{year}")


@require_POST
@requires(Can.EDIT_YEARS)
def name_fill(request):
    """Names for a year that has none: those of the year before, else those of the letter."""
    year = year_chosen(request)
    with pghistory.context(user=request.user.pk, act="money.fill_names"):
        names.fill(year, FiscalYear.objects.filter(pk=year.pk - 1).first())
    messages.success(request, _("The names are there now. Change what differs this year."))
    return redirect("money:names")


def _kind(kind):
    if kind not in KINDS:
        raise Http404
    return KINDS[kind]


def _entered(request, form, heading):
    if form.is_valid():
        with pghistory.context(user=request.user.pk, act="money.name"):
            form.save()
        messages.success(request, _("Saved."))
        return redirect("money:names")
    context = {"form": form, "heading": heading, "cancel": reverse("money:names")}
    return render(request, "courses/money/act.html", context)


@require_http_methods(BOTH)
@requires(Can.EDIT_YEARS)
def name_add(request, kind):
    named = _kind(kind)
    return _entered(request, named.form(year_chosen(request), typed(request)), named.new)


@require_http_methods(BOTH)
@requires(Can.EDIT_YEARS)
def name_edit(request, kind, pk):
    named, year = _kind(kind), year_chosen(request)
    row = get_object_or_404(named.of(year), pk=pk)
    return _entered(request, named.form(year, typed(request), instance=row), named.edit)


@require_POST
@requires(Can.EDIT_YEARS)
def name_remove(request, kind, pk):
    """Take a name out of the year, unless rows stand under it."""
    row = get_object_or_404(_kind(kind).of(year_chosen(request)), pk=pk)
    try:
        with transaction.atomic(), pghistory.context(user=request.user.pk, act="money.remove_name"):
            row.delete()
    except ProtectedError:
        messages.error(request, _("“%(name)s” is in use: it cannot be taken out.") % {"name": row})
    else:
        messages.success(request, _("“%(name)s” is taken out of the year.") % {"name": row})
    return redirect("money:names")
