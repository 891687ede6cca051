"""The sign of life of one attempt at a job: holds its lease, shows its progress, hears that it shall stop.

It beats in a thread with a database connection of its own, because the work itself is one transaction, of
which nobody sees anything before its end.
"""

from __future__ import annotations

import logging
import threading
import time
from datetime import timedelta
from types import TracebackType
from typing import Any, Final, Self

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.db.models.functions import Now

from jobs.models import Job
from jobs.recovery import recover

logger = logging.getLogger(__name__)

SHOW_PROGRESS_AFTER: Final = 1.0  # seconds between two writes of a job that gets on


class Stopped(BaseException):
    """The work has to end here. Not an Exception, lest a work's own `except Exception` swallow it."""


class Cancelled(Stopped):
    """The person who asked for the job no longer wants it."""


class LeaseLost(Stopped):
    """Another attempt holds the job now; this one must leave no trace."""


def lease_end() -> Any:
    """By the database's clock: those of several workers may differ."""
    return Now() + timedelta(seconds=settings.JOBS_LEASE_SECONDS)


class Heartbeat:
    """`with Heartbeat(job):` around the work; `report` is what `job.progress` calls."""

    def __init__(self, job: Job) -> None:
        self._held = Job.objects.filter(pk=job.pk, status=Job.Status.RUNNING, lease=job.lease)
        self._pk = job.pk
        self._progress: dict[str, Any] = {}
        self._last = time.monotonic()
        self._lost = self._cancelled = False
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._live, name=f"heartbeat-{job.pk}", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end.set()
        self._thread.join()

    def report(self, done: int, total: int, message: str) -> None:
        """Note how far the work is, and stop it if it has to."""
        self._progress = {"done": done, "total": total, "message": message[:500]}
        self.check()

    def check(self) -> None:
        """Raise if the work has to stop."""
        if self._lost or time.monotonic() - self._last > settings.JOBS_LEASE_SECONDS:
            raise LeaseLost
        if self._cancelled:
            raise Cancelled

    def _live(self) -> None:
        pause = min(SHOW_PROGRESS_AFTER, settings.JOBS_HEARTBEAT_SECONDS)
        shown: dict[str, Any] = {}
        try:
            while not self._end.wait(pause) and not self._lost:
                due = time.monotonic() - self._last >= settings.JOBS_HEARTBEAT_SECONDS
                progress = self._progress
                if due or progress != shown:
                    self._beat(progress)
                    shown = progress
                if due:
                    self._look_after_others()
        finally:
            connection.close()

    def _beat(self, progress: dict[str, Any]) -> None:
        began = time.monotonic()
        try:
            held = self._held.update(lease_until=lease_end(), **progress)
            self._cancelled = bool(held) and self._held.filter(cancel_requested=True).exists()
        except Exception:  # the database may be back at the next beat; if not, the lease ends by itself
            logger.exception("Job %s: the heartbeat did not reach the database.", self._pk)
            connection.close()
            return
        self._lost = not held
        self._last = began

    def _look_after_others(self) -> None:
        """Beat's own message may wait behind this very work, when all workers are busy."""
        try:
            recover()
        except Exception:
            logger.exception("Job %s: the heartbeat could not look for abandoned jobs.", self._pk)
            connection.close()


def claim(pk: int, lease: Any) -> Job | None:
    """Take a queued job under this lease, or None: Celery may deliver a message twice."""
    taken = Job.objects.filter(pk=pk, status=Job.Status.QUEUED).update(
        status=Job.Status.RUNNING,
        lease=lease,
        lease_until=lease_end(),
        attempts=F("attempts") + 1,
        started_at=Now(),
        done=0,
        total=0,
        message="",
    )
    if not taken:
        return None
    people = Job.objects.select_related("requested_by__school", "requested_by__province")
    return people.filter(pk=pk, lease=lease).first()
