"""What trainees do in the background, by the clock or for somebody."""

from __future__ import annotations

import logging

from celery import shared_task
from django.utils.translation import gettext_lazy as _

from documents.books import keep_book
from documents.models import PrivateFile
from jobs.models import Job
from jobs.queue import background
from offices.permissions import Can
from trainees.emptying import empty
from trainees.exports import RegisterBook
from trainees.outcome_exports import FollowUpBook, satisfaction_book

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


@background(_("Follow-up of the list as a file"), Can.VIEW_OUTCOMES)
def export_follow_ups(job: Job) -> PrivateFile:
    """Params: asked (the list's filter with its wave), ending. It is logged with the file."""
    people = FollowUpBook(job.requested_by, job.params["asked"], lambda done: job.progress(done, people.total))
    file = keep_book(job.requested_by, people.book, job.params["ending"])
    people.log(job.requested_by)
    return file


@background(_("Satisfaction with courses as a file"), Can.VIEW_OUTCOMES)
def export_satisfaction(job: Job) -> PrivateFile:
    """Params: asked (the list's filter), year, ending."""
    user, asked = job.requested_by, job.params["asked"]
    return keep_book(user, satisfaction_book(user, asked, job.params["year"], job.progress), job.params["ending"])
