"""Throwing drafts of circulars away, taking them back for some days, and their end. What was sent stays."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pghistory
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.files import remove
from documents.models import Circular, Enclosure, PrivateFile
from offices.models import User


def still_kept(user: User) -> QuerySet[Any]:
    """The drafts that the user's office threw away and may still have back, the latest first."""
    since = timezone.now() - timedelta(days=settings.BIN_DAYS)
    return Circular.objects.in_bin_of(user).filter(binned_at__gte=since).order_by("-binned_at", "-pk")


def kept_until(draft: Circular) -> datetime | None:
    """Until when a draft that was thrown away can be taken back."""
    return draft.binned_at + timedelta(days=settings.BIN_DAYS) if draft.binned_at else None


@transaction.atomic
def throw_away(draft: Circular, *, by: User) -> None:
    current = Circular.objects.own_of(by).select_for_update(of=("self",)).filter(pk=draft.pk).first()
    if current is None or not current.is_draft:
        raise ValidationError(_("Somebody has sent this, or thrown it away, already."), "gone")
    with pghistory.context(user=by.pk, act="circulars.throw_away"):
        current.binned_at = timezone.now()
        current.save(update_fields=["binned_at"])


@transaction.atomic
def take_back(draft: Circular, *, by: User) -> None:
    """A draft that corrects another comes back unless a second correction was begun meanwhile."""
    rivals = Circular.objects.visible_to(by).filter(replaces=draft.replaces_id)
    if draft.replaces_id and rivals.exists():
        raise ValidationError(_("A circular that replaces this one is being written already."), "replaced")
    with pghistory.context(user=by.pk, act="circulars.take_back"):
        draft.binned_at = None
        draft.save(update_fields=["binned_at"])


def empty(until: datetime) -> dict[str, int]:
    """Delete for good the drafts that were thrown away before `until`, and the files that nothing encloses."""
    drafts = Circular.objects.unscoped().filter(status=Circular.Status.DRAFT, binned_at__lt=until)
    enclosed = list(Enclosure.objects.unscoped().filter(circular__in=drafts).values_list("file", flat=True))
    gone = drafts.delete()[0]
    kept = Enclosure.objects.unscoped().filter(file__in=enclosed).values("file")
    for file in PrivateFile.objects.filter(pk__in=enclosed).exclude(pk__in=kept):
        remove(file)
    return {"circulars": gone}
