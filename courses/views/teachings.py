"""The instructors of one course, with their invitation and reply: a panel of the course page, and a page."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from courses import appointing, bins, sessions
from courses.instructor_forms import TeachingForm
from courses.models import Course, Instructor, Teaching
from offices.permissions import Can, may, requires


def _course(request, pk):
    return get_object_or_404(Course.objects.visible_to(request.user).select_related("school"), pk=pk)


def _rows(request):
    """Those whose course is there for this person."""
    rows = Teaching.objects.visible_to(request.user).filter(course__binned_at=None)
    return rows.select_related("course", "instructor").defer(*(f"instructor__{c}" for c in Instructor.ENCRYPTED))


def _new_form(request, course, typed=None):
    return TeachingForm(request.user, typed, instance=Teaching(course=course, school_id=course.school_id))


def _shown(request, course, *, form=None):
    may_edit = may(request.user, Can.EDIT_COURSES) and course.status not in Course.OVER
    fragment = request.htmx and request.method == "GET"
    context = {
        "course": course,
        "rows": _rows(request).filter(course=course),
        "may_edit": may_edit,
        "form": (form or _new_form(request, course)) if may_edit and not fragment else None,
    }
    template = "courses/teachings.html#panel" if fragment else "courses/teachings.html"
    return render(request, template, context)


@vary_on_headers("HX-Request")
@require_safe
@requires(Can.VIEW_COURSES)
def teaching_list(request, pk):
    return _shown(request, _course(request, pk))


@require_POST
@requires(Can.EDIT_COURSES)
def teaching_add(request, pk):
    course = _course(request, pk)
    if stays := _stays(request, course):
        return stays
    form = _new_form(request, course, request.POST)
    if not form.is_valid():
        return _shown(request, course, form=form)
    try:
        teaching = appointing.appoint(form.save(commit=False), by=request.user)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _shown(request, course, form=form)
    messages.success(request, _("%(name)s is on the course.") % {"name": teaching.instructor})
    _warn_of_clashes(request, course)
    return redirect("courses:teachings", pk)


def _stays(request, course):
    """The answer when the course is over, else None."""
    try:
        sessions.refuse_unless_open_to_changes(course)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("courses:teachings", course.pk)
    return None


def _warn_of_clashes(request, course):
    planned = sessions.sessions_of(course, request.user)
    told = {
        (clash.instructor, str(clash.other.course))
        for clash in sessions.clashes(course, planned, request.user)
        if clash.instructor
    }
    for who, other in sorted(told):
        text = _("%(who)s teaches “%(course)s” at the same time.")
        messages.warning(request, text % {"who": who, "course": other})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Can.EDIT_COURSES)
def teaching_edit(request, pk):
    teaching = get_object_or_404(_rows(request), pk=pk)
    if stays := _stays(request, teaching.course):
        return stays
    form = TeachingForm(request.user, request.POST if request.method == "POST" else None, instance=teaching)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("courses:teachings", teaching.course_id)
    cancel = reverse("courses:teachings", args=[teaching.course_id])
    return render(request, "courses/teaching_form.html", {"form": form, "teaching": teaching, "cancel": cancel})


@require_POST
@requires(Can.EDIT_COURSES)
def teaching_bin(request, pk):
    teaching = get_object_or_404(_rows(request), pk=pk)
    if stays := _stays(request, teaching.course):
        return stays
    bins.throw_away(teaching, by=request.user)
    undo = reverse("courses:teaching_restore", args=[pk])
    off = _("%(name)s is off the course.") % {"name": teaching.instructor}
    messages.success(request, off, extra_tags=f"undo:{undo}")
    return redirect("courses:teachings", teaching.course_id)


@require_POST
@requires(Can.EDIT_COURSES)
def teaching_restore(request, pk):
    rows = bins.still_kept(Teaching, request.user).select_related("instructor")
    teaching = get_object_or_404(rows, pk=pk)
    try:
        bins.take_back(teaching, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("courses:bin_list")
    messages.success(request, _("%(name)s is on the course.") % {"name": teaching.instructor})
    return redirect("courses:teachings", teaching.course_id)
