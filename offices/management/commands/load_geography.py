from typing import Any

from django.core.management.base import BaseCommand

from offices.geography import load_geography
from offices.reference import ensure_reference_data


class Command(BaseCommand):
    help = "Load the official places, the area groups (empty) and, where there is none, the first fiscal year."

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = load_geography()
        ensure_reference_data()
        counts = ", ".join(f"{count:,} {name}s" for name, count in loaded.places.items())
        self.stdout.write(f"{counts}; {sum(loaded.written.values()):,} written")
