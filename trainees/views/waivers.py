"""Requests to open below the group size: the school's own, or those that an office has to decide on."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from courses.views.files import asked_of, sent
from courses.views.remembered import remembered
from offices.permissions import Can, may, requires
from trainees import openings, waiver_lists
from trainees.forms import WaiverDecisionForm
from trainees.models import Waiver
from trainees.tasks import export_waivers
from trainees.views.refused import done, typed
from trainees.waiver_lists import with_course

PER_PAGE = 25


@require_safe
@requires(Can.VIEW_COURSES)
@remembered("trainees:waivers")
@vary_on_headers("HX-Request")
def waiver_list(request):
    narrow = waiver_lists.narrowed(request.user, request.GET)
    page = Paginator(narrow.qs, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": narrow,
        "page": page,
        "count": page.paginator.count,
        "is_narrowed": bool(asked_of(request)),
        "decides": may(request.user, Can.DECIDE_WAIVERS),
        "export_query": request.GET.urlencode(),
    }
    template = "trainees/waivers.html#results" if request.htmx else "trainees/waivers.html"
    return render(request, template, context)


@require_POST
@requires(Can.VIEW_COURSES)
def waiver_export(request, ending):
    user, asked = request.user, asked_of(request)
    return sent(
        request,
        ending,
        count=waiver_lists.narrowed(user, asked).qs.count(),
        make=lambda: waiver_lists.book(user, asked),
        task=export_waivers,
        asked=asked,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Can.DECIDE_WAIVERS)
def waiver_decide(request, pk):
    waiver = get_object_or_404(with_course(Waiver.objects.decided_by(request.user)), pk=pk)
    form = WaiverDecisionForm(typed(request))
    if form.is_valid():
        accept = form.cleaned_data["decision"] == "accept"
        note = form.cleaned_data["note"]
        if done(form, openings.decide_waiver, waiver=waiver, accept=accept, note=note, by=request.user):
            messages.success(request, _("Accepted.") if accept else _("Refused."))
            return redirect("trainees:waivers")
    return render(request, "trainees/waiver.html", {"waiver": waiver, "form": form})
