"""The fiscal year one is looking at, the rules of each year, and the making of the next one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from operator import attrgetter
from typing import Any

import pghistory
from django.apps import apps
from django.db import transaction
from django.db.models import Max, Model
from django.http import HttpRequest

from offices.clock import today
from offices.history import ScopedEvent
from offices.models import ChecklistItem, CourseType, FiscalYear, SatisfactionBand, User
from offices.scoping import ScopedQuerySet
from offices.thai.dates import fiscal_year_of

SESSION_KEY = "fiscal_year"
Filler = Callable[[FiscalYear, FiscalYear | None], None]

_fillers: list[Filler] = []


def fill_new_years_with(*fillers: Filler) -> None:
    """Let a higher floor put its own data into each year that is made: called with it and the year before."""
    _fillers.extend(filler for filler in fillers if filler not in _fillers)


def fill_new_year(year: FiscalYear, before: FiscalYear | None) -> None:
    for filler in _fillers:
        filler(year, before)


def years_known(request: HttpRequest | None = None) -> list[int]:
    """Every year that exists, newest first; one query a request, however many parts of a page ask."""
    if request is None:
        return list(FiscalYear.objects.values_list("year", flat=True))
    known: list[int] | None = getattr(request, "_years_known", None)
    if known is None:
        known = request._years_known = years_known()  # type: ignore[attr-defined]
    return known


def waves_known(request: HttpRequest | None = None) -> list[int]:
    """Every wave (days after a course) at which some year asks people; the years come with the same query."""
    years = list(FiscalYear.objects.values_list("year", "follow_up_days"))
    if request is not None:
        request._years_known = [year for year, _waves in years]  # type: ignore[attr-defined]
    return sorted({wave for _year, waves in years for wave in waves})


def chosen_year(request: HttpRequest) -> int | None:
    """The year in the switcher: the one chosen, else today's, else the newest there is."""
    known = years_known(request)
    chosen = request.session.get(SESSION_KEY)
    if chosen in known:
        return chosen
    current = fiscal_year_of(today())
    return current if current in known else (known[0] if known else None)


# What a year has any number of; the next year begins with the same.
ROWS_OF_YEAR: tuple[type[Model], ...] = (CourseType, ChecklistItem, SatisfactionBand)


@transaction.atomic
def open_next_year(*, after: FiscalYear, by: User | None = None) -> FiscalYear:
    """Make the year after `after`, with the same rules, as data that can then be changed."""
    following = FiscalYear.objects.get(pk=after.pk)
    following.pk = after.year + 1
    following._state.adding = True
    following.full_clean()
    with pghistory.context(user=by and by.pk, act="year.open_next"):
        following.save(force_insert=True)
        for model in ROWS_OF_YEAR:
            rows = list(model._default_manager.filter(fiscal_year=after))
            for row in rows:
                row.pk, row.fiscal_year = None, following  # type: ignore[attr-defined]
                row._state.adding = True
            model._default_manager.bulk_create(rows)
        fill_new_year(following, after)
    return following


def rules_version(year: FiscalYear) -> int:
    """Grows with every change of the year's rules, its types, points and levels included."""
    return sum(found.aggregate(newest=Max("pgh_id"))["newest"] or 0 for found in _changes_of(year))


def last_changed(year: FiscalYear) -> tuple[str, datetime | None]:
    """Who changed the year's rules last, and when."""
    newest = [found.select_related("pgh_context").order_by("-pgh_id").first() for found in _changes_of(year)]
    last = max(filter(None, newest), key=attrgetter("pgh_created_at"), default=None)
    if last is None:
        return "", None
    who = last.pgh_context.metadata.get("user") if last.pgh_context else None
    return str(User.objects.filter(pk=who).first() or ""), last.pgh_created_at


def _changes_of(year: FiscalYear) -> list[Any]:
    rows: Any = ROWS_OF_YEAR
    return [
        FiscalYear.pgh_event_model.objects.filter(pgh_obj=year.pk),  # type: ignore[attr-defined]
        *(model.pgh_event_model.objects.filter(fiscal_year=year.pk) for model in rows),
    ]


def standing_in(year: FiscalYear, user: User) -> list[tuple[str, int]]:
    """What stands in a year already, by kind, as far as `user` sees it; the models say so, not higher floors."""
    found = []
    for model in apps.get_models():
        for column in model._meta.concrete_fields:
            if column.related_model is not FiscalYear or issubclass(model, ScopedEvent):
                continue
            rows = model._default_manager.all()
            if isinstance(rows, ScopedQuerySet) and (
                count := rows.visible_to(user).filter(**{column.name: year}).count()
            ):
                found.append((str(model._meta.verbose_name_plural), count))
    return found
