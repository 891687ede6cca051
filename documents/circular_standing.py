"""How far a circular has come: who got it, who acknowledged, who has not, by province and school."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from documents.models import Circular, Delivery
from offices.clock import today
from offices.models import Membership, Province, User
from offices.permissions import Can, may
from offices.scoping import provinces_for

DIRECT: Final = "direct"
"""Stands for the schools that got it from the department itself, where else a province's code stands."""


@dataclass(frozen=True)
class Standing:
    """One province (None: schools directly under the department): its schools, how many have the circular and how
    many acknowledged it."""

    province: Province | None
    is_opened: bool
    schools: int | None
    reached: int
    acknowledged: int

    @property
    def key(self) -> str:
        return self.province.pk if self.province else DIRECT

    @property
    def waiting(self) -> int:
        return self.reached - self.acknowledged


@dataclass(frozen=True)
class Sum:
    reached: int
    acknowledged: int

    @property
    def waiting(self) -> int:
        return self.reached - self.acknowledged


def sum_of(circular: Circular, user: User) -> Sum:
    """Of the schools that the user looks after: how many have it, and how many acknowledged."""
    schools = Delivery.objects.visible_to(user).filter(circular=circular, school__isnull=False)
    found = schools.aggregate(
        reached=Count("pk"), acknowledged=Count("pk", filter=Q(acknowledged_at__isnull=False))
    )
    return Sum(**found)


def by_province(circular: Circular, user: User) -> list[Standing]:
    """A line for each province that got the circular, in Thai order, and one for what went to schools directly."""
    deliveries = Delivery.objects.visible_to(user).filter(circular=circular)
    opened = dict(deliveries.filter(province__isnull=False).values_list("province", "opened_at"))
    counted = _counts(deliveries)
    schools = _schools_today(user)
    provinces = Province.objects.filter(provinces_for(user), pk__in=opened)
    return [*_lines(provinces, opened, counted, schools), *_direct(counted)]


def _counts(deliveries: Any) -> dict[str | None, tuple[int, int]]:
    rows = deliveries.filter(school__isnull=False).order_by().values_list("passed_on_by")
    rows = rows.annotate(reached=Count("pk"), acknowledged=Count("acknowledged_at"))
    return {province: (reached, acknowledged) for province, reached, acknowledged in rows}


def _schools_today(user: User) -> dict[str, int]:
    members = Membership.objects.visible_to(user).on(today()).filter(school__closed_on=None)
    return dict(members.order_by().values_list("province").annotate(n=Count("pk")))


def _lines(provinces: Any, opened: Any, counted: Any, schools: dict[str, int]) -> Iterator[Standing]:
    for province in provinces:
        reached, acknowledged = counted.get(province.pk, (0, 0))
        is_opened = opened[province.pk] is not None
        yield Standing(province, is_opened, schools.get(province.pk, 0), reached, acknowledged)


def _direct(counted: dict[str | None, tuple[int, int]]) -> list[Standing]:
    if None not in counted:
        return []
    reached, acknowledged = counted[None]
    return [Standing(None, True, None, reached, acknowledged)]


def with_standing(circulars: Any, user: User) -> Any:
    """These circulars, with what the list tells: of the own office's delivery, and how many below acknowledged."""
    own = Delivery.objects.own_of(user).filter(circular=OuterRef("pk")).order_by()
    below = Delivery.objects.visible_to(user).filter(circular=OuterRef("pk"), school__isnull=False).order_by()
    counted = below.values("circular")
    return circulars.annotate(
        got_at=Subquery(own.values("sent_at")),
        opened_at=Subquery(own.values("opened_at")),
        acknowledged_at=Subquery(own.values("acknowledged_at")),
        reminders=Coalesce(Subquery(own.values("reminders")), 0),
        reached=Coalesce(Subquery(counted.annotate(n=Count("pk")).values("n")), 0),
        acknowledged=Coalesce(Subquery(counted.annotate(n=Count("acknowledged_at")).values("n")), 0),
    )


def waiting_at(circulars: Any, user: User) -> Any:
    """Those (with their standing) that wait for the user's office: to be acknowledged, or to be passed on."""
    handed = circulars.filter(got_at__isnull=False, status=Circular.Status.SENT)
    if may(user, Can.ACKNOWLEDGE_CIRCULARS):
        return handed.filter(acknowledged_at=None)
    return handed.filter(reached=0) if may(user, Can.FORWARD_CIRCULARS) else handed.none()


def done_at(circulars: Any, user: User) -> Any:
    """Those that the user's office has acknowledged, or passed on to any school."""
    if may(user, Can.ACKNOWLEDGE_CIRCULARS):
        return circulars.filter(acknowledged_at__isnull=False)
    return circulars.filter(reached__gt=0)
