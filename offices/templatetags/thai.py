"""Thai dates, digits, numbers and masked IDs in templates; what is not known shows as –."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from django import template
from django.utils.translation import get_language

from offices.thai import dates, digits, national_id
from offices.thai.baht import baht_words

register = template.Library()

# A name that a template does not know arrives as "".
Figure = Decimal | int | float | Literal[""] | None


def _day(moment: date) -> date:
    """The day in Bangkok: an evening's UTC date is yesterday's."""
    return moment.astimezone(dates.BANGKOK) if isinstance(moment, datetime) and moment.tzinfo else moment


@register.filter
def thai_date(day: date | None) -> str:
    """16 ม.ค. 2569"""
    return dates.short_date(_day(day)) if day else digits.BLANK


@register.filter
def thai_date_long(day: date | None) -> str:
    """16 มกราคม 2569"""
    return dates.long_date(_day(day)) if day else digits.BLANK


@register.filter
def thai_datetime(moment: datetime | None) -> str:
    """16 ม.ค. 2569 14:05 น., on Bangkok's clock."""
    return dates.short_datetime(moment) if moment else digits.BLANK


@register.filter
def unbroken(text: str) -> str:
    """The same, staying on one line: a day in the midst of a sentence."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


@register.filter(is_safe=True)
def thai_digits(value: object) -> str:
    """๒๕๖๙"""
    return digits.BLANK if value is None else digits.to_thai(str(value))


@register.filter
def number(value: Figure, places: int | None = None) -> str:
    """1,234.50; with an argument, to so many decimal places."""
    return digits.format_number(None if value == "" else value, places)


@register.filter
def in_thai_words(amount: Decimal) -> str:
    """(หนึ่งร้อยบาทถ้วน), beside a sum of money, as papers have it; nothing for who reads another language."""
    return f"({baht_words(amount)})" if get_language() == "th" else ""


@register.filter
def plain_number(value: Decimal) -> str:
    """3, 0.5, 1,000: without the zeros that its column adds."""
    return digits.format_number(value.normalize())


@register.filter
def percent(share: Figure) -> str:
    """62.5% of a share such as 0.625."""
    return digits.format_percent(None if share == "" else share)


@register.filter
def masked_id(national: str | None) -> str:
    """x-xxxx-xxxxx-12-3"""
    return national_id.masked(national) if national else digits.BLANK
