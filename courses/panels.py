"""What higher floors contribute to the course page, so that courses/ never imports upward.

They register in their AppConfig.ready(); the page links to each panel or loads it as a fragment, with the
panel's own permission and scope.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from offices.permissions import Can
from offices.scoping import Eyes


@dataclass(frozen=True)
class Panel:
    """A part of the course page that somebody else draws: `url_name` takes the course's primary key as `pk`."""

    title: str | Promise
    url_name: str
    permission: Can
    order: int = 100


@dataclass(frozen=True)
class Move:
    """A change of state that is judged on a higher floor, e.g. opening, which looks at the people."""

    to: str
    url_name: str


Headcount = Callable[[Eyes, Iterable[int]], dict[int, int]]

_panels: list[Panel] = []
_moves: dict[str, Move] = {}
_headcounts: list[Headcount] = []


def contribute(*panels: Panel) -> None:
    _panels.extend(panel for panel in panels if panel not in _panels)
    _panels.sort(key=lambda panel: panel.order)


def judge(*moves: Move) -> None:
    _moves.update({move.to: move for move in moves})


def count_people_with(count: Headcount) -> None:
    """Tell the course lists how many people are on each course (course key → people)."""
    _headcounts[:] = [count]


def panels() -> list[Panel]:
    return list(_panels)


def move_to(state: str) -> Move | None:
    return _moves.get(state)


def people_on(user: Eyes, courses: Iterable[int]) -> dict[int, int]:
    """People on the roster of each course, none being 0; empty as long as nobody counts."""
    keys = list(courses)
    return dict.fromkeys(keys, 0) | _headcounts[0](user, keys) if _headcounts else {}
