"""Reminding who has not acknowledged or passed on: on their home page, and by one mail to an office and day.

Somebody presses a button, or the clock finds that one of the days of the year's rules has come
(FiscalYear.remind_before, remind_after). What the mail tells is looked up when it is sent.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import partial, reduce
from operator import or_
from typing import Any, NamedTuple

import pghistory
from celery import current_app
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import ngettext

from documents.circulars import locked
from documents.models import Circular, Delivery
from offices.clock import today
from offices.models import FiscalYear, User
from offices.scoping import DEPARTMENT_EYES, Eyes
from offices.thai.dates import BANGKOK, fiscal_year_of

MAIL = "documents.tasks.mail_reminder"


class Office(NamedTuple):
    """Who is reminded: a school, or else a province."""

    school: int | None
    province: str | None


class Reminded(NamedTuple):
    offices: int
    with_address: int


def outstanding(user: Eyes) -> QuerySet[Delivery]:
    """What waits below a user: schools that have not acknowledged, and provinces that passed nothing on."""
    passed = Delivery.objects.visible_to(user).filter(
        circular=OuterRef("circular"), passed_on_by=OuterRef("province")
    )
    idle = Q(province__isnull=False, circular__status=Circular.Status.SENT) & ~Exists(passed.order_by())
    below = Delivery.objects.visible_to(user)
    if user.province_id:
        below = below.filter(school__isnull=False)
    return below.filter(Delivery.WAITING | idle)


@transaction.atomic
def remind(*, circular: Circular, by: User, address: str = "") -> Reminded:
    """Remind whom the user looks after of one circular, at most once a day. `address` is where the program is."""
    current = locked(circular, by, state=Circular.Status.SENT)
    waiting = outstanding(by).filter(circular=current).filter(~_since_midnight("reminded_at"))
    with pghistory.context(user=by.pk, act="circulars.remind"):
        return _remind(waiting, address)


@transaction.atomic
def remind_by_clock() -> Reminded:
    """Remind of all circulars one of whose days has come since they were sent or last reminded of.

    An office that had its mail today waits for the next run, so that nothing is left out.
    """
    days = _days_that_came()
    if not days:
        return Reminded(0, 0)
    since = [Q(circular__in=circulars, told_at__lt=_midnight(day)) for day, circulars in days.items()]
    waiting = outstanding(DEPARTMENT_EYES).alias(told_at=Coalesce("reminded_at", "sent_at"))
    waiting = waiting.filter(reduce(or_, since)).filter(~_mailed_today())
    with pghistory.context(act="circulars.remind_by_clock"):
        return _remind(waiting, settings.PUBLIC_ADDRESS)


def _days_that_came() -> dict[date, list[int]]:
    """The latest day of reminding that has come, with the circulars in force whose day it is."""
    rules = list(FiscalYear.objects.values_list("year", "remind_before", "remind_after"))  # the newest first
    found: dict[date, list[int]] = {}
    now = today()
    in_force = Circular.objects.visible_to(DEPARTMENT_EYES).filter(status=Circular.Status.SENT)
    dues: Any = in_force.filter(due_on__isnull=False).values_list("pk", "due_on")
    for pk, due in dues:
        came = [day for day in _days_of(due, rules) if day <= now]
        if came:
            found.setdefault(max(came), []).append(pk)
    return found


def _days_of(due: date, rules: Iterable[tuple[int, list[int], list[int]]]) -> list[date]:
    """The days on which one is reminded of what is due, by the rules of its fiscal year or of the one before."""
    for year, before, after in rules:
        if year <= fiscal_year_of(due):
            return [due + timedelta(days=n) for n in [*(-n for n in before), *after]]
    return []


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=BANGKOK)


def _since_midnight(column: str) -> Q:
    return Q(**{f"{column}__isnull": False, f"{column}__gte": _midnight(today())})


def _mailed_today() -> Q:
    """Deliveries of an office that had a mail today, about this circular or another."""
    mailed = Delivery.objects.visible_to(DEPARTMENT_EYES).filter(_since_midnight("mailed_at")).order_by()
    to_school = mailed.filter(school=OuterRef("school"))
    to_province = mailed.filter(province=OuterRef("province"))
    return Q(Exists(to_school)) | Q(Exists(to_province))


def _remind(waiting: QuerySet[Delivery], address: str) -> Reminded:
    """Let it stand on their home pages, and send each office its mail once that is certain."""
    held = list(waiting.select_for_update(of=("self",)).order_by("pk").values_list("pk", "school", "province"))
    rows = Delivery.objects.visible_to(DEPARTMENT_EYES).filter(pk__in=[pk for pk, *_office in held])
    rows.update(reminders=F("reminders") + 1, reminded_at=timezone.now())
    offices = sorted({Office(school, province) for _pk, school, province in held}, key=str)
    with_address = _offices_with_address(offices)
    for office in filter(with_address.__contains__, offices):
        transaction.on_commit(partial(current_app.send_task, MAIL, [*office, address]), robust=True)
    return Reminded(len(offices), len(with_address))


def _offices_with_address(offices: list[Office]) -> set[Office]:
    people = User.objects.filter(is_active=True).exclude(email="")
    schools = people.filter(school__in=[o.school for o in offices if o.school]).values_list("school", flat=True)
    provinces = people.filter(province__in=[o.province for o in offices if o.province])
    found = {Office(school, None) for school in schools}
    return found | {Office(None, province) for province in provinces.values_list("province", flat=True)}


def mail_to(office: Office, address: str) -> bool:
    """Send an office its mail of everything that it was reminded of today and that still waits; once a day.

    Whether it is sent is written down first: of two workers one finds nothing to do. When sending fails, that is
    taken back, and the failure goes on to whoever may try again.
    """
    with transaction.atomic():
        own = Delivery.objects.visible_to(DEPARTMENT_EYES).filter(school=office.school, province=office.province)
        reminded = own.filter(_since_midnight("reminded_at")).order_by("pk")
        held = [each.pk for each in reminded.select_for_update(of=("self",))]  # another worker waits here
        if own.filter(_since_midnight("mailed_at")).exists():
            return False
        told = list(outstanding(DEPARTMENT_EYES).filter(pk__in=held).select_related("circular"))
        people = User.objects.filter(is_active=True, school=office.school, province=office.province)
        to = sorted({mail for mail in people.values_list("email", flat=True) if mail})
        if not told or not to:
            return False
        own.filter(pk__in=[each.pk for each in told]).update(mailed_at=timezone.now())
    try:
        _message([each.circular for each in told], office, to, address).send()
    except Exception:
        own.bulk_update(told, ["mailed_at"])  # as it was
        raise
    return True


def _message(circulars: list[Circular], office: Office, to: list[str], address: str) -> EmailMessage:
    facts: dict[str, Any] = {"circulars": circulars, "is_school": office.school is not None, "address": address}
    with translation.override("th"):
        subject = ngettext(
            "A circular waits for your office", "%(n)d circulars wait for your office", len(circulars)
        )
        return EmailMessage(
            subject % {"n": len(circulars)}, render_to_string("documents/reminder_mail.txt", facts), to=to
        )
