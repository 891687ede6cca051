"""Where a Thai line may break: between words of the dictionary, and never between a letter and its marks."""

from __future__ import annotations

import os
import re
from functools import lru_cache
from typing import Final

from django.conf import settings

from documents.typesetting.shaping import MARKS

LONGEST_RUN: Final = 400  # letters given to the dictionary at once; its time grows with their ambiguity

_RUNS: Final = re.compile(r"[^ ]+(?: +[ๆฯ][^ ]*)* *| +")
_THAI: Final = re.compile(r"[\u0e01-\u0e5b]")
_BEHIND: Final = rf"[{MARKS}ะาๅๆฯ]"
_CLUSTERS: Final = re.compile(rf"[(\[{{“‘«]?[เแโใไ]*.{_BEHIND}*(?:[\])}}”’»,.;:!?%]{{1,2}}{_BEHIND}*)?", re.DOTALL)
_NOT_BEFORE: Final = re.compile(rf"[{MARKS}ะาๅๆฯ\])}}”’»,.;:!?%/…–—-]")
_NOT_AFTER: Final = re.compile(r".*[เแโใไ(\[{“‘«]", re.DOTALL)
_SEPARATE: Final = re.compile(r"(?<=[-/])(?=[^\d\s/-])")  # a-|b, but not 1-2 and not https:/|/


def runs(text: str) -> list[str]:
    """The text cut after its spaces, but not before a sign that repeats or shortens what stands before it."""
    return _RUNS.findall(text)


@lru_cache(maxsize=4096)
def pieces(run: str) -> tuple[str, ...]:
    """A run cut wherever a line may break."""
    if not _THAI.search(run):
        return tuple(_SEPARATE.split(run))
    found: list[str] = []
    for start in range(0, len(run), LONGEST_RUN):
        for word in _dictionary()(run[start : start + LONGEST_RUN]):
            if found and (_NOT_BEFORE.match(word) or word.isspace() or _NOT_AFTER.fullmatch(found[-1])):
                found[-1] += word
            else:
                found.append(word)
    return tuple(found)


def clusters(word: str) -> list[str]:
    """A word cut at every place where it can be cut at all."""
    return _CLUSTERS.findall(word)


@lru_cache(maxsize=1)
def _dictionary():  # type: ignore[no-untyped-def]
    # It would make a folder for corpora in the home directory of whoever runs the program.
    if "PYTHAINLP_DATA_DIR" not in os.environ:
        os.environ.setdefault("PYTHAINLP_DATA", str(settings.VAR_DIR / "pythainlp"))
    from pythainlp.tokenize import word_tokenize

    return lambda text: word_tokenize(text, engine="newmm")
