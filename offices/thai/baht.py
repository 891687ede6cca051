"""Sums of money in Thai words, as receipts and approval memos print them (Forms 16–19)."""

from decimal import Decimal
from typing import Final

_DIGITS: Final = ["ศูนย์", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า"]
_PLACES: Final = ("", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน")
_MILLION: Final = 1_000_000


def baht_words(amount: Decimal | int) -> str:
    """121 → หนึ่งร้อยยี่สิบเอ็ดบาทถ้วน; satang are spoken, and a part of a satang is refused, never rounded."""
    if isinstance(amount, float):
        raise TypeError("Money is a Decimal: a float has lost its satang already.")
    satang_in_all = Decimal(amount).copy_abs() * 100
    if not satang_in_all.is_finite() or satang_in_all != satang_in_all.to_integral_value():
        raise ValueError(f"Not a sum of baht and satang: {amount}")
    baht, satang = divmod(int(satang_in_all), 100)
    sign = "ลบ" if amount < 0 else ""
    if not satang:
        return f"{sign}{_spoken(baht)}บาทถ้วน"
    whole = f"{_spoken(baht)}บาท" if baht else ""
    return f"{sign}{whole}{_spoken(satang)}สตางค์"


def _spoken(number: int) -> str:
    if number < 10:
        return _DIGITS[number]
    millions, rest = divmod(number, _MILLION)
    spoken = f"{_spoken(millions)}ล้าน" if millions else ""
    for place, digit in zip(range(5, -1, -1), f"{rest:06}", strict=True):
        spoken += _spoken_digit(int(digit), place, first=not spoken)
    return spoken


def _spoken_digit(digit: int, place: int, *, first: bool) -> str:
    match digit, place:
        case 0, _:
            return ""
        case 1, 0 if not first:
            return "เอ็ด"
        case 1, 1:
            return "สิบ"
        case 2, 1:
            return "ยี่สิบ"
        case _:
            return _DIGITS[digit] + _PLACES[place]
