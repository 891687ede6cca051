"""A school's need surveys: list, file, results, entry, the QR code to hang up, contacts, bin."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_tables2 import RequestConfig

from courses import bins, needs, survey_lists
from courses.histories import happenings
from courses.instructor_forms import RevealForm
from courses.models import Survey
from courses.survey_forms import SurveyForm
from courses.survey_lists import SurveyTable
from courses.tasks import export_surveys
from courses.views.files import asked_of, sent
from courses.views.remembered import remembered
from documents.qr import code_of
from offices.clock import today
from offices.permissions import Can, may, requires

PER_PAGE = 25
EVENTS_SHOWN = 5


@require_safe
@requires(Can.VIEW_COURSES)
@remembered("courses:surveys")
@vary_on_headers("HX-Request")
def survey_list(request):
    narrow = survey_lists.surveys_of(request.user, request.GET)
    table = SurveyTable(narrow.qs, several_schools=narrow.sees_schools)
    RequestConfig(request, paginate={"per_page": PER_PAGE}).configure(table)
    page = {"filter": narrow, "table": table, "count": table.page.paginator.count}
    template = "courses/surveys.html#results" if request.htmx else "courses/surveys.html"
    page |= {"may_edit": may(request.user, Can.EDIT_COURSES), "export_query": request.GET.urlencode()}
    return render(request, template, page)


@require_POST
@requires(Can.VIEW_COURSES)
def survey_export(request, ending):
    user, asked = request.user, asked_of(request)
    return sent(
        request,
        ending,
        count=survey_lists.surveys_of(user, asked).qs.count(),
        make=lambda: survey_lists.surveys_book(user, asked),
        task=export_surveys,
        asked=asked,
    )


def _survey(request, pk):
    return get_object_or_404(Survey.objects.visible_to(request.user).select_related("school"), pk=pk)


def _detail(request, survey, **more):
    return render(
        request,
        "courses/survey.html",
        {
            "survey": survey,
            "results": needs.results(survey, request.user),
            "wish_query": urlencode({"needs_found": "survey"}),
            "may_edit": may(request.user, Can.EDIT_COURSES),
            "may_reveal": may(request.user, Can.REVEAL_IDS),
            "reveal_form": RevealForm(),
            "events": happenings(survey, request.user, most=EVENTS_SHOWN),
            **more,
        },
    )


@require_safe
@requires(Can.VIEW_COURSES)
def survey_detail(request, pk):
    """What the answers come to, and courses to be made of it."""
    return _detail(request, _survey(request, pk))


@never_cache
@require_POST
@requires(Can.REVEAL_IDS)
def survey_contacts(request, pk):
    """Who wants to hear of such a course, on this answer only; who looked is written down."""
    survey, form = _survey(request, pk), RevealForm(request.POST)
    if not form.is_valid():
        return _detail(request, survey, reveal_form=form)
    reason = form.cleaned_data["reason"]
    return _detail(request, survey, contacts=needs.reveal_contacts(survey=survey, by=request.user, reason=reason))


@require_POST
@requires(Can.EDIT_COURSES)
def survey_forget_contacts(request, pk):
    survey = _survey(request, pk)
    forgotten = needs.forget_contacts(survey=survey, by=request.user)
    messages.success(request, _("%(number)d contacts have been erased; the answers stay.") % {"number": forgotten})
    return redirect("courses:survey", pk)


def _sent(request):
    return request.POST if request.method == "POST" else None


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Can.EDIT_COURSES)
def survey_create(request):
    begin = {"opens_on": today(), "topics": "\n".join(needs.topics_to_begin_with(request.user))}
    form = SurveyForm(request.user, _sent(request), initial=begin)
    if form.is_valid():
        survey = form.save()
        messages.success(request, _("The survey “%(title)s” has been saved.") % {"title": survey.title})
        return redirect("courses:survey", survey.pk)
    cancel = reverse("courses:surveys")
    return render(
        request, "courses/survey_form.html", {"form": form, "heading": _("New need survey"), "cancel": cancel}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Can.EDIT_COURSES)
def survey_edit(request, pk):
    survey = _survey(request, pk)
    form = SurveyForm(request.user, _sent(request), instance=survey)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("courses:survey", pk)
    page = {"form": form, "heading": _("Change the survey"), "cancel": reverse("courses:survey", args=[pk])}
    return render(request, "courses/survey_form.html", page)


@never_cache
@require_safe
@requires(Can.EDIT_COURSES)
def survey_code(request, pk):
    """The QR code to hang up or to show; whoever has it may answer without signing in."""
    survey = _survey(request, pk)
    token = needs.LINK.token(pk=survey.pk, school_id=survey.school_id)
    address = request.build_absolute_uri(reverse("courses:survey_answer", args=[token]))
    return render(
        request, "courses/survey_code.html", {"survey": survey, "address": address, "code": code_of(address)}
    )


@require_POST
@requires(Can.EDIT_COURSES)
def survey_bin(request, pk):
    survey = _survey(request, pk)
    bins.throw_away(survey, by=request.user)
    undo = reverse("courses:survey_restore", args=[pk])
    thrown = _("The survey “%(title)s” is in the bin.") % {"title": survey.title}
    messages.success(request, thrown, extra_tags=f"undo:{undo}")
    return redirect("courses:surveys")


@require_POST
@requires(Can.EDIT_COURSES)
def survey_restore(request, pk):
    survey = get_object_or_404(bins.still_kept(Survey, request.user), pk=pk)
    try:
        bins.take_back(survey, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("courses:bin_list")
    messages.success(request, _("The survey “%(title)s” is back.") % {"title": survey.title})
    return redirect("courses:survey", pk)
