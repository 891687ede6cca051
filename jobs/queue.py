"""Background work: how a function becomes a job's work, how it is asked for, run once at a time, and stopped.

    @background(_("Consolidated workbook"), Can.COMPILE_REPORTS)
    def compile_workbook(job: Job) -> PrivateFile | None:
        rows = Course.objects.visible_to(job.requested_by)
        …
        job.progress(done, total, _("By school"))      # often: here the work is stopped if it has to be
        raise JobRefused(_("There is no course in this year."))   # the person can act on this

    job = enqueue(compile_workbook, request.user, year=2569)

A work is one transaction, its end included: it saves everything or nothing, and an attempt that has lost
its lease saves nothing. Celery finds works in each app's tasks.py (docs/adr/0003-jobs-by-lease.md).
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pghistory
from celery import shared_task
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from documents.models import PrivateFile
from jobs.heartbeat import Cancelled, Heartbeat, LeaseLost, claim
from jobs.models import Job
from jobs.recovery import send
from offices.models import User
from offices.permissions import Can, may

logger = logging.getLogger(__name__)

Work = Callable[[Job], PrivateFile | None]


class JobRefused(Exception):
    """The work cannot be done, for a reason that the person who asked can read and act on."""


def background(title: str | Promise, permission: Can) -> Callable[[Work], Any]:
    """Make a work function into a Celery task that takes a job's id; `task.work` is the function itself."""

    def decorate(work: Work) -> Any:
        @shared_task(
            name=f"{work.__module__}.{work.__name__}",
            title=title,
            permission=permission,
            work=staticmethod(work),
        )
        def attend(job_id: int) -> None:
            job = claim(job_id, uuid.uuid4())
            if job is not None:
                with translation.override(job.language):
                    _attempt(job, work, permission)

        return attend

    return decorate


def enqueue(task: Any, user: User, *, title: str | Promise | None = None, **params: Any) -> Job:
    """Record what is asked for; a worker hears of it once that is committed."""
    if not may(user, task.permission):
        raise PermissionDenied
    return _record(task.name, user, str(title or task.title), params)


def ask_again(job: Job, by: User) -> Job:
    """The same once more, as a new job of this person; their rights are looked at when it runs."""
    return _record(job.kind, by, job.title, job.params)


def cancel(job: Job, by: User) -> bool:
    """A waiting job ends at once; a running one is asked, and ends when its work next looks up."""
    own = Job.objects.of(by).filter(pk=job.pk)
    ended = own.filter(status=Job.Status.QUEUED).update(status=Job.Status.CANCELLED, finished_at=Now())
    return bool(ended or own.filter(status=Job.Status.RUNNING).update(cancel_requested=True))


def _record(kind: str, user: User, title: str, params: dict[str, Any]) -> Job:
    job = Job.objects.create(
        kind=kind,
        title=title[:200],
        params=params,
        requested_by=user,
        role=user.role,
        school_id=user.school_id,
        province_id=user.province_id,
        language=translation.get_language() or settings.LANGUAGE_CODE,
        queued_at=timezone.now(),
    )
    send(job)
    return job


def _attempt(job: Job, work: Work, permission: Can) -> None:
    try:
        with Heartbeat(job) as heartbeat, transaction.atomic():
            job.heartbeat = heartbeat
            _check_rights(job, permission)
            with pghistory.context(user=job.requested_by_id, job=job.pk, act=job.kind):
                result = work(job)
            kept = _with_retention(result)
            _end(job, Job.Status.DONE, job.message, result=kept, gave_file=kept is not None)
    except JobRefused as reason:
        _end_if_held(job, Job.Status.FAILED, str(reason))
    except Cancelled:
        _end_if_held(job, Job.Status.CANCELLED, _("Cancelled on request."))
    except LeaseLost:
        logger.warning("Job %s: another attempt holds it; nothing of this one was kept.", job.pk)
    except Exception:
        logger.exception("Job %s (%s) failed.", job.pk, job.kind)
        _end_if_held(job, Job.Status.FAILED, _("Something failed on our side; it has been noted."))


def _check_rights(job: Job, permission: Can) -> None:
    """The rights of now, not those of the moment when the job was asked for."""
    user = job.requested_by
    if not user.is_active:
        raise JobRefused(_("The account that asked for this has been closed."))
    if (user.role, user.school_id, user.province_id) != (job.role, job.school_id, job.province_id):
        raise JobRefused(_("Your account has moved to another office since; please ask again there."))
    if not may(user, permission):
        raise JobRefused(_("You no longer have the right to this."))


def _with_retention(result: PrivateFile | None) -> PrivateFile | None:
    if result is not None and result.expires_at is None:
        result.expires_at = timezone.now() + timedelta(days=settings.RESULT_DAYS)
        result.save(update_fields=["expires_at"])
    return result


def _end(job: Job, status: str, message: str, **facts: Any) -> None:
    """Record how it ended, but only under our own lease."""
    held = Job.objects.filter(pk=job.pk, status=Job.Status.RUNNING, lease=job.lease).update(
        status=status,
        message=message[:500],
        done=job.done,
        total=job.total,
        finished_at=Now(),
        lease=None,
        lease_until=None,
        **facts,
    )
    if not held:
        raise LeaseLost


def _end_if_held(job: Job, status: str, message: str) -> None:
    try:
        _end(job, status, message)
    except LeaseLost:
        logger.warning("Job %s: ended as %s after its lease was lost.", job.pk, status)
