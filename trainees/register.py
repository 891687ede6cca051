"""Acts on a person's row in the register, and the search for the same person entered twice."""

from __future__ import annotations

import uuid
from datetime import date
from difflib import SequenceMatcher
from typing import Final

import pghistory
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from offices.models import Disclosure, User
from trainees.identity import DOCUMENT_FIELDS, person_key, set_document
from trainees.models import Trainee

ALIKE: Final = 0.85
FEW: Final = 3
MOST_COMPARED: Final = 300


def twin_of(user: User, key: uuid.UUID | None, *, other_than: Trainee | None = None) -> Trainee | None:
    """The row of the same document in the user's own register. Nothing is ever said of other registers."""
    if key is None:
        return None
    rows = Trainee.objects.visible_to(user).filter(school=user.school_id, person_key=key)
    if other_than is not None:
        rows = rows.exclude(pk=other_than.pk)
    return rows.defer(*Trainee.ENCRYPTED).first()


def people_like(user: User, first_name: str, surname: str, birth: date | None) -> list[Trainee]:
    """The few rows of the user's own register that may be the same person: alike in name, not apart in birth."""
    sought = f"{first_name} {surname}".strip()
    near = Q(first_name__iexact=first_name)
    if surname:
        near |= Q(surname__iexact=surname)
    if birth:
        near |= Q(birth_date=birth)
    rows = (
        Trainee.objects.visible_to(user)
        .filter(Trainee.KNOWN, near, school=user.school_id)
        .defer(*Trainee.ENCRYPTED)
    )
    if birth:
        rows = rows.filter(Q(birth_date=None) | Q(birth_date__year=birth.year))
    ranked = [(SequenceMatcher(None, sought, row.sorting_name).ratio(), row) for row in rows[:MOST_COMPARED]]
    alike = [(ratio, row) for ratio, row in ranked if ratio >= ALIKE]
    return [row for _ratio, row in sorted(alike, key=lambda pair: -pair[0])[:FEW]]


@transaction.atomic
def mend_document(
    *, trainee: Trainee, kind: str, number: str, why_none: str = "", reason: str, by: User
) -> Trainee:
    """Put the right document in the place of a wrong one; the person keeps all enrolments."""
    row = Trainee.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=trainee.pk).first()
    if row is None:
        raise ValidationError(_("Somebody has thrown this away meanwhile."))
    twin = twin_of(by, person_key(kind, number), other_than=row)
    if twin is not None:
        raise ValidationError(
            _("This document belongs to somebody else in your register: %(name)s.") % {"name": twin}, "twin"
        )
    set_document(row, kind, number, reason=why_none)
    with pghistory.context(user=by.pk, act="trainee.mend_document", reason=reason):
        row.save(update_fields=DOCUMENT_FIELDS)
    return row


@transaction.atomic
def reveal(*, trainee: Trainee, by: User, reason: str = "") -> str:
    """The full number, for one look; the look is written down first."""
    if trainee.document_kind == Trainee.Document.NONE:
        raise ValidationError(_("This person has no document: there is nothing to show."))
    Disclosure.objects.create(
        school_id=trainee.school_id,
        act=Disclosure.Act.REVEAL,
        subject=Trainee._meta.label,
        subject_id=trainee.pk,
        reason=reason,
        by=by,
    )
    return trainee.document_number
