"""The end of drafts that lie in the bin too long, or whose course does. What was submitted stays."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from supervision.models import Visit


def empty(until: datetime) -> int:
    """Delete for good the drafts of all offices that were thrown away before `until`."""
    gone = Q(binned_at__lt=until) | Q(course__binned_at__lt=until)
    return Visit.objects.unscoped().filter(gone, status=Visit.Status.DRAFT).delete()[0]
