"""Which of the demo's schools have what not every school has: those with a sign-in more of it than others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from config.demo.load import SchoolLife


def chosen(
    lives: Sequence[SchoolLife], often: dict[str, int], *, others: Sequence[SchoolLife], once: int, what: str
) -> Iterator[tuple[SchoolLife, Random]]:
    """Schools as `often` as it says, then some of the `others` `once` each; every time with dice of its own."""
    draw = Random(what)  # noqa: S311 (play, not secrets)
    known = {life.offer.school.code: life for life in lives}
    several = [known[code] for code, times in often.items() for _ in range(times) if code in known]
    rest = [life for life in others if life.offer.school.code not in often]
    for number, life in enumerate([*several, *draw.sample(rest, min(once, len(rest)))]):
        yield life, Random(f"{what} {life.offer.school.code} {number}")  # noqa: S311 (play, not secrets)


def place_of(life: SchoolLife, rng: Random) -> str:
    """The name of a subdistrict nearby; one that is in no map where the school has none."""
    around = life.register.subdistricts
    return rng.choice(around).name_th if around else "ทุ่งแสงสมมุติ"
