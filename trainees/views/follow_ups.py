"""The follow-up: the worklist over courses, that of one course, and one person at one wave."""

from io import BytesIO
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_tables2 import RequestConfig

from courses.models import Course
from courses.views.remembered import remembered
from documents.qr import code_of
from documents.renderers import RENDERERS
from jobs.queue import enqueue
from offices.clock import today
from offices.permissions import Can, may, requires
from offices.years import waves_known, years_known
from trainees import asking
from trainees.follow_up import due_on, income_band
from trainees.forms import StaffFollowUpForm
from trainees.models import FollowUp
from trainees.papers import codes
from trainees.papers.wording import wording
from trainees.tasks import export_follow_ups
from trainees.views.papers import pdf
from trainees.views.refused import done, done_or_told, typed
from trainees.worklist import FollowUpFilter, FollowUpTable

PER_PAGE = 25
FILTER = "trainees:follow_up_filter"


def _chosen_wave(request, counts):
    """The wave in the address, else the first at which somebody is to be asked."""
    asked = request.GET.get("wave", "")
    if asked.isascii() and asked.isdecimal() and int(asked[:6]) in counts:
        return int(asked)
    return next((wave for wave, people in counts.items() if people), next(iter(counts), 0))


def _tabs(request, counts, chosen):
    kept = {k: v for k, v in request.GET.items() if v and k not in ("page", "sort", "wave")}
    return [
        {
            "label": wave_words(wave),
            "url": f"{request.path}?{urlencode(kept | {'wave': wave})}",
            "active": wave == chosen,
            "count": people,
        }
        for wave, people in counts.items()
    ]


def wave_words(wave):
    return ngettext("%(days)d day", "%(days)d days", wave) % {"days": wave}


@require_safe
@requires(Can.VIEW_OUTCOMES)
@remembered(FILTER)
@vary_on_headers("HX-Request")
def follow_up_list(request):
    user = request.user
    counts = asking.to_ask_by_wave(user, waves_known(request))
    wave = _chosen_wave(request, counts)
    narrow = FollowUpFilter(request.GET, user=user, wave=wave, years=years_known(request))
    response = asking.response_of(narrow.qs)
    may_edit = may(user, Can.EDIT_OUTCOMES)
    table = FollowUpTable(narrow.to_show(), several_schools=narrow.sees_schools, wave=wave, may_edit=may_edit)
    RequestConfig(request, paginate={"per_page": PER_PAGE}).configure(table)
    context = {
        "filter": narrow,
        "table": table,
        "count": table.page.paginator.count,
        "wave": wave,
        "response": response,
        "tabs": _tabs(request, counts, wave),
        "query": urlencode({k: v for k, v in request.GET.items() if v and k not in ("page", "sort")}),
    }
    template = "trainees/follow_up_list.html#results" if request.htmx else "trainees/follow_up_list.html"
    return render(request, template, context)


@require_POST
@requires(Can.VIEW_OUTCOMES)
def follow_up_export(request):
    """The rows of the list as a file, made by a job, which also logs it."""
    ending = request.POST.get("format")
    if ending not in RENDERERS:
        raise Http404
    wave = _chosen_wave(request, asking.to_ask_by_wave(request.user, waves_known(request)))
    asked = {k: v for k, v in request.GET.items() if v and k in FollowUpFilter.base_filters} | {"wave": str(wave)}
    return redirect("jobs:detail", enqueue(export_follow_ups, request.user, asked=asked, ending=ending).pk)


def _course(request, pk):
    courses = Course.objects.visible_to(request.user).select_related("fiscal_year", "school", "curriculum")
    return get_object_or_404(courses, pk=pk)


@vary_on_headers("HX-Request")
@require_safe
@requires(Can.VIEW_OUTCOMES)
def course_follow_up(request, pk):
    course = _course(request, pk)
    found = asking.follow_up_of(request.user, course)
    template = "trainees/course_follow_up.html#panel" if request.htmx else "trainees/course_follow_up.html"
    context = {
        "course": course,
        "waves": found.waves,
        "people": found.people,
        "is_finished": course.status in Course.FINISHED_STATES,
        "may_edit": may(request.user, Can.EDIT_OUTCOMES),
    }
    return render(request, template, context)


@require_safe
@requires(Can.EDIT_OUTCOMES)
def follow_up_begin(request, pk, wave):
    """To the first person of a course who is still to be asked, then one after another."""
    course = _course(request, pk)
    first = asking.first_to_ask(request.user, course, wave)
    if first is None:
        messages.info(request, _("Nobody of this course is to be asked now."))
        return redirect("trainees:course_follow_up", pk)
    return redirect("trainees:follow_up", first.pk, wave)


def address_of(request, place, wave):
    """The link that asks one person at one wave, on a phone."""
    token = asking.LINK.token(pk=place.pk, school_id=place.school_id, part=wave)
    return request.build_absolute_uri(reverse("trainees:follow_up_form", args=[token]))


def _place(request, pk, wave):
    place = asking.place_to_ask(request.user, pk, wave)
    if place is None:
        raise Http404
    return place


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Can.EDIT_OUTCOMES)
def follow_up(request, pk, wave):
    """What became of one person. “Save and next” leads on to whoever of the course is to be asked next."""
    place = _place(request, pk, wave)
    there = asking.record_of(request.user, place, wave)
    if there:
        there.enrolment = place
    row = there or FollowUp(enrolment=place, school_id=place.school_id, wave=wave)
    initial = {} if there else {"asked_on": today()}
    form = StaffFollowUpForm(request.user, typed(request), instance=row, initial=initial)
    following, left = asking.next_to_ask(request.user, place, wave)
    if form.is_valid() and done(form, asking.record, answer=form.instance, by=request.user):
        messages.success(request, _("%(name)s: saved.") % {"name": place.trainee})
        if "next" in request.POST and following:
            return redirect("trainees:follow_up", following.pk, wave)
        return redirect("trainees:course_follow_up", place.course_id)
    context = {
        "form": form,
        "place": place,
        "wave": wave,
        "due_on": due_on(place.course.ends_on, wave),
        "record": there,
        "band": income_band(there.added_income) if there else None,
        "following": following,
        "left": left,
        "code": None
        if there and there.outcome == FollowUp.Outcome.ANSWERED
        else code_of(address_of(request, place, wave)),
    }
    return render(request, "trainees/follow_up.html", context)


@require_POST
@requires(Can.EDIT_OUTCOMES)
def follow_up_remove(request, pk, wave):
    place = _place(request, pk, wave)
    record = asking.record_of(request.user, place, wave)
    if record:
        done_or_told(request, asking.remove, answer=record, by=request.user)
        messages.success(
            request, _("What was recorded of %(name)s has been taken away.") % {"name": place.trainee}
        )
    return redirect("trainees:course_follow_up", place.course_id)


@require_safe
@requires(Can.EDIT_OUTCOMES)
def follow_up_codes(request, pk, wave):
    """One sheet with a code for each person of a course who is to be asked at this wave."""
    course = _course(request, pk)
    people = asking.people_to_ask(request.user, course, wave)
    if not people:
        messages.info(request, _("Nobody of this course is to be asked now."))
        return redirect("trainees:course_follow_up", pk)
    slips = [codes.Slip(row.trainee.full_name, address_of(request, row, wave)) for row in people]
    content = BytesIO()
    codes.write(content, wording("pt20", course.starts_on), course.name, slips)
    content.seek(0)
    return pdf(content, _("Codes for form 20 %(course)s") % {"course": course.name} + ".pdf")
