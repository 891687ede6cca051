"""Thai and Arabic digits, and numbers as Thai staff type and read them (DOMAIN §7)."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from django.utils.translation import gettext_lazy as _

from .typed import Unreadable, tidy

BLANK: Final = "–"
"""What stands where nothing is known: blank is not zero."""

_THAI: Final = "๐๑๒๓๔๕๖๗๘๙"
_TO_ARABIC = str.maketrans(_THAI, "0123456789")
_TO_THAI = str.maketrans("0123456789", _THAI)

_MINUS_SIGNS = str.maketrans("−–", "--")
_NUMBER = re.compile(
    r"[+-]? ?(?:[0-9]+|[0-9]{1,3}(?P<group>[ ,])[0-9]{3}(?:(?P=group)[0-9]{3})*)(?:\.[0-9]+)?"
    r"|[+-]? ?\.[0-9]+"
)
_MOST_CHARACTERS: Final = 40


def to_arabic(text: str) -> str:
    """๒๕๖๙ → 2569; everything else stays."""
    return text.translate(_TO_ARABIC)


def to_thai(text: str) -> str:
    """2569 → ๒๕๖๙; everything else stays."""
    return text.translate(_TO_THAI)


def parse_number(text: str) -> Decimal:
    """Read a number with Thai or Arabic digits; commas or spaces may part its thousands."""
    number = to_arabic(tidy(text)).translate(_MINUS_SIGNS)
    if not number:
        raise Unreadable(_("Enter a number."), "blank")
    if len(number) > _MOST_CHARACTERS:
        raise Unreadable(_("This number is too long."), "too_long")
    if _NUMBER.fullmatch(number):
        return Decimal(number.replace(",", "").replace(" ", ""))
    if re.fullmatch(r"[+-]? ?[0-9][0-9., ]*", number):
        # 1,5 is one and a half to some and a slip to others: never guess at money.
        raise Unreadable(
            _("Put commas between thousands only, and one point before the decimals, as in 1,234.50."),
            "grouping",
        )
    raise Unreadable(_("This is not a number: write digits only, as in 1,234.50."), "not_a_number")


def format_number(value: Decimal | int | float | None, places: int | None = None) -> str:
    """1234.5 → 1,234.5 (as exact as it is, or to so many decimal places); nothing → –."""
    if value is None:
        return BLANK
    exact = Decimal(str(value))
    if not exact.is_finite():
        return BLANK
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{exact:,f}"


def format_percent(share: Decimal | int | float | None) -> str:
    """A share of one as a percentage: 0.625 → 62.5%; a share of nothing → –."""
    if share is None:
        return BLANK
    shown = format_number(Decimal(str(share)) * 100, 1)
    return shown if shown == BLANK else f"{shown}%"
