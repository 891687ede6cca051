"""The database of its own: made anew, marked as ours, and never one that people use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.core.management import call_command
from django.db import connection

MARK: Final = "seed_national"
NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,50}")


class Refused(Exception):
    """Its text says to the operator why nothing was touched."""


def said_of(courses: int, enrolments: int) -> str:
    """What stands on a whole database of ours, as its comment."""
    return f"{MARK} courses={courses} enrolments={enrolments}"


def refuse_if_used(name: str) -> None:
    """Refuse the database that the program works in, any other that we did not make, and odd names."""
    if not NAME.fullmatch(name):
        raise Refused(f"“{name}” is no name for it: small letters, digits and _ only, a letter first.")
    if name == connection.settings_dict["NAME"]:
        raise Refused(f"“{name}” is the database that people use; invented rows never go there.")
    found = _comments().get(name, MARK)
    if not found.startswith(MARK):
        raise Refused(f"“{name}” exists and was not made by this command; it stays as it is.")


def made_already(name: str) -> str:
    """What stands on it, '' where it is not there or was not finished."""
    return _comments().get(name, "")


def make_empty(name: str) -> None:
    """Make it anew, without tables; one of ours by this name is thrown away first."""
    refuse_if_used(name)
    quoted = connection.ops.quote_name(name)
    with _outside() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {quoted}")
        cursor.execute(f"CREATE DATABASE {quoted}")
        cursor.execute(f"COMMENT ON DATABASE {quoted} IS %s", [f"{MARK} unfinished"])


def finish(name: str, said: str) -> None:
    with _outside() as cursor:
        cursor.execute(f"COMMENT ON DATABASE {connection.ops.quote_name(name)} IS %s", [said])


def drop(name: str) -> None:
    refuse_if_used(name)
    with _outside() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(name)}")


@contextmanager
def inside(name: str) -> Iterator[None]:
    """Let the program work in it, and in its own database again afterwards."""
    refuse_if_used(name)
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def make_tables() -> None:
    call_command("migrate", verbosity=0)


@contextmanager
def _outside() -> Iterator[Any]:
    """A cursor on the server's own database: nobody can make one while standing in it."""
    with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]  # Django's test runner asks the same
        yield cursor


def _comments() -> dict[str, str]:
    with _outside() as cursor:
        cursor.execute("SELECT datname, coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database")
        return dict(cursor.fetchall())
