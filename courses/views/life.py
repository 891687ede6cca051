"""Moving a course along its life, throwing it away and taking it back."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses import bin_lists, bins, life, panels
from courses.forms import MoveForm
from courses.models import Course
from offices.permissions import Can, requires


@require_http_methods(["GET", "POST"])
@requires(Can.EDIT_COURSES)
def course_move(request, pk):
    course = get_object_or_404(Course.objects.visible_to(request.user), pk=pk)
    asked = request.POST if request.method == "POST" else request.GET
    step = life.step_between(course.status, asked.get("to", ""))
    if step and step.is_forward and (judged := panels.move_to(step.to)):
        return redirect(judged.url_name, pk)
    form = MoveForm(
        request.POST if request.method == "POST" else None,
        initial={"to": step.to if step else "", "seen": course.status},
        step=step,
    )
    if form.is_valid() and _moved(request, course, form):
        return redirect("courses:detail", pk)
    if step is None and not form.is_bound:
        messages.error(request, _("The course cannot be moved there from its present state."))
        return redirect("courses:detail", pk)
    return render(request, "courses/move.html", {"course": course, "step": step, "form": form})


def _moved(request, course, form) -> bool:
    """Move the course; a refusal goes into the form, beside the reason or above it."""
    try:
        moved = life.move(course, by=request.user, **form.cleaned_data)
    except life.MoveRefused as refusal:
        form.add_error(None, refusal)
        return False
    messages.success(request, _("The course is now: %(state)s") % {"state": moved.get_status_display()})
    return True


@require_POST
@requires(Can.EDIT_COURSES)
def course_bin(request, pk):
    course = get_object_or_404(Course.objects.visible_to(request.user), pk=pk)
    try:
        bins.throw_away(course, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("courses:detail", pk)
    thrown = _("The course “%(name)s” is in the bin.") % {"name": course.name}
    messages.success(request, thrown, extra_tags=f"undo:{reverse('courses:restore', args=[pk])}")
    return redirect("courses:list")


@require_POST
@requires(Can.EDIT_COURSES)
def course_restore(request, pk):
    course = get_object_or_404(bins.still_kept(Course, request.user), pk=pk)
    try:
        bins.take_back(course, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("courses:bin_list")
    messages.success(request, _("The course “%(name)s” is back.") % {"name": course.name})
    return redirect("courses:detail", pk)


@require_safe
@requires(Can.EDIT_COURSES)
def course_bin_list(request):
    """What can still be taken back of teaching."""
    context = {"sections": bin_lists.sections(request.user), "days": settings.BIN_DAYS}
    return render(request, "courses/bin_list.html", context)
