"""A person's document number: encrypted at rest, masked on screen, recognised by a keyed hash."""

from __future__ import annotations

import re
import uuid
from typing import Final, NamedTuple

from django.utils.translation import gettext_lazy as _

from offices.secrecy import keyed_hash
from offices.thai import national_id
from offices.thai.digits import to_arabic
from offices.thai.typed import Unreadable, tidy
from trainees.models import Trainee

DOCUMENT_FIELDS = (
    "document_kind", "document_number", "document_tail", "person_key", "no_document_reason",
)  # fmt: skip

LONGEST_NUMBER: Final = 30
_PARTING: Final = re.compile(r"[ \-‐‑‒–—−.]")
_NUMBER: Final = re.compile(r"[0-9A-Zก-\u0e3a\u0e40-\u0e4e/]{3,30}")


class Document(NamedTuple):
    """A document's number as it is kept, and whether a leading zero had to be put back."""

    number: str
    zero_was_missing: bool = False


def read_number(kind: str, text: str) -> Document:
    """The number as it is kept: a national ID checked, others without spaces and dashes; else Unreadable."""
    if kind == Trainee.Document.NATIONAL_ID:
        return Document(*national_id.restore_leading_zero(text))
    number = _PARTING.sub("", to_arabic(tidy(text))).upper()
    if not number:
        raise Unreadable(_("Enter the document's number."), "blank")
    if not _NUMBER.fullmatch(number):
        raise Unreadable(_("A document number is 3 to 30 letters and digits."), "not_a_number")
    return Document(number)


def person_key(kind: str, number: str) -> uuid.UUID | None:
    """The same document gives the same key in every school; without a number nobody is recognised."""
    return keyed_hash("person", f"{kind}:{number}") if number else None


def keys_of(text: str) -> set[uuid.UUID]:
    """The keys of everybody whose document this could be, typed in full; its kind need not be known."""
    keys = set()
    for kind in Trainee.Document:
        if kind == Trainee.Document.NONE:
            continue
        try:
            key = person_key(kind, read_number(kind, text).number)
        except Unreadable:
            continue
        if key:
            keys.add(key)
    return keys


def looks_like_a_number(text: str) -> bool:
    """Whether what was typed into a name's box is somebody's document number."""
    return sum(character.isdecimal() for character in text) >= 6


def set_document(trainee: Trainee, kind: str, number: str, *, reason: str = "") -> None:
    """Put the number (already normalised, '' for none) and all that derives from it on the row; saves nothing."""
    trainee.document_kind = kind
    trainee.document_number = number
    trainee.document_tail = number[-3:] if len(number) > 6 else ""
    trainee.person_key = person_key(kind, number)
    trainee.no_document_reason = reason
