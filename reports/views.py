"""The figures of an office, over its places and by month, and the reports that can be compiled."""

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
from reports.asked import (
    address_of,
    in_one_line,
    narrowed_in_words,
    office_or_404,
    query_of,
    view_asked,
    without_office,
)
from reports.breakdowns import View
from reports.by_course import count_by_course
from reports.definition import Family, Indicator
from reports.forms import CompileForm, FigureForm
from reports.indicators import INDICATORS
from reports.overview import OverviewTable, find, overview
from reports.stored import served
from reports.tasks import compile_consolidated
from reports.way import way_to


@require_safe
@requires(Can.VIEW_INDICATORS)
def indicator_list(request):
    view = view_asked(request)
    if view is None:
        return render(request, "reports/indicators.html", {"view": None})
    opened = find(request.GET.get("indicator", "")) or INDICATORS[0]
    found = served(view)
    of_courses = count_by_course(opened, view) if found.figures else None
    families = [(f.label, [each for each in found.figures if each.indicator.family == f]) for f in Family]
    context = {
        **_around(view, opened),
        "served": found,
        "families": families,
        "opened": next((each for each in found.figures if each.indicator is opened), None),
        "of_courses": of_courses,
        "about": in_one_line(view, found.as_of),
        "indicators": INDICATORS,
    }
    return render(request, "reports/indicators.html", context)


def _around(view: View, indicator: Indicator) -> dict[str, Any]:
    """What every page of figures shows around them."""
    return {
        "view": view,
        "way": way_to(view),
        "filter": {"form": FigureForm(view, initial={**address_of(view), "indicator": indicator.code})},
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
        return redirect(f"{reverse('reports:indicators')}?{query_of(view)}&indicator={indicator.code}")
    found = overview(view, indicator)
    table = OverviewTable(found)
    RequestConfig(request, paginate=False).configure(table)
    context = {**_around(view, indicator), "overview": found, "table": table, "indicators": INDICATORS}
    return render(request, "reports/overview.html", context)


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
