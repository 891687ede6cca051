"""What supervision does by the clock."""

from __future__ import annotations

import logging
from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from supervision.emptying import empty

logger = logging.getLogger(__name__)


@shared_task(name="supervision.tasks.empty_bin")
def empty_bin() -> None:
    deleted = empty(timezone.now() - timedelta(days=settings.BIN_DAYS))
    if deleted:
        logger.info("Emptied the bin of visits: %s", deleted)
