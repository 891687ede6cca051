"""Today, in Thailand. One function, so that tests can stand on any day."""

from datetime import date

from django.utils import timezone


def today() -> date:
    return timezone.localdate()
