"""A database that shows something: tables, geography, demo accounts and courses, one consolidated report."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from config.demo import DEMO_YEAR, SIGN_INS
from config.local import interrupts
from documents.models import PrivateFile
from jobs.models import Job
from jobs.queue import enqueue
from offices.models import User
from offices.permissions import Can, may
from reports.tasks import compile_consolidated

LOCK = 20_569  # any number; two commands that prepare the same database at once take turns
LONGEST_REPORT = 300  # seconds


class NotReady(CommandError):
    """The report takes longer than anybody waits; the worker goes on with it."""


def prepare(say: Callable[[str], object]) -> None:
    """Bring the database up to date; what is done already is not done again."""
    if _catalogue_is_stale():
        say("Compiling the Thai catalogue")
        subprocess.run([sys.executable, "tools/catalogue.py", "compile"], cwd=settings.BASE_DIR, check=True)
    with _one_at_a_time():
        interrupts.check()
        say("Bringing the database up to date")
        call_command("migrate", interactive=False, verbosity=0)
        interrupts.check()
        call_command("load_geography")
        interrupts.check()
        if settings.DEBUG:
            call_command("seed_demo")


def report(keep_alive: Callable[[], None], say: Callable[[str], object]) -> Path:
    """Where the demo's consolidated workbook lies; the worker compiles it if there is none yet.

    Private files have names that say nothing, so a copy is laid out under one that programs open.
    """
    officer = _officer()
    asked = {"year": DEMO_YEAR, "office": "department", "format": "xlsx"}
    workbook = _compiled_before(officer, asked)
    if workbook is None:
        say("Compiling the consolidated report through the worker")
        workbook = _compile(officer, asked, keep_alive)
    copy = settings.VAR_DIR / "demo" / f"consolidated-{asked['year']}.xlsx"
    copy.parent.mkdir(mode=0o700, exist_ok=True)
    shutil.copyfile(workbook.file.path, copy)
    return copy


def _compile(officer: User, asked: dict[str, Any], keep_alive: Callable[[], None]) -> PrivateFile:
    job = enqueue(compile_consolidated, officer, **asked)
    deadline = time.monotonic() + LONGEST_REPORT
    while not job.is_over:
        keep_alive()
        if time.monotonic() > deadline:
            raise NotReady(f"The report is not ready after {LONGEST_REPORT} seconds.")
        time.sleep(0.1)
        job.refresh_from_db()
    if job.result is None:
        raise CommandError(f"The report could not be compiled: {job.message}")
    return job.result


def _compiled_before(officer: User, asked: dict[str, Any]) -> PrivateFile | None:
    """The newest report whose file is still there; results are removed after a while."""
    done = Job.objects.of(officer).filter(kind=compile_consolidated.name, params=asked, result__isnull=False)
    for job in done.order_by("-pk"):
        if job.result is not None and Path(job.result.file.path).exists():
            return job.result
    return None


def _officer() -> User:
    """The demo account that compiles reports for the whole nation."""
    names = [username for _, username, _ in SIGN_INS]
    for user in User.objects.filter(username__in=names):
        if may(user, Can.COMPILE_REPORTS) and may(user, Can.EDIT_YEARS):
            return user
    raise CommandError("The demo has no department officer; the database holds other accounts.")


def _catalogue_is_stale() -> bool:
    for source in settings.BASE_DIR.glob("**/locale/th/LC_MESSAGES/*.po"):
        if ".venv" in source.parts:
            continue
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            return True
    return False


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
