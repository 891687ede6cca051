"""Allocations and spending as files: the same rows, in the same order, that the lists show to the same person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.models import Allocation, Spending
from courses.money.filters import AllocationFilter, MoneyFilter, SpendingFilter
from courses.money.tables import AllocationTable, SpendingTable, what_for
from documents.tables import Book, Column, Row, Stamp, Table
from offices.models import User

CHUNK = 2_000
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Listed:
    """One of the lists: its rows, how they are narrowed and ordered, and what a file of them holds."""

    title: str | Promise
    rows: Callable[[User], QuerySet[Any]]
    filter_class: type[MoneyFilter]
    table: Callable[[QuerySet[Any], str | None], Any]
    columns: Callable[[], list[Column]]
    row: Callable[[Any], Row]

    def narrowed(self, user: User, asked: Any, year: int | None) -> MoneyFilter:
        return self.filter_class(asked, self.rows(user), user=user, year=year)

    def found(self, user: User, asked: dict[str, str], year: int | None) -> QuerySet[Any]:
        """The rows that `asked` (the address's query) stands for, in its order."""
        return self.table(self.narrowed(user, asked, year).qs, asked.get("sort") or None).data.data

    def book(
        self, user: User, asked: dict[str, str], year: int | None, progress: Progress = lambda done: None
    ) -> Book:
        rows = self.found(user, asked, year)
        table = Table(self.title, self.columns(), lambda: self._written(rows, progress))
        filters = [(_("Fiscal year"), str(year)), *self.narrowed(user, asked, year).told()]
        stamp = Stamp(as_of=timezone.now(), by=user.name, office=user.place, filters=filters)
        return Book(self.title, stamp, [table])

    def _written(self, rows: QuerySet[Any], progress: Progress) -> Iterator[Row]:
        done = 0
        for done, each in enumerate(rows.iterator(CHUNK), start=1):
            yield self.row(each)
            if done % CHUNK == 0:
                progress(done)
        progress(done)


def _allocation_columns() -> list[Column]:
    return [
        Column("fiscal_year", _("Fiscal year"), "id", 10),
        Column("quarter", _("From quarter"), "integer"),
        Column("school_code", _("School code"), "id", 16),
        Column("office", _("Receives"), width=32),
        Column("giver", _("Given by"), width=24),
        Column("budget_code", _("Budget code"), "id", 20),
        Column("budget_line", _("Budget line"), width=36),
        Column("amount", _("Amount (baht)"), "money"),
        Column("document_number", _("Document number"), width=20),
        Column("document_on", _("Date of the document"), "date"),
        Column("note", _("Note"), width=36),
        Column("cancelled", _("Why it was cancelled"), width=24),
    ]


def _allocation(row: Allocation) -> Row:
    return [
        str(row.fiscal_year_id),
        row.quarter,
        row.school.code if row.school else None,
        row.office_name,
        row.giver_name,
        row.budget_line.code or None,
        row.budget_line.in_full,
        row.amount,
        row.document_number,
        row.document_on,
        row.note or None,
        row.cancel_reason or None,
    ]


def _spending_columns() -> list[Column]:
    return [
        Column("fiscal_year", _("Fiscal year"), "id", 10),
        Column("spent_on", _("Day"), "date"),
        Column("quarter", _("Quarter"), "integer"),
        Column("school_code", _("School code"), "id", 16),
        Column("office", _("Office"), width=32),
        Column("kind", _("Kind of row")),
        Column("purpose", _("Spent for")),
        Column("what_for", _("Course or fair"), width=36),
        Column("fair_rule", _("Rule that it is spent under"), width=28),
        Column("budget_code", _("Budget code"), "id", 20),
        Column("budget_line", _("Budget line"), width=36),
        Column("expense_class", _("Expense class"), width=16),
        Column("expense_line", _("Expense line"), width=24),
        Column("amount", _("Amount (baht)"), "money"),
        Column("tax_withheld", _("Tax withheld (baht)"), "money"),
        Column("net", _("Paid out (baht)"), "money"),
        Column("cleared", _("Cleared (baht)"), "money"),
        Column("released", _("Released or returned (baht)"), "money"),
        Column("open", _("Still open (baht)"), "money"),
        Column("payee", _("Paid to"), width=28),
        Column("document_number", _("Document number"), width=20),
        Column("due_on", _("To be cleared by"), "date"),
        Column("note", _("Note"), width=36),
        Column("cancelled", _("Why it was cancelled"), width=24),
    ]


def _spending(row: Spending) -> Row:
    line, paid = row.expense_line, row.is_payment
    return [
        str(row.fiscal_year_id),
        row.spent_on,
        row.quarter,
        row.school.code if row.school else None,
        row.office_name,
        row.get_kind_display(),
        row.get_purpose_display(),
        what_for(row),
        row.get_fair_rule_display() or None,
        row.budget_line.code or None,
        row.budget_line.in_full,
        str(line.expense_class) if line else None,
        str(line) if line else None,
        row.amount,
        row.tax_withheld,
        row.net if paid else None,
        None if paid else row.cleared,
        None if paid else row.released,
        None if paid or row.is_cancelled else row.open_amount,
        row.payee or None,
        row.document_number or None,
        row.due_on,
        row.note or None,
        row.cancel_reason or None,
    ]


LISTS = {
    "allocations": Listed(
        gettext_lazy("Allocations"),
        lambda user: Allocation.objects.visible_to(user).select_related(
            "school", "province", "giver", "budget_line"
        ),
        AllocationFilter,
        lambda rows, order: AllocationTable(rows, order_by=order),
        _allocation_columns,
        _allocation,
    ),
    "spending": Listed(
        gettext_lazy("Spending"),
        lambda user: Spending.objects.visible_to(user).select_related(
            "school", "province", "budget_line", "expense_line__expense_class", "course", "fair"
        ),
        SpendingFilter,
        lambda rows, order: SpendingTable(rows, order_by=order, several_offices=True),
        _spending_columns,
        _spending,
    ),
}
