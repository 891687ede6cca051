"""The answers to a need survey: listed, entered by staff, changed, thrown away, as a file; given on a phone."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_tables2 import RequestConfig

from courses import bins, needs, survey_lists
from courses.models import Answer, Survey
from courses.survey_forms import AnswerForm
from courses.survey_lists import AnswerTable
from courses.tasks import export_answers
from courses.views.exporting import exported
from offices.clock import today
from offices.links import DeadLink, public
from offices.permissions import Can, may, requires

PER_PAGE = 25


def _survey(request, pk):
    return get_object_or_404(Survey.objects.visible_to(request.user).select_related("school"), pk=pk)


def _answer(request, pk):
    rows = Answer.objects.visible_to(request.user).select_related("survey__school")
    return get_object_or_404(rows.defer(*Answer.ENCRYPTED), pk=pk)


@require_safe
@requires(Can.VIEW_COURSES)
@vary_on_headers("HX-Request")
def answer_list(request, pk):
    survey = _survey(request, pk)
    narrow = survey_lists.answers_of(request.user, survey, request.GET)
    may_edit = may(request.user, Can.EDIT_COURSES)
    table = AnswerTable(narrow.qs, may_edit=may_edit)
    RequestConfig(request, paginate={"per_page": PER_PAGE}).configure(table)
    query = urlencode({name: value for name, value in request.GET.items() if value and name != "page"})
    page = {"survey": survey, "filter": narrow, "table": table, "count": table.page.paginator.count}
    template = "courses/answers.html#results" if request.htmx else "courses/answers.html"
    return render(request, template, page | {"query": query, "may_edit": may_edit})


@require_POST
@requires(Can.VIEW_COURSES)
def answer_export(request, pk):
    return exported(request, export_answers, survey=_survey(request, pk).pk)


def _shown(request, form, survey, heading):
    cancel = reverse("courses:answers", args=[survey.pk])
    page = {"form": form, "survey": survey, "heading": heading, "cancel": cancel}
    return render(request, "courses/answer_form.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Can.EDIT_COURSES)
def answer_add(request, pk):
    """An answer on paper, and then the next one: a pile of them is entered in one go."""
    survey = _survey(request, pk)
    empty = Answer(survey=survey, school_id=survey.school_id)
    typed = request.POST if request.method == "POST" else None
    form = AnswerForm(request.user, typed, instance=empty, initial={"answered_on": today()})
    if form.is_valid():
        form.save()
        messages.success(request, _("The answer has been saved. Here is room for the next one."))
        return redirect("courses:answer_add", pk)
    return _shown(request, form, survey, _("Enter an answer"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Can.EDIT_COURSES)
def answer_edit(request, pk):
    answer = _answer(request, pk)
    form = AnswerForm(request.user, request.POST if request.method == "POST" else None, instance=answer)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("courses:answers", answer.survey_id)
    return _shown(request, form, answer.survey, _("Change the answer"))


@require_POST
@requires(Can.EDIT_COURSES)
def answer_bin(request, pk):
    answer = _answer(request, pk)
    bins.throw_away(answer, by=request.user)
    undo = reverse("courses:answer_restore", args=[pk])
    messages.success(request, _("The answer is in the bin."), extra_tags=f"undo:{undo}")
    return redirect("courses:answers", answer.survey_id)


@require_POST
@requires(Can.EDIT_COURSES)
def answer_restore(request, pk):
    answer = get_object_or_404(bins.still_kept(Answer, request.user), pk=pk)
    try:
        bins.take_back(answer, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("courses:bin_list")
    messages.success(request, _("The answer is back."))
    return redirect("courses:answers", answer.survey_id)


@require_http_methods(["GET", "HEAD", "POST"])
@public(needs.LINK)
def survey_answer(request, opened):
    """Form 1 on the phone of whoever scanned the code; it shows nothing of other answers."""
    survey = Survey.objects.visible_to(opened.eyes).select_related("school").filter(pk=opened.pk).first()
    if survey is None:
        raise DeadLink
    if "sent" in request.GET:
        return render(request, "public/survey_thanks.html", {"survey": survey})
    if not survey.is_open:
        return render(request, "public/survey_over.html", {"survey": survey})
    empty = Answer(survey=survey, school_id=survey.school_id)
    typed = request.POST if request.method == "POST" else None
    form = AnswerForm(opened.eyes, typed, instance=empty, by_phone=True)
    if form.is_valid():
        needs.answer_by_phone(form.save(commit=False))
        return redirect(f"{request.path}?sent=1")
    return render(request, "public/survey.html", {"form": form, "survey": survey})
