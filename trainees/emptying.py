"""The end of what lies in the bins too long: people and their places on courses, then what courses threw away."""

from __future__ import annotations

from datetime import timedelta

import pghistory
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from courses import emptying
from documents import circular_bins
from offices import emptying as offices_emptying
from trainees import privacy
from trainees.models import Enrolment, Trainee, Waiver


def empty() -> dict[str, int]:
    """Delete for good what all schools threw away more than BIN_DAYS ago. Its history stays, without the people.

    Children first: a person's and a course's places, and requests, go with them.
    """
    until = timezone.now() - timedelta(days=settings.BIN_DAYS)
    gone = Q(binned_at__lt=until) | Q(course__binned_at__lt=until) | Q(trainee__binned_at__lt=until)
    people = Trainee.objects.unscoped().filter(binned_at__lt=until)
    with transaction.atomic(), pghistory.context(act="bins.empty"):
        forgotten = list(people.values_list("pk", flat=True))
        deleted = {
            "enrolments": Enrolment.objects.unscoped().filter(gone).delete()[0],
            "waivers": Waiver.objects.unscoped().filter(course__binned_at__lt=until).delete()[0],
            "trainees": people.filter(pk__in=forgotten).delete()[0],
        }
        privacy.forget(forgotten)
        below = emptying.empty(until) | circular_bins.empty(until) | offices_emptying.empty(until)
        return deleted | below
