"""What every page shows around itself: the way to the other pages, and the year one is looking at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from offices.permissions import Can, may
from offices.years import chosen_year, years_known


@dataclass(frozen=True)
class Entry:
    """One way out of the page: words, address, icon (an id in static/icons.svg), and who may go there.

    `also` names routes, and `beside` the beginnings of addresses, that belong to it and lie elsewhere: what is
    done on one course belongs to the courses, whichever list one came from.
    """

    label: str | Promise
    route: str
    icon: str
    permission: Can
    also: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """Entries that belong together; the first section stands without a heading."""

    label: str | Promise
    entries: tuple[Entry, ...]


SECTIONS = (
    Section("", (Entry(_("Home"), "home", "house", Can.OPEN_HOME),)),
    Section(
        pgettext_lazy("menu", "Teaching"),
        (
            Entry(_("Projects"), "courses:projects", "kanban", Can.VIEW_COURSES),
            Entry(
                _("Need surveys"),
                "courses:surveys",
                "ui-checks-grid",
                Can.VIEW_COURSES,
                beside=("/courses/answers/",),
            ),
            Entry(
                _("Courses"),
                "courses:list",
                "journal-text",
                Can.VIEW_COURSES,
                beside=("/trainees/courses/", "/trainees/enrolments/", "/courses/partners/parts/"),
            ),
            Entry(_("Instructors"), "courses:instructors", "mortarboard", Can.VIEW_COURSES),
            Entry(_("Trainees"), "trainees:list", "people", Can.VIEW_TRAINEES),
            Entry(_("Partners"), "courses:partners", "link-45deg", Can.VIEW_PARTNERS),
        ),
    ),
    Section(
        pgettext_lazy("menu", "What comes of it"),
        (
            Entry(_("Satisfaction"), "trainees:satisfaction_list", "emoji-smile", Can.VIEW_OUTCOMES),
            Entry(_("Follow-up"), "trainees:follow_up_list", "telephone", Can.VIEW_OUTCOMES),
            Entry(
                _("Products"),
                "trainees:products",
                "shop",
                Can.VIEW_PRODUCTS,
                beside=("/trainees/assessments/", "/trainees/product-photos/"),
            ),
            Entry(_("Sales channels"), "trainees:channel_list", "basket", Can.VIEW_PRODUCTS),
            Entry(_("Groups and enterprises"), "trainees:group_list", "diagram-3", Can.VIEW_PRODUCTS),
            Entry(_("Fairs"), "courses:fairs", "flag", Can.VIEW_FAIRS, beside=("/trainees/fairs/",)),
            Entry(_("Supervision"), "supervision:list", "clipboard-check", Can.VIEW_SUPERVISION),
            Entry(_("Indicators"), "reports:indicators", "bar-chart", Can.VIEW_INDICATORS, ("reports:evidence",)),
            Entry(_("Targets"), "reports:targets", "bullseye", Can.VIEW_INDICATORS),
            Entry(_("Reports"), "reports:list", "file-earmark-spreadsheet", Can.COMPILE_REPORTS),
        ),
    ),
    Section(
        pgettext_lazy("menu", "The office"),
        (
            Entry(pgettext_lazy("menu", "Money"), "money:overview", "cash-coin", Can.VIEW_MONEY),
            Entry(_("Circulars"), "documents:circulars", "envelope", Can.VIEW_CIRCULARS),
            Entry(_("Signers and numbers"), "offices:signers", "pencil-square", Can.VIEW_SIGNERS),
            Entry(_("Schools"), "offices:schools", "building", Can.VIEW_SCHOOLS),
            Entry(
                _("Accounts"),
                "offices:accounts",
                "person-badge",
                Can.MANAGE_ACCOUNTS,
                ("offices:invitations", "documents:invitations"),
            ),
            Entry(_("Fiscal years"), "offices:years", "calendar3", Can.VIEW_YEARS, ("offices:holidays",)),
            Entry(_("My jobs"), "jobs:list", "hourglass-split", Can.WATCH_OWN_JOBS),
        ),
    ),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context of base.html: `nav` (sections: label, entries), `fiscal_year`, `fiscal_years`."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"nav": []}
    shown = [(s.label, [e for e in s.entries if may(user, e.permission)]) for s in SECTIONS]
    nearest = max((_nearness(entry, request.path) for _label, several in shown for entry in several), default=0)
    nav = [
        {"label": label, "entries": [_shown(entry, request.path, nearest) for entry in several]}
        for label, several in shown
        if several
    ]
    return {"nav": nav, **_years(request)}


def _shown(entry: Entry, path: str, nearest: int) -> dict[str, Any]:
    return {
        "label": entry.label,
        "url": reverse(entry.route),
        "icon": entry.icon,
        "active": 0 < nearest == _nearness(entry, path),
    }


def _nearness(entry: Entry, path: str) -> int:
    """How much of the path leads to this entry; 0 where it leads elsewhere."""
    urls = [*map(reverse, (entry.route, *entry.also)), *entry.beside]
    return max((len(url) for url in urls if _is_within(path, url)), default=0)


def _is_within(path: str, url: str) -> bool:
    """The page itself or one below it; everything is below the home page, which only stands for itself."""
    return path == url or (url != reverse("home") and path.startswith(url))


def _years(request: HttpRequest) -> dict[str, Any]:
    return {"fiscal_year": chosen_year(request), "fiscal_years": years_known(request)}
