"""The satisfaction of a course's people (form 12): people × 16 items, one person's answer, the sheet of codes."""

from io import BytesIO

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from courses.models import Course
from documents.qr import code_of
from offices.clock import today
from offices.permissions import Can, may, requires
from trainees import satisfaction
from trainees.forms import StaffSatisfactionForm
from trainees.marks import SatisfactionSheet
from trainees.models import Enrolment, Satisfaction
from trainees.models.satisfaction import ITEMS, PARTS, Way
from trainees.papers import codes
from trainees.papers.printing import whole
from trainees.papers.wording import wording
from trainees.views.cells import answer_cells, drawn, save_form, saved_words, sheet_context
from trainees.views.enrolments import visible_course
from trainees.views.papers import pdf
from trainees.views.refused import done, done_or_told, typed

PAGE = "trainees/satisfaction.html"


def words_of(course):
    return wording("pt12", course.starts_on)


def address_of(request, enrolment):
    """The link that opens form 12 for one person, on a phone."""
    token = satisfaction.LINK.token(pk=enrolment.pk, school_id=enrolment.school_id)
    return request.build_absolute_uri(reverse("trainees:satisfaction_form", args=[token]))


def _person(sheet, row, sent=None, answers=None):
    answer = sheet.found.get(row.pk)
    return {
        "enrolment": row,
        "cells": [drawn(sheet.cells[f"{row.pk}-{item}"], sent, answers) for item in ITEMS],
        "by_phone": answer is not None and answer.way == Way.PHONE,
        "has_words": answer is not None and bool(answer.comment or answer.remarks),
    }


def _means(course, user):
    """The summary, and its parts with their names as printed."""
    summary = satisfaction.summaries(user, [course])[course.pk]
    named = zip(words_of(course)["parts"].values(), summary.parts, strict=True)
    return {"summary": summary, "means": [{"name": name, "mean": mean} for name, mean in named]}


def _shown(request, sheet, sent=None, answers=None, gone=0):
    sent, answers = sent or {}, answers or {}
    course, words = sheet.course, words_of(sheet.course)
    context = sheet_context(sheet, sent, answers, gone) | {
        "items": [{"number": n, "text": text} for n, text in zip(ITEMS, words["items"], strict=True)],
        "parts": [{"name": words["parts"][part], "span": len(items)} for part, items in PARTS.items()],
        "levels": list(zip(range(5, 0, -1), words["levels"], strict=True)),
        "rows": [_person(sheet, row, sent, answers) for row in sheet.rows],
        "may_edit": may(request.user, Can.EDIT_OUTCOMES),
        "takes_answers": course.status in satisfaction.TAKES_ANSWERS,
        **_means(course, request.user),
    }
    fragment = request.htmx and request.method == "GET"
    return render(request, f"{PAGE}#panel" if fragment else PAGE, context)


@vary_on_headers("HX-Request")
@require_safe
@requires(Can.VIEW_OUTCOMES)
def course_satisfaction(request, pk):
    return _shown(request, SatisfactionSheet(visible_course(request, pk), request.user))


@require_POST
@requires(Can.EDIT_OUTCOMES)
def satisfaction_save(request, pk):
    """The whole grid as a plain form: all or nothing."""
    course = visible_course(request, pk)
    sent, answers, gone = save_form(request, course, SatisfactionSheet)
    if sent or gone:
        return _shown(request, SatisfactionSheet(course, request.user), sent, answers, gone)
    messages.success(request, saved_words())
    return redirect("trainees:satisfaction", pk)


@require_POST
@requires(Can.EDIT_OUTCOMES)
def satisfaction_cells(request, pk):
    """Cells as they are typed, each by itself."""
    return answer_cells(request, visible_course(request, pk), SatisfactionSheet, _fragments)


def _fragments(sheet, touched):
    means = _means(sheet.course, sheet.user)
    return {"satisfaction-means": render_to_string(f"{PAGE}#means", means)}


@require_safe
@requires(Can.EDIT_OUTCOMES)
def satisfaction_codes(request, pk):
    """One sheet with a code for each person who has not answered yet."""
    course = get_object_or_404(whole(Course.objects.visible_to(request.user)), pk=pk)
    if course.status not in satisfaction.TAKES_ANSWERS:
        messages.warning(request, _("The course takes no answers now."))
        return redirect("trainees:satisfaction", pk)
    answered = Satisfaction.objects.visible_to(request.user).filter(enrolment__course=course).values("enrolment")
    people = satisfaction.people_asked(request.user, course).exclude(pk__in=answered)
    slips = [codes.Slip(row.trainee.full_name, address_of(request, row)) for row in people]
    content = BytesIO()
    codes.write(content, words_of(course), course.name, slips)
    content.seek(0)
    return pdf(content, _("Codes for form 12 %(course)s") % {"course": course.name} + ".pdf")


def _place(request, pk):
    rows = (
        Enrolment.objects.visible_to(request.user).filter(satisfaction.ASKED).select_related("trainee", "course")
    )
    return get_object_or_404(rows.defer(*Enrolment.ENCRYPTED), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Can.EDIT_OUTCOMES)
def satisfaction_answer(request, pk):
    """One person's whole answer, with remarks and comment; before there is one, also the code for their phone."""
    place = _place(request, pk)
    answer = satisfaction.answer_of(request.user, place)
    may_change = place.course.status in satisfaction.TAKES_ANSWERS and not (answer and answer.way == Way.PHONE)
    day = min(today(), place.course.ends_on)
    row = answer or Satisfaction(enrolment=place, school_id=place.school_id, answered_on=day)
    form = StaffSatisfactionForm(
        request.user, typed(request) if may_change else None, instance=row, words=words_of(place.course)
    )
    if form.is_valid() and done(form, satisfaction.record, answer=form.instance, by=request.user):
        messages.success(request, _("Saved."))
        return redirect("trainees:satisfaction", place.course_id)
    code = code_of(address_of(request, place)) if may_change and answer is None else None
    context = {"form": form, "place": place, "answer": answer, "may_change": may_change, "code": code}
    return render(request, "trainees/satisfaction_answer.html", context)


@require_POST
@requires(Can.EDIT_OUTCOMES)
def satisfaction_remove(request, pk):
    place = _place(request, pk)
    answer = satisfaction.answer_of(request.user, place)
    if answer and done_or_told(request, satisfaction.remove, answer=answer, by=request.user):
        messages.success(request, _("The answer of %(name)s has been taken away.") % {"name": place.trainee})
    return redirect("trainees:satisfaction", place.course_id)
