"""Giving money to the offices below, giving it back, carrying it over: the list, one row, and its acts."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Sum
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_tables2 import RequestConfig

from courses.histories import happenings
from courses.models import Allocation
from courses.models.money import STANDS
from courses.money import allocating
from courses.money.exports import LISTS
from courses.money.forms import (
    AllocateForm,
    AllocationForm,
    CarryForm,
    GiveBackForm,
    ReasonForm,
    ReceiveForm,
)
from courses.money.tables import AllocationTable
from courses.views.refused import done, done_or_told, typed
from courses.views.remembered import remembered
from offices.models import FiscalYear
from offices.permissions import Can, may, requires
from offices.thai.baht import baht_words
from offices.years import chosen_year

PER_PAGE = 25
BOTH = ["GET", "HEAD", "POST"]


def year_chosen(request):
    return get_object_or_404(FiscalYear, pk=chosen_year(request))


@require_safe
@requires(Can.VIEW_MONEY)
@remembered("money:allocations")
@vary_on_headers("HX-Request")
def allocation_list(request):
    year = chosen_year(request)
    narrow = LISTS["allocations"].narrowed(request.user, request.GET, year)
    table = AllocationTable(narrow.qs)
    RequestConfig(request, paginate={"per_page": PER_PAGE}).configure(table)
    context = {
        "filter": narrow,
        "table": table,
        "count": table.page.paginator.count,
        "total": narrow.qs.order_by().filter(STANDS).aggregate(sum=Sum("amount"))["sum"],
        "may_allocate": may(request.user, Can.ALLOCATE_MONEY),
        "narrowed_further": any(
            request.GET.get(name) for name in narrow.filters if name not in narrow.always_shown
        ),
        "export_query": asked_without_page(request),
    }
    template = "courses/money/allocations.html"
    return render(request, f"{template}#results" if request.htmx else template, context)


def asked_without_page(request):
    asked = request.GET.copy()
    asked.pop("page", None)
    return asked.urlencode()


def _act(request, form, **more):
    return render(request, "courses/money/act.html", {"form": form, **more})


@require_http_methods(BOTH)
@requires(Can.ALLOCATE_MONEY)
def allocate(request):
    """One document, many offices: an amount beside each that gets some."""
    year = year_chosen(request)
    form = AllocateForm(request.user, year, typed(request))
    if form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("quarter", "document_number", "document_on", "note")}
        facts |= {"line": form.cleaned_data["budget_line"], "amounts": form.amounts, "year": year}
        if done(form, allocating.allocate, by=request.user, **facts):
            told = _("%(count)d allocations are saved, together %(words)s.")
            messages.success(request, told % {"count": len(form.amounts), "words": baht_words(form.total)})
            return redirect("money:allocations")
    return render(request, "courses/money/allocate.html", {"form": form, "year": year, "rows": list(form.rows())})


@require_POST
@requires(Can.ALLOCATE_MONEY)
def allocate_sum(request):
    """What stands in the form of allocations, added up as far as it can be read."""
    form = AllocateForm(request.user, year_chosen(request), request.POST)
    form.is_valid()
    context = {"form": form, "count": len(form.amounts)}
    return render(request, "courses/money/allocate.html#sum", context)


@require_http_methods(BOTH)
@requires(Can.EDIT_YEARS)
def receive(request):
    """What the department received by the budget act, the beginning of all money."""
    form = ReceiveForm(request.user, year_chosen(request), typed(request))
    if form.is_valid() and done(form, allocating.receive, allocation=form.allocation(), by=request.user):
        messages.success(request, _("Saved."))
        return redirect("money:overview")
    heading, cancel = _("Money that the department received"), reverse("money:overview")
    return _act(request, form, heading=heading, cancel=cancel)


@require_http_methods(BOTH)
@requires(Can.SPEND_MONEY)
def carry_over(request):
    year = year_chosen(request)
    form = CarryForm(request.user, year, typed(request))
    if form.is_valid():
        facts = dict(form.cleaned_data)
        facts |= {"line": facts.pop("budget_line"), "year": year, "by": request.user}
        if done(form, allocating.carry_over, beside="amount", **facts):
            messages.success(request, _("The money is carried into fiscal year %(year)s.") % {"year": year.pk + 1})
            return redirect("money:overview")
    lead = _("From fiscal year %(year)s into %(next)s. Release what is still open first.")
    return _act(
        request,
        form,
        heading=_("Carry money over the year"),
        lead=lead % {"year": year, "next": year.pk + 1},
        cancel=reverse("money:overview"),
    )


@require_safe
@requires(Can.VIEW_MONEY)
def allocation_detail(request, pk):
    user = request.user
    rows = LISTS["allocations"].rows(user)
    allocation = get_object_or_404(rows.select_related("corrects", "carries"), pk=pk)
    others = Allocation.objects.visible_to(user)
    context = {
        "allocation": allocation,
        "corrections": others.filter(corrects=allocation).order_by("pk"),
        "carried_into": others.filter(carries=allocation).first(),
        "still_given": allocating.still_given(allocation, user),
        "may_keep": others.kept_by(user).filter(pk=pk).exists(),
        "may_give_back": not allocating.why_not_given_back(allocation)
        and others.handled_by(user).filter(pk=pk).exists(),
        "events": happenings(allocation, user),
    }
    return render(request, "courses/money/allocation.html", context)


def _to(allocation):
    return redirect("money:allocation", allocation.pk)


def _heading(allocation):
    return f"{allocation.office_name} · {allocation.budget_line}"


@require_http_methods(BOTH)
@requires(Can.SPEND_MONEY)
def allocation_edit(request, pk):
    allocation = get_object_or_404(Allocation.objects.kept_by(request.user), pk=pk)
    form = AllocationForm(request.user, typed(request), instance=allocation)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return _to(allocation)
    heading, cancel = _("Change the document"), reverse("money:allocation", args=[pk])
    return _act(request, form, heading=heading, lead=_heading(allocation), cancel=cancel)


@require_http_methods(BOTH)
@requires(Can.SPEND_MONEY)
def give_back(request, pk):
    allocation = get_object_or_404(Allocation.objects.handled_by(request.user), pk=pk)
    form = GiveBackForm(typed(request))
    if form.is_valid():
        facts = {"allocation": allocation, "by": request.user, **form.cleaned_data}
        if done(form, allocating.give_back, beside="amount", **facts):
            messages.success(request, _("The money is given back."))
            return _to(allocation)
    heading, cancel = _("Give money back"), reverse("money:allocation", args=[pk])
    return _act(request, form, heading=heading, lead=_heading(allocation), cancel=cancel)


@require_http_methods(BOTH)
@requires(Can.SPEND_MONEY)
def allocation_cancel(request, pk):
    allocation = get_object_or_404(Allocation.objects.kept_by(request.user), pk=pk)
    form = ReasonForm(typed(request))
    if form.is_valid():
        facts = {"allocation": allocation, "reason": form.cleaned_data["reason"], "by": request.user}
        if done(form, allocating.cancel, **facts):
            undo = reverse("money:allocation_restore", args=[pk])
            messages.success(request, _("Cancelled. The row stays, with your reason."), extra_tags=f"undo:{undo}")
            return _to(allocation)
    heading, cancel = _("Cancel the allocation"), reverse("money:allocation", args=[pk])
    return _act(request, form, heading=heading, lead=_heading(allocation), cancel=cancel, submit=_("Cancel it"))


@require_POST
@requires(Can.SPEND_MONEY)
def allocation_restore(request, pk):
    allocation = get_object_or_404(Allocation.objects.kept_by(request.user), pk=pk)
    if done_or_told(request, allocating.take_back, allocation=allocation, by=request.user):
        messages.success(request, _("The cancelling is taken back."))
    return _to(allocation)
