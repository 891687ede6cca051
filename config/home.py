"""The first page: what must I do next, by when. Each subject adds its own lines; nothing to do says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, F, Min, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET
from django_tables2 import RequestConfig

from config.home_courses import gathering, unfilled
from config.news import news
from courses import panels
from courses.models import Course
from documents import circular_standing
from documents.models import Circular
from jobs.models import Job
from offices.clock import today
from offices.models import ChecklistItem, Invitation, User
from offices.permissions import Can, may, requires
from offices.thai.dates import fiscal_year_of, short_date
from offices.years import chosen_year, waves_known
from reports.overview import OverviewTable, own_overview
from supervision.models import Visit
from trainees.asking import to_ask_by_wave
from trainees.models import Product, Waiver
from trainees.products.filters import STANDS
from trainees.products.standing import Standing, with_standing

SOON = timedelta(days=14)


@dataclass(frozen=True)
class Todo:
    """One thing to do: what, where to do it, by when if there is a day, and whether that day has passed."""

    text: str | Promise
    url: str
    icon: str
    due: str = ""
    late: bool = False


@require_GET
@requires(Can.OPEN_HOME)
def home(request: HttpRequest) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]
    year = chosen_year(request)
    context = {
        "todos": list(_todos(user)),
        "states": _states(user, year),
        "year": year,
        "news": news(user),
        **_courses(user),
        **_figures(request, user, year),
    }
    return render(request, "home.html", context)


def _courses(user: User) -> dict[str, object]:
    """What a school's own courses still need: people to open, entries to be whole."""
    if not may(user, Can.EDIT_COURSES):
        return {}
    return {"may_edit_courses": True, "gathering": gathering(user), "unfilled": unfilled(user)}


def _figures(request: HttpRequest, user: User, year: int | None) -> dict[str, object]:
    """The first indicator over the places one looks after: schools of a province, provinces of the country."""
    found = own_overview(user, year) if year is not None and may(user, Can.VIEW_INDICATORS) else None
    if found is None:
        return {}
    table = OverviewTable(found, known_only=True)
    RequestConfig(request, paginate=False).configure(table)
    return {"overview": found, "table": table}


def _todos(user: User) -> Iterator[Todo]:
    if may(user, Can.DECIDE_WAIVERS):
        yield from _waivers_to_decide(user)
    if may(user, Can.SUPERVISE):
        yield from _forms_to_finish(user)
    if may(user, Can.EDIT_COURSES):
        yield from _courses_that_wait(user)
    if may(user, Can.EDIT_PRODUCTS):
        yield from _products_to_assess(user)
    if may(user, Can.EDIT_OUTCOMES):
        yield from _people_to_ask(user)
    if may(user, Can.VIEW_CIRCULARS):
        yield from _circulars_that_wait(user)
    if may(user, Can.MANAGE_ACCOUNTS):
        yield from _invitations_that_wait(user)
    if may(user, Can.WATCH_OWN_JOBS):
        yield from _finished_jobs(user)


def _waivers_to_decide(user: User) -> Iterator[Todo]:
    waiting = Waiver.objects.decided_by(user).filter(decision=Waiver.Decision.WAITING, course__binned_at=None)
    found = waiting.aggregate(number=Count("pk"), first_day=Min("course__starts_on"))
    number, first_day = found["number"], found["first_day"]
    if number:
        text = ngettext(
            "%(number)d request to open below the group size waits for your decision",
            "%(number)d requests to open below the group size wait for your decision",
            number,
        )
        url = reverse("trainees:waivers")
        yield Todo(
            text % {"number": number}, url, "clipboard-check", short_date(first_day), late=first_day < today()
        )


def _forms_to_finish(user: User) -> Iterator[Todo]:
    drafts = Visit.objects.decided_by(user).filter(status=Visit.Status.DRAFT).select_related("course")
    for visit in drafts.order_by("visited_on", "pk")[:5]:
        text = _("PT.11 of %(day)s to finish: “%(course)s”") % {
            "day": short_date(visit.visited_on),
            "course": visit.course,
        }
        yield Todo(text, reverse("supervision:edit", args=[visit.pk]), "clipboard-check")


def _courses_that_wait(user: User) -> Iterator[Todo]:
    """Courses whose day is near or has passed while their state stayed behind."""
    behind = Q(status__in=["approved", "open"], starts_on__lte=today() + SOON) | Q(
        status="running", ends_on__lt=today()
    )
    courses = list(
        Course.objects.visible_to(user).filter(behind).select_related("course_type").order_by("starts_on")[:8]
    )
    people = panels.people_on(user, [course.pk for course in courses])
    for course in courses:
        url = reverse("courses:detail", args=[course.pk])
        if course.status == Course.Status.RUNNING:
            text = _("“%(course)s” has ended: complete it") % {"course": course.name}
            yield Todo(text, url, "check-circle", short_date(course.ends_on), late=True)
            continue
        late = course.starts_on < today()
        said = (
            _("“%(course)s” should have begun: %(people)d of %(size)d people enrolled")
            if late
            else _("“%(course)s” begins: %(people)d of %(size)d people enrolled")
        )
        text = said % {
            "course": course.name,
            "people": people.get(course.pk, 0),
            "size": course.course_type.group_size,
        }
        yield Todo(text, url, "calendar3", short_date(course.starts_on), late=late)


def _products_to_assess(user: User) -> Iterator[Todo]:
    """Products that nobody has looked at yet, once there is a checklist to look by."""
    if not ChecklistItem.objects.filter(fiscal_year=fiscal_year_of(today())).exists():
        return
    products = with_standing(Product.objects.visible_to(user), user)
    number = products.filter(STANDS[Standing.NEVER]).count()
    if number:
        text = ngettext(
            "%(number)d product has not been assessed yet",
            "%(number)d products have not been assessed yet",
            number,
        )
        url = f"{reverse('trainees:products')}?standing={Standing.NEVER}"
        yield Todo(text % {"number": number}, url, "clipboard-check")


def _people_to_ask(user: User) -> Iterator[Todo]:
    """One line for each wave of the follow-up at which people who passed are due."""
    for wave, people in to_ask_by_wave(user, waves_known()).items():
        if people:
            text = ngettext(
                "%(number)d person to ask at %(wave)d days after the course",
                "%(number)d people to ask at %(wave)d days after the course",
                people,
            )
            url = f"{reverse('trainees:follow_up_list')}?wave={wave}"
            yield Todo(text % {"number": people, "wave": wave}, url, "telephone")


def _circulars_that_wait(user: User) -> Iterator[Todo]:
    """What a school has to acknowledge, and what a province has to pass on."""
    seen = circular_standing.with_standing(Circular.objects.visible_to(user), user)
    for circular in circular_standing.waiting_at(seen, user).order_by(
        F("due_on").asc(nulls_last=True), "-dated_on", "pk"
    )[:5]:
        text = _("To pass on: “%(circular)s”") if user.province_id else _("To acknowledge: “%(circular)s”")
        said = text % {"circular": circular.subject}
        if circular.reminders:
            said = _("Reminder: %(what)s") % {"what": said}
        due, late = circular.due_on, bool(circular.due_on and circular.due_on < today())
        url = reverse("documents:circular", args=[circular.pk])
        yield Todo(said, url, "bell" if circular.reminders else "envelope", short_date(due) if due else "", late)


def _invitations_that_wait(user: User) -> Iterator[Todo]:
    number = Invitation.objects.looked_after_by(user).waiting().count()
    if number:
        text = ngettext(
            "%(number)d invitation has not been accepted yet",
            "%(number)d invitations have not been accepted yet",
            number,
        )
        yield Todo(text % {"number": number}, reverse("offices:accounts"), "person-badge")


def _finished_jobs(user: User) -> Iterator[Todo]:
    for job in Job.objects.of(user).filter(status=Job.Status.DONE, result__isnull=False)[:3]:
        text = _("“%(title)s” is ready to download") % {"title": job.title}
        yield Todo(text, reverse("jobs:detail", args=[job.pk]), "file-earmark-spreadsheet")


def _states(user: User, year: int | None) -> list[dict[str, object]]:
    """Courses of the chosen year by state, as the board shows them; empty states are left out."""
    if year is None or not may(user, Can.VIEW_COURSES):
        return []
    rows = (
        Course.objects.visible_to(user).of_year(year).order_by().values(state=F("status")).annotate(n=Count("pk"))
    )
    found = {row["state"]: row["n"] for row in rows}
    return [
        {"state": state.value, "label": state.label, "number": found[state.value]}
        for state in Course.Status
        if found.get(state.value)
    ]
