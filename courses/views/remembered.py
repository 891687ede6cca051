"""A list comes back as it was left: the last filter is kept in the session, and shown in the address."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.shortcuts import redirect

CLEAR = "clear"
LONGEST = 1000


def remembered(key: str) -> Callable[..., Any]:
    """Keep what a list was asked for under `key`; asked for nothing, ask for that again. ?clear=1 forgets."""

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if CLEAR in request.GET:
                request.session.pop(key, None)
                return redirect(request.path)
            if not request.GET and request.session.get(key):
                return redirect(f"{request.path}?{request.session[key]}")
            asked = _asked(request)
            if request.GET and request.session.get(key, "") != asked:
                request.session[key] = asked
            return view(request, *args, **kwargs)

        return kept

    return decorate


def _asked(request: HttpRequest) -> str:
    """The filter in the address, without the page one stood on and what was left empty."""
    asked = request.GET.copy()
    for name in list(asked):
        if name == "page" or not asked[name]:
            del asked[name]
    typed = asked.urlencode()
    return typed if len(typed) <= LONGEST else ""
