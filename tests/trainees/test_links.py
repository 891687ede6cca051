"""Addresses on the web: which are taken, which are refused and why, what people are shown of them."""

import pytest

from offices.thai.typed import Unreadable
from trainees.links import host_of, read_link


@pytest.mark.parametrize(
    "typed, link, host",
    [
        ("https://www.facebook.com/ourshop", "https://www.facebook.com/ourshop", "www.facebook.com"),
        ("facebook.com/ourshop?a=1#b", "https://facebook.com/ourshop?a=1#b", "facebook.com"),
        ("HTTP://Shop.Example.co.th", "http://Shop.Example.co.th", "shop.example.co.th"),
        ("  \u200bline.me/ti/p/@shop ", "https://line.me/ti/p/@shop", "line.me"),
        ("shop.example.com:8443/x", "https://shop.example.com:8443/x", "shop.example.com"),
        ("https://ร้านค้า.ไทย/ขนม", "https://ร้านค้า.ไทย/ขนม", "ร้านค้า.ไทย"),
        ("https://xn--o3cw4h.xn--o3cw4h", "https://xn--o3cw4h.xn--o3cw4h", "xn--o3cw4h.xn--o3cw4h"),
        ("", "", ""),
    ],
)
def test_an_address_is_taken_as_people_type_it(typed, link, host):
    assert read_link(typed) == link
    assert host_of(link) == host


@pytest.mark.parametrize(
    "typed, code",
    [
        ("javascript:alert(1)", "not_a_link"),
        ("javascript://shop.example.com/%0aalert(1)", "scheme"),
        ("data:text/html,<script>alert(1)</script>", "not_a_link"),
        ("ftp://shop.example.com", "scheme"),
        ("file:///etc/passwd", "not_a_link"),
        ("https://facebook.com@evil.example.com", "secret"),
        ("https://user:password@shop.example.com", "secret"),
        ("https://evil.example.com\\@facebook.com", "not_a_link"),
        ("//evil.example.com", "not_a_link"),
        ("http://localhost/x", "not_a_link"),
        ("http://127.0.0.1/x", "not_a_link"),
        ("http://2130706433/", "not_a_link"),
        ("http://0x7f.1/", "not_a_link"),
        ("http://[::1]/", "not_a_link"),
        ("http://[::1", "not_a_link"),
        ("http://printer.local/", "private"),
        ("http://wiki.corp", "private"),
        ("https://shop.example.com:99999/", "not_a_link"),
        ("https://fаcebook.com/", "not_a_link"),  # its second letter is Cyrillic
        ("https://-shop.example.com/", "not_a_link"),
        ("https://shop..example.com/", "not_a_link"),
        ("https://ร้าน ค้า.com", "not_a_link"),
        ("ร้านป้าแดง หน้าวัด", "not_a_link"),
        ("@ourshop", "not_a_link"),
        ("https://", "not_a_link"),
    ],
)
def test_what_is_no_address_or_plays_a_trick_is_refused_with_the_reason(typed, code):
    with pytest.raises(Unreadable) as refusal:
        read_link(typed)
    assert refusal.value.code == code
    assert any("\u0e00" <= letter <= "\u0e7f" for letter in str(refusal.value))
