"""Opening the training: the rule's meter, who came on the first day, and asking for a waiver."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from courses import life
from courses.models import Course
from offices.permissions import Can, requires
from trainees import openings
from trainees.forms import OpenForm, WaiverRequestForm
from trainees.models import Waiver
from trainees.views.enrolments import roster_of, to_course, visible_course
from trainees.views.refused import done, typed


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Can.EDIT_COURSES)
def course_open(request, pk):
    course = visible_course(request, pk)
    roster = roster_of(course, request.user).on_roster()
    form = OpenForm(roster, typed(request), initial={"first_day": course.starts_on})
    if form.is_valid():
        keys, day = [row.pk for row in form.cleaned_data["came"]], form.cleaned_data["first_day"]
        if done(form, openings.open_course, course=course, first_day=day, came=keys, by=request.user):
            messages.success(request, _("The training is open."))
            return to_course(pk)
    return _shown(request, course, form, WaiverRequestForm())


@require_POST
@requires(Can.EDIT_COURSES)
def waiver_ask(request, pk):
    course = visible_course(request, pk)
    form = WaiverRequestForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if done(form, openings.ask_waiver, course=course, reason=reason, by=request.user):
            messages.success(request, _("The request has been sent to the office that decides on it."))
            return redirect("trainees:course_open", pk)
    opening = OpenForm(roster_of(course, request.user).on_roster(), initial={"first_day": course.starts_on})
    return _shown(request, course, opening, form)


def _shown(request, course, form, waiver_form):
    asked = Waiver.objects.visible_to(request.user).filter(course=course).select_related("decided_by")
    judgement = openings.judge(course, request.user)
    rows = list(roster_of(course, request.user).on_roster())
    ticked = request.POST.getlist("came") if form.is_bound else [str(row.pk) for row in rows]
    context = {
        "course": course,
        "judgement": judgement,
        "exempt": openings.exempt_from_group_size(course),
        "in_turn": life.step_between(course.status, Course.Status.RUNNING) is not None,
        "has_begun": course.status in Course.COUNTED_STATES,
        "rows": rows,
        "ticked": ticked,
        "form": form,
        "waiver_form": waiver_form,
        "waivers": asked,
        "waits": any(waiver.decision == Waiver.Decision.WAITING for waiver in asked),
    }
    return render(request, "trainees/open.html", context)
