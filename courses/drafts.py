"""What was typed into a course form that is left for a moment, to enter a new curriculum in passing."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from courses.forms import CourseForm

KEY = "courses:draft"
LONGEST = 2000


def keep(request: HttpRequest, place: str) -> None:
    """Keep what was typed into the form at `place`, until somebody comes back there."""
    typed = {name: request.POST.get(name, "")[:LONGEST] for name in CourseForm.Meta.fields}
    request.session[KEY] = {"place": place, "typed": typed}


def take(request: HttpRequest) -> dict[str, Any]:
    """What the form at this address begins with: what was typed before, and the curriculum in the address."""
    kept = request.session.get(KEY)
    curriculum = request.GET.get("curriculum", "")
    chosen = {"curriculum": curriculum} if curriculum.isascii() and curriculum.isdecimal() else {}
    if not kept or kept["place"] != request.path:
        return chosen
    del request.session[KEY]
    return kept["typed"] | chosen
