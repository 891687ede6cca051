"""My jobs: how far they are, what came of them. Each belongs to its requester, in the office they hold now."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from documents.files import serve
from documents.models import PrivateFile
from jobs import queue
from jobs.models import Job
from offices.permissions import Can, requires


@require_GET
@never_cache
@requires(Can.WATCH_OWN_JOBS)
def job_list(request):
    jobs = Job.objects.of(request.user).select_related("result")
    page = Paginator(jobs, 25).get_page(request.GET.get("page"))
    return render(request, "jobs/list.html", {"page": page})


@require_GET
@never_cache
@requires(Can.WATCH_OWN_JOBS)
def job_detail(request, pk):
    template = "jobs/detail.html#progress" if request.htmx else "jobs/detail.html"
    response = render(request, template, {"job": _own_job(request, pk)})
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_POST
@requires(Can.WATCH_OWN_JOBS)
def job_cancel(request, pk):
    job = _own_job(request, pk)
    if not queue.cancel(job, by=request.user):
        messages.info(request, _("This had already ended."))
    return redirect("jobs:detail", job.pk)


@require_POST
@requires(Can.WATCH_OWN_JOBS)
def job_retry(request, pk):
    job = _own_job(request, pk)
    if not job.may_be_asked_again:
        messages.info(request, _("Only what failed or was cancelled can be asked for again."))
        return redirect("jobs:detail", job.pk)
    return redirect("jobs:detail", queue.ask_again(job, by=request.user).pk)


@require_GET
@requires(Can.WATCH_OWN_JOBS)
def job_download(request, pk):
    job = _own_job(request, pk)
    kept = get_object_or_404(PrivateFile.objects.of(request.user), pk=job.result_id)
    try:
        return serve(kept)
    except FileNotFoundError as lost:
        raise Http404 from lost


def _own_job(request, pk):
    return get_object_or_404(Job.objects.of(request.user).select_related("result"), pk=pk)
