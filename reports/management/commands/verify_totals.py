"""Compare the stored figures that pass for fresh with figures counted now; a difference is told, and a failure."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports.models import StoredFigures
from reports.stored import differences, view_of
from reports.versions import data_version


class Command(BaseCommand):
    help = "Count the stored figures anew that are of the data's present version, and tell where they differ."

    def handle(self, *args: Any, **options: Any) -> None:
        version = data_version()
        fresh = StoredFigures.objects.filter(data_version=version).order_by("office", "period", "eyes")
        wrong = 0
        for stored in fresh:
            found = list(differences(stored, view_of(stored)))
            wrong += len(found)
            for line in found:
                self.stdout.write(f"{stored}: {line}")
        if data_version() != version:
            raise CommandError("Rows have changed meanwhile; nothing can be said. Run it again.")
        self.stdout.write(f"{len(fresh)} stored figures of the present data compared, {wrong} differences")
        if wrong:
            raise CommandError("Stored figures differ from the rows.")
