"""What courses do in the background."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses import curriculum_lists, exports, fair_exports, partner_exports, project_lists, survey_lists
from courses.instructor_lists import RegisterBook
from courses.models import Fair, Survey
from courses.money.exports import LISTS
from documents.books import keep_book
from documents.models import PrivateFile
from jobs.models import Job
from jobs.queue import JobRefused, background
from offices.permissions import Can


@background(gettext_lazy("Course list as a file"), Can.VIEW_COURSES)
def export_courses(job: Job) -> PrivateFile:
    user, asked, year = job.requested_by, job.params["asked"], job.params["year"]
    total = exports.rows_of(user, asked, year).count()
    made = exports.book(user, asked, year, lambda done: job.progress(done, total))
    return keep_book(user, made, job.params["ending"], f"{_('courses')}-{year}")


@background(gettext_lazy("Curricula as a file"), Can.VIEW_COURSES)
def export_curricula(job: Job) -> PrivateFile:
    made = curriculum_lists.book(job.requested_by, job.params["asked"])
    return keep_book(job.requested_by, made, job.params["ending"])


@background(gettext_lazy("Need surveys as a file"), Can.VIEW_COURSES)
def export_surveys(job: Job) -> PrivateFile:
    made = survey_lists.surveys_book(job.requested_by, job.params["asked"])
    return keep_book(job.requested_by, made, job.params["ending"])


@background(gettext_lazy("Partners as a file"), Can.VIEW_PARTNERS)
def export_partners(job: Job) -> PrivateFile:
    user, asked = job.requested_by, job.params["asked"]
    total = partner_exports.rows_of(user, asked).count()
    made = partner_exports.book(user, asked, lambda done: job.progress(done, total))
    return keep_book(user, made, job.params["ending"])


@background(gettext_lazy("Fairs as a file"), Can.VIEW_FAIRS)
def export_fairs(job: Job) -> PrivateFile:
    user, asked, year = job.requested_by, job.params["asked"], job.params["year"]
    return keep_book(user, fair_exports.book(user, asked, year), job.params["ending"])


@background(gettext_lazy("Parts in a fair as a file"), Can.VIEW_FAIRS)
def export_parts(job: Job) -> PrivateFile:
    user, fair = job.requested_by, Fair.objects.get(pk=job.params["fair"])
    return keep_book(user, fair_exports.parts_book(user, fair), job.params["ending"])


@background(gettext_lazy("Allocations or spending as a file"), Can.VIEW_MONEY)
def export_money(job: Job) -> PrivateFile:
    user, asked, year = job.requested_by, job.params["asked"], job.params["year"]
    listed = LISTS[job.params["what"]]
    total = listed.found(user, asked, year).count()
    made = listed.book(user, asked, year, lambda done: job.progress(done, total))
    return keep_book(user, made, job.params["ending"], f"{listed.title}-{year}")


@background(gettext_lazy("Projects of the list as a file"), Can.VIEW_COURSES)
def export_projects(job: Job) -> PrivateFile:
    user, asked, year = job.requested_by, job.params["asked"], job.params["year"]
    made = project_lists.book(user, asked, year)
    return keep_book(user, made, job.params["ending"], f"{_('projects')}-{year}")


@background(gettext_lazy("Instructors of the list as a file"), Can.VIEW_COURSES)
def export_instructors(job: Job) -> PrivateFile:
    """Taking personal data away is logged with the file."""
    register = RegisterBook(job.requested_by, job.params["asked"])
    file = keep_book(job.requested_by, register.book, job.params["ending"], _("instructors"))
    register.log(job.requested_by)
    return file


@background(gettext_lazy("Answers to a need survey as a file"), Can.VIEW_COURSES)
def export_answers(job: Job) -> PrivateFile:
    survey = Survey.objects.visible_to(job.requested_by).filter(pk=job.params["survey"]).first()
    if survey is None:
        raise JobRefused(_("The survey has been thrown away meanwhile."))
    made = survey_lists.book(job.requested_by, survey, job.params["asked"])
    return keep_book(job.requested_by, made, job.params["ending"])
