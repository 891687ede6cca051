"""Links that open without signing in: signed, for one purpose, for so many days, each to one row of a school.

A token holds the row's key, its school and the day it was made; nothing of it is stored. Wrong, old and foreign
tokens cannot be told apart from outside, and whoever asks too often is asked to wait.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import Any, Final

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from offices.scoping import Eyes, OfficeEyes

WINDOW: Final = 600
"""Seconds over which requests are counted."""


class DeadLink(LookupError):
    """The link opens nothing (any more). A public view may raise it, too."""


@dataclass(frozen=True)
class Opened:
    """What a link names: a row's key, and the eyes of the school that gave the link out, to find it with.

    `part` is a number that the purpose gives a meaning to, such as which of several questionnaires.
    """

    pk: int
    eyes: Eyes
    part: int = 0


@dataclass(frozen=True)
class Purpose:
    """What a link is for. A token of one purpose opens nothing of another.

    One link `for_many` hangs on a wall: it may be asked for as often as one address may ask.
    """

    name: str
    for_many: bool = False

    def token(self, *, pk: int, school_id: int, part: int = 0) -> str:
        return self._signer().sign(f"{school_id}-{pk}-{part}")

    def opened(self, token: str) -> Opened:
        try:
            said = self._signer().unsign(token, max_age=timedelta(days=settings.LINK_DAYS))
            school_id, pk, part = (int(number) for number in said.split("-"))
        except (signing.BadSignature, ValueError):
            raise DeadLink from None
        return Opened(pk, OfficeEyes(school_id=school_id), part)

    def _signer(self) -> signing.TimestampSigner:
        return signing.TimestampSigner(salt=f"offices.links.{self.name}", sep=".")


def public(purpose: Purpose) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A view for whoever holds a link of this purpose; it gets what the link names in place of the token."""

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @login_not_required
        @never_cache
        @wraps(view)
        def guarded(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponse:
            if _too_often(request, token, purpose):
                return render(request, "public/too_often.html", status=429)
            try:
                return view(request, purpose.opened(token), *args, **kwargs)
            except DeadLink:
                return render(request, "public/dead_link.html", status=404)

        guarded.purpose = purpose  # type: ignore[attr-defined]
        return guarded

    return decorate


def _too_often(request: HttpRequest, token: str, purpose: Purpose) -> bool:
    """More than a person would ask, from this address or of this link."""
    address = get_adapter(request).get_client_ip(request)
    digest = hashlib.sha256(token.encode()).hexdigest()  # the cache holds no link that works
    asked_from = _counted(f"links:from:{address}")
    asked_of = _counted(f"links:of:{digest}")
    of_link = settings.LINK_ASKS_PER_ADDRESS if purpose.for_many else settings.LINK_ASKS_PER_LINK
    return asked_from > settings.LINK_ASKS_PER_ADDRESS or asked_of > of_link


def _counted(key: str) -> int:
    """How often `key` was counted in its present window, this time included."""
    cache.add(key, 0, WINDOW)
    try:
        return cache.incr(key)
    except ValueError:  # the window ended between the two lines
        return 1
