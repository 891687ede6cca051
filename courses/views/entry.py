"""Entering, changing and copying a course, and what its form asks while one types."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses import drafts, places, teaching
from courses.forms import CourseForm, is_changeable
from courses.models import Course, Curriculum
from courses.rules import HoursRefused
from courses.views.typed import judged_hours
from offices import holidays
from offices.permissions import Can, requires

COPIED = [
    "curriculum", "name", "hours", "skill_purpose", "learning_mode", "venue", "instructor", "project",
    "needs_found", "needs_found_other",
]  # fmt: skip


def _shown(request, form, **more):
    return render(request, "courses/form.html", {"form": form, **more})


def _warn_of_holidays(request, course):
    """Told, never refused: the sessions of a course may leave such a day out."""
    if found := holidays.holidays_between(course.starts_on, course.ends_on):
        told = _("Between the first and the last day lie holidays: %(days)s")
        messages.warning(request, told % {"days": holidays.in_words(found)})


def _to_new_curriculum(request, back_to):
    """Leave the course form for a new curriculum; what was typed waits in the session."""
    drafts.keep(request, back_to)
    return redirect(f"{reverse('courses:curriculum_create')}?next={back_to}")


@require_http_methods(["GET", "POST"])
@requires(Can.EDIT_COURSES)
def course_create(request):
    if "new_curriculum" in request.POST:
        return _to_new_curriculum(request, reverse("courses:create"))
    initial = drafts.take(request) if request.method == "GET" else {}
    form = CourseForm(request.user, request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        form.instance.created_by = request.user
        course = form.save()
        messages.success(request, _("The course “%(name)s” has been saved as a draft.") % {"name": course.name})
        _warn_of_holidays(request, course)
        return redirect("courses:detail", course.pk)
    return _shown(request, form, heading=_("New course"), cancel=reverse("courses:list"))


@require_http_methods(["GET", "POST"])
@requires(Can.EDIT_COURSES)
def course_edit(request, pk):
    course = get_object_or_404(
        Course.objects.visible_to(request.user).select_related("subdistrict__district__province"), pk=pk
    )
    here = reverse("courses:detail", args=[pk])
    if "new_curriculum" in request.POST and is_changeable(course):
        return _to_new_curriculum(request, request.path)
    initial = drafts.take(request) if request.method == "GET" else {}
    form = CourseForm(
        request.user, request.POST if request.method == "POST" else None, instance=course, initial=initial
    )
    valid = form.is_valid()
    if not is_changeable(course):
        why = _("A course in the state “%(state)s” can no longer be changed.")
        messages.error(request, why % {"state": course.get_status_display()})
        if not form.conflict:  # else it was changeable when the form was opened: what was typed is shown
            return redirect(here)
    elif valid:
        form.save()
        messages.success(request, _("Saved."))
        if {"starts_on", "ends_on"} & set(form.changed_data):
            _warn_of_holidays(request, course)
        return redirect(here)
    return _shown(request, form, course=course, heading=_("Change the course"), cancel=here)


@require_safe
@requires(Can.EDIT_COURSES)
def course_copy(request, pk):
    """The form of a new course, filled from this one; the days are asked anew."""
    course = get_object_or_404(
        Course.objects.visible_to(request.user).select_related("subdistrict__district__province"), pk=pk
    )
    facts = {name: course.serializable_value(name) for name in COPIED}
    facts["hours"] = f"{course.hours.normalize():f}"
    facts["instructor"] = teaching.in_words(teaching.taught_by(request.user, course))[:150]
    if course.subdistrict:
        facts["subdistrict"] = places.label_of(course.subdistrict)
    form = CourseForm(request.user, initial=facts)
    return _shown(
        request,
        form,
        copied=course,
        heading=_("Copy a course"),
        action=reverse("courses:create"),
        cancel=reverse("courses:detail", args=[pk]),
    )


@require_safe
@requires(Can.EDIT_COURSES)
def course_classify(request):
    """The type of the hours as they are being typed: a fragment of the course form."""
    try:
        kind, hours = judged_hours(request.GET, Curriculum.objects.visible_to(request.user))
    except HoursRefused as refusal:
        return render(request, "courses/form.html#type", {"reason": " ".join(refusal.messages)})
    return render(request, "courses/form.html#type", {"kind": kind, "hours": hours})


@require_safe
@requires(Can.EDIT_COURSES)
def course_subdistricts(request):
    """What the subdistrict field offers for what is typed: a fragment of the course form."""
    near = places.district_of(request.user.school)
    found = places.search(request.GET.get("subdistrict", ""), near=near)[: places.MOST_OPTIONS]
    return render(request, "courses/form.html#subdistricts", {"labels": [places.label_of(p) for p in found]})
