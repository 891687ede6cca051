"""Thai dictionary order as a key that can be stored and compared byte by byte (COLLATE "C").

Levels, as in the Royal Institute's dictionary: first consonants and vowels, a leading vowel standing
behind its consonant; only between equals the tone marks, ็ and ์ from left to right; last the text itself,
so that different names never share a place and pages of a list never overlap.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from .digits import to_arabic
from .typed import tidy

_LEVEL_LENGTH: Final = 200
SORT_KEY_LENGTH: Final = 3 * _LEVEL_LENGTH + 2
"""For the column: no key is longer; as UTF-8 it still fits into a B-tree page entry (2,704 bytes)."""

# Below every character of a level, and allowed in PostgreSQL, JSON and XML, unlike NUL.
_NEXT_LEVEL: Final = "\t"
_NO_MARK: Final = "0"

_MARKS: Final = "\u0e47-\u0e4c"
# Slips of the keyboard that look right on the screen.
_DOUBLE_E = re.compile("\u0e40\u0e40")
_SPLIT_AM = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")
_MARK_BEFORE_AM = re.compile("([\u0e48-\u0e4b])\u0e4d\u0e32")
_MARK_BEFORE_VOWEL = re.compile(f"([{_MARKS}])([\u0e31\u0e34-\u0e37])")

_LEADING_VOWEL = re.compile("([\u0e40-\u0e44])([\u0e01-\u0e2e])")
_IGNORED_THAI: Final = "\u0e2f\u0e3f\u0e46\u0e4e\u0e4f\u0e5a\u0e5b"
_SECOND_LEVEL_THAI: Final = "\u0e3a\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d"


def sort_key(text: str) -> str:
    """The key of a name: comparing keys as plain strings gives Thai dictionary order of the names.

    Spaces part words, so that a shorter first name comes before a longer one; other punctuation does not
    count. Digits (Thai ones like Arabic ones) stand before Latin letters (capitals beside small ones), those
    before Thai.
    """
    clean = tidy(text)
    letters: list[str] = []
    marks: list[str] = []
    for character in _in_order(clean):
        level = _level(character)
        if level == 1 and not (character == " " and letters[-1:] in ([], [" "])):
            letters.append(character)
            marks.append(_NO_MARK)
        elif level == 2:
            marks.append(character)
    levels = (
        "".join(letters).rstrip(),
        "".join(marks).rstrip(_NO_MARK),
        unicodedata.normalize("NFC", clean),
    )
    return _NEXT_LEVEL.join(level[:_LEVEL_LENGTH] for level in levels)


def _in_order(text: str) -> str:
    """Small letters and Arabic digits, accents apart from their letters, vowels behind their consonants."""
    text = to_arabic(unicodedata.normalize("NFD", text.casefold()))
    text = _DOUBLE_E.sub("\u0e41", text)
    text = _MARK_BEFORE_AM.sub("\\1\u0e33", text)
    text = _SPLIT_AM.sub("\\1\u0e33", text)
    text = _MARK_BEFORE_VOWEL.sub(r"\2\1", text)
    return _LEADING_VOWEL.sub(r"\2\1", text)


@lru_cache(maxsize=2048)
def _level(character: str) -> int:
    """The level a character counts on; 0 where it does not count before the text itself."""
    if character in _SECOND_LEVEL_THAI:
        return 2
    if character in _IGNORED_THAI:
        return 0
    if "\u0e01" <= character <= "\u0e45":
        return 1
    if unicodedata.category(character) == "Mn":
        return 2
    return int(character == " " or character.isalnum())
