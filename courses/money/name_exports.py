"""What money is called in a year as a file: budget lines, expense classes with their lines, rates."""

from __future__ import annotations

from django.utils.translation import gettext as _

from courses.money import names
from documents.list_books import stamped
from documents.tables import Book, Column, Row, Table
from offices.models import FiscalYear, User


def book(user: User, year: FiscalYear) -> Book:
    tables = [_lines(year), _expenses(year), _rates(year)]
    return stamped(_("Budget lines and rates"), tables, user, [(_("Fiscal year"), str(year))])


def _lines(year: FiscalYear) -> Table:
    columns = [
        Column("code", _("Budget code"), "id", 20),
        Column("plan", _("Plan"), width=36),
        Column("output", _("Output"), width=36),
        Column("activity", _("Activity"), width=36),
        Column("category", _("Category of expenditure"), width=24),
        Column("item", _("Item"), width=36),
    ]
    rows = [
        [line.code or None, line.plan, line.output, line.activity, line.category, line.item]
        for line in names.lines_of(year)
    ]
    return Table(_("Budget lines"), columns, rows)


def _expenses(year: FiscalYear) -> Table:
    columns = [Column("class", _("Expense class"), width=24), Column("line", _("Expense line"), width=40)]
    rows: list[Row] = []
    for kind in names.classes_of(year):
        rows += [[kind.name, line.name] for line in kind.lines.all()] or [[kind.name, None]]
    return Table(_("Expense classes and lines"), columns, rows)


def _rates(year: FiscalYear) -> Table:
    columns = [
        Column("line", _("Expense line"), width=30),
        Column("what", _("What it is for"), width=40),
        Column("most", _("At most (baht)"), "money"),
        Column("unit", _("For each"), width=24),
        Column("letter", _("Letter that sets it"), width=24),
    ]
    rows = [
        [str(rate.expense_line), rate.what, rate.most, rate.unit, rate.letter or None]
        for rate in names.rates_of(year)
    ]
    return Table(_("Rates"), columns, rows)
