"""Text as people and spreadsheets hand it over: made clean before it is read, refused with a reason."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

# Control and format characters (zero-width spaces, direction marks, soft hyphens, byte-order marks)
# ride along in copied text; lone surrogates cannot be stored at all.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
_SPACES = re.compile(r"\s+")


class Unreadable(ValueError):
    """What was typed cannot be read; says why, in the language of the moment it is shown."""

    def __init__(self, message: str | StrPromise, code: str, params: dict[str, Any] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.params = params or {}

    def __str__(self) -> str:
        return str(self.message) % self.params if self.params else str(self.message)


def tidy(text: str) -> str:
    """The text without invisible characters, every run of spaces (no-break ones too) being one space."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()
