"""What trainees do in the background, by the clock or for somebody."""

from __future__ import annotations

import logging

from celery import shared_task
from django.utils.translation import gettext_lazy as _

from courses.models import Fair
from documents.books import keep_book
from documents.models import PrivateFile
from jobs.models import Job
from jobs.queue import background
from offices.permissions import Can
from trainees.emptying import empty
from trainees.exports import RegisterBook
from trainees.group_lists import GROUPS
from trainees.outcome_exports import FollowUpBook, satisfaction_book
from trainees.outlet_lists import CHANNELS, PUBLICITY
from trainees.products import exports
from trainees.shows.exports import ShowsBook
from trainees.waiver_lists import book as waivers_book

LISTINGS = {listing.slug: listing for listing in (CHANNELS, PUBLICITY, GROUPS)}

logger = logging.getLogger(__name__)


@shared_task(name="trainees.tasks.empty_bins")
def empty_bins() -> None:
    deleted = empty()
    if any(deleted.values()):
        logger.info("Emptied the bins: %s", deleted)


@background(_("Trainees of the list as a file"), Can.VIEW_TRAINEES)
def export_register(job: Job) -> PrivateFile:
    """Params: asked (the list's filter), ending. Taking personal data away is logged with the file."""
    register = RegisterBook(job.requested_by, job.params["asked"], lambda done: job.progress(done, register.total))
    file = keep_book(job.requested_by, register.book, job.params["ending"])
    register.log(job.requested_by)
    return file


@background(_("Products of the list as a file"), Can.VIEW_PRODUCTS)
def export_products(job: Job) -> PrivateFile:
    """Params: asked (the list's filter and order), ending."""
    user, asked = job.requested_by, job.params["asked"]
    total = exports.rows_of(user, asked).count()
    book = exports.book(user, asked, lambda done: job.progress(done, total))
    return keep_book(user, book, job.params["ending"])


@background(_("List as a file"), Can.VIEW_PRODUCTS)
def export_listing(job: Job) -> PrivateFile:
    """Params: listing (its slug), asked (the list's filter), year, ending."""
    user, asked, year = job.requested_by, job.params["asked"], job.params["year"]
    listing = LISTINGS[job.params["listing"]]
    total = listing.narrowed(user, asked, year).qs.count()
    book = listing.book(user, asked, year, lambda done: job.progress(done, total))
    return keep_book(user, book, job.params["ending"])


@background(_("Requests to open with fewer people as a file"), Can.VIEW_COURSES)
def export_waivers(job: Job) -> PrivateFile:
    """Params: asked (the list's filter), ending."""
    made = waivers_book(job.requested_by, job.params["asked"])
    return keep_book(job.requested_by, made, job.params["ending"])


@background(_("Exhibits and contests of a fair as a file"), Can.VIEW_FAIRS)
def export_shows(job: Job) -> PrivateFile:
    """Params: fair, asked (the lists' filter), ending."""
    fair = Fair.objects.get(pk=job.params["fair"])
    shows = ShowsBook(job.requested_by, fair, job.params["asked"])
    file = keep_book(job.requested_by, shows.book, job.params["ending"])
    shows.log(job.requested_by)
    return file


@background(_("Follow-up of the list as a file"), Can.VIEW_OUTCOMES)
def export_follow_ups(job: Job) -> PrivateFile:
    """Params: asked (the list's filter with its wave), ending. It is logged with the file."""
    people = FollowUpBook(job.requested_by, job.params["asked"], lambda done: job.progress(done, people.total))
    file = keep_book(job.requested_by, people.book, job.params["ending"])
    people.log(job.requested_by)
    return file


@background(_("Satisfaction with courses as a file"), Can.VIEW_OUTCOMES)
def export_satisfaction(job: Job) -> PrivateFile:
    """Params: asked (the list's filter), year, ending."""
    user, asked = job.requested_by, job.params["asked"]
    return keep_book(user, satisfaction_book(user, asked, job.params["year"], job.progress), job.params["ending"])
