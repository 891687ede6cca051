"""What supervision does in the background, by the clock or for somebody."""

from __future__ import annotations

import logging
from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.books import keep_book
from documents.models import PrivateFile
from jobs.models import Job
from jobs.queue import background
from offices.permissions import Can
from supervision import exports
from supervision.emptying import empty

logger = logging.getLogger(__name__)


@shared_task(name="supervision.tasks.empty_bin")
def empty_bin() -> None:
    deleted = empty(timezone.now() - timedelta(days=settings.BIN_DAYS))
    if deleted:
        logger.info("Emptied the bin of visits: %s", deleted)


@background(_("Visits as a file"), Can.VIEW_SUPERVISION)
def export_visits(job: Job) -> PrivateFile:
    """Params: asked (the list's filter and order), year, ending."""
    made = exports.book(job.requested_by, job.params["asked"], job.params["year"])
    return keep_book(job.requested_by, made, job.params["ending"])
