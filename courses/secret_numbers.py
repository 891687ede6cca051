"""An instructor's two numbers: encrypted at rest, masked on screen, seen in full by a logged act only."""

from __future__ import annotations

import re
import uuid
from typing import Final, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from courses.models import Instructor
from offices.models import Disclosure, User
from offices.secrecy import keyed_hash
from offices.thai import national_id
from offices.thai.digits import to_arabic
from offices.thai.typed import Unreadable, tidy

NUMBER_FIELDS = ("national_id", "national_id_tail", "person_key", "bank_account", "bank_account_tail")
SHOWN: Final = 3
_PARTING = re.compile(r"[ \-‐‑‒–—−.]")
_ACCOUNT = re.compile(r"[0-9]{6,20}")


class Numbers(NamedTuple):
    """Both numbers as a person reads them, for one look."""

    national_id: str
    bank_account: str


def read_account(text: str) -> str:
    """A bank account's digits, without what parts them; '' where nothing was typed."""
    digits = _PARTING.sub("", to_arabic(tidy(text)))
    if digits and not _ACCOUNT.fullmatch(digits):
        raise Unreadable(_("A bank account is 6 to 20 digits, such as 123-4-56789-0."), "not_an_account")
    return digits


def key_of(number: str) -> uuid.UUID | None:
    """The same person gives the same key within this register; no trainee is recognised by it."""
    return keyed_hash("instructor", number) if number else None


def set_national_id(instructor: Instructor, number: str) -> None:
    instructor.national_id, instructor.national_id_tail = number, number[-SHOWN:]
    instructor.person_key = key_of(number)


def set_bank_account(instructor: Instructor, number: str) -> None:
    instructor.bank_account, instructor.bank_account_tail = number, number[-SHOWN:]


@transaction.atomic
def reveal(*, instructor: Instructor, by: User, reason: str = "") -> Numbers:
    """Both numbers in full, for one look; the look is written down first."""
    if not (instructor.national_id_tail or instructor.bank_account_tail):
        raise ValidationError(_("No number of this instructor is kept: there is nothing to show."))
    Disclosure.objects.create(
        school_id=instructor.school_id,
        act=Disclosure.Act.REVEAL,
        subject=Instructor._meta.label,
        subject_id=instructor.pk,
        reason=reason,
        by=by,
    )
    number = instructor.national_id
    return Numbers(national_id.dashed(number) if number else "", instructor.bank_account)
