"""Taking up what was abandoned: a job whose worker died, or whose message was lost."""

from __future__ import annotations

import logging
from datetime import timedelta
from functools import partial
from typing import Final

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import translation
from django.utils.translation import gettext as _

from jobs.models import Job

logger = logging.getLogger(__name__)

MOST_ATTEMPTS: Final = 2  # a work that kills its worker must not do so for ever


def send(job: Job) -> None:
    """Wake a worker after commit. If the message is lost, `recover` sends another."""
    transaction.on_commit(partial(current_app.send_task, job.kind, [job.pk]), robust=True)


def recover() -> None:
    """No job waits for ever: not for a worker that died, not for a message that was lost."""
    with transaction.atomic():
        for job in _locked(Job.objects.filter(status=Job.Status.RUNNING, lease_until__lt=Now())):
            _take_up_or_fail(job)
    with transaction.atomic():
        overdue = Now() - timedelta(seconds=settings.JOBS_RESEND_SECONDS)
        for job in _locked(Job.objects.filter(status=Job.Status.QUEUED, queued_at__lt=overdue)):
            _queue(job)  # a second message does no harm: the claim is conditional


def _locked(jobs: QuerySet[Job]) -> QuerySet[Job]:
    """Those that nobody is writing to at this moment; a living worker may just be ending one."""
    return jobs.select_for_update(skip_locked=True).order_by("queued_at")


def _take_up_or_fail(job: Job) -> None:
    logger.warning("Job %s (%s): attempt %s was abandoned.", job.pk, job.kind, job.attempts)
    job.lease = job.lease_until = None
    if job.cancel_requested:
        _end(job, Job.Status.CANCELLED, "")
    elif job.attempts < MOST_ATTEMPTS:
        job.status = Job.Status.QUEUED
        job.save(update_fields=["status", "lease", "lease_until"])
        _queue(job)
    else:
        with translation.override(job.language):
            _end(
                job,
                Job.Status.FAILED,
                _("The program that did this work stopped twice before its end; it has been noted."),
            )


def _queue(job: Job) -> None:
    job.queued_at = Now()  # type: ignore[assignment]
    job.save(update_fields=["queued_at"])
    send(job)


def _end(job: Job, status: Job.Status, message: str) -> None:
    job.status, job.message, job.finished_at = status, message, Now()  # type: ignore[assignment]
    job.save(update_fields=["status", "message", "finished_at", "lease", "lease_until"])
