"""What beat does for jobs: takes up those whose worker died, and clears away what has expired."""

from __future__ import annotations

import logging

from celery import shared_task

from documents.files import remove_expired
from jobs.recovery import recover

logger = logging.getLogger(__name__)


@shared_task(name="jobs.tasks.recover_abandoned")
def recover_abandoned() -> None:
    """When nobody works; while somebody does, their heartbeat looks after it too."""
    recover()


@shared_task(name="jobs.tasks.remove_expired_files")
def remove_expired_files() -> None:
    """Results are kept for `RESULT_DAYS`; a job stays, and says that its file was removed."""
    logger.info("%s expired files removed.", remove_expired())
