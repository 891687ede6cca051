"""What the worker compiles for whoever asked, with the rights they have when it runs."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from django.core.cache import cache
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.books import keep_book
from documents.models import PrivateFile
from documents.renderers import RENDERERS
from jobs.models import Job
from jobs.queue import JobRefused, background
from offices.permissions import Can
from reports.breakdowns import View
from reports.consolidated import consolidated
from reports.offices import Office
from reports.periods import Period
from reports.row_books import RowBook
from reports.stored import lock_of, recount, view_told


@background(gettext_lazy("Consolidated report"), Can.COMPILE_REPORTS)
def compile_consolidated(job: Job) -> PrivateFile:
    """Params: year, office ("department", "province:50" or "school:CODE"), format."""
    user, ending = job.requested_by, job.params["format"]
    if ending not in RENDERERS:
        raise JobRefused(_("There is no such kind of file: %(kind)s.") % {"kind": ending})
    try:
        view = View(user, Office.parse(job.params["office"], user), Period.of(job.params["year"]))
    except LookupError as reason:
        raise JobRefused(str(reason)) from reason
    book = consolidated(view, by=str(user), step=job.progress, wide=RENDERERS[ending].wide)
    file = keep_book(user, book, ending)
    job.progress(job.total, job.total)  # what it did last tells nothing once it has ended
    return file


@background(gettext_lazy("Rows behind a figure as a file"), Can.VIEW_INDICATORS)
def export_rows(job: Job) -> PrivateFile:
    """Params: asked (the address of the list), ending. Taking personal data away is logged with the file."""
    try:
        rows = RowBook(job.requested_by, job.params["asked"], lambda done: job.progress(done, rows.total))
    except LookupError as reason:
        raise JobRefused(_("The figure whose rows were asked for is not there any more.")) from reason
    file = keep_book(job.requested_by, rows.book, job.params["ending"])
    rows.log(job.requested_by)
    return file


@shared_task
def recount_figures(eyes: dict[str, Any], asked: dict[str, str]) -> None:
    """Count the figures of a view anew and keep them; asked for by reports/stored.py, once at a time."""
    try:
        recount(view_told(eyes, asked), thoroughly=True)
    finally:
        cache.delete(lock_of(asked))
