"""The figures, the rows behind each of them, and the reports that can be compiled."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_tables2 import RequestConfig

from jobs.models import Job
from jobs.queue import enqueue
from offices.permissions import Can, requires
from offices.years import chosen_year
from reports.breakdowns import View
from reports.figures import cancelled_courses, count_all, left_out, rows_behind
from reports.forms import CompileForm, FigureForm
from reports.indicators import BY_CODE, Family
from reports.offices import Office
from reports.overview import KNOWN, OverviewTable, find, overview
from reports.periods import Period
from reports.tables import CountedPaginator, evidence_table
from reports.tasks import compile_consolidated

PER_PAGE = 25
FEW = 20


@require_safe
@requires(Can.VIEW_INDICATORS)
def indicator_list(request):
    view = view_asked(request)
    if view is None:
        return render(request, "reports/indicators.html", {"view": None})
    opened = find(request.GET.get("indicator", "")) or KNOWN[0]
    figures = count_all(view, broken_down={opened.code})
    form = FigureForm(view, initial=address_of(view))
    families = [(family.label, [each for each in figures if each.indicator.family == family]) for family in Family]
    context = {
        "view": view,
        "filter": {"form": form},
        "families": families,
        "opened": opened,
        "known": KNOWN,
        "figures": figures,
        "query": urlencode(address_of(view)),
        "as_of": timezone.now(),
    }
    return render(request, "reports/indicators.html", context)


@require_safe
@requires(Can.VIEW_INDICATORS)
def overview_page(request):
    """One indicator over the parts of an office: map, bars, table; an office without parts has but its figures."""
    view = view_asked(request)
    indicator = find(request.GET.get("indicator", ""))
    if indicator is None:
        raise Http404
    found = overview(view, indicator) if view else None
    if view is not None and found is None:
        return redirect(f"{reverse('reports:indicators')}?{urlencode(address_of(view))}")
    context = {"overview": found, "indicators": KNOWN}
    if view is not None and found is not None:
        form = FigureForm(view, initial=address_of(view))
        table = OverviewTable(found)
        RequestConfig(request, paginate=False).configure(table)
        context |= {"table": table, "filter": {"form": form}, "query": urlencode(address_of(view))}
    return render(request, "reports/overview.html", context)


@require_safe
@requires(Can.VIEW_INDICATORS)
def evidence_list(request):
    """The rows behind a figure, or behind one part of it, and how the figure comes about."""
    view = view_asked(request)
    indicator = BY_CODE.get(request.GET.get("indicator", "1.1"))
    if view is None or indicator is None:
        raise Http404
    context: dict[str, Any] = {"view": view, "indicator": indicator, "query": urlencode(address_of(view))}
    if indicator.evidence is not None and indicator.measure is not None:
        dimension, part = _part(request, view, indicator)
        rows = rows_behind(indicator, view, dimension, part.code if part else "")
        figure = indicator.measure.figure(rows.order_by().aggregate(**indicator.measure.aggregates()))
        table = evidence_table(indicator, rows)
        page = request.GET.get("page", "")
        table.paginate(
            page=_page(page, figure.enrolments),
            per_page=PER_PAGE,
            paginator_class=CountedPaginator.knowing(figure.enrolments),
        )
        uncounted = left_out(view, indicator)
        cancelled = list(cancelled_courses(view, indicator)[: FEW + 1]) if uncounted[0].courses else []
        context |= {
            "dimension": dimension,
            "part": part,
            "figure": figure,
            "table": table,
            "left_out": uncounted,
            "cancelled": cancelled[:FEW],
            "more_cancelled": len(cancelled) > FEW,
        }
    return render(request, "reports/evidence.html", context)


@require_safe
@requires(Can.COMPILE_REPORTS)
def report_list(request):
    view = view_asked(request)
    form = CompileForm(view, initial={**address_of(view), "format": "xlsx"}) if view else None
    return _report_page(request, form)


@require_POST
@requires(Can.COMPILE_REPORTS)
def report_compile(request):
    view = view_asked(request)
    if view is None:
        raise Http404
    office = _office_or_404(request.POST.get("office", ""), request.user)
    form = CompileForm(View(request.user, office, view.period), request.POST)
    if not form.is_valid():
        return _report_page(request, form)
    asked = form.cleaned_data
    title = _("Consolidated report of fiscal year %(year)s, %(office)s") % {
        "year": asked["year"],
        "office": office.name,
    }
    enqueue(compile_consolidated, request.user, title=title, **asked)
    return redirect("reports:list")


def _report_page(request, form):
    jobs = Job.objects.of(request.user).filter(kind=compile_consolidated.name).select_related("result")[:10]
    context = {"form": form, "jobs": jobs, "action": reverse("reports:compile")}
    return render(request, "reports/list.html", context)


def view_asked(request) -> View | None:
    """What the address asks for; an office or year that does not exist for this person is not found."""
    year, chosen = request.GET.get("year", ""), chosen_year(request)
    if chosen is None:
        return None
    try:
        period = Period.parse(year, request.GET.get("quarter", ""), chosen)
    except LookupError as reason:
        raise Http404(str(reason)) from reason
    return View(request.user, _office_or_404(request.GET.get("office", ""), request.user), period)


def _office_or_404(typed: str, user) -> Office:
    try:
        return Office.parse(typed, user) if typed else Office.own(user)
    except LookupError as reason:
        raise Http404(str(reason)) from reason


def address_of(view: View) -> dict[str, Any]:
    return {**view.period.address, "office": str(view.office)}


def _part(request, view: View, indicator):
    """The breakdown and the part of it that the address names, if any."""
    code, wanted = request.GET.get("dimension", ""), request.GET.get("part", "")
    if not code:
        return None, None
    for dimension in indicator.dimensions:
        if dimension.code == code and dimension.applies(view):
            for part in dimension.parts(view):
                if part.code == wanted:
                    return dimension, part
    raise Http404


def _page(typed: str, rows: int) -> int:
    """A page that exists, whatever stands in the address."""
    last = max(1, -(-rows // PER_PAGE))
    return min(max(int(typed), 1), last) if typed.isascii() and typed.isdecimal() and len(typed) < 9 else 1
