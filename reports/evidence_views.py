"""A figure opened: how it comes about, the rows that were counted, and those rows as a file."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_tables2 import RequestConfig

from courses.views.remembered import remembered
from documents.renderers import OF_LISTS
from jobs.queue import enqueue
from offices.permissions import Can, requires
from reports.asked import narrowed_in_words, view_asked
from reports.figures import cancelled_courses
from reports.opened import Opened
from reports.row_books import asked_of
from reports.row_filter import NAME, RowFilter
from reports.tables import CountedPaginator
from reports.tasks import export_rows
from trainees.identity import looks_like_a_number

PER_PAGE = 25
FEW = 20
FILTER = "reports:evidence"


@require_safe
@requires(Can.VIEW_INDICATORS)
@vary_on_headers("HX-Request")
def evidence_list(request):
    """The rows behind a figure, or behind a part of it; a document number typed as a name stays in no address."""
    opened = _opened_or_404(request)
    if looks_like_a_number(request.GET.get(NAME, "")):
        messages.info(request, _("Rows are searched by name. By document number people are found under Trainees."))
        return redirect(f"{reverse('reports:evidence')}?{urlencode(opened.address)}")
    return _rows_shown(request, opened)


@remembered(FILTER)
def _rows_shown(request, opened):
    narrow, figure = RowFilter(request.GET, opened), opened.figure()
    table = narrow.kind.table(narrow.qs)
    RequestConfig(request, paginate=False).configure(table)
    count = narrow.qs.order_by().count() if narrow.is_narrowed else figure.rows or 0
    table.paginate(
        page=_page(request.GET.get("page", ""), count),
        per_page=PER_PAGE,
        paginator_class=CountedPaginator.knowing(count),
    )
    context = {
        "opened": opened,
        "view": opened.view,
        "indicator": opened.indicator,
        "query": urlencode(opened.whole),
        "figure": figure,
        "filter": narrow,
        "table": table,
        "count": count,
        "export_query": urlencode(asked_of(opened, narrow, request.GET.get("sort", ""))),
    }
    if request.htmx:
        return render(request, "reports/evidence.html#results", context)
    context |= {"narrowed": narrowed_in_words(opened.view), **_left_out(opened)}
    return render(request, "reports/evidence.html", context)


@require_POST
@requires(Can.VIEW_INDICATORS)
def evidence_export(request):
    """The rows of the list as a file, made by a job, which also logs it."""
    ending, opened = request.POST.get("format"), _opened_or_404(request)
    if ending not in OF_LISTS:
        raise Http404
    asked = asked_of(opened, RowFilter(request.GET, opened), request.GET.get("sort", ""))
    title = _("Rows behind %(code)s, %(office)s") % {
        "code": opened.indicator.code,
        "office": opened.view.office.name,
    }
    job = enqueue(export_rows, request.user, title=title, asked=asked, ending=ending)
    return redirect("jobs:detail", job.pk)


def _opened_or_404(request):
    view = view_asked(request)
    if view is None:
        raise Http404
    try:
        return Opened.parse(view, request.GET.dict())
    except LookupError as reason:
        raise Http404(str(reason)) from reason


def _left_out(opened):
    uncounted = opened.left_out()
    some_cancelled = any(each.code == "cancelled" and each.courses for each in uncounted)
    cancelled = list(cancelled_courses(opened.view, opened.indicator)[: FEW + 1]) if some_cancelled else []
    return {"left_out": uncounted, "cancelled": cancelled[:FEW], "more_cancelled": len(cancelled) > FEW}


def _page(typed, rows):
    """A page that exists, whatever stands in the address."""
    last = max(1, -(-rows // PER_PAGE))
    return min(max(int(typed), 1), last) if typed.isascii() and typed.isdecimal() and len(typed) < 9 else 1
