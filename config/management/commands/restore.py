import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from config.management import archive


class Command(BaseCommand):
    help = "Restore a backup into an empty database and an empty folder of files, and prove that all is there."
    requires_system_checks = []  # it must work on the day when something else does not

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *args, **options):
        media = Path(settings.MEDIA_ROOT)
        refuse_unless_empty(media)
        media.parent.mkdir(parents=True, exist_ok=True)
        # Beside its final place, so that the files arrive by a rename.
        with tempfile.TemporaryDirectory(prefix="restore-", dir=media.parent) as folder:
            parts = Path(folder)
            manifest = archive.unpack(options["file"], parts)
            refuse_other_keys(manifest["keys"])
            archive.run_tool(
                "pg_restore",
                "--single-transaction",
                "--exit-on-error",
                "--no-owner",
                "--no-acl",
                str(parts / archive.DUMP),
            )
            compare(manifest["rows"], archive.count_rows())
            files = parts / archive.FILES
            if files.exists():
                if media.exists():
                    media.rmdir()
                os.rename(files, media)
        connection.close()
        self.stdout.write(
            f"Restored the backup of {manifest['made_at']}: {sum(manifest['rows'].values()):,} rows and "
            f"{len(manifest['sha256']) - 1:,} files, all as they were counted. "
            "If the program is newer than the backup, run `manage.py migrate` next."
        )


def refuse_unless_empty(media):
    if archive.count_rows():
        raise CommandError("The database is not empty; a backup is restored into an empty one only.")
    if media.exists() and any(media.iterdir()):
        raise CommandError(f"{media} is not empty; a backup is restored into an empty folder only.")


def refuse_other_keys(then):
    now = archive.fingerprints_of_keys()
    if not set(then["FIELD_KEYS"]) <= set(now["FIELD_KEYS"]) or then["HASH_KEY"] != now["HASH_KEY"]:
        raise CommandError(
            "FIELD_KEYS and HASH_KEY are not those of this backup: no national ID in it could be read. "
            "Set the keys that belong to it, then try again. Nothing was changed."
        )


def compare(before, after):
    differing = [
        f"{table}: {before.get(table)} then, {after.get(table)} now"
        for table in sorted(before.keys() | after.keys())
        if before.get(table) != after.get(table)
    ]
    if differing:
        raise CommandError("The restored rows differ from those counted at the backup: " + "; ".join(differing))
