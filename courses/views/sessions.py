"""The sessions of a course: planned in one press, changed one by one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from courses import sessions
from courses.models import Course, Session
from courses.rules import hours_shown
from courses.session_forms import PlanForm, SessionForm
from offices import holidays
from offices.permissions import Can, may, requires


def _course(request, pk):
    return get_object_or_404(Course.objects.visible_to(request.user).select_related("school"), pk=pk)


def _session(request, pk):
    """A session whose course is there for this person."""
    rows = Session.objects.visible_to(request.user).filter(course__binned_at__isnull=True)
    return get_object_or_404(rows.select_related("course"), pk=pk)


def _shown(request, course, *, plan_form=None):
    rows = sessions.sessions_of(course, request.user)
    planned = sessions.hours_planned(rows)
    may_edit = may(request.user, Can.EDIT_COURSES) and course.status not in Course.OVER
    context = {
        "course": course,
        "sessions": rows,
        "days": len({row.held_on for row in rows}),
        "planned": planned,
        "missing": max(course.hours - planned, 0),
        "surplus": max(planned - course.hours, 0),
        "clashes": sessions.clashes(course, rows, request.user),
        "holidays": holidays.holidays_on([row.held_on for row in rows]),
        "may_edit": may_edit,
        "form": (plan_form or PlanForm()) if may_edit and planned < course.hours else None,
    }
    fragment = request.htmx and request.method == "GET"
    return render(request, "courses/sessions.html#panel" if fragment else "courses/sessions.html", context)


@vary_on_headers("HX-Request")
@require_safe
@requires(Can.VIEW_COURSES)
def session_list(request, pk):
    return _shown(request, _course(request, pk))


@require_POST
@requires(Can.EDIT_COURSES)
def session_plan(request, pk):
    """Spread the hours that have no session yet over the days of the course."""
    course = _course(request, pk)
    form = PlanForm(request.POST)
    if form.is_valid():
        chosen = {"sittings": form.cleaned_data["sittings"], "skipped_weekdays": form.cleaned_data["skip"]}
        if form.cleaned_data["without_holidays"]:
            chosen["skipped_days"] = holidays.holidays_between(course.starts_on, course.ends_on)
        try:
            left = sessions.plan(course=course, by=request.user, **chosen)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            if course.status in Course.OVER or refusal.code == "planned":
                messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, _("The sessions are planned. Change single ones below where they differ."))
            if left:
                full = _("%(hours)s hours found no room in the days of the course.")
                messages.warning(request, full % {"hours": hours_shown(left)})
            return redirect("courses:sessions", pk)
    return _shown(request, course, plan_form=form)


def _entered(request, form, course, **more):
    """The form of one session: saved and back to the list, or shown again with its reasons."""
    if form.is_valid():
        try:
            session = sessions.keep(form.instance, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Saved."))
            if found := holidays.holidays_on([session.held_on]):
                messages.warning(request, _("This day is a holiday: %(day)s") % {"day": holidays.in_words(found)})
            for clash in sessions.clashes(course, [session], request.user):
                told = _("At the same time the course “%(course)s” has the same: %(what)s")
                what = ", ".join(filter(None, [clash.instructor, clash.venue]))
                messages.warning(request, told % {"course": clash.other.course, "what": what})
            return redirect("courses:sessions", course.pk)
    cancel = reverse("courses:sessions", args=[course.pk])
    return render(
        request, "courses/sessions_form.html", {"form": form, "course": course, "cancel": cancel, **more}
    )


def _stays(request, course):
    """The answer when the course is over, else None."""
    try:
        sessions.refuse_unless_open_to_changes(course)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("courses:sessions", course.pk)
    return None


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Can.EDIT_COURSES)
def session_add(request, pk):
    course = _course(request, pk)
    if stays := _stays(request, course):
        return stays
    empty = Session(course=course, school_id=course.school_id)
    typed = request.POST if request.method == "POST" else None
    form = SessionForm(request.user, typed, instance=empty, initial={"held_on": course.starts_on})
    return _entered(request, form, course, heading=_("New session"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Can.EDIT_COURSES)
def session_edit(request, pk):
    session = _session(request, pk)
    if stays := _stays(request, session.course):
        return stays
    form = SessionForm(request.user, request.POST if request.method == "POST" else None, instance=session)
    return _entered(request, form, session.course, heading=_("Change the session"), session=session)


@require_POST
@requires(Can.EDIT_COURSES)
def session_remove(request, pk):
    session = _session(request, pk)
    try:
        sessions.remove(session, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("The session is out of the plan."))
    return redirect("courses:sessions", session.course_id)
