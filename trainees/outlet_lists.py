"""The lists of sales channels and of publicity channels: how they are narrowed, their columns, their files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import django_filters as filters
import django_tables2 as tables
from django.db.models import Exists, F, OuterRef, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from courses.filters import PlacedFilter, words_in
from documents.tables import Column, Row
from offices.clock import today
from offices.looks import NUMERIC, TIGHT, UNBROKEN
from offices.scoping import Eyes
from offices.thai.dates import month_and_year, short_date
from offices.thai.digits import BLANK, format_number
from trainees.forms.outlets import ChannelForm, PublicityForm
from trainees.listings import Listing, Words, figure
from trainees.models import Channel, ChannelKind, Offer, Publicity, Sale
from trainees.offers import offers_of
from trainees.sales import key_of, months_of

OPEN, CLOSED = "open", "closed"
WITH, WITHOUT = "with", "without"


class OutletFilter(PlacedFilter):
    q = filters.CharFilter(label=gettext_lazy("Search"), method="holding")
    kind = filters.ChoiceFilter(
        label=gettext_lazy("Kind of channel"), choices=ChannelKind, empty_label=gettext_lazy("All kinds")
    )
    state = filters.ChoiceFilter(
        label=gettext_lazy("Open today"),
        choices=[(OPEN, pgettext_lazy("channel", "Open")), (CLOSED, gettext_lazy("Closed"))],
        method="being",
        empty_label=gettext_lazy("All"),
    )

    field_order: tuple[str, ...] = ("q", "kind", "state")

    def __init__(self, data, queryset, *, user):
        super().__init__(data, queryset, user=user)
        places = [name for name in ("province", "school") if name in self.filters]
        self.filters = {name: self.filters[name] for name in [*self.field_order, *places]}

    def holding(self, queryset, name, value):
        return queryset.filter(words_in(["name", "address", "link", "note"], value))

    @property
    def always_shown(self):
        return tuple(self.filters)

    def being(self, queryset, name, value):
        open_today = self._meta.model.open_on(today())
        return queryset.filter(open_today if value == OPEN else ~open_today)


class ChannelFilter(OutletFilter):
    products = filters.ChoiceFilter(
        label=gettext_lazy("Products"),
        choices=[(WITH, gettext_lazy("With products")), (WITHOUT, gettext_lazy("Without products"))],
        method="selling",
        empty_label=gettext_lazy("All"),
    )

    class Meta:
        model = Channel
        fields: list[str] = []

    field_order = ("q", "kind", "state", "products")

    def selling(self, queryset, name, value):
        sold = Exists(Offer.objects.visible_to(self.user).filter(channel=OuterRef("pk")))
        return queryset.filter(sold if value == WITH else ~sold)


class PublicityFilter(OutletFilter):
    class Meta:
        model = Publicity
        fields: list[str] = []


class OutletTable(tables.Table):
    school = tables.Column(gettext_lazy("School"), order_by=("school__name_order", "name_order", "pk"))
    kind = tables.Column(
        gettext_lazy("Kind of channel"), accessor="get_kind_display", order_by=("kind", "name_order", "pk")
    )
    where = tables.Column(gettext_lazy("Link, address or place"), empty_values=(), orderable=False)
    opened_on = tables.Column(
        gettext_lazy("Open since"), order_by=("opened_on", "name_order", "pk"), attrs=UNBROKEN
    )
    closed_on = tables.TemplateColumn(
        template_name="trainees/outlet_state.html",
        verbose_name=gettext_lazy("Open until"),
        order_by=("closed_on", "name_order", "pk"),
    )

    def __init__(self, *args, several_schools, **kwargs):
        super().__init__(*args, exclude=() if several_schools else ("school",), **kwargs)

    def render_where(self, record):
        return ", ".join(part for part in (record.host, record.address) if part) or BLANK

    def render_opened_on(self, value):
        return short_date(value)


class ChannelTable(OutletTable):
    name = tables.Column(
        pgettext_lazy("channel", "Name"),
        linkify=("trainees:channel_detail", {"pk": tables.A("pk")}),
        order_by=("name_order", "pk"),
    )
    products = tables.Column(gettext_lazy("Products"), order_by=("-products", "name_order", "pk"), attrs=NUMERIC)
    sold = tables.Column(
        gettext_lazy("Sales of the year (baht)"), order_by=("-sold_order", "name_order", "pk"), attrs=NUMERIC
    )

    class Meta:
        sequence = ("name", "school", "kind", "where", "products", "sold", "opened_on", "closed_on")
        attrs = {"caption": gettext_lazy("Sales channels"), "class": TIGHT}
        default = BLANK
        empty_text = gettext_lazy("No channel fits this filter.")

    def render_sold(self, value):
        return format_number(value, 2)


class PublicityTable(OutletTable):
    name = tables.Column(
        pgettext_lazy("channel", "Name"),
        linkify=("trainees:publicity_detail", {"pk": tables.A("pk")}),
        order_by=("name_order", "pk"),
    )

    class Meta:
        sequence = ("name", "school", "kind", "where", "opened_on", "closed_on")
        attrs = {"caption": gettext_lazy("Publicity channels")}
        default = BLANK
        empty_text = gettext_lazy("No channel fits this filter.")


def _channels(user: Eyes, year: int | None) -> QuerySet[Channel]:
    months = months_of(year) if year else []
    sales = Sale.objects.visible_to(user).filter(month__in=months)
    return (
        Channel.objects.visible_to(user)
        .select_related("school")
        .annotate(
            products=Coalesce(figure(Offer.objects.visible_to(user), "channel"), 0),
            sold=figure(sales, "channel", Sum("amount")),
        )
        .annotate(sold_order=Coalesce(F("sold"), Decimal(-1)))  # what nobody knows comes last
    )


def _publicity(user: Eyes, year: int | None) -> QuerySet[Publicity]:
    return Publicity.objects.visible_to(user).select_related("school")


def _columns(year: int | None) -> list[Column]:
    return [
        Column("school_code", _("School code"), "id", 16),
        Column("school", _("School"), width=32),
        Column("name", _("Name of the channel"), width=36),
        Column("kind", _("Kind of channel"), width=24),
        Column("link", _("Link"), width=36),
        Column("address", _("Address or place"), width=36),
        Column("opened_on", _("Open since"), "date"),
        Column("closed_on", _("Open until"), "date"),
        Column("note", _("Note"), width=30),
    ]


def _channel_columns(year: int | None) -> list[Column]:
    months = [Column(key_of(m), month_and_year(m), "money") for m in (months_of(year) if year else [])]
    total = Column("sold", _("Sales of the year (baht)"), "money")
    return [*_columns(year), Column("products", _("Products"), width=40), *months, total]


def _row(outlet: Channel | Publicity) -> list[Any]:
    return [
        outlet.school.code,
        outlet.school.name,
        outlet.name,
        outlet.get_kind_display(),
        outlet.link or None,
        outlet.address or None,
        outlet.opened_on,
        outlet.closed_on,
        outlet.note or None,
    ]


def _publicity_cells(user: Eyes, rows: Sequence[Publicity], year: int | None) -> Iterator[Row]:
    return map(_row, rows)


def _channel_cells(user: Eyes, rows: Sequence[Channel], year: int | None) -> Iterator[Row]:
    months = months_of(year) if year else []
    products: dict[int, list[str]] = defaultdict(list)
    for offer in offers_of(user).filter(channel__in=rows):
        products[offer.channel_id].append(offer.product.name)
    sales = Sale.objects.visible_to(user).filter(channel__in=rows, month__in=months)
    sold = {(sale.channel_id, sale.month): sale.amount for sale in sales}
    for channel in rows:
        by_month = [sold.get((channel.pk, month)) for month in months]
        yield [*_row(channel), ", ".join(products[channel.pk]) or None, *by_month, channel.sold]  # type: ignore[attr-defined]


CHANNELS = Listing(
    slug="channel",
    model=Channel,
    words=Words(
        title=gettext_lazy("Sales channels"),
        about=gettext_lazy("Where the products of courses are sold, and how much each month."),
        new=gettext_lazy("New sales channel"),
        change=gettext_lazy("Change the sales channel"),
        none_yet=gettext_lazy("No sales channel has been entered yet."),
        file=gettext_lazy("Sales channels as a file"),
    ),
    icon="shop",
    rows=_channels,
    filter=ChannelFilter,
    table=ChannelTable,
    form=ChannelForm,
    form_template="trainees/outlet_form.html",
    columns=_channel_columns,
    cells=_channel_cells,
)

PUBLICITY = Listing(
    slug="publicity",
    model=Publicity,
    words=Words(
        title=gettext_lazy("Publicity channels"),
        about=gettext_lazy("Where products and work are made known."),
        new=gettext_lazy("New publicity channel"),
        change=gettext_lazy("Change the publicity channel"),
        none_yet=gettext_lazy("No publicity channel has been entered yet."),
        file=gettext_lazy("Publicity channels as a file"),
    ),
    icon="megaphone",
    rows=_publicity,
    filter=PublicityFilter,
    table=PublicityTable,
    form=PublicityForm,
    form_template="trainees/outlet_form.html",
    columns=_columns,
    cells=_publicity_cells,
)
