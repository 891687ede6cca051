"""Addresses on the web as people type them. They are checked for form only and never fetched.

Whoever follows a link shall see where it leads: no name or password before the host, no bare number for a host,
no letters of other scripts that only look like ours.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import SplitResult, urlsplit

from django.utils.translation import gettext_lazy as _

from offices.thai.typed import Unreadable, tidy

SCHEMES: Final = frozenset({"http", "https"})
_SCHEME = re.compile(
    r"[a-z][a-z0-9+.-]*:(?![0-9]+(?:[/?#]|$))", re.IGNORECASE
)  # not the port of shop.example:8080
_LABEL = r"(?!-)[a-z0-9\u0e01-\u0e4e-]{1,63}(?<!-)"
_HOST = re.compile(rf"(?:{_LABEL}\.)+(?=[a-z\u0e01-\u0e4e]){_LABEL}")
_AT_HOME: Final = (".local", ".localhost", ".internal", ".intranet", ".lan", ".home", ".corp", ".test", ".invalid")


def read_link(text: str) -> str:
    """The address, with https:// before it where nothing was typed; refused with the reason."""
    link = tidy(text)
    if not link:
        return ""
    if not _SCHEME.match(link):
        link = f"https://{link}"
    parts = _parts(link)
    if parts is None or parts.netloc.startswith("@") or " " in link or "\\" in link:
        raise _no_address()
    if parts.scheme.lower() not in SCHEMES:
        raise Unreadable(_("Only addresses that begin with http:// or https:// can be links."), "scheme")
    if "@" in parts.netloc:
        raise Unreadable(
            _("Leave out what stands before the @: a link may not hold a name or password."), "secret"
        )
    host = host_of(link)
    if not _HOST.fullmatch(host) or len(host) > 253:
        raise _no_address()
    if f".{host}".endswith(_AT_HOME):
        raise Unreadable(_("Nobody outside can open this address: it leads into one's own network."), "private")
    return parts.scheme.lower() + link[len(parts.scheme) :]


def host_of(link: str) -> str:
    """The host that a link leads to: what people are shown."""
    parts = _parts(link)
    return (parts.hostname or "") if parts else ""


def _parts(link: str) -> SplitResult | None:
    try:
        parts = urlsplit(link)
        return parts if parts.netloc and (parts.port is None or parts.port > 0) else None
    except ValueError:  # half an IPv6 address, or a port that is no number
        return None


def _no_address() -> Unreadable:
    return Unreadable(
        _(
            "This is not an address on the web: write it as https://www.facebook.com/ourshop. "
            "A name or an ID belongs into the address or place."
        ),
        "not_a_link",
    )
