"""Fairs: list, file, page, planning and states."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Sum
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_tables2 import RequestConfig

from courses import fair_exports, fairs, panels, places
from courses.fair_forms import FairForm, FairMoveForm
from courses.fair_lists import FairTable, PartTable
from courses.histories import happenings
from courses.models import Fair, FairPart
from courses.tasks import export_fairs
from courses.views.files import asked_of, sent
from courses.views.remembered import remembered
from offices.permissions import Can, may, requires
from offices.years import chosen_year

PER_PAGE = 25
EVENTS_SHOWN = 10


@require_safe
@requires(Can.VIEW_FAIRS)
@remembered("courses:fairs")
@vary_on_headers("HX-Request")
def fair_list(request):
    narrow = fair_exports.narrowed(request.user, request.GET, chosen_year(request))
    table = FairTable(narrow.qs, several_offices=request.user.school_id is None)
    RequestConfig(request, paginate={"per_page": PER_PAGE}).configure(table)
    page = {
        "filter": narrow,
        "table": table,
        "count": table.page.paginator.count,
        "may_plan": may(request.user, Can.PLAN_FAIRS),
        "export_query": request.GET.urlencode(),
    }
    template = "courses/fairs.html#results" if request.htmx else "courses/fairs.html"
    return render(request, template, page)


@require_POST
@requires(Can.VIEW_FAIRS)
def fair_export(request, ending):
    user, asked, year = request.user, asked_of(request), chosen_year(request)
    return sent(
        request,
        ending,
        count=fair_exports.rows_of(user, asked, year).count(),
        make=lambda: fair_exports.book(user, asked, year),
        task=export_fairs,
        asked=asked,
        year=year,
    )


@require_safe
@requires(Can.VIEW_FAIRS)
def fair_detail(request, pk):
    """The fair, the part of one's own office and of those below it, and what higher floors tell of it."""
    fairs_known = Fair.objects.select_related("organiser", "fiscal_year", "subdistrict__district__province")
    fair, user = get_object_or_404(fairs_known, pk=pk), request.user
    seen = FairPart.objects.visible_to(user).filter(fair=fair)
    table = PartTable(fair_exports.parts_of(user, fair)) if user.school_id is None else None
    if table:
        RequestConfig(request, paginate={"per_page": PER_PAGE}).configure(table)
    plans = may(user, Can.PLAN_FAIRS) and fair.organiser_id == user.province_id
    return render(
        request,
        "courses/fair.html",
        {
            "fair": fair,
            "own": FairPart.objects.own_of(user).filter(fair=fair).first(),
            "table": table,
            "sums": seen.aggregate(parts=Count("pk"), told=Count("sales"), sales=Sum("sales")),
            "plans": plans,
            "ways": fairs.steps_from(fair.status) if plans else [],
            "may_join": may(user, Can.JOIN_FAIRS) and fair.status == Fair.Status.PLANNED,
            "panels": _panels(user, fair),
            "events": happenings(fair, user, most=EVENTS_SHOWN),
        },
    )


def _panels(user, fair):
    return [
        {"title": panel.title, "url": reverse(panel.url_name, args=[fair.pk])}
        for panel in panels.fair_panels()
        if may(user, panel.permission)
    ]


def _shown(request, form, **more):
    return render(request, "courses/fair_form.html", {"form": form, "names": fairs.names_offered(), **more})


@require_http_methods(["GET", "POST"])
@requires(Can.PLAN_FAIRS)
def fair_create(request):
    typed = request.POST if request.method == "POST" else None
    form = FairForm(request.user, typed, initial={"fiscal_year": chosen_year(request)})
    if form.is_valid():
        fair = fairs.plan(form.save(commit=False), by=request.user)
        messages.success(request, _("The fair “%(name)s” has been planned.") % {"name": fair.name})
        return redirect("courses:fair", fair.pk)
    return _shown(request, form, heading=_("New fair"), cancel=reverse("courses:fairs"))


def _own_fair(request, pk):
    """A fair of the user's own office, which only its people may change."""
    own = Fair.objects.organised_by(request.user).select_related("subdistrict__district__province")
    return get_object_or_404(own, pk=pk)


@require_http_methods(["GET", "POST"])
@requires(Can.PLAN_FAIRS)
def fair_edit(request, pk):
    fair = _own_fair(request, pk)
    form = FairForm(request.user, request.POST if request.method == "POST" else None, instance=fair)
    here = reverse("courses:fair", args=[pk])
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect(here)
    return _shown(request, form, heading=_("Change the fair"), cancel=here)


@require_http_methods(["GET", "POST"])
@requires(Can.PLAN_FAIRS)
def fair_move(request, pk):
    fair = _own_fair(request, pk)
    asked = request.POST if request.method == "POST" else request.GET
    step = fairs.step_between(fair.status, asked.get("to", ""))
    form = FairMoveForm(
        request.POST if request.method == "POST" else None, initial={"to": step.to if step else ""}, step=step
    )
    if form.is_valid() and _moved(request, fair, form):
        return redirect("courses:fair", pk)
    if step is None:
        messages.error(request, _("The fair cannot be moved there from its present state."))
        return redirect("courses:fair", pk)
    return render(request, "courses/fair_move.html", {"fair": fair, "step": step, "form": form})


def _moved(request, fair, form) -> bool:
    """Move the fair; a refusal goes into the form, beside the reason or above it."""
    try:
        moved = fairs.move(fair, by=request.user, **form.cleaned_data)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    messages.success(request, _("The fair is now: %(state)s") % {"state": moved.get_status_display()})
    return True


@require_safe
@requires(Can.PLAN_FAIRS)
def fair_subdistricts(request):
    """What the subdistrict field offers for what is typed: a fragment of the fair's form."""
    found = places.search(request.GET.get("subdistrict", ""), near=None)[: places.MOST_OPTIONS]
    return render(request, "courses/form.html#subdistricts", {"labels": [places.label_of(p) for p in found]})
