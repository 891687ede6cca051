"""The columns of the lists of allocations and of spending."""

from __future__ import annotations

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.models import Allocation, Spending
from courses.money.holding import baht
from offices.looks import NUMERIC, ROOMY, TIGHT, UNBROKEN
from offices.thai.dates import short_date
from offices.thai.digits import BLANK

STATE = "courses/money/state.html"


def what_for(spending: Spending) -> str:
    """The course or the fair by its name, else the purpose."""
    return str(spending.course or spending.fair or spending.get_purpose_display())


class AllocationTable(tables.Table):
    document_on = tables.Column(
        _("Date of the document"),
        order_by=("document_on", "pk"),
        linkify=("money:allocation", {"pk": tables.A("pk")}),
        attrs=UNBROKEN,
    )
    document_number = tables.Column(_("Document number"), order_by=("document_number", "pk"), attrs=UNBROKEN)
    office_name = tables.Column(_("Receives"), order_by=("province__position", "school__name_order", "pk"))
    giver_name = tables.Column(_("Given by"), order_by=("source", "giver__position", "pk"))
    budget_line = tables.Column(_("Budget line"), order_by=("budget_line__position", "pk"))
    quarter = tables.Column(_("From quarter"), order_by=("quarter", "pk"), attrs=NUMERIC)
    amount = tables.Column(_("Amount (baht)"), order_by=("amount", "pk"), attrs=NUMERIC)
    state = tables.TemplateColumn(template_name=STATE, verbose_name=_("State"), orderable=False)

    class Meta:
        attrs = {"caption": _("Allocations")}
        empty_text = _("No allocation fits this filter.")

    def render_document_on(self, value):
        return short_date(value)

    def render_amount(self, record: Allocation):
        return baht(record.amount)


class SpendingTable(tables.Table):
    spent_on = tables.Column(
        _("Day"),
        order_by=("spent_on", "pk"),
        linkify=("money:spending", {"pk": tables.A("pk")}),
        attrs=UNBROKEN,
    )
    kind = tables.Column(
        pgettext_lazy("money", "Kind"), accessor="get_kind_display", order_by=("kind", "pk"), attrs=UNBROKEN
    )
    office_name = tables.Column(_("Office"), order_by=("province__position", "school__name_order", "pk"))
    what_for = tables.Column(
        _("Spent for"), empty_values=(), order_by=("purpose", "course__name_order", "pk"), attrs=ROOMY
    )
    expense_line = tables.Column(_("Expense line"), order_by=("expense_line__position", "pk"), attrs=ROOMY)
    payee = tables.Column(_("Paid to"), order_by=("payee", "pk"))
    document_number = tables.Column(_("Document number"), order_by=("document_number", "pk"), attrs=UNBROKEN)
    amount = tables.Column(_("Amount (baht)"), order_by=("amount", "pk"), attrs=NUMERIC)
    open_amount = tables.Column(_("Still open (baht)"), orderable=False, attrs=NUMERIC)
    state = tables.TemplateColumn(template_name=STATE, verbose_name=_("State"), orderable=False)

    class Meta:
        attrs = {"caption": _("Spending"), "class": TIGHT}
        empty_text = _("No row fits this filter.")

    def __init__(self, *args, several_offices, **kwargs):
        super().__init__(*args, exclude=() if several_offices else ("office_name",), **kwargs)

    def render_spent_on(self, value):
        return short_date(value)

    def render_what_for(self, record: Spending):
        return what_for(record)

    def render_amount(self, record: Spending):
        return baht(record.amount)

    def render_open_amount(self, record: Spending):
        return BLANK if record.is_payment or record.is_cancelled else baht(record.open_amount)
