"""The columns of the list of products."""

from __future__ import annotations

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from offices.looks import NUMERIC, ROOMY, TIGHT, UNBROKEN
from offices.thai.dates import short_date
from offices.thai.digits import BLANK, format_number


class ProductTable(tables.Table):
    name = tables.Column(
        _("Product"), linkify=("trainees:product", {"pk": tables.A("pk")}), order_by=("name_order", "pk")
    )
    course = tables.Column(_("From the course"), order_by=("course__name_order", "name_order", "pk"), attrs=ROOMY)
    school = tables.Column(_("School"), order_by=("school__name_order", "name_order", "pk"))
    category = tables.Column(_("Category"), order_by=("category", "name_order", "pk"))
    price = tables.Column(_("Price (baht)"), order_by=("price", "pk"), attrs=NUMERIC)
    people = tables.Column(_("Makers"), order_by=("people", "name_order", "pk"), default="0", attrs=NUMERIC)
    standing = tables.TemplateColumn(
        template_name="trainees/product_standing.html",
        verbose_name=_("Latest assessment"),
        order_by=("latest_is_met", "name_order", "pk"),
    )
    latest_on = tables.Column(_("Assessed on"), order_by=("latest_on", "pk"), attrs=UNBROKEN)

    class Meta:
        attrs = {"caption": _("Products"), "class": TIGHT}
        default = BLANK
        empty_text = _("No product fits this filter.")

    def __init__(self, *args, several_schools, **kwargs):
        super().__init__(*args, exclude=() if several_schools else ("school",), **kwargs)

    def render_price(self, value):
        return format_number(value, 2)

    def render_latest_on(self, value):
        return short_date(value) if value else BLANK
