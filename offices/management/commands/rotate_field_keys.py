from __future__ import annotations

from typing import Any

import pgtrigger
from cryptography.fernet import Fernet, InvalidToken
from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, models, transaction

from offices.secrecy import EncryptedTextField, Undecipherable, decrypt, encrypt


class Command(BaseCommand):
    help = (
        "Encrypt every encrypted column anew with the first of FIELD_KEYS, history included. Stopped in the "
        "middle, it goes on where it was. When it has finished, the old keys may be taken out of FIELD_KEYS."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", type=int, default=1000, help="rows in one transaction")

    def handle(self, *args: Any, **options: Any) -> None:
        unreadable = 0
        for model in apps.get_models():
            for column in model._meta.concrete_fields:
                if isinstance(column, EncryptedTextField):
                    rotation = Rotation(model, column)
                    rotation.run(options["batch"])
                    unreadable += rotation.unreadable
                    self.stdout.write(
                        f"{model._meta.label}.{column.name}: {rotation.rotated:,} encrypted anew, "
                        f"{rotation.current:,} were already, {rotation.unreadable:,} unreadable"
                    )
        if unreadable:
            raise CommandError(f"{unreadable:,} values cannot be read with any of FIELD_KEYS; keep the old keys.")


class Rotation:
    """One encrypted column of one table. It walks the raw ciphertext: the seal and the field would decrypt it."""

    def __init__(self, model: type[models.Model], column: models.Field) -> None:
        key: Any = model._meta.pk
        names = (model._meta.db_table, str(column.column), str(key.column))
        self.table, self.column, self.key = (connection.ops.quote_name(name) for name in names)
        self.newest = Fernet(settings.FIELD_KEYS[0])
        self.rotated = self.current = self.unreadable = 0

    def run(self, size: int) -> None:
        last: Any = None
        while True:
            with transaction.atomic(), pgtrigger.ignore():  # a new key is no change of the row
                rows = self._batch(last, size)
                self._write([(token, key) for key, old in rows if (token := self._anew(old))])
            if not rows:
                return
            last = rows[-1][0]

    def _batch(self, last: Any, size: int) -> list[tuple[Any, str]]:
        after = f"AND {self.key} > %s" if last is not None else ""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {self.key}, {self.column} FROM {self.table} "  # noqa: S608 (names come from our models)
                f"WHERE {self.column} <> '' {after} ORDER BY {self.key} LIMIT %s FOR UPDATE",
                [*([last] if last is not None else []), size],
            )
            return cursor.fetchall()

    def _anew(self, old: str) -> str | None:
        try:
            self.newest.decrypt(old.encode("ascii"))
        except (InvalidToken, UnicodeError):
            try:
                token = encrypt(decrypt(old))
            except Undecipherable:
                self.unreadable += 1
                return None
            self.rotated += 1
            return token
        self.current += 1
        return None

    def _write(self, changes: list[tuple[str, Any]]) -> None:
        if changes:
            with connection.cursor() as cursor:
                cursor.execute(
                    f"UPDATE {self.table} SET {self.column} = changed.token "  # noqa: S608
                    "FROM unnest(%s::text[], %s::bigint[]) AS changed (token, key) "
                    f"WHERE {self.table}.{self.key} = changed.key",
                    [[token for token, _key in changes], [key for _token, key in changes]],
                )
