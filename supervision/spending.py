"""What was spent on a visit: rows of money of the supervising office, entered for it or put to it."""

from __future__ import annotations

from dataclasses import dataclass

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from courses.models import Spending
from courses.money import spending as money
from courses.money.balance import Balance, spent, together
from courses.money.holding import office_of
from offices.models import User
from offices.thai.dates import fiscal_year_of
from supervision.models import Visit, VisitSpending


@dataclass
class Spent:
    """A row of money at a visit. `link` is None for a payment that only clears a row which stands there;
    `visits` is how many visits the row served."""

    row: Spending
    link: VisitSpending | None
    visits: int


def first_edition(visit: Visit, user: User) -> Visit:
    while visit.replaces_id:
        visit = Visit.objects.visible_to(user).get(pk=visit.replaces_id)
    return visit


def spent_on(visit: Visit, user: User) -> list[Spent]:
    """The rows of money that served a visit, as far as the user sees such money, the latest first."""
    first = first_edition(visit, user)
    links = {link.spending_id: link for link in VisitSpending.objects.visible_to(user).filter(visit=first)}
    rows = Spending.objects.visible_to(user).filter(Q(pk__in=links) | Q(clears__in=links))
    served = VisitSpending.objects.visible_to(user).filter(spending__in=links).order_by().values_list("spending")
    visits = dict(served.annotate(n=Count("visit")))
    found = []
    for row in rows.select_related("expense_line", "school", "province").order_by("-spent_on", "-pk"):
        shared = visits.get(row.pk) or visits.get(row.clears_id) or 1
        found.append(Spent(row, links.get(row.pk), shared))
    return found


def sums_of(rows: list[Spent], user: User) -> Balance:
    return together(spent(user, "kind", pk__in=[each.row.pk for each in rows]).values())


def may_be_put_to(visit: Visit, user: User) -> QuerySet[Spending]:
    """The office's own rows for supervision, of the visit's fiscal year and the next, that are not there yet."""
    year = fiscal_year_of(visit.visited_on)
    standing = VisitSpending.objects.visible_to(user).filter(visit=first_edition(visit, user)).values("spending")
    own = Spending.objects.own_of(user).standing().filter(purpose=Spending.Purpose.SUPERVISION, clears=None)
    return own.filter(fiscal_year__in=[year, year + 1]).exclude(pk__in=standing)


@transaction.atomic
def spend(*, visit: Visit, spending: Spending, by: User) -> Spending:
    """Save a new row of money, and that it served the visit."""
    _held(visit, by)
    money.spend(spending=spending, by=by)
    _put(visit, spending, by)
    return spending


@transaction.atomic
def put_to(*, visit: Visit, spending: Spending, by: User) -> VisitSpending:
    """Say of a row of money that was entered before that it served the visit."""
    _held(visit, by)
    if not may_be_put_to(visit, by).filter(pk=spending.pk).exists():
        raise ValidationError(
            _("This row stands at the visit already, or is no supervision of your office."), "row"
        )
    return _put(visit, spending, by)


@transaction.atomic
def take_off(*, link: VisitSpending, by: User) -> None:
    """The row of money stays; only that it served the visit is taken back."""
    with pghistory.context(user=by.pk, act="visit.take_off_spending"):
        link.delete()


def _held(visit: Visit, by: User) -> Visit:
    """The visit, if the user's office writes it, for nobody to put another row to it meanwhile."""
    held = Visit.objects.decided_by(by).select_for_update(of=("self",)).filter(pk=visit.pk).first()
    if held is None:
        raise ValidationError(_("Somebody has thrown this away meanwhile."), "gone")
    return held


def _put(visit: Visit, spending: Spending, by: User) -> VisitSpending:
    office = office_of(spending)
    with pghistory.context(user=by.pk, act="visit.spend"):
        return VisitSpending.objects.create(
            visit=first_edition(visit, by),
            spending=spending,
            school_id=office.school,
            province_id=office.province,
            added_by=by,
        )
