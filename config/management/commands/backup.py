from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from config.management import archive


class Command(BaseCommand):
    help = "Write the database and the private files into one file, without the keys."
    requires_system_checks = []  # it must work on the day when something else does not

    def add_arguments(self, parser):
        parser.add_argument("--out", type=Path, help="the file to write; var/backups/… if not given")

    def handle(self, *args, **options):
        stamp = timezone.localtime().strftime("%Y%m%d-%H%M%S")
        path = options["out"] or settings.VAR_DIR / "backups" / f"backup-{stamp}.tar"
        manifest = archive.write(path)
        rows, files = sum(manifest["rows"].values()), len(manifest["sha256"]) - 1
        self.stdout.write(f"Backup: {path} ({rows:,} rows, {files:,} files, {path.stat().st_size:,} bytes)")
        self.stdout.write(
            "The keys are NOT in it: keep SECRET_KEY, FIELD_KEYS and HASH_KEY elsewhere, under a lock of their "
            "own. Without FIELD_KEYS and HASH_KEY no national ID in this backup can ever be read."
        )
        if settings.DEBUG:
            self.stdout.write(f"On this laptop they lie in {settings.VAR_DIR / 'development-keys.json'}.")
