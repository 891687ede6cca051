"""What documents do by the clock, and the mails that follow."""

from __future__ import annotations

import logging
from typing import Any

from celery import shared_task

from documents.circular_reminders import MAIL, Office, mail_to, remind_by_clock

logger = logging.getLogger(__name__)


@shared_task(name="documents.tasks.remind_of_circulars")
def remind_of_circulars() -> None:
    reminded = remind_by_clock()
    if reminded.offices:
        logger.info("Reminded of circulars: %s", reminded)


# Only the way to the mail server is tried again; what a mail says is looked up anew each time.
@shared_task(name=MAIL, autoretry_for=(OSError,), retry_backoff=30, max_retries=3)
def mail_reminder(school: int | None, province: Any, address: str) -> None:
    mail_to(Office(school, province), address)
