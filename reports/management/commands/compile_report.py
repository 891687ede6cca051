"""Compile the consolidated report of an office into a file, as the worker does for an officer."""

from errno import EISDIR
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from documents.renderers import RENDERERS
from offices.scoping import DEPARTMENT_EYES
from reports.breakdowns import View
from reports.consolidated import consolidated
from reports.offices import Office
from reports.periods import Period


class Command(BaseCommand):
    help = "Compile the consolidated report of a fiscal year for the department, a province or a school."

    def add_arguments(self, parser):
        parser.add_argument("--year", type=int, required=True, help="fiscal year, such as 2569")
        parser.add_argument("--office", default="department", help="department, province:50 or school:CODE")
        parser.add_argument("--format", choices=sorted(RENDERERS), default="xlsx")
        parser.add_argument("--out", type=Path, required=True, metavar="PATH", help="the file to write")

    def handle(self, *args, year, office, out, **options):
        try:
            view = View(DEPARTMENT_EYES, Office.parse(office, DEPARTMENT_EYES), Period.of(year))
        except LookupError as reason:
            raise CommandError(str(reason)) from reason
        renderer = RENDERERS[options["format"]]
        book = consolidated(view, by=_("The server's own command line"), wide=renderer.wide)
        try:
            write(out, renderer, book)
        except OSError as error:
            raise CommandError(f"{out} cannot be written: {error.strerror}.") from error
        self.stdout.write(str(out))


def write(out, renderer, book):
    """Written beside its place and then moved there: a file by that name is always a whole one."""
    if out.is_dir():
        raise IsADirectoryError(EISDIR, "it is a folder")
    with NamedTemporaryFile(dir=out.parent, prefix=f".{out.name}.", delete=False) as file:
        made = Path(file.name)
        try:
            renderer.write(book, file)
        except BaseException:
            made.unlink()
            raise
    made.chmod(0o644)
    made.replace(out)
