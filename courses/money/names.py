"""The names that money goes by in a new fiscal year: those of the year before, else those of the letter.

They are a beginning only: the department changes them as data. Budget codes and rates are not published, so that
the first year has none.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.db.models import QuerySet

from courses.models import BudgetLine, ExpenseClass, ExpenseLine, Rate
from offices.models import FiscalYear

LETTER = Path(__file__).parent.parent / "data" / "money.json"


def are_missing(year: FiscalYear | int) -> bool:
    return not (
        BudgetLine.objects.filter(fiscal_year=year).exists()
        or ExpenseClass.objects.filter(fiscal_year=year).exists()
    )


def lines_of(year: FiscalYear) -> QuerySet[BudgetLine]:
    return BudgetLine.objects.filter(fiscal_year=year)


def classes_of(year: FiscalYear) -> QuerySet[ExpenseClass]:
    """The expense classes of a year, each with its lines."""
    return ExpenseClass.objects.filter(fiscal_year=year).prefetch_related("lines")


def rates_of(year: FiscalYear) -> QuerySet[Rate]:
    return Rate.objects.filter(expense_line__expense_class__fiscal_year=year).select_related("expense_line")


@transaction.atomic
def fill(year: FiscalYear, before: FiscalYear | None = None) -> None:
    """Give a year without names those of `before`, or of the letter; a year that has names keeps its own."""
    if not are_missing(year):
        return
    if before is not None and not are_missing(before):
        _copy(year, before)
    else:
        _from_letter(year)


def _from_letter(year: FiscalYear) -> None:
    said = json.loads(LETTER.read_text(encoding="utf-8"))
    for position, line in enumerate(said["budget_lines"], start=1):
        BudgetLine.objects.create(fiscal_year=year, position=position, **line)
    for position, each in enumerate(said["expense_classes"], start=1):
        kind = ExpenseClass.objects.create(fiscal_year=year, position=position, name=each["name"])
        for place, name in enumerate(each["lines"], start=1):
            ExpenseLine.objects.create(expense_class=kind, position=place, name=name)


def _copy(year: FiscalYear, before: FiscalYear) -> None:
    for line in BudgetLine.objects.filter(fiscal_year=before):
        BudgetLine.objects.create(fiscal_year=year, **_facts(line))
    for kind in ExpenseClass.objects.filter(fiscal_year=before).prefetch_related("lines__rates"):
        new_kind = ExpenseClass.objects.create(fiscal_year=year, **_facts(kind))
        for expense in kind.lines.all():
            new_line = ExpenseLine.objects.create(expense_class=new_kind, **_facts(expense))
            Rate.objects.bulk_create(Rate(expense_line=new_line, **_facts(rate)) for rate in expense.rates.all())


def _facts(row: models.Model) -> dict[str, Any]:
    """All columns but the keys."""
    columns = (column for column in row._meta.concrete_fields if not (column.primary_key or column.is_relation))
    return {column.name: getattr(row, column.name) for column in columns}
