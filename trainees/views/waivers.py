"""Requests to open below the group size: the school's own, or those that an office has to decide on."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, Value, When
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from offices.permissions import Can, may, requires
from trainees import openings
from trainees.forms import WaiverDecisionForm
from trainees.models import Waiver
from trainees.views.refused import done, typed

PER_PAGE = 25


def _with_course(waivers):
    rows = waivers.filter(course__binned_at=None)
    return rows.select_related("course__course_type", "school", "requested_by", "decided_by")


@require_safe
@requires(Can.VIEW_COURSES)
def waiver_list(request):
    decides = may(request.user, Can.DECIDE_WAIVERS)
    waivers = Waiver.objects.decided_by(request.user) if decides else Waiver.objects.visible_to(request.user)
    waiting_first = Case(When(decision=Waiver.Decision.WAITING, then=Value(0)), default=Value(1))
    rows = _with_course(waivers).order_by(waiting_first, "-requested_at", "-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "trainees/waivers.html", {"page": page, "decides": decides})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Can.DECIDE_WAIVERS)
def waiver_decide(request, pk):
    waiver = get_object_or_404(_with_course(Waiver.objects.decided_by(request.user)), pk=pk)
    form = WaiverDecisionForm(typed(request))
    if form.is_valid():
        accept = form.cleaned_data["decision"] == "accept"
        note = form.cleaned_data["note"]
        if done(form, openings.decide_waiver, waiver=waiver, accept=accept, note=note, by=request.user):
            messages.success(request, _("Accepted.") if accept else _("Refused."))
            return redirect("trainees:waivers")
    return render(request, "trainees/waiver.html", {"waiver": waiver, "form": form})
