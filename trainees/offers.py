"""Which products are sold through a channel."""

from __future__ import annotations

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from offices.models import User
from offices.scoping import Eyes
from trainees.models import Channel, Offer, Product
from trainees.sales import lock_channel


def offers_of(user: Eyes) -> QuerySet[Offer]:
    """What is sold where, as far as `user` sees it, by the product's name."""
    rows = Offer.objects.visible_to(user).select_related("product__course", "channel")
    return rows.order_by("product__name_order", "pk")


@transaction.atomic
def offer(*, channel: Channel, product: Product, by: User) -> Offer:
    """Sell a product through a channel, both being of one school."""
    held = lock_channel(channel, by)
    if Offer.objects.visible_to(by).filter(channel=held, product=product).exists():
        raise ValidationError(_("This product is sold here already."), "already")
    with pghistory.context(user=by.pk, act="offer.add"):
        return Offer.objects.create(school_id=held.school_id, channel=held, product=product)


@transaction.atomic
def withdraw(*, offer: Offer, by: User) -> None:
    """Sell the product here no longer; the history keeps that it was."""
    with pghistory.context(user=by.pk, act="offer.remove"):
        Offer.objects.visible_to(by).filter(pk=offer.pk).delete()
