"""Where products are sold (Letter §5.1.1, §7.2), how much each month, and where they are made known (§2.3)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from offices.clock import today
from offices.history import tracked
from offices.owned import Binnable, SameSchool, SchoolOwned, UniqueInSchool
from offices.thai.fields import ThaiSortKeyField
from trainees.links import host_of
from trainees.models.products import Product


class ChannelKind(models.TextChoices):
    """The kinds seen in practice (DOMAIN: sales channels)."""

    SHOP = "shop", _("Own shop or direct sale")
    MARKET = "market", _("Fair or community market")
    EVENT = "event", _("Exhibition or booth")
    FACEBOOK = "facebook", pgettext_lazy("channel", "Facebook")
    LINE = "line", pgettext_lazy("channel", "LINE")
    TIKTOK = "tiktok", pgettext_lazy("channel", "TikTok")
    INSTAGRAM = "instagram", pgettext_lazy("channel", "Instagram")
    MARKETPLACE = "marketplace", _("Online marketplace")
    CONSIGNMENT = "consignment", _("Community shop or consignment")
    PARTNER = "partner", _("Partner agency")
    OTHER = "other", _("Other channel")


class OpenInterval(Binnable):
    """Something that is open from one day to another, both included; open-ended while it lasts."""

    name = models.CharField(pgettext_lazy("channel", "name"), max_length=150)
    name_order = ThaiSortKeyField(source="name")
    link = models.URLField(_("link"), max_length=300, blank=True)
    address = models.CharField(_("address or place"), max_length=300, blank=True)
    opened_on = models.DateField(_("open since"))
    closed_on = models.DateField(_("open until"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta(Binnable.Meta):
        abstract = True
        ordering = ["name_order", "pk"]
        constraints = [
            *Binnable.Meta.constraints,
            models.CheckConstraint(
                name="%(class)s_link_leads_to_the_web",
                condition=Q(link="") | Q(link__startswith="https://") | Q(link__startswith="http://"),
                violation_error_message=_("Only addresses that begin with http:// or https:// can be links."),
            ),
            models.CheckConstraint(
                name="%(class)s_closed_after_it_opened",
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                violation_error_message=_("It cannot close before it opens."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def open_on(cls, day: date) -> Q:
        """Those that are open on a day."""
        return Q(opened_on__lte=day) & (Q(closed_on__isnull=True) | Q(closed_on__gte=day))

    @property
    def is_open(self) -> bool:
        """Whether it is open today."""
        return self.opened_on <= today() and (self.closed_on is None or today() <= self.closed_on)

    @property
    def host(self) -> str:
        """The host that the link leads to."""
        return host_of(self.link)


@tracked
class Channel(OpenInterval):
    """A sales channel of a school's products."""

    kind = models.CharField(_("kind of channel"), max_length=12, choices=ChannelKind)

    class Meta(OpenInterval.Meta):
        verbose_name = _("sales channel")
        verbose_name_plural = _("sales channels")
        indexes = [
            *Binnable.Meta.indexes,
            models.Index(fields=["school", "name_order", "id"], name="channel_list"),
        ]


@tracked
class Offer(SchoolOwned):
    """A product that is sold through a channel."""

    LIVE: ClassVar[Q] = Q(
        product__binned_at__isnull=True, product__course__binned_at__isnull=True, channel__binned_at__isnull=True
    )

    channel = models.ForeignKey(
        Channel, models.CASCADE, verbose_name=_("sales channel"), related_name="offers", editable=False
    )
    product = models.ForeignKey(
        Product, models.CASCADE, verbose_name=_("product"), related_name="offers", editable=False
    )

    class Meta(SchoolOwned.Meta):
        verbose_name = _("product in a channel")
        verbose_name_plural = _("products in channels")
        ordering = ["pk"]
        constraints = [
            *SchoolOwned.Meta.constraints,
            SameSchool("channel", name="offer_channel_same_school"),
            SameSchool("product", name="offer_product_same_school"),
            UniqueInSchool(fields=["school", "channel", "product"], name="one_offer_of_a_product"),
        ]

    def __str__(self) -> str:
        return f"{self.channel_id}: {self.product_id}"


@tracked
class Sale(SchoolOwned):
    """What a channel sold in a month, in baht. No row means: nobody knows; 0 means: nothing was sold."""

    LIVE: ClassVar[Q] = Q(channel__binned_at__isnull=True)

    channel = models.ForeignKey(
        Channel, models.CASCADE, verbose_name=_("sales channel"), related_name="sales", editable=False
    )
    month = models.DateField(_("month"), help_text=_("Its first day."))
    amount = models.DecimalField(
        _("sales (baht)"), max_digits=14, decimal_places=2, validators=[MinValueValidator(0)]
    )

    class Meta(SchoolOwned.Meta):
        verbose_name = _("sales of a month")
        verbose_name_plural = _("sales by month")
        ordering = ["-month", "pk"]
        constraints = [
            *SchoolOwned.Meta.constraints,
            SameSchool("channel", name="sale_channel_same_school"),
            UniqueInSchool(
                fields=["school", "channel", "month"],
                name="one_sale_a_channel_and_month",
                violation_error_message=_("The sales of this month are already there."),
            ),
            models.CheckConstraint(name="sale_on_the_first_of_a_month", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="sale_not_negative",
                condition=Q(amount__gte=0),
                violation_error_message=_("Sales cannot be negative."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel_id} {self.month:%Y-%m}"


@tracked
class Publicity(OpenInterval):
    """A channel through which products and work are made known (Letter §2.3)."""

    kind = models.CharField(_("kind of channel"), max_length=12, choices=ChannelKind)

    class Meta(OpenInterval.Meta):
        verbose_name = _("publicity channel")
        verbose_name_plural = _("publicity channels")
        indexes = [
            *Binnable.Meta.indexes,
            models.Index(fields=["school", "name_order", "id"], name="publicity_list"),
        ]
