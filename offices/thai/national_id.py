"""The 13-digit number of a Thai national ID card: read, checked, shown, hidden (DOMAIN §7)."""

import re
from typing import Final, NamedTuple

from django.utils.translation import gettext_lazy as _

from .digits import to_arabic
from .typed import Unreadable, tidy

LENGTH: Final = 13
ZERO_RESTORED: Final = _("The leading zero that a spreadsheet had dropped was put back.")

_DASHES = re.compile(r"[ \-‐‑‒–—−.]")
_HIDDEN: Final = "x-xxxx-xxxxx-xx-x"


class Restored(NamedTuple):
    """An ID, and whether a leading zero had to be put back: if so, say ZERO_RESTORED."""

    digits: str
    zero_was_missing: bool


def normalise(text: str) -> str:
    """The 13 digits of what was typed, with or without dashes, in either digits; refused unless right."""
    digits = _digits(text)
    if len(digits) != LENGTH:
        raise Unreadable(
            _("A national ID has 13 digits; this one has %(count)d."), "length", {"count": len(digits)}
        )
    if check_digit(digits[:-1]) != digits[-1]:
        raise Unreadable(
            _("The check digit of this national ID is wrong: compare every digit with the card."),
            "check_digit",
        )
    return digits


def restore_leading_zero(text: str) -> Restored:
    """Like `normalise`, but 12 digits that a zero in front makes right had it eaten by a spreadsheet."""
    digits = _digits(text)
    if len(digits) == LENGTH - 1 and is_valid(f"0{digits}"):
        return Restored(f"0{digits}", True)
    return Restored(normalise(text), False)


def is_valid(text: str) -> bool:
    """Whether `normalise` would take it."""
    try:
        normalise(text)
    except Unreadable:
        return False
    return True


def check_digit(first_twelve: str) -> str:
    """The 13th digit that belongs to the first twelve."""
    total = sum(int(digit) * weight for digit, weight in zip(first_twelve, range(LENGTH, 1, -1), strict=True))
    return str((11 - total % 11) % 10)


def dashed(digits: str) -> str:
    """1234567890121 → 1-2345-67890-12-1, as on the card."""
    return f"{digits[0]}-{digits[1:5]}-{digits[5:10]}-{digits[10:12]}-{digits[12:]}"


def masked(digits: str) -> str:
    """x-xxxx-xxxxx-12-1: the last three digits only, and none of a number that is no national ID."""
    if not re.fullmatch(f"[0-9]{{{LENGTH}}}", digits):
        return _HIDDEN
    return _HIDDEN[:-4] + dashed(digits)[-4:]


def _digits(text: str) -> str:
    digits = _DASHES.sub("", to_arabic(tidy(text)))
    if not digits:
        raise Unreadable(_("Enter a national ID."), "blank")
    if not re.fullmatch("[0-9]+", digits):
        raise Unreadable(_("A national ID is digits only, such as 1-2345-67890-12-1."), "not_digits")
    return digits
