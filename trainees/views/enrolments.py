"""The roster of a course: who is on it, adding people, and what happens to a person's place."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from courses.models import Course
from offices.clock import today
from offices.permissions import Can, may, requires
from trainees import bins, openings, operations
from trainees.filters import named
from trainees.forms import CameForm, EnrolForm, EnrolmentForm, WithdrawForm
from trainees.forms.text import TidyField
from trainees.identity import keys_of, looks_like_a_number
from trainees.models import Enrolment, Trainee
from trainees.views.refused import done, done_or_told, typed

MOST_CANDIDATES = 20


def visible_course(request, pk):
    courses = Course.objects.visible_to(request.user).select_related("course_type", "fiscal_year", "school")
    return get_object_or_404(courses, pk=pk)


def roster_of(course, user):
    """Everybody on the course, those who withdrew too, by name."""
    rows = Enrolment.objects.visible_to(user).filter(course=course).select_related("trainee")
    return rows.defer(*Enrolment.ENCRYPTED).order_by("trainee__name_order", "pk")


def _visible_enrolment(request, pk):
    rows = Enrolment.objects.visible_to(request.user).select_related("trainee", "course")
    return get_object_or_404(rows.defer(*Enrolment.ENCRYPTED), pk=pk)


def to_course(course_id):
    return redirect(f"{reverse('courses:detail', args=[course_id])}#roster")


def _roster(request, course, **more):
    rows = list(roster_of(course, request.user))
    staying = [row for row in rows if row.status == Enrolment.Status.ENROLLED]
    template = "trainees/roster.html#panel" if request.htmx else "trainees/roster.html"
    context = {
        "course": course,
        "rows": rows,
        "people": len(staying),
        "came": sum(row.first_attended_on is not None for row in rows),
        "exempt": openings.exempt_from_group_size(course),
        "may_edit": may(request.user, Can.EDIT_TRAINEES),
        "takes_people": course.status in operations.TAKES_PEOPLE,
        "is_over": course.status in Course.OVER,
        "under_way": course.status in (Course.Status.RUNNING, Course.Status.COMPLETED),
        "running": course.status == Course.Status.RUNNING,
        **more,
    }
    return render(request, template, context)


@vary_on_headers("HX-Request")
@require_safe
@requires(Can.VIEW_TRAINEES)
def course_roster(request, pk):
    return _roster(request, visible_course(request, pk))


@require_POST
@requires(Can.EDIT_TRAINEES)
def course_candidates(request, pk):
    """People of the register who could be added. Sent by POST: it may be a document number that was typed."""
    course = visible_course(request, pk)
    sought = TidyField(required=False, max_length=100)
    text = sought.to_python(request.POST.get("q", ""))[:100]
    people = _candidates(course, request.user, text)
    found = {"sought": text, "candidates": people[:MOST_CANDIDATES], "more": len(people) > MOST_CANDIDATES}
    found["enrol_form"] = EnrolForm(request.user, course, initial={"joined_on": today()})
    if request.htmx:
        context = {"course": course, "running": course.status == Course.Status.RUNNING, **found}
        return render(request, "trainees/roster.html#candidates", context)
    return _roster(request, course, **found)


def _candidates(course, user, text):
    if not text:
        return []
    people = (
        Trainee.objects.visible_to(user).filter(Trainee.KNOWN, school=course.school_id).defer(*Trainee.ENCRYPTED)
    )
    people = (
        people.filter(person_key__in=keys_of(text)) if looks_like_a_number(text) else people.filter(named(text))
    )
    there = Enrolment.objects.visible_to(user).filter(course=course).values("trainee")
    return list(people.exclude(pk__in=there).order_by("name_order", "pk")[: MOST_CANDIDATES + 1])


@require_POST
@requires(Can.EDIT_TRAINEES)
def course_enrol(request, pk):
    course = visible_course(request, pk)
    form = EnrolForm(request.user, course, request.POST)
    if form.is_valid():
        people = list(form.cleaned_data["people"])
        given = {"course": course, "trainees": people, "by": request.user}
        if done(form, operations.enrol, joined_on=form.cleaned_data.get("joined_on"), **given):
            for clash in operations.clashes(**given):
                told = _("%(name)s is on “%(course)s” in the same days: can this be right?")
                messages.warning(request, told % {"name": clash.trainee, "course": clash.course})
            messages.success(request, _enrolled(people))
            return to_course(pk)
    chosen = Trainee.objects.visible_to(request.user).defer(*Trainee.ENCRYPTED)
    ticked = [
        int(key) for key in request.POST.getlist("people") if key.isascii() and key.isdecimal() and len(key) < 18
    ]
    people = list(chosen.filter(Trainee.KNOWN, pk__in=ticked, school=course.school_id)[:100])
    return _roster(request, course, candidates=people, enrol_form=form, ticked=ticked, sought="")


def _enrolled(people):
    if len(people) == 1:
        return _("%(name)s is on the course.") % {"name": people[0]}
    return ngettext("%(n)d person is on the course.", "%(n)d people are on the course.", len(people)) % {
        "n": len(people)
    }


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Can.EDIT_TRAINEES)
def enrolment_edit(request, pk):
    row = _visible_enrolment(request, pk)
    if row.course.status in Course.OVER:
        done_or_told(request, operations.refuse_unless_open_to_changes, course=row.course)
        return to_course(row.course_id)
    form = EnrolmentForm(request.user, typed(request), instance=row)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return to_course(row.course_id)
    return render(request, "trainees/enrolment.html", {"form": form, "row": row})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Can.EDIT_TRAINEES)
def enrolment_withdraw(request, pk):
    row = _visible_enrolment(request, pk)
    form = WithdrawForm(typed(request), initial={"withdrawn_on": today()})
    if form.is_valid():
        day, reason = form.cleaned_data["withdrawn_on"], form.cleaned_data["reason"]
        if done(form, operations.withdraw, enrolment=row, on=day, reason=reason, by=request.user):
            undo = reverse("trainees:take_back", args=[pk])
            told = _("%(name)s has withdrawn.") % {"name": row.trainee}
            messages.success(request, told, extra_tags=f"undo:{undo}")
            return to_course(row.course_id)
    return render(request, "trainees/withdraw.html", {"form": form, "row": row})


@require_POST
@requires(Can.EDIT_TRAINEES)
def enrolment_take_back(request, pk):
    row = _visible_enrolment(request, pk)
    if done_or_told(request, operations.take_back, enrolment=row, by=request.user):
        messages.success(request, _("%(name)s is on the course again.") % {"name": row.trainee})
    return to_course(row.course_id)


@require_POST
@requires(Can.EDIT_TRAINEES)
def enrolment_remove(request, pk):
    row = _visible_enrolment(request, pk)
    if done_or_told(request, bins.remove_enrolment, enrolment=row, by=request.user):
        undo = reverse("trainees:enrolment_restore", args=[pk])
        told = _("%(name)s has been taken off the course.") % {"name": row.trainee}
        messages.success(request, told, extra_tags=f"undo:{undo}")
    return to_course(row.course_id)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Can.EDIT_TRAINEES)
def course_mark_came(request, pk):
    """Who has come since the opening, and since when."""
    course = visible_course(request, pk)
    rows = roster_of(course, request.user).on_roster()
    waiting = rows.filter(first_attended_on=None)
    form = CameForm(waiting, typed(request), initial={"on": min(today(), course.ends_on)})
    if form.is_valid():
        keys, day = [row.pk for row in form.cleaned_data["came"]], form.cleaned_data["on"]
        marked = done(form, operations.mark_came, course=course, enrolments=keys, on=day, by=request.user)
        if marked is not None:
            told = ngettext("%(n)d person is marked as come.", "%(n)d people are marked as come.", marked)
            messages.success(request, told % {"n": marked})
            return to_course(pk)
    context = {"course": course, "form": form, "waiting": waiting, "ticked": request.POST.getlist("came")}
    return render(request, "trainees/came.html", context | {"marked": rows.exclude(first_attended_on=None)})


@require_POST
@requires(Can.EDIT_TRAINEES)
def enrolment_unmark_came(request, pk):
    row = _visible_enrolment(request, pk)
    if done_or_told(request, operations.unmark_came, enrolment=row, by=request.user):
        messages.success(request, _("%(name)s is no longer marked as come.") % {"name": row.trainee})
    return redirect("trainees:mark_came", row.course_id)
