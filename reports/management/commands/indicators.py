"""Print the figures of an office, as the screen shows them."""

import json

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from offices.scoping import DEPARTMENT_EYES
from reports.breakdowns import View
from reports.figures import count_all
from reports.offices import Office
from reports.periods import Period
from reports.printed import as_json, as_lines


class Command(BaseCommand):
    help = "Print the indicators of a fiscal year for the department, a province or a school."

    def add_arguments(self, parser):
        parser.add_argument("--year", type=int, required=True, help="fiscal year, such as 2569")
        parser.add_argument("--office", default="department", help="department, province:50 or school:CODE")
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *args, year, office, **options):
        try:
            view = View(DEPARTMENT_EYES, Office.parse(office, DEPARTMENT_EYES), Period.of(year))
        except LookupError as reason:
            raise CommandError(str(reason)) from reason
        as_of = timezone.localtime()
        figures = count_all(view)
        if options["json"]:
            self.stdout.write(json.dumps(as_json(view, figures, as_of), ensure_ascii=False, indent=2))
            return
        self.stdout.write(f"{view.office.name} · {view.period} · {as_of:%Y-%m-%d %H:%M}")
        for line in as_lines(figures):
            self.stdout.write(line)
