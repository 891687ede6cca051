"""What is true of a cell in every format: what may stand in it, and what must not be mistaken for a formula."""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from django.utils.functional import Promise

from documents.tables import Value
from offices.thai.dates import BANGKOK

_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # in XML, hence in XLSX
_STARTS_FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def plain(value: Value) -> str | int | float | Decimal | date | None:
    """The value as one of few types: words read out and cleaned, moments on Bangkok's clock, no number as None."""
    if isinstance(value, bool | str | Promise):
        return clean(str(value))
    if isinstance(value, datetime):
        return value.astimezone(BANGKOK).replace(tzinfo=None) if value.tzinfo else value
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, Decimal) and not value.is_finite():
        return None
    return value


def clean(text: str) -> str:
    """Without what XML cannot hold; one kind of line break."""
    return _ILLEGAL.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet program might run this text instead of showing it."""
    return text.startswith(_STARTS_FORMULAS)
