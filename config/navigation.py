"""What every page shows around itself: the way to the other pages, and the year one is looking at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from offices.permissions import Can, may
from offices.years import chosen_year, years_known


@dataclass(frozen=True)
class Entry:
    """One way out of the page: words, address, icon (an id in static/icons.svg), and who may go there.

    `also` names pages that belong to it and lie elsewhere.
    """

    label: str | Promise
    route: str
    icon: str
    permission: Can
    also: tuple[str, ...] = ()


ENTRIES = (
    Entry(_("Home"), "home", "house", Can.OPEN_HOME),
    Entry(_("Courses"), "courses:list", "journal-text", Can.VIEW_COURSES),
    Entry(_("Trainees"), "trainees:list", "people", Can.VIEW_TRAINEES),
    Entry(_("Supervision"), "supervision:list", "clipboard-check", Can.VIEW_SUPERVISION),
    Entry(_("Indicators"), "reports:indicators", "bar-chart", Can.VIEW_INDICATORS, ("reports:evidence",)),
    Entry(_("Reports"), "reports:list", "file-earmark-spreadsheet", Can.COMPILE_REPORTS),
    Entry(_("Schools"), "offices:schools", "building", Can.VIEW_SCHOOLS),
    Entry(_("Accounts"), "offices:accounts", "person-badge", Can.MANAGE_ACCOUNTS),
    Entry(_("Fiscal years"), "offices:years", "calendar3", Can.VIEW_YEARS),
    Entry(_("My jobs"), "jobs:list", "hourglass-split", Can.WATCH_OWN_JOBS),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context of base.html: `nav`, `fiscal_year`, `fiscal_years`."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"nav": []}
    entries = [entry for entry in ENTRIES if may(user, entry.permission)]
    nearest = max((_nearness(entry, request.path) for entry in entries), default=0)
    shown = [
        {
            "label": entry.label,
            "url": reverse(entry.route),
            "icon": entry.icon,
            "active": 0 < nearest == _nearness(entry, request.path),
        }
        for entry in entries
    ]
    return {"nav": shown, **_years(request)}


def _nearness(entry: Entry, path: str) -> int:
    """How much of the path leads to this entry; 0 where it leads elsewhere."""
    urls = (reverse(route) for route in (entry.route, *entry.also))
    return max((len(url) for url in urls if _is_within(path, url)), default=0)


def _is_within(path: str, url: str) -> bool:
    """The page itself or one below it; everything is below the home page, which only stands for itself."""
    return path == url or (url != reverse("home") and path.startswith(url))


def _years(request: HttpRequest) -> dict[str, Any]:
    return {"fiscal_year": chosen_year(request), "fiscal_years": years_known(request)}
