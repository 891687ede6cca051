"""A backup: one tar with the database, the private files and a manifest by which both can be proved.

The keys are not in it. Who finds the file can read no ID in it; who loses the keys cannot either.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient
from django.utils import timezone
from psycopg2 import sql

from config.local.accounts import wheel_binaries

FORMAT = 1
MANIFEST = "manifest.json"
DUMP = "database.dump"
FILES = "files/"


def write(path: Path) -> dict[str, Any]:
    """Back everything up into `path`, as of one moment, and return the manifest."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft, dump = path.with_suffix(".part"), path.with_suffix(".dump")
    try:
        with _snapshot() as snapshot:
            rows = count_rows()
            run_tool(
                "pg_dump", "--format=custom", "--no-owner", "--no-acl", f"--snapshot={snapshot}", f"--file={dump}"
            )
        # After the database: a file that a row names was there before the row.
        files = sorted(file for file in Path(settings.MEDIA_ROOT).rglob("*") if file.is_file())
        draft.touch(mode=0o600)
        with tarfile.open(draft, "w") as tar:
            sums = {DUMP: _add(tar, dump, DUMP)}
            for file in files:
                name = FILES + file.relative_to(settings.MEDIA_ROOT).as_posix()
                sums[name] = _add(tar, file, name)
            manifest = {
                "format": FORMAT,
                "made_at": timezone.localtime().isoformat(timespec="seconds"),
                "versions": _versions(),
                "keys": fingerprints_of_keys(),
                "rows": rows,
                "sha256": sums,
            }
            _add_manifest(tar, manifest, draft.with_suffix(".json"))
        draft.rename(path)
    finally:
        for left in (draft, dump, draft.with_suffix(".json")):
            left.unlink(missing_ok=True)
    return manifest


def unpack(path: Path, into: Path) -> dict[str, Any]:
    """Lay the parts of a backup under `into` and return its manifest, having checked every byte of them."""
    try:
        with tarfile.open(path) as tar:
            found = {member.name: _extract(tar, member, into) for member in tar if member.isfile()}
    except (tarfile.TarError, OSError) as error:
        raise CommandError(f"{path} cannot be read as a backup: {error}") from error
    if MANIFEST not in found:
        raise CommandError(f"{path} is not a whole backup: it has no {MANIFEST}.")
    manifest = json.loads((into / MANIFEST).read_text())
    if manifest["format"] != FORMAT:
        raise CommandError(f"{path} is of format {manifest['format']}; this version reads {FORMAT}.")
    del found[MANIFEST]
    differing = sorted(
        name
        for name in found.keys() | manifest["sha256"].keys()
        if found.get(name) != manifest["sha256"].get(name)
    )
    if differing:
        raise CommandError(f"{path} is damaged: {', '.join(differing[:5])} differs from its checksum.")
    return manifest


def count_rows() -> dict[str, int]:
    """Rows of every table of ours, in the transaction that is open."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        tables = [name for (name,) in cursor.fetchall()]
        counts = {}
        for table in tables:
            cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
            counts[table] = cursor.fetchone()[0]
    return counts


def run_tool(program: str, *arguments: str) -> None:
    """Run pg_dump or pg_restore on our database; they come with the PostgreSQL that we ship."""
    command, environment = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    *address, database = command[1:]
    done = subprocess.run(
        [str(wheel_binaries() / program), *arguments, *address, f"--dbname={database}"],
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise CommandError(f"{program} failed:\n{done.stderr.strip()}")


def fingerprints_of_keys() -> dict[str, Any]:
    """Enough to tell whether keys are the right ones, and no help in finding them."""
    return {
        "FIELD_KEYS": [_fingerprint(key) for key in settings.FIELD_KEYS],
        "HASH_KEY": _fingerprint(settings.HASH_KEY),
    }


def _fingerprint(key: str) -> str:
    return hashlib.sha256(b"backup fingerprint:" + key.encode()).hexdigest()[:12]


@contextmanager
def _snapshot() -> Iterator[str]:
    """The name of a moment that pg_dump and our own counting share, whatever is saved meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            cursor.execute("SELECT pg_export_snapshot()")
            yield cursor.fetchone()[0]
        finally:
            cursor.execute("ROLLBACK")


def _versions() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        server = cursor.fetchone()[0]
    return {
        "program": version("community-career"),
        "postgresql": server,
        "django": version("Django"),
        "python": platform.python_version(),
    }


class _Summing:
    """A file that keeps the checksum of what passed through it."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.sum = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self.file.read(size)
        self.sum.update(block)
        return block


def _add(tar: tarfile.TarFile, file: Path, name: str) -> str:
    with file.open("rb") as opened:
        summing = _Summing(opened)
        tar.addfile(tar.gettarinfo(arcname=name, fileobj=opened), summing)  # type: ignore[arg-type]
    return summing.sum.hexdigest()


def _add_manifest(tar: tarfile.TarFile, manifest: dict[str, Any], draft: Path) -> None:
    draft.write_text(json.dumps(manifest, indent=1, ensure_ascii=False))
    _add(tar, draft, MANIFEST)


def _extract(tar: tarfile.TarFile, member: tarfile.TarInfo, into: Path) -> str:
    """Written by ourselves, so that a forged name cannot leave the folder."""
    target = (into / member.name).resolve()
    if not target.is_relative_to(into.resolve()):
        raise CommandError(f"The backup names a file outside its folder: {member.name}")
    target.parent.mkdir(parents=True, exist_ok=True)
    source = tar.extractfile(member)
    assert source is not None  # noqa: S101 - a regular file always opens
    summing = _Summing(source)
    with target.open("wb") as output:
        shutil.copyfileobj(summing, output)
    target.chmod(0o600)
    return summing.sum.hexdigest()
