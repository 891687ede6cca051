from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offices.thai.baht import baht_words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "ศูนย์บาทถ้วน"),
        ("1", "หนึ่งบาทถ้วน"),
        ("10", "สิบบาทถ้วน"),
        ("11", "สิบเอ็ดบาทถ้วน"),
        ("20", "ยี่สิบบาทถ้วน"),
        ("21", "ยี่สิบเอ็ดบาทถ้วน"),
        ("100", "หนึ่งร้อยบาทถ้วน"),
        ("101", "หนึ่งร้อยเอ็ดบาทถ้วน"),
        ("111", "หนึ่งร้อยสิบเอ็ดบาทถ้วน"),
        ("121", "หนึ่งร้อยยี่สิบเอ็ดบาทถ้วน"),
        ("1200", "หนึ่งพันสองร้อยบาทถ้วน"),
        ("15000", "หนึ่งหมื่นห้าพันบาทถ้วน"),
        ("987654", "เก้าแสนแปดหมื่นเจ็ดพันหกร้อยห้าสิบสี่บาทถ้วน"),
        ("1000000", "หนึ่งล้านบาทถ้วน"),
        ("1000001", "หนึ่งล้านเอ็ดบาทถ้วน"),
        ("11000000", "สิบเอ็ดล้านบาทถ้วน"),
        ("21000021", "ยี่สิบเอ็ดล้านยี่สิบเอ็ดบาทถ้วน"),
        ("1000000000000", "หนึ่งล้านล้านบาทถ้วน"),
        ("2500000.25", "สองล้านห้าแสนบาทยี่สิบห้าสตางค์"),
        ("0.01", "หนึ่งสตางค์"),
        ("0.11", "สิบเอ็ดสตางค์"),
        ("0.5", "ห้าสิบสตางค์"),
        ("1.01", "หนึ่งบาทหนึ่งสตางค์"),
        ("100.00", "หนึ่งร้อยบาทถ้วน"),
        ("-121.50", "ลบหนึ่งร้อยยี่สิบเอ็ดบาทห้าสิบสตางค์"),
        ("-0", "ศูนย์บาทถ้วน"),
    ],
)
def test_sums_in_words(amount, words):
    assert baht_words(Decimal(amount)) == words


@pytest.mark.parametrize("amount", ["0.001", "1.999", "NaN", "Infinity"])
def test_a_part_of_a_satang_is_refused_and_not_rounded(amount):
    with pytest.raises(ValueError, match="Not a sum"):
        baht_words(Decimal(amount))


def test_a_float_is_refused():
    with pytest.raises(TypeError, match="Decimal"):
        baht_words(0.1)


SPOKEN = ["ศูนย์", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า"]


def heard(words):
    """The number somebody hears in spoken Thai: written from the listener's side, to check the speaker."""
    if "ล้าน" in words:
        millions, rest = words.rsplit("ล้าน", 1)
        return heard(millions) * 10**6 + (heard(rest) if rest else 0)
    total = 0
    for place, value in (("แสน", 10**5), ("หมื่น", 10**4), ("พัน", 10**3), ("ร้อย", 100), ("สิบ", 10)):
        if place in words:
            digit, words = words.split(place, 1)
            total += value * ({"": 1, "ยี่": 2}.get(digit) or SPOKEN.index(digit))
    if not words:
        return total
    return total + (1 if words == "เอ็ด" else SPOKEN.index(words))


@given(st.decimals(min_value=0, max_value=10**14, places=2))
def test_a_listener_hears_the_same_sum(amount):
    words = baht_words(amount)
    baht, _, satang = words.rpartition("บาท")
    satang = satang.removesuffix("ถ้วน").removesuffix("สตางค์")
    assert Decimal(heard(baht) if baht else 0) + Decimal(heard(satang) if satang else 0) / 100 == amount


@given(st.decimals(min_value="0.01", max_value=10**9, places=2))
def test_a_negative_sum_is_the_same_words_after_minus(amount):
    assert baht_words(-amount) == "ลบ" + baht_words(amount)
