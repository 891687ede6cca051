from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.demo import DEMO_YEAR
from config.demo.load import load


class Command(BaseCommand):
    help = "Fill the database with invented schools, people and courses. On a laptop (DEBUG) only."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("Demo data, with its printed passwords, is for DEBUG only.")
        made = load()
        self.stdout.write(f"Demo of {DEMO_YEAR}: " + ("made" if made else "already there"))
