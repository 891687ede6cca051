from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.national.load import load
from config.national.place import Refused, made_already, refuse_if_used, said_of


class Command(BaseCommand):
    help = "Make a database of its own with invented rows at national volume, to measure and to try out on."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--courses", type=_number, default=60_000)
        parser.add_argument("--enrolments", type=_number, default=1_000_000)
        parser.add_argument(
            "--database", default="national", help="its name; one of ours by this name is replaced"
        )
        parser.add_argument(
            "--keep", action="store_true", help="leave it, where it has just these numbers already"
        )

    def handle(self, *args: Any, courses: int, enrolments: int, database: str, keep: bool, **options: Any) -> None:
        began = time.monotonic()

        def say(what: str) -> None:
            self.stdout.write(f"{time.monotonic() - began:6.1f} s  {what}")

        try:
            refuse_if_used(database)
            if keep and made_already(database) == said_of(courses, enrolments):
                self.stdout.write(f"“{database}” is there already.")
                return
            load(database, courses, enrolments, say)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        say(f"“{database}”: {courses:,} courses, {enrolments:,} enrolments")


def _number(typed: str) -> int:
    number = int(typed)
    if number < 1:
        raise ValueError
    return number
