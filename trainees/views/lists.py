"""The register as a list, and finding one person by a document in the hand."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_tables2 import RequestConfig

from courses.views.remembered import remembered
from documents.renderers import RENDERERS
from jobs.queue import enqueue
from offices.permissions import Can, may, requires
from trainees.exports import narrowed
from trainees.filters import TraineeFilter
from trainees.forms import FindForm
from trainees.identity import keys_of, looks_like_a_number
from trainees.models import Trainee
from trainees.tables import RegisterPaginator, TraineeTable
from trainees.tasks import export_register

PER_PAGE = 25
FILTER = "trainees:filter"


@require_safe
@requires(Can.VIEW_TRAINEES)
def trainee_list(request):
    """Whoever types a document number into the name's box is led on, so that it stays in no address."""
    if looks_like_a_number(request.GET.get("q", "")):
        return _to_whoever_has(request, request.GET["q"])
    return _trainee_list(request)


@vary_on_headers("HX-Request")
@remembered(FILTER)
def _trainee_list(request):
    narrow = narrowed(request.user, request.GET)
    table = TraineeTable(narrow.qs, several_schools=narrow.sees_schools)
    pages = {"per_page": PER_PAGE, "paginator_class": RegisterPaginator}
    RequestConfig(request, paginate=pages).configure(table)
    query = urlencode({k: v for k, v in request.GET.items() if v and k not in ("page", "sort")})
    return render(
        request,
        "trainees/list.html#results" if request.htmx else "trainees/list.html",
        {
            "filter": narrow,
            "table": table,
            "count": table.page.paginator.count,
            "has_more": table.page.paginator.has_more,
            "query": query,
            "find_form": FindForm(),
            "may_edit": may(request.user, Can.EDIT_TRAINEES),
        },
    )


@require_POST
@requires(Can.VIEW_TRAINEES)
def trainee_export(request):
    """The rows of the list as a file, made by a job, which also logs it."""
    ending = request.POST.get("format")
    if ending not in RENDERERS:
        raise Http404
    asked = {name: value for name, value in request.GET.items() if value and name in TraineeFilter.base_filters}
    return redirect("jobs:detail", enqueue(export_register, request.user, asked=asked, ending=ending).pk)


@require_POST
@requires(Can.VIEW_TRAINEES)
def trainee_find(request):
    form = FindForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(form.errors["number"]))
        return redirect("trainees:list")
    return _to_whoever_has(request, form.cleaned_data["number"])


def _to_whoever_has(request, number):
    """To the person, or to the list of the rows that several schools have of one person."""
    keys = keys_of(number)
    found = list(
        Trainee.objects.visible_to(request.user).filter(person_key__in=keys).defer(*Trainee.ENCRYPTED)[:50]
    )
    if not found:
        messages.warning(request, _("Nobody with this document number was found. It must be typed in full."))
        return redirect("trainees:list")
    if len(found) == 1:
        return redirect("trainees:detail", found[0].pk)
    return redirect(f"{reverse('trainees:list')}?{urlencode({'person': found[0].person_key})}")
