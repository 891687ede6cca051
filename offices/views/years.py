"""Fiscal years: the rules of each, the making of the next, and the switcher on every page."""

import re

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from offices.models import ChecklistItem, FiscalYear, SatisfactionBand
from offices.permissions import Can, may, requires
from offices.year_forms import CourseTypes, YearForm, differences, save_rules
from offices.year_rows import Bands, Points
from offices.years import SESSION_KEY, chosen_year, last_changed, open_next_year, standing_in, years_known

LISTS_OF_DAYS = ("follow_up_days", "remind_before", "remind_after")


@require_GET
@requires(Can.VIEW_YEARS)
def year_list(request):
    years = FiscalYear.objects.prefetch_related("course_types")
    context = {"years": years, "may_edit": may(request.user, Can.EDIT_YEARS)}
    return render(request, "offices/years.html", context)


@require_GET
@requires(Can.VIEW_YEARS)
def year_detail(request, pk):
    year = get_object_or_404(FiscalYear.objects.prefetch_related("course_types"), pk=pk)
    context = {
        "year": year,
        "rules": _rules(year),
        "points": ChecklistItem.objects.filter(fiscal_year=year),
        "bands": SatisfactionBand.objects.filter(fiscal_year=year),
        "standing": standing_in(year, request.user),
        "may_edit": may(request.user, Can.EDIT_YEARS),
    }
    return render(request, "offices/year.html", context)


def _rules(year):
    """The year's own rules as words and values; the minimums of parts only where they count."""
    names = [n for n in YearForm.Meta.fields if year.parts_have_minimums or not n.startswith("least_")]
    names = [name for name in names if name not in LISTS_OF_DAYS]  # each shown in a line of its own
    return [(year._meta.get_field(name).verbose_name, getattr(year, name)) for name in names]


@require_http_methods(["GET", "POST"])
@requires(Can.EDIT_YEARS)
def year_edit(request, pk):
    year = get_object_or_404(FiscalYear, pk=pk)
    typed = request.POST if request.method == "POST" else None
    form = YearForm(typed, instance=year)
    types = CourseTypes(typed, instance=year, prefix="types")
    points = Points(typed, instance=year, prefix="points")
    bands = Bands(typed, instance=year, prefix="bands")
    if typed is not None and all(part.is_valid() for part in [form, types, points, bands]):
        save_rules(form=form, types=types, points=points, bands=bands, by=request.user)
        messages.success(request, _("The rules of fiscal year %(year)s are saved.") % {"year": year})
        return redirect("offices:year", pk=pk)
    context = {"year": year, "form": form, "types": types, "points": points, "bands": bands}
    context["standing"] = standing_in(year, request.user)
    if form.has_error(NON_FIELD_ERRORS, "conflict"):
        who, when = last_changed(year)
        context |= {"conflict": differences(form, types), "changed_by": who, "changed_at": when}
    return render(request, "offices/year_edit.html", context)


@require_POST
@requires(Can.EDIT_YEARS)
def year_next(request):
    newest = FiscalYear.objects.first()
    if newest is None:
        raise Http404
    # Pressed twice, or by two people, it makes one year: the page says which one it follows.
    if request.POST.get("after") != str(newest.year):
        messages.info(request, _("Fiscal year %(year)s exists already.") % {"year": newest})
        return redirect("offices:year", pk=newest.pk)
    try:
        following = open_next_year(after=newest, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("offices:years")
    messages.success(
        request,
        _("Fiscal year %(year)s is made with the rules of %(before)s.") % {"year": following, "before": newest},
    )
    return redirect("offices:year", pk=following.pk)


@require_POST
@requires(Can.VIEW_YEARS)
def year_choose(request):
    chosen = request.POST.get("year", "")
    if chosen.isascii() and chosen.isdecimal() and int(chosen) in years_known(request):
        request.session[SESSION_KEY] = int(chosen)
    # The page one comes back to may name a year in its address: it shall be the one just chosen.
    back = re.sub(r"([?&](?:fiscal_)?year=)[0-9]+", rf"\g<1>{chosen_year(request)}", request.POST.get("next", ""))
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = reverse("home")
    return HttpResponseRedirect(back)
