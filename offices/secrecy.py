"""Personal data at rest: an encrypted column, and the keyed hash that finds a value without reading it.

The keys are apart from SECRET_KEY. FIELD_KEYS may hold several: the first encrypts, all decrypt, so a key is
changed by putting a new one in front and running `manage.py rotate_field_keys`.
"""

from __future__ import annotations

import hmac
import uuid
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models


class Undecipherable(Exception):
    """A stored value that none of FIELD_KEYS can read. Never shown as if it were text."""


@lru_cache(maxsize=4)
def _cipher(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def cipher() -> MultiFernet:
    return _cipher(tuple(settings.FIELD_KEYS))


def encrypt(text: str) -> str:
    return cipher().encrypt(text.encode()).decode("ascii")


def decrypt(token: str) -> str:
    """Raises `Undecipherable` where no key fits."""
    try:
        return cipher().decrypt(token.encode("ascii")).decode()
    except (InvalidToken, UnicodeError) as problem:
        raise Undecipherable("A stored value cannot be read with the keys in FIELD_KEYS.") from problem


def keyed_hash(purpose: str, text: str) -> uuid.UUID:
    """128 bits of HMAC-SHA256 under HASH_KEY: equal for equal text of one purpose, meaningless without the key."""
    digest = hmac.digest(settings.HASH_KEY.encode(), f"{purpose}\0{text}".encode(), "sha256")
    return uuid.UUID(bytes=digest[:16])


class EncryptedTextField(models.TextField):
    """Text that lies encrypted in the database, in its history and in every backup. '' stays '', null stays null.

    It cannot be searched (each encryption differs): keep a `keyed_hash` beside it for that.
    """

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return encrypt(value) if value else value

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return decrypt(value) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError(f"{self.name} is encrypted and cannot be searched; search its keyed hash.")

    def get_transform(self, lookup_name: str) -> Any:
        raise FieldError(f"{self.name} is encrypted and cannot be searched; search its keyed hash.")
