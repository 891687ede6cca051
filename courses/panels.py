"""What higher floors contribute to the pages of a course and of a fair, so that courses/ never imports upward.

They register in their AppConfig.ready(); the page links to each panel or loads it as a fragment, with the
panel's own permission and scope.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from courses.models import Fair
from offices.models import User
from offices.permissions import Can
from offices.scoping import Eyes


@dataclass(frozen=True)
class Panel:
    """A part of the page that somebody else draws: `url_name` takes the course's or fair's primary key as `pk`."""

    title: str | Promise
    url_name: str
    permission: Can
    order: int = 100


@dataclass(frozen=True)
class Move:
    """A change of state that is judged on a higher floor, e.g. opening, which looks at the people."""

    to: str
    url_name: str


Tie = Callable[[User, Fair], str]
"""Why an office cannot leave a fair, because of what it has entered for it; empty when it can."""

Headcount = Callable[[Eyes, Iterable[int]], dict[int, int]]

_panels: list[Panel] = []
_moves: dict[str, Move] = {}
_headcounts: list[Headcount] = []
_fair_panels: list[Panel] = []
_ties: list[Tie] = []


def contribute(*panels: Panel) -> None:
    _panels.extend(panel for panel in panels if panel not in _panels)
    _panels.sort(key=lambda panel: panel.order)


def contribute_to_fairs(*panels: Panel) -> None:
    _fair_panels.extend(panel for panel in panels if panel not in _fair_panels)
    _fair_panels.sort(key=lambda panel: panel.order)


def tie_to_fairs(*ties: Tie) -> None:
    _ties.extend(tie for tie in ties if tie not in _ties)


def judge(*moves: Move) -> None:
    _moves.update({move.to: move for move in moves})


def count_people_with(count: Headcount) -> None:
    """Tell the course lists how many people are on each course (course key → people)."""
    _headcounts[:] = [count]


def panels() -> list[Panel]:
    return list(_panels)


def fair_panels() -> list[Panel]:
    return list(_fair_panels)


def why_part_stays(user: User, fair: Fair) -> str:
    """The first reason why the user's office cannot leave the fair, or an empty string."""
    return next((why for tie in _ties if (why := tie(user, fair))), "")


def move_to(state: str) -> Move | None:
    return _moves.get(state)


def people_on(user: Eyes, courses: Iterable[int]) -> dict[int, int]:
    """People on the roster of each course, none being 0; empty as long as nobody counts."""
    keys = list(courses)
    return dict.fromkeys(keys, 0) | _headcounts[0](user, keys) if _headcounts else {}
