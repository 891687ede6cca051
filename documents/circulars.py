"""The life of a circular: written, sent, passed on, acknowledged; then replaced by a new one, or withdrawn.

Whoever sends may not change it any more; everything here locks the circular first, so that nobody passes on or
acknowledges what has just been withdrawn.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.enclosures import check_enclosure
from documents.files import keep, remove
from documents.models import Circular, Delivery, Enclosure
from offices.clock import today
from offices.models import NumberSeries, Province, School, User
from offices.numbers import take_number
from offices.permissions import Can, may

MOST_ENCLOSURES = 20


def locked(circular: Circular, by: User, *, state: str) -> Circular:
    """The circular as it is now, for nobody else to change until we are done; refused in another state."""
    current = Circular.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=circular.pk).first()
    if current is None:
        raise ValidationError(_("Somebody has thrown this away already."), "gone")
    if current.status != state:
        raise ValidationError(
            _("This circular is in the state “%(state)s” by now."),
            "state",
            {"state": current.get_status_display()},
        )
    return current


@transaction.atomic
def enclose(*, circular: Circular, file: IO[bytes], name: str, by: User) -> Enclosure:
    """Add a file to a draft, once it has proved harmless."""
    circular = locked(circular, by, state=Circular.Status.DRAFT)
    if Enclosure.objects.visible_to(by).filter(circular=circular).count() >= MOST_ENCLOSURES:
        raise ValidationError(_("A circular has at most %(most)d enclosures."), "many", {"most": MOST_ENCLOSURES})
    kept = keep(by, name, file, check_enclosure(file, name))
    return Enclosure.objects.create(
        circular=circular, file=kept, school_id=circular.school_id, province_id=circular.province_id
    )


@transaction.atomic
def take_out(*, enclosure: Enclosure, by: User) -> None:
    """Take a file out of a draft again; a circular that this one replaces may still enclose it."""
    locked(enclosure.circular, by, state=Circular.Status.DRAFT)
    Enclosure.objects.visible_to(by).filter(pk=enclosure.pk).delete()
    if not Enclosure.objects.visible_to(by).filter(file=enclosure.file_id).exists():
        remove(enclosure.file)


@transaction.atomic
def send(*, circular: Circular, provinces: Iterable[Province], schools: Iterable[School], by: User) -> Circular:
    """Send a draft to provinces and to schools directly under the department; from then on it stays as it is."""
    circular = locked(circular, by, state=Circular.Status.DRAFT)
    provinces, schools = list(provinces), list(schools)
    if not provinces and not schools:
        raise ValidationError(_("Choose at least one province or school."), "nobody")
    now = timezone.now()
    with pghistory.context(user=by.pk, act="circulars.send"):
        if not circular.number:
            given = take_number(
                kind=NumberSeries.Kind.LETTER, on=circular.dated_on, by=by, purpose=circular.subject[:200]
            )
            circular.number = given.text
        circular.status, circular.sent_by, circular.sent_at = Circular.Status.SENT, by, now
        circular.save(update_fields=["number", "status", "sent_by", "sent_at"])
        Delivery.objects.bulk_create(
            [Delivery(circular=circular, province=place, sent_by=by, sent_at=now) for place in provinces]
            + [Delivery(circular=circular, school=place, sent_by=by, sent_at=now) for place in schools]
        )
        if circular.replaces is not None:
            _replace(circular.replaces, by)
    return circular


def _replace(replaced: Circular, by: User) -> None:
    """What a new one replaces is over, unless it was withdrawn meanwhile."""
    earlier = Circular.objects.visible_to(by).select_for_update(of=("self",)).get(pk=replaced.pk)
    if earlier.is_in_force:
        earlier.status = Circular.Status.REPLACED
        earlier.save(update_fields=["status"])


@transaction.atomic
def correct(*, circular: Circular, by: User) -> Circular:
    """A draft that will replace a circular in force: the same words and enclosures, to be changed and sent."""
    circular = locked(circular, by, state=Circular.Status.SENT)
    begun = Circular.objects.visible_to(by).filter(replaces=circular).first()
    if begun is not None:
        return begun
    with pghistory.context(user=by.pk, act="circulars.correct"):
        written = {name: getattr(circular, name) for name in Circular.WRITTEN}
        draft = Circular.objects.create(
            **written,
            dated_on=today(),
            replaces=circular,
            made_by=by,
            school_id=circular.school_id,
            province_id=circular.province_id,
        )
        Enclosure.objects.bulk_create(
            Enclosure(circular=draft, file=each.file, school_id=each.school_id, province_id=each.province_id)
            for each in Enclosure.objects.visible_to(by).filter(circular=circular).select_related("file")
        )
    return draft


@transaction.atomic
def withdraw(*, circular: Circular, reason: str, by: User) -> None:
    circular = locked(circular, by, state=Circular.Status.SENT)
    with pghistory.context(user=by.pk, act="circulars.withdraw"):
        circular.status, circular.status_reason = Circular.Status.WITHDRAWN, reason
        circular.save(update_fields=["status", "status_reason"])


def not_reached(circular: Circular, user: User) -> QuerySet[School]:
    """The open schools that the user looks after and that have not got the circular."""
    got = Delivery.objects.visible_to(user).filter(circular=circular, school__isnull=False)
    schools = School.objects.visible_to(user).filter(closed_on=None)
    return schools.exclude(pk__in=got.values("school")).order_by("name_order", "pk")


@transaction.atomic
def pass_on(*, circular: Circular, schools: Iterable[School], note: str, by: User) -> int:
    """Pass a circular that one's province has got on to its schools; those that have it already are left alone."""
    circular = locked(circular, by, state=Circular.Status.SENT)
    chosen = not_reached(circular, by).filter(pk__in=[school.pk for school in schools])
    now = timezone.now()
    with pghistory.context(user=by.pk, act="circulars.pass_on"):
        made = Delivery.objects.bulk_create(
            Delivery(
                circular=circular,
                school=school,
                passed_on_by_id=by.province_id,
                note=note,
                sent_by=by,
                sent_at=now,
            )
            for school in chosen
        )
    return len(made)


def mark_opened(*, circular: Circular, by: User) -> None:
    """That somebody of the office has looked at it; the first one counts."""
    own = Delivery.objects.own_of(by).filter(circular=circular, opened_at=None)
    own.update(opened_at=timezone.now(), opened_by=by)


@transaction.atomic
def acknowledge(*, circular: Circular, by: User) -> None:
    """The school of the user says that it has taken note; the first one counts."""
    circular = locked(circular, by, state=Circular.Status.SENT)
    with pghistory.context(user=by.pk, act="circulars.acknowledge"):
        mark_opened(circular=circular, by=by)
        waiting = Delivery.objects.own_of(by).filter(Delivery.WAITING, circular=circular)
        waiting.update(acknowledged_at=timezone.now(), acknowledged_by=by)


def may_change(circular: Circular, user: User) -> bool:
    """Whether it is a draft of who may send."""
    return circular.is_draft and may(user, Can.SEND_CIRCULARS)
