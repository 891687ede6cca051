"""What offices have: one's own, those below, one of them, one course, and one fair."""

from __future__ import annotations

from io import BytesIO

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from courses.models import Course, Fair, FairPart, Spending
from courses.money import fairs, names, overview
from courses.money.balance import Office, spent, together
from courses.money.exports import LISTS
from courses.money.holding import office_of
from courses.tasks import export_money
from documents.renderers import OF_LISTS, RENDERERS
from jobs.queue import enqueue
from offices.models import Province, School
from offices.permissions import Can, may, requires
from offices.scoping import provinces_for
from offices.years import chosen_year

MOST_AT_ONCE = 2_000
ROWS_SHOWN = 20


def _shown(request, office, name, **more):
    """One office's own money: by budget line, by quarter, by purpose and by expense."""
    user, year = request.user, chosen_year(request) or 0
    lines = overview.by_line(user, office, year)
    purposes, expenses = (by(user, office, year) for by in (overview.by_purpose, overview.by_expense))
    context = {
        "office_name": name,
        "lines": lines,
        "whole": overview.in_all(lines),
        "quarters": overview.by_quarter(user, office, year),
        "purposes": purposes,
        "purposes_in_all": overview.in_all(purposes),
        "expenses": expenses,
        "expenses_in_all": overview.in_all(expenses),
        "rows_url": overview.rows_of(office),
        **more,
    }
    return render(request, "courses/money/place.html", context)


@require_safe
@requires(Can.VIEW_MONEY)
def money_overview(request):
    """The user's own office, and the offices below it."""
    user, year = request.user, chosen_year(request) or 0
    below = [] if user.school_id else overview.below(user, year)
    return _shown(
        request,
        office_of(user),
        user.place,
        is_own=True,
        below=below,
        below_in_all=overview.in_all(below),
        may_allocate=may(user, Can.ALLOCATE_MONEY),
        may_receive=may(user, Can.EDIT_YEARS),
        names_missing=names.are_missing(year),
    )


@require_safe
@requires(Can.ALLOCATE_MONEY)
def money_province(request, pk):
    """A province: its office's own money, and its schools'."""
    province = get_object_or_404(Province.objects.filter(provinces_for(request.user)), pk=pk)
    below = overview.schools_of(request.user, province, chosen_year(request) or 0)
    return _shown(
        request,
        Office(province=province.pk),
        str(province),
        below=below,
        below_in_all=overview.in_all(below),
    )


@require_safe
@requires(Can.VIEW_MONEY)
def money_school(request, pk):
    school = get_object_or_404(School.objects.visible_to(request.user), pk=pk)
    return _shown(request, Office(school=school.pk), school.name)


@vary_on_headers("HX-Request")
@require_safe
@requires(Can.VIEW_MONEY)
def money_course(request, pk):
    """What was spent for one course: a page, and the panel of the course page."""
    course = get_object_or_404(Course.objects.visible_to(request.user).select_related("school"), pk=pk)
    rows = Spending.objects.visible_to(request.user).filter(course=course)
    context = {
        "course": course,
        "balance": together(spent(request.user, "course", course=course.pk).values()),
        "rows": rows.select_related("expense_line")[:ROWS_SHOWN],
        "count": rows.count(),
        "may_spend": request.user.school_id == course.school_id,
        "rows_url": overview.rows_of(Office(), course=course.pk),
    }
    fragment = "courses/money/course.html#panel" if request.htmx else "courses/money/course.html"
    return render(request, fragment, context)


@vary_on_headers("HX-Request")
@require_safe
@requires(Can.VIEW_MONEY)
def money_fair(request, pk):
    """What a fair costs the offices that one sees: a page, and the panel of the fair's page."""
    fair, user = get_object_or_404(Fair, pk=pk), request.user
    rows = fairs.by_rule(user, fair)
    context = {
        "fair": fair,
        "rows": rows,
        "is_known": any(row.planned is not None or row.balance.used is not None for row in rows),
        "takes_part": FairPart.objects.own_of(user).filter(fair=fair).exists(),
        "may_spend": may(user, Can.SPEND_MONEY) and fair.status != Fair.Status.CANCELLED,
    }
    fragment = "courses/money/fair.html#panel" if request.htmx else "courses/money/fair.html"
    return render(request, fragment, context)


@require_POST
@requires(Can.VIEW_MONEY)
def money_export(request, what, ending):
    """The rows of a list as a file: a few at once, many as a job."""
    asked = {name: value for name, value in request.GET.items() if value and name != "page"}
    year, listed = chosen_year(request), LISTS.get(what)
    if listed is None or ending not in OF_LISTS:
        raise Http404
    if listed.found(request.user, asked, year).count() > MOST_AT_ONCE:
        job = enqueue(export_money, request.user, what=what, asked=asked, year=year, ending=ending)
        return redirect("jobs:detail", job.pk)
    renderer, file = RENDERERS[ending], BytesIO()
    renderer.write(listed.book(request.user, asked, year), file)
    file.seek(0)
    name = f"{listed.title}-{year}.{ending}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=renderer.content_type)
