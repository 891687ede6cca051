"""Telephone numbers: text, never a number. A spreadsheet eats the zero in front (DOMAIN §7)."""

import re
from typing import Final, NamedTuple

from django.utils.translation import gettext_lazy as _

from .digits import to_arabic
from .typed import Unreadable, tidy

ZERO_RESTORED: Final = _("The leading zero of the phone number, which a spreadsheet had dropped, was put back.")

_PHONE = re.compile(r"[0-9+][0-9+\-() ,/]*")
_NOT_DIGITS = re.compile(r"[ \-()]")
# Mobile numbers have nine digits behind the zero, numbers of houses and offices eight.
_WITHOUT_ZERO = re.compile(r"[689][0-9]{8}|[2-57][0-9]{7}")


class Restored(NamedTuple):
    """A number as it is kept, and whether its leading zero had to be put back: if so, say ZERO_RESTORED."""

    number: str
    zero_was_missing: bool


def restore_leading_zero(text: str) -> Restored:
    """The number as it was typed, in Arabic digits; several may stand behind one another. '' stays ''."""
    typed = to_arabic(tidy(text))
    if typed and not _PHONE.fullmatch(typed):
        raise Unreadable(_("A phone number is digits, such as 081-234-5678."), "not_a_number")
    if _WITHOUT_ZERO.fullmatch(_NOT_DIGITS.sub("", typed)) and typed[0].isdigit():
        return Restored(f"0{typed}", True)
    return Restored(typed, False)
