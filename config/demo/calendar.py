"""When the demo's courses take place and how far each one is: a year nearly over, and one that has only begun.

The days are fixed, so that the same data comes out whenever it is made; the story is told from `STORY_DAY`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from config.demo import DEMO_YEAR
from courses.models import Course
from offices.thai.dates import fiscal_year_bounds

State = Course.Status
FIRST_DAY, LAST_DAY = fiscal_year_bounds(DEMO_YEAR)
DAYS: Final = (LAST_DAY - FIRST_DAY).days
STORY_DAY: Final = date(2026, 11, 20)
"""From here the story is told: what has happened, happened by this day."""
SUMMER: Final = 270  # days; what lies before it has been closed by now


@dataclass(frozen=True)
class Wish:
    """A course to be made. Days and length may follow from its hours (`ends_on`), its people from its type."""

    year: int
    starts_on: date
    state: str
    ends_on: date | None = None
    long: bool | None = None
    short_of: int = 0
    """How many people are missing to the group size."""
    waiver: str = ""
    individual: bool = False


def of_the_year(rng: Random, count: int) -> list[Wish]:
    """`count` courses spread over the months of the demo year."""
    return [_ordinary(rng, int((number + rng.random()) / count * DAYS)) for number in range(count)]


def _ordinary(rng: Random, day: int) -> Wish:
    starts_on = FIRST_DAY + timedelta(days=day)
    if day < SUMMER:
        state = rng.choices([State.CLOSED, State.COMPLETED, State.CANCELLED, State.POSTPONED], [78, 10, 8, 4])[0]
    else:
        states = [State.CLOSED, State.COMPLETED, State.CANCELLED, State.POSTPONED, State.APPROVED, State.DRAFT]
        state = rng.choices(states, [20, 58, 8, 8, 3, 3])[0]
    if state in Course.COUNTED_STATES:
        draw = rng.random()
        if draw < 0.08:
            return Wish(DEMO_YEAR, starts_on, state, short_of=rng.randint(1, 2), waiver="accepted")
        if draw < 0.14:
            return Wish(DEMO_YEAR, starts_on, state, individual=True)
    if state == State.CANCELLED and rng.random() < 0.4:
        return Wish(DEMO_YEAR, starts_on, state, short_of=2, waiver="refused")
    return Wish(DEMO_YEAR, starts_on, state)


def edges_of_the_year() -> list[Wish]:
    """What a year's border does: its first day, its last, across it, behind it, and still running behind it."""
    across = LAST_DAY - timedelta(days=2)
    behind = LAST_DAY + timedelta(days=5)
    return [
        Wish(DEMO_YEAR, FIRST_DAY, State.CLOSED, FIRST_DAY, long=False),
        Wish(DEMO_YEAR, LAST_DAY, State.COMPLETED, LAST_DAY, long=False),
        Wish(DEMO_YEAR, across, State.COMPLETED, across + timedelta(days=4), long=True),
        Wish(DEMO_YEAR, behind, State.COMPLETED, behind + timedelta(days=1), long=True),
        Wish(DEMO_YEAR, LAST_DAY - timedelta(days=9), State.RUNNING, date(2026, 12, 18), long=True),
        Wish(DEMO_YEAR, LAST_DAY - timedelta(days=20), State.OPEN, long=False, short_of=3),
    ]


def of_the_next_year() -> list[Wish]:
    """A school's work on its table: to be approved, to be opened, waiting for a decision, running."""
    year = DEMO_YEAR + 1
    return [
        Wish(year, date(2026, 11, 12), State.RUNNING, date(2026, 12, 4), long=True),
        Wish(
            year, date(2026, 11, 20), State.RUNNING, date(2026, 11, 27), long=False, short_of=1, waiver="accepted"
        ),
        Wish(year, date(2026, 11, 28), State.OPEN, date(2026, 11, 28), long=False, short_of=1, waiver="waiting"),
        Wish(year, date(2026, 12, 1), State.OPEN, long=True, short_of=4),
        Wish(year, date(2026, 12, 8), State.OPEN, long=True, short_of=6, waiver="refused"),
        Wish(year, date(2026, 12, 14), State.APPROVED),
        Wish(year, date(2027, 1, 18), State.DRAFT),
    ]


def beginning_of_the_next_year(rng: Random) -> list[Wish]:
    """What schools without a sign-in have going, so that their province has something to see and to decide."""
    return rng.choice(
        [
            [Wish(DEMO_YEAR + 1, date(2026, 11, 16), State.RUNNING, date(2026, 12, 11), long=True)],
            [Wish(DEMO_YEAR + 1, date(2026, 12, 2), State.OPEN, long=False, short_of=2, waiver="waiting")],
            [Wish(DEMO_YEAR + 1, date(2026, 12, 9), State.APPROVED)],
            [Wish(DEMO_YEAR + 1, date(2026, 11, 10), State.COMPLETED, date(2026, 11, 11), long=False)],
        ]
    )
