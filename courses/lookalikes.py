"""Names that probably mean the same agency, so that a register does not hold it twice.

อบต.แม่แรม is องค์การบริหารส่วนตำบลแม่แรม, but neither อบต.แม่ริม nor เทศบาลตำบลแม่แรม: what kind of agency a name
says it is must agree, and the rest of it be the same or nearly so.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

from courses.models import Partner
from offices.thai.digits import to_arabic
from offices.thai.typed import tidy

_WORDS = json.loads((Path(__file__).parent / "data" / "agencies.json").read_text(encoding="utf-8"))
_KINDS: Final = sorted(
    ((word, number) for number, words in enumerate(_WORDS["kinds"]) for word in words),
    key=lambda pair: -len(pair[0]),
)
_DROPPED: Final = re.compile("|".join(sorted(_WORDS["dropped"], key=len, reverse=True)))
_NO_LETTER: Final = re.compile(r"[^\w\u0e31-\u0e4e]+|_")

SHORT = 3  # a shorter word is a kind only where a point or a space follows: ม. but not แม่
NEARLY = 0.75
MOST_OF_IT = 0.6
LEAST_LETTERS = 5
MOST_NAMED = 5

Named = TypeVar("Named", bound=Partner)


class _Sense(NamedTuple):
    """What a name means: the kinds of agency that it names, and the rest without spaces and points."""

    kinds: frozenset[int]
    rest: str


def lookalikes(name: str, register: Iterable[Named]) -> list[Named]:
    """Those of the register that `name` could mean, at most a few."""
    sense = _sense(name)
    found = [partner for partner in register if _means_the_same(sense, _sense(partner.name))]
    return found[:MOST_NAMED]


def _sense(name: str) -> _Sense:
    text = to_arabic(tidy(name)).casefold()
    kinds = set()
    for word, number in _KINDS:
        pattern = rf"(?<!\w){word}(?=[.\s])" if len(word) <= SHORT else word.replace(".", r"\.?")
        if len(found := re.split(pattern, text)) > 1:
            kinds.add(number)
            text = " ".join(found)
    whole = _NO_LETTER.sub("", text)
    return _Sense(frozenset(kinds), _DROPPED.sub("", whole) or whole)


def _means_the_same(one: _Sense, other: _Sense) -> bool:
    if one.kinds != other.kinds:
        return False
    short, long = sorted((one.rest, other.rest), key=len)
    if short == long:
        return True
    if len(short) < LEAST_LETTERS:
        return False
    return (short in long and len(short) >= MOST_OF_IT * len(long)) or _likeness(short, long) >= NEARLY


def _likeness(one: str, other: str) -> float:
    """The share of pairs of neighbouring letters that both have."""
    pairs, others = (Counter(pairwise(text)) for text in (one, other))
    return 2 * (pairs & others).total() / (pairs.total() + others.total())
