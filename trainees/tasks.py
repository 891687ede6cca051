"""What trainees do in the background, by the clock or for somebody."""

from __future__ import annotations

import logging

from celery import shared_task
from django.utils.translation import gettext_lazy as _

from courses.models import Fair
from documents.books import keep_book
from documents.models import PrivateFile
from jobs.models import Job
from jobs.queue import background
from offices.permissions import Can
from trainees.emptying import empty
from trainees.exports import RegisterBook
from trainees.shows.exports import ShowsBook

logger = logging.getLogger(__name__)


@shared_task(name="trainees.tasks.empty_bins")
def empty_bins() -> None:
    deleted = empty()
    if any(deleted.values()):
        logger.info("Emptied the bins: %s", deleted)


@background(_("Trainees of the list as a file"), Can.VIEW_TRAINEES)
def export_register(job: Job) -> PrivateFile:
    """Params: asked (the list's filter), ending. Taking personal data away is logged with the file."""
    register = RegisterBook(job.requested_by, job.params["asked"], lambda done: job.progress(done, register.total))
    file = keep_book(job.requested_by, register.book, job.params["ending"])
    register.log(job.requested_by)
    return file


@background(_("Exhibits and contests of a fair as a file"), Can.VIEW_FAIRS)
def export_shows(job: Job) -> PrivateFile:
    """Params: fair, asked (the lists' filter), ending."""
    fair = Fair.objects.get(pk=job.params["fair"])
    shows = ShowsBook(job.requested_by, fair, job.params["asked"])
    file = keep_book(job.requested_by, shows.book, job.params["ending"])
    shows.log(job.requested_by)
    return file
