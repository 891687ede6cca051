"""Rows on their way into the database by COPY, and the tables bare of keys, indexes and triggers meanwhile."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import lru_cache
from io import StringIO
from queue import Queue
from threading import Thread
from typing import Any, Final

from django.db import connection, models, transaction

from offices.thai.fields import ThaiSortKeyField
from offices.thai.order import sort_key

NULL: Final = "\\N"
BATCH: Final = 50_000
ordered = lru_cache(maxsize=200_000)(sort_key)
Write = Callable[..., int]


class Sender:
    """Sends rows to the database while the next ones are made up; nobody else may use the connection meanwhile."""

    def __init__(self) -> None:
        self.waiting: Queue[tuple[str, str] | None] = Queue(maxsize=6)
        self.failed: Exception | None = None
        self.raw = connection.connection
        self.thread = Thread(target=self._work, daemon=True)
        self.thread.start()

    def send(self, statement: str, rows: str) -> None:
        if self.failed:
            raise self.failed
        self.waiting.put((statement, rows))

    def finish(self) -> None:
        """Wait until everything has arrived."""
        self.waiting.put(None)
        self.thread.join()
        if self.failed:
            raise self.failed

    def _work(self) -> None:
        while (one := self.waiting.get()) is not None:
            if self.failed is None:
                try:
                    with self.raw.cursor() as cursor:
                        cursor.copy_expert(one[0], StringIO(one[1]))
                except Exception as failed:  # told to whoever sends
                    self.failed = failed


class Sheet:
    """The rows of one table. Whatever is not given is what the model gives an empty row."""

    def __init__(self, model: type[models.Model], sender: Sender) -> None:
        self.model, self.table, self.sender = model, model._meta.db_table, sender
        self.fields: list[Any] = list(model._meta.concrete_fields)
        self.columns = [field.column for field in self.fields]
        self.usual = {field.column: _usual(field) for field in self.fields if not field.primary_key}
        self.sources = {f.column: f.source for f in self.fields if isinstance(f, ThaiSortKeyField)}
        self.last = 0
        self.lines: list[str] = []

    def add(self, **values: Any) -> int:
        """Write down one row by the names of its columns; its number."""
        self.last += 1
        for column, source in self.sources.items():
            values.setdefault(str(column), ordered(str(values.get(source, ""))))
        texts = {**self.usual, **{name: as_text(self.field(name), value) for name, value in values.items()}}
        texts["id"] = str(self.last)
        missing = [column for column in self.columns if texts[column] is None]
        if missing:
            raise TypeError(f"{self.table}: nothing was said of {', '.join(missing)}")
        self.lines.append("\t".join(texts[column] for column in self.columns) + "\n")  # type: ignore[misc]
        self._send_when_many()
        return self.last

    def writer(self, *names: str) -> Write:
        """For millions of rows: takes the texts of these columns in this order, as COPY reads them."""
        places = {name: f"{{{place}}}" for place, name in enumerate(["id", *names])}
        usual = {name: (text or "").replace("{", "{{").replace("}", "}}") for name, text in self.usual.items()}
        unsaid = [c for c in self.columns if c not in places and self.usual[c] is None]
        if unsaid:
            raise TypeError(f"{self.table}: nothing was said of {', '.join(unsaid)}")
        write = ("\t".join(places.get(column) or usual[column] for column in self.columns) + "\n").format

        def line(*texts: object) -> int:
            self.last += 1
            self.lines.append(write(self.last, *texts))
            if len(self.lines) >= BATCH:
                self.send()
            return self.last

        return line

    def field(self, name: str) -> Any:
        return self.fields[self.columns.index(name)]

    def _send_when_many(self) -> None:
        if len(self.lines) >= BATCH:
            self.send()

    def send(self) -> None:
        if self.lines:
            columns = ", ".join(f'"{column}"' for column in self.columns)
            self.sender.send(f'COPY "{self.table}" ({columns}) FROM STDIN', "".join(self.lines))
            self.lines.clear()


class Ledger:
    """All sheets that are written; one for each model, made when it is first asked for."""

    def __init__(self) -> None:
        self.sender = Sender()
        self.sheets: dict[type[models.Model], Sheet] = {}

    def sheet(self, model: type[models.Model]) -> Sheet:
        if model not in self.sheets:
            self.sheets[model] = Sheet(model, self.sender)
        return self.sheets[model]

    def add(self, model: type[models.Model], **values: Any) -> int:
        return self.sheet(model).add(**values)

    def close(self) -> None:
        """Send what is left, and let the tables go on counting where we stopped."""
        for sheet in self.sheets.values():
            sheet.send()
        self.sender.finish()
        with connection.cursor() as cursor:
            for sheet in self.sheets.values():
                cursor.execute(
                    "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [sheet.table, max(sheet.last, 1)]
                )


def _usual(field: Any) -> str | None:
    """As text for COPY; None where a row has to say it."""
    if field.has_default():
        return as_text(field, field.get_default())
    if field.null:
        return NULL
    return "" if isinstance(field, models.CharField | models.TextField | models.FileField) else None


def as_text(field: Any, value: Any) -> str:
    if value is None:
        return NULL
    if isinstance(field, models.JSONField):
        return _escaped(json.dumps(value, ensure_ascii=False))
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, list | tuple):
        return array(value)
    if isinstance(value, int | Decimal):
        return str(value)
    return _escaped(str(value))


def array(values: Iterable[Any]) -> str:
    """An array of codes and words, as COPY reads it; none of ours has quotes in it."""
    return "{" + ",".join(f'"{_escaped(str(value))}"' for value in values) + "}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")


@contextmanager
def bare(tables: list[str]) -> Iterator[None]:
    """Without foreign keys, indexes for reading, and our triggers, so that COPY does nothing but copy.

    All come back at the end, when the database looks at every foreign key at once: a wrong row is an error and
    nothing is kept. One transaction, and tables emptied in it, so that nothing is written twice.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        keys = _said(cursor, _KEYS, tables)
        indexes = _said(cursor, _INDEXES, tables)
        for table, name, _definition in keys:
            cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
        for _table, name, _definition in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        for table in tables:
            cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
            cursor.execute(f'TRUNCATE "{table}" CASCADE')
        yield
        for _table, _name, definition in indexes:
            cursor.execute(definition)
        for table, name, definition in keys:
            cursor.execute(f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {definition}')
        for table in tables:
            cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')


_KEYS: Final = """
    SELECT rel.relname, con.conname, pg_get_constraintdef(con.oid)
      FROM pg_constraint con JOIN pg_class rel ON rel.oid = con.conrelid
     WHERE con.contype = 'f' AND rel.relname = ANY(%s) ORDER BY 1, 2
"""
_INDEXES: Final = """
    SELECT rel.relname, ind.relname, pg_get_indexdef(ind.oid)
      FROM pg_index JOIN pg_class ind ON ind.oid = indexrelid JOIN pg_class rel ON rel.oid = indrelid
     WHERE NOT indisunique AND NOT indisexclusion AND rel.relname = ANY(%s) ORDER BY 1, 2
"""


def _said(cursor: Any, statement: str, tables: list[str]) -> list[tuple[str, str, str]]:
    cursor.execute(statement, [tables])
    found: list[tuple[str, str, str]] = cursor.fetchall()
    return found


def write_newest_history(sheets: Iterable[Sheet], newest: int) -> None:
    """The last events of each table: as many as a version of the data looks at, and some more."""
    with connection.cursor() as cursor:
        for sheet in sheets:
            event: Any = getattr(sheet.model, "pgh_event_model", None)
            if event is None:
                continue
            kept = {field.column for field in event._meta.concrete_fields}
            columns = ", ".join(f'"{column}"' for column in sheet.columns if column in kept)
            cursor.execute(
                f'INSERT INTO "{event._meta.db_table}" (pgh_created_at, pgh_label, pgh_obj_id, {columns}) '
                f'SELECT now(), %s, id, {columns} FROM "{sheet.table}" WHERE id > %s ORDER BY id',
                ["insert", sheet.last - newest],
            )
