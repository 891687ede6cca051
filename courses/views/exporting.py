"""A list as a file, made by a job: the same for every list whose rows leave with one press."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from documents.renderers import OF_LISTS
from jobs.queue import enqueue


def exported(request: HttpRequest, task: Any, **params: Any) -> HttpResponse:
    """Ask for the rows of the list in the address, as the ending that was pressed."""
    ending = request.POST.get("format")
    if ending not in OF_LISTS:
        raise Http404
    asked = {name: value for name, value in request.GET.items() if value and name != "page"}
    job = enqueue(task, request.user, asked=asked, ending=ending, **params)  # type: ignore[arg-type]
    return redirect("jobs:detail", job.pk)
