"""What courses do in the background."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses import exports
from courses.money.exports import LISTS
from documents.books import keep_book
from documents.models import PrivateFile
from jobs.models import Job
from jobs.queue import background
from offices.permissions import Can


@background(gettext_lazy("Course list as a file"), Can.VIEW_COURSES)
def export_courses(job: Job) -> PrivateFile:
    user, asked, year = job.requested_by, job.params["asked"], job.params["year"]
    total = exports.rows_of(user, asked, year).count()
    made = exports.book(user, asked, year, lambda done: job.progress(done, total))
    return keep_book(user, made, job.params["ending"], f"{_('courses')}-{year}")


@background(gettext_lazy("Allocations or spending as a file"), Can.VIEW_MONEY)
def export_money(job: Job) -> PrivateFile:
    user, asked, year = job.requested_by, job.params["asked"], job.params["year"]
    listed = LISTS[job.params["what"]]
    total = listed.found(user, asked, year).count()
    made = listed.book(user, asked, year, lambda done: job.progress(done, total))
    return keep_book(user, made, job.params["ending"], f"{listed.title}-{year}")
