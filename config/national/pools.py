"""Answers that were made up once and are given again and again: a million people do not need a million of them."""

from __future__ import annotations

from random import Random
from typing import Final

from config.demo.outcomes import INCOMES, WEIGHTS
from config.national.copying import NULL, array
from trainees.models import Result
from trainees.models.facts import Reason
from trainees.models.follow_ups import Use
from trainees.models.satisfaction import ITEMS

POINTS: Final = 1_000
Texts = tuple[str, ...]

OPINIONS: Final = (*(f"item_{item}" for item in ITEMS), "comment", "way")
ANSWERS: Final = (
    "outcome", "uses", "added_income", "has_work", "is_entrepreneur", "joined_group", "joined_enterprise",
    "works_with_partners", "sells", "is_known", "way",
)  # fmt: skip
LOST: Final[Texts] = ("not_reached", "{}", *([NULL] * 8), "staff")
REASONS: Final = [array([reason]) for reason in Reason.values] + ["{}"]


def points(rng: Random) -> list[tuple[float | None, Texts]]:
    """The three parts and their sum; a twentieth is weak, some are not assessed yet."""
    found: list[tuple[float | None, Texts]] = []
    for _ in range(POINTS):
        ability = rng.uniform(0.3, 0.6) if rng.random() < 0.05 else rng.triangular(0.6, 1.0, 0.85)
        parts = [
            round(2 * most * min(1.0, max(0.0, ability + rng.uniform(-0.08, 0.08)))) / 2
            for most in Result.MOST.values()
        ]
        if rng.random() < 0.05:
            found.append((None, (str(parts[0]), NULL, NULL)))
        else:
            found.append((sum(parts), tuple(str(part) for part in parts)))
    return found


def opinions(rng: Random) -> list[Texts]:
    """Sixteen levels, a few left blank."""
    found = []
    for _ in range(2_000):
        liked = rng.uniform(3.4, 4.8)
        levels = [
            NULL if rng.random() < 0.02 else str(min(5, max(1, round(rng.gauss(liked, 0.6))))) for _ in ITEMS
        ]
        found.append((*levels, "อยากให้จัดอีกในปีหน้า" if rng.random() < 0.1 else "", rng.choice(("staff", "phone"))))
    return found


def answers(rng: Random) -> list[Texts]:
    """What people said when they were reached."""
    found = []
    for _ in range(2_000):
        uses = [use.value for use in Use if rng.random() < 0.25] if rng.random() < 0.85 else []
        income = NULL if rng.random() < 0.1 else str(rng.choices(INCOMES, WEIGHTS)[0])
        found.append(
            (
                "answered", array(uses), income,
                *(rng.choices(("t", "f", NULL), weights)[0] for weights in CHANCES),
                rng.choice(("staff", "phone")),
            )
        )  # fmt: skip
    return found


CHANCES: Final = ((6, 3, 1), (15, 80, 5), (35, 60, 5), (12, 83, 5), (30, 60, 10), (50, 45, 5), (20, 75, 5))
"""Yes, no, not said: of work, entrepreneur, group, enterprise, partners, sells, known."""
