"""Throwing signers away, and taking them back for some days."""

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

from offices.models import Signer, User


def still_kept(user: User) -> QuerySet[Any]:
    """The signers that the user's office threw away and may still have back, the latest first."""
    since = timezone.now() - timedelta(days=settings.BIN_DAYS)
    return Signer.objects.in_bin_of(user).filter(binned_at__gte=since).order_by("-binned_at", "-pk")


def kept_until(signer: Signer) -> datetime | None:
    """Until when a signer that was thrown away can be taken back."""
    return signer.binned_at + timedelta(days=settings.BIN_DAYS) if signer.binned_at else None


@transaction.atomic
def throw_away(signer: Signer, *, by: User) -> None:
    """Put a signer into the bin: for what was entered by mistake; who leaves gets a last day instead."""
    current = Signer.objects.own_of(by).select_for_update(of=("self",)).filter(pk=signer.pk).first()
    if current is None:
        raise ValidationError(_("Somebody has thrown this away already."), "gone")
    with pghistory.context(user=by.pk, act="signers.throw_away"):
        current.binned_at = timezone.now()
        current.save(update_fields=["binned_at"])


@transaction.atomic
def take_back(signer: Signer, *, by: User) -> None:
    with pghistory.context(user=by.pk, act="signers.take_back"):
        signer.binned_at = None
        signer.save(update_fields=["binned_at"])
