"""The figures, the rows behind each of them, and the reports that can be compiled."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_tables2 import RequestConfig

from jobs.models import Job
from jobs.queue import enqueue
from offices.permissions import Can, requires
from reports.asked import address_of, narrowed_in_words, office_or_404, query_of, view_asked, without_office
from reports.breakdowns import View
from reports.definition import Family
from reports.figures import cancelled_courses, figure_of_part, left_out, rows_behind, total
from reports.forms import CompileForm, FigureForm
from reports.indicators import BY_CODE, INDICATORS
from reports.overview import OverviewTable, find, overview
from reports.stored import served
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
    opened = find(request.GET.get("indicator", "")) or INDICATORS[0]
    found = served(view)
    families = [(f.label, [each for each in found.figures if each.indicator.family == f]) for f in Family]
    context = {
        **_around(view),
        "served": found,
        "families": families,
        "opened": next((each for each in found.figures if each.indicator is opened), None),
        "indicators": INDICATORS,
    }
    return render(request, "reports/indicators.html", context)


def _around(view: View) -> dict[str, Any]:
    """What every page of figures shows around them."""
    return {
        "view": view,
        "filter": {"form": FigureForm(view, initial=address_of(view))},
        "narrowed": narrowed_in_words(view),
        "query": query_of(view),
        "period_query": urlencode(without_office(view)),
    }


@require_safe
@requires(Can.VIEW_INDICATORS)
def overview_page(request):
    """One indicator over the parts of an office: map, bars, table; an office without parts has but its figures."""
    view = view_asked(request)
    indicator = find(request.GET.get("indicator", ""))
    if indicator is None:
        raise Http404
    if view is None:
        return render(request, "reports/overview.html", {"indicators": INDICATORS})
    if not view.office.has_parts:
        return redirect(f"{reverse('reports:indicators')}?{query_of(view)}")
    found = overview(view, indicator)
    table = OverviewTable(found)
    RequestConfig(request, paginate=False).configure(table)
    context = {**_around(view), "overview": found, "table": table, "indicators": INDICATORS}
    return render(request, "reports/overview.html", context)


@require_safe
@requires(Can.VIEW_INDICATORS)
def evidence_list(request):
    """The rows behind a figure, or behind one part of it, and how the figure comes about."""
    view = view_asked(request)
    indicator = BY_CODE.get(request.GET.get("indicator", "1.1"))
    if view is None or indicator is None:
        raise Http404
    dimension, part = _part(request, view, indicator)
    figure = figure_of_part(indicator, view, dimension, part.code) if part else total(indicator, view)
    table = evidence_table(indicator, rows_behind(indicator, view, dimension, part.code if part else ""))
    rows = figure.rows or 0
    table.paginate(
        page=_page(request.GET.get("page", ""), rows),
        per_page=PER_PAGE,
        paginator_class=CountedPaginator.knowing(rows),
    )
    uncounted = left_out(view, indicator)
    some_cancelled = any(each.code == "cancelled" and each.courses for each in uncounted)
    cancelled = list(cancelled_courses(view, indicator)[: FEW + 1]) if some_cancelled else []
    context = {
        "view": view,
        "indicator": indicator,
        "narrowed": narrowed_in_words(view),
        "query": query_of(view),
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
    office = office_or_404(request.POST.get("office", ""), request.user)
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
