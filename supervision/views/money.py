"""The money of a visit: what was spent on it, new rows for it, rows put to it and taken off."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from courses.models import Spending
from courses.money import names
from courses.views.allocations import year_chosen
from courses.views.refused import done as money_done
from offices.permissions import Can, may, requires
from supervision import spending
from supervision.models import Visit, VisitSpending
from supervision.spending_forms import PutToForm, VisitSpendingForm
from trainees.views.refused import done, done_or_told, typed


def _shown(request, visit, form):
    user = request.user
    rows = spending.spent_on(visit, user)
    context = {
        "visit": visit,
        "rows": rows,
        "balance": spending.sums_of(rows, user),
        "is_shared": any(each.visits > 1 for each in rows),
        "form": form,
    }
    template = "supervision/money.html#panel" if request.htmx else "supervision/money.html"
    return render(request, template, context)


def _put_to_form(request, visit, data=None):
    """The form of who writes the visit, where there is a row to be chosen."""
    writes = Visit.objects.decided_by(request.user).filter(pk=visit.pk).exists()
    return PutToForm(request.user, visit, data) if writes and may(request.user, Can.SPEND_MONEY) else None


def _visit(request, pk):
    return get_object_or_404(Visit.objects.visible_to(request.user).select_related("course", "school"), pk=pk)


def _written_by(request, pk):
    return get_object_or_404(Visit.objects.decided_by(request.user).select_related("course", "school"), pk=pk)


@vary_on_headers("HX-Request")
@require_safe
@requires(Can.SUPERVISE)
def visit_money(request, pk):
    """A page, and the panel of the visit's page."""
    visit = _visit(request, pk)
    return _shown(request, visit, _put_to_form(request, visit))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Can.SUPERVISE)
def visit_spend(request, pk, kind):
    """A new commitment, advance or payment for the visit."""
    if kind not in Spending.Kind.values:
        raise Http404
    visit, user, year = _written_by(request, pk), request.user, year_chosen(request)
    row = Spending(school_id=user.school_id, province_id=user.province_id, fiscal_year=year, kind=kind)
    form = VisitSpendingForm(user, typed(request), instance=row, initial={"spent_on": visit.visited_on}, year=year)
    here = reverse("supervision:money", args=[pk])
    if form.is_valid() and money_done(
        form, spending.spend, beside="amount", visit=visit, spending=form.instance, by=user
    ):
        messages.success(request, _("Saved."))
        return redirect(here)
    heading = _("%(kind)s for the visit to %(course)s") % {
        "kind": Spending.Kind(kind).label,
        "course": visit.course,
    }
    context = {"form": form, "heading": heading, "cancel": here, "rates": names.rates_of(year), "year": year}
    return render(request, "courses/money/spending_form.html", context)


@require_POST
@requires(Can.SUPERVISE)
def spending_put(request, pk):
    visit = _written_by(request, pk)
    form = _put_to_form(request, visit, request.POST)
    if form is None:
        raise Http404
    if form.is_valid():
        row = form.cleaned_data["spending"]
        if done(form, spending.put_to, visit=visit, spending=row, by=request.user):
            messages.success(request, _("The row stands at the visit now."))
            return redirect("supervision:money", pk)
    return _shown(request, visit, form)


@require_POST
@requires(Can.SUPERVISE)
def spending_take_off(request, pk):
    link = get_object_or_404(VisitSpending.objects.own_of(request.user), pk=pk)
    visit = link.visit_id
    done_or_told(request, spending.take_off, link=link, by=request.user)
    messages.success(request, _("The row no longer stands at the visit. It stays among your spending."))
    return redirect("supervision:money", visit)
