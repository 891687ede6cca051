"""Courses as a list and as a board: two views of one filter."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from urllib.parse import urlencode

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_tables2 import RequestConfig

from courses import exports, panels
from courses.filters import CourseFilter
from courses.models import Course
from courses.tables import CourseTable
from courses.tasks import export_courses
from courses.views.remembered import remembered
from documents.renderers import OF_LISTS, RENDERERS
from jobs.queue import enqueue
from offices.permissions import Can, may, requires
from offices.years import chosen_year

PER_PAGE = 25
CARDS = 12
MOST_AT_ONCE = 2_000
FILTER = "courses:filter"


def narrowed(request):
    courses = Course.objects.visible_to(request.user).select_related("school", "course_type")
    return CourseFilter(request.GET, courses, user=request.user, year=chosen_year(request))


def _without(request, *names):
    return {name: value for name, value in request.GET.items() if value and name not in names}


def _page(request, narrow, **more):
    query = urlencode(_without(request, "page", "sort"))
    return {
        "export_query": urlencode(_without(request, "page")),
        "filter": narrow,
        "query": query,
        "narrowed_further": any(
            request.GET.get(name) for name in narrow.filters if name not in narrow.always_shown
        ),
        "may_edit": may(request.user, Can.EDIT_COURSES),
        "tabs": [
            {"label": _("List"), "url": f"{reverse('courses:list')}?{query}", "active": "table" in more},
            {"label": _("Board"), "url": f"{reverse('courses:board')}?{query}", "active": "columns" in more},
        ],
        **more,
    }


@require_safe
@requires(Can.VIEW_COURSES)
@remembered(FILTER)
@vary_on_headers("HX-Request")
def course_list(request):
    narrow = narrowed(request)
    table = CourseTable(narrow.qs, several_schools=narrow.sees_schools)
    RequestConfig(request, paginate={"per_page": PER_PAGE}).configure(table)
    table.people = panels.people_on(request.user, [row.record.pk for row in table.page.object_list])
    page = _page(request, narrow, table=table, count=table.page.paginator.count)
    template = "courses/list.html#results" if request.htmx else "courses/list.html"
    return render(request, template, page)


@dataclass
class Column:
    """The courses of one state on the board; `courses` are the first few of `count`."""

    state: Course.Status
    count: int
    courses: list[Course]
    everything: str


@require_safe
@requires(Can.VIEW_COURSES)
@remembered(FILTER)
@vary_on_headers("HX-Request")
def course_board(request):
    narrow = narrowed(request)
    columns = _columns(request, narrow)
    page = _page(request, narrow, columns=columns, count=sum(column.count for column in columns))
    template = "courses/board.html#results" if request.htmx else "courses/board.html"
    return render(request, template, page)


def _columns(request, narrow):
    courses = narrow.qs
    chosen = narrow.form.cleaned_data.get("status")
    counts = dict(courses.order_by().values_list("status").annotate(n=Count("pk")))
    place = Window(
        RowNumber(), partition_by=F("status"), order_by=[F("starts_on").desc(), F("name_order"), F("pk")]
    )
    first = list(courses.annotate(place=place).filter(place__lte=CARDS).order_by("place"))
    people = panels.people_on(request.user, [course.pk for course in first])
    columns = []
    for state in Course.Status:
        if chosen and state != chosen:
            continue
        cards = [course for course in first if course.status == state]
        for course in cards:
            course.people = people.get(course.pk)
        query = urlencode(_without(request, "page", "sort") | {"status": state.value})
        columns.append(Column(state, counts.get(state, 0), cards, f"{reverse('courses:list')}?{query}"))
    return columns


@require_POST
@requires(Can.VIEW_COURSES)
def course_export(request, ending):
    """The rows of the list as a file: a few at once, many as a job."""
    asked, year = _without(request, "page"), chosen_year(request)
    if ending not in OF_LISTS:
        raise Http404
    if exports.rows_of(request.user, asked, year).count() > MOST_AT_ONCE:
        job = enqueue(export_courses, request.user, asked=asked, year=year, ending=ending)
        return redirect("jobs:detail", job.pk)
    renderer, file = RENDERERS[ending], BytesIO()
    renderer.write(exports.book(request.user, asked, year), file)
    file.seek(0)
    name = f"{_('courses')}-{year}.{ending}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=renderer.content_type)


@require_safe
@requires(Can.EDIT_COURSES)
def course_copy_last(request):
    """To a copy of the course that was entered last."""
    last = Course.objects.visible_to(request.user).order_by("-pk").first()
    return redirect("courses:copy", last.pk) if last else redirect("courses:create")
