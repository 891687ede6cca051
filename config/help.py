"""Help for each screen of a role, in both languages; the texts are data (help.json)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from offices.models import User
from offices.permissions import Can, may, requires


@dataclass(frozen=True)
class Section:
    """What helps with some screens: who may open them, their routes, the paragraph of the letter they serve."""

    id: str
    may: Can
    routes: tuple[str, ...]
    letter: str
    titles: dict[str, str]
    texts: dict[str, list[str]]

    @property
    def title(self) -> str:
        return self.titles[_language()]

    @property
    def text(self) -> list[str]:
        return self.texts[_language()]

    def covers(self, route: str) -> bool:
        return route in self.routes or f"{route.partition(':')[0]}:*" in self.routes


def _language() -> str:
    return "en" if get_language() == "en" else "th"


def _read() -> tuple[Section, ...]:
    written = json.loads(Path(__file__).with_name("help.json").read_text(encoding="utf-8"))
    return tuple(
        Section(each["id"], Can(each["may"]), tuple(each["routes"]), each["letter"], each["title"], each["text"])
        for each in written
    )


SECTIONS: Final = _read()


@require_safe
@requires(Can.OPEN_HOME)
def help_page(request: HttpRequest) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]
    sections = [section for section in SECTIONS if may(user, section.may)]
    return render(request, "help.html", {"sections": sections})


def help_address(request: HttpRequest) -> str:
    """Where the help for the page one looks at stands."""
    matched = request.resolver_match
    route = matched.view_name if matched else ""
    section = next((each for each in SECTIONS if each.covers(route)), None)
    return reverse("help") + (f"#{section.id}" if section else "")


def help_link(request: HttpRequest) -> dict[str, Any]:
    """Context of base.html: `help_url`."""
    return {"help_url": help_address(request)}
