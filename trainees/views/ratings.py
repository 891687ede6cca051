"""The list of courses with what their people said (form 12)."""

from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_tables2 import RequestConfig

from courses.views.remembered import remembered
from documents.renderers import RENDERERS
from jobs.queue import enqueue
from offices.permissions import Can, requires
from offices.years import chosen_year
from trainees.ratings import RatedFilter, RatedTable
from trainees.satisfaction import summaries
from trainees.tasks import export_satisfaction

PER_PAGE = 25
FILTER = "trainees:satisfaction_filter"


@require_safe
@requires(Can.VIEW_OUTCOMES)
@remembered(FILTER)
@vary_on_headers("HX-Request")
def satisfaction_list(request):
    narrow = RatedFilter(request.GET, user=request.user, year=chosen_year(request))
    table = RatedTable(narrow.qs, several_schools=narrow.sees_schools)
    RequestConfig(request, paginate={"per_page": PER_PAGE}).configure(table)
    table.said = summaries(request.user, [row.record for row in table.page.object_list])
    context = {
        "filter": narrow,
        "table": table,
        "count": table.page.paginator.count,
        "query": urlencode({k: v for k, v in request.GET.items() if v and k not in ("page", "sort")}),
    }
    template = "trainees/satisfaction_list.html#results" if request.htmx else "trainees/satisfaction_list.html"
    return render(request, template, context)


@require_POST
@requires(Can.VIEW_OUTCOMES)
def satisfaction_export(request):
    """The rows of the list as a file, made by a job."""
    ending = request.POST.get("format")
    if ending not in RENDERERS:
        raise Http404
    asked = {k: v for k, v in request.GET.items() if v and k in RatedFilter.base_filters}
    job = enqueue(export_satisfaction, request.user, asked=asked, year=chosen_year(request), ending=ending)
    return redirect("jobs:detail", job.pk)
