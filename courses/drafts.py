"""What was typed into a course form that is left for a moment, and what an address begins a new form with."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from courses.forms import CourseForm
from courses.models import FoundBy
from offices.thai.typed import tidy

KEY = "courses:draft"
LONGEST = 2000
SEVERAL = ("needs_found",)


def keep(request: HttpRequest, place: str) -> None:
    """Keep what was typed into the form at `place`, until somebody comes back there."""
    typed: dict[str, Any] = {name: request.POST.get(name, "")[:LONGEST] for name in CourseForm.Meta.fields}
    typed |= {name: _ways(request.POST.getlist(name)) for name in SEVERAL}
    request.session[KEY] = {"place": place, "typed": typed}


def take(request: HttpRequest) -> dict[str, Any]:
    """What the form at this address begins with: what was typed before, and what the address chooses."""
    kept = request.session.get(KEY)
    chosen = _chosen(request)
    if not kept or kept["place"] != request.path:
        return chosen
    del request.session[KEY]
    return kept["typed"] | chosen


def _chosen(request: HttpRequest) -> dict[str, Any]:
    """Curriculum and project by their keys; a name and how needs were found, as a survey suggests them."""
    keys = {name: request.GET.get(name, "") for name in ("curriculum", "project")}
    chosen: dict[str, Any] = {name: key for name, key in keys.items() if key.isascii() and key.isdecimal()}
    if name := tidy(request.GET.get("name", ""))[:200]:
        chosen["name"] = name
    if ways := _ways(request.GET.getlist("needs_found")):
        chosen["needs_found"] = ways
    return chosen


def _ways(typed: list[str]) -> list[str]:
    return [way for way in FoundBy.values if way in typed]
