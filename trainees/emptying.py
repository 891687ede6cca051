"""The end of what lies in the bins too long: people and their places on courses, then what courses threw away."""

from __future__ import annotations

from datetime import timedelta

import pghistory
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from courses import emptying
from trainees.models import Channel, Enrolment, Group, Member, Publicity, Trainee, Waiver


def empty() -> dict[str, int]:
    """Delete for good what all schools threw away more than BIN_DAYS ago. Its history stays.

    Children first: a person's and a course's places, memberships and requests go with them.
    """
    until = timezone.now() - timedelta(days=settings.BIN_DAYS)
    gone = Q(binned_at__lt=until) | Q(course__binned_at__lt=until) | Q(trainee__binned_at__lt=until)
    places = Enrolment.objects.unscoped().filter(gone)
    with transaction.atomic(), pghistory.context(act="bins.empty"):
        deleted = {
            "members": Member.objects.unscoped().filter(enrolment__in=places).delete()[0],
            "groups": Group.objects.unscoped().filter(binned_at__lt=until).delete()[0],
            "channels": Channel.objects.unscoped().filter(binned_at__lt=until).delete()[0],
            "publicity": Publicity.objects.unscoped().filter(binned_at__lt=until).delete()[0],
            "enrolments": places.delete()[0],
            "waivers": Waiver.objects.unscoped().filter(course__binned_at__lt=until).delete()[0],
            "trainees": Trainee.objects.unscoped().filter(binned_at__lt=until).delete()[0],
        }
        return deleted | emptying.empty(until)
