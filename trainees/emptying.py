"""The end of what lies in the bins too long: products, people, places on courses, then what courses threw away."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

import pghistory
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from courses import emptying
from courses.photos import remove_files
from documents import circular_bins
from offices import emptying as offices_emptying
from trainees import privacy
from trainees.models import (
    Channel,
    Enrolment,
    Group,
    Maker,
    Member,
    Product,
    ProductPhoto,
    Publicity,
    StandardPaper,
    Trainee,
    Waiver,
)


def empty() -> dict[str, int]:
    """Delete for good what all schools threw away more than BIN_DAYS ago. Its history stays, without the people.

    Children first: a person's and a course's places, memberships and requests go with them.
    """
    until = timezone.now() - timedelta(days=settings.BIN_DAYS)
    gone = Q(binned_at__lt=until) | Q(course__binned_at__lt=until) | Q(trainee__binned_at__lt=until)
    people = Trainee.objects.unscoped().filter(binned_at__lt=until)
    places = Enrolment.objects.unscoped().filter(gone)
    with transaction.atomic(), pghistory.context(act="bins.empty"):
        forgotten = list(people.values_list("pk", flat=True))
        deleted = {
            "products": _products(until),
            "makers": Maker.objects.unscoped().filter(enrolment__in=places).delete()[0],
            "members": Member.objects.unscoped().filter(enrolment__in=places).delete()[0],
            "groups": Group.objects.unscoped().filter(binned_at__lt=until).delete()[0],
            "channels": Channel.objects.unscoped().filter(binned_at__lt=until).delete()[0],
            "publicity": Publicity.objects.unscoped().filter(binned_at__lt=until).delete()[0],
            "enrolments": places.delete()[0],
            "waivers": Waiver.objects.unscoped().filter(course__binned_at__lt=until).delete()[0],
            "trainees": people.filter(pk__in=forgotten).delete()[0],
        }
        privacy.forget(forgotten)
        below = emptying.empty(until) | circular_bins.empty(until) | offices_emptying.empty(until)
        return deleted | below


def _products(until: datetime) -> int:
    """Products with all that hangs on them; pictures and papers leave the disk once that is certain."""
    of_product = Q(product__binned_at__lt=until) | Q(product__course__binned_at__lt=until)
    gone = Q(binned_at__lt=until) | of_product
    photos, papers = ProductPhoto.objects.unscoped().filter(gone), StandardPaper.objects.unscoped().filter(gone)
    pictures, files = (list(rows.values_list("file", flat=True)) for rows in (photos, papers))
    transaction.on_commit(partial(remove_files, ProductPhoto, pictures), robust=True)
    transaction.on_commit(partial(_remove_papers, files), robust=True)
    products = Product.objects.unscoped().filter(Q(binned_at__lt=until) | Q(course__binned_at__lt=until))
    return photos.delete()[0] + papers.delete()[0] + products.delete()[0]


def _remove_papers(names: list[str]) -> None:
    storage = StandardPaper._meta.get_field("file").storage
    for name in names:
        storage.delete(name)
