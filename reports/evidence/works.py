"""Products, fairs, sales channels, groups and sales."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Least

from courses.models import Course, FairPart
from courses.models.fairs import Fair
from offices.scoping import Eyes
from reports.offices import Office
from reports.periods import Period
from trainees.models import Assessment, Channel, Group, Offer, Product, Sale


def judged_products(user: Eyes, office: Office, period: Period) -> QuerySet:
    """Products that were assessed in the period, and those never assessed of courses that finished in it.

    `verdict` is that of the latest assessment in the period, null for the unassessed; `decided_on` is its day, for
    the unassessed the last course day. `is_new`: never met a checklist before the period.
    """
    assessments = Assessment.objects.visible_to(user).filter(product=OuterRef("pk"))
    in_period = assessments.filter(assessed_on__range=period.bounds).order_by("-assessed_on", "-pk")
    by_then = assessments.filter(assessed_on__lte=period.last)
    products = Product.objects.visible_to(user).annotate(
        verdict=Subquery(in_period.values("is_met")[:1]),
        decided_on=Coalesce(Subquery(in_period.values("assessed_on")[:1]), F("course__ends_on")),
        is_new=~Exists(assessments.filter(assessed_on__lt=period.first, is_met=True)),
    )
    finished = Q(course__status__in=Course.FINISHED_STATES, course__ends_on__range=period.bounds)
    never = ~Exists(by_then) & finished
    return office.of(products.filter(Q(verdict__isnull=False) | never), "decided_on")


def assessed_products(user: Eyes, office: Office, period: Period) -> QuerySet:
    """Those of them that were assessed in the period."""
    return judged_products(user, office, period).filter(verdict__isnull=False)


def good_products(user: Eyes, office: Office, period: Period) -> QuerySet:
    """Those of them whose latest assessment in the period met its checklist."""
    return judged_products(user, office, period).filter(verdict=True)


def _fair_parts(user: Eyes, office: Office, period: Period, fairs: Q) -> QuerySet:
    parts = FairPart.objects.visible_to(user).filter(fairs, fair__starts_on__range=period.bounds)
    return office.of(parts, "fair__starts_on", offices=True)


def held_fairs(user: Eyes, office: Office, period: Period) -> QuerySet:
    """The parts of offices in fairs that were held and began in the period."""
    return _fair_parts(user, office, period, Q(fair__status=Fair.Status.HELD))


def any_fairs(user: Eyes, office: Office, period: Period) -> QuerySet:
    """The parts in fairs of any state that begin, or were to begin, in the period."""
    return _fair_parts(user, office, period, Q())


def known_channels(user: Eyes, office: Office, period: Period) -> QuerySet:
    """Channels that were open in the period, with products or not; `decided_on` is their last open day in it."""
    last = Value(period.last)
    channels = Channel.objects.visible_to(user).annotate(decided_on=Least(Coalesce("closed_on", last), last))
    opened = Q(opened_on__lte=period.last) & (Q(closed_on=None) | Q(closed_on__gte=period.first))
    return office.of(channels.filter(opened), "decided_on")


def open_channels(user: Eyes, office: Office, period: Period) -> QuerySet:
    """Those of them with at least one product."""
    offers = Offer.objects.visible_to(user).filter(channel=OuterRef("pk"))
    return known_channels(user, office, period).filter(Exists(offers))


def formed_groups(user: Eyes, office: Office, period: Period) -> QuerySet:
    """Groups and enterprises that were formed in the period."""
    return office.of(Group.objects.visible_to(user).filter(formed_on__range=period.bounds), "formed_on")


def registered_enterprises(user: Eyes, office: Office, period: Period) -> QuerySet:
    """Community enterprises that were registered in the period."""
    groups = Group.objects.visible_to(user).filter(kind=Group.Kind.ENTERPRISE, registered_on__range=period.bounds)
    return office.of(groups, "registered_on")


def sales(user: Eyes, office: Office, period: Period) -> QuerySet:
    """Sales of months that begin in the period."""
    return office.of(Sale.objects.visible_to(user).filter(month__range=period.bounds), "month")
