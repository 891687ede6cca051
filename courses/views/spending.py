"""Commitments, advances and payments: the list, one row, and its acts."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q, Sum
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_tables2 import RequestConfig

from courses.histories import happenings
from courses.models import Spending
from courses.models.money import STANDS
from courses.money import names
from courses.money import spending as acts
from courses.money.exports import LISTS
from courses.money.forms import ReasonForm, ReleaseForm
from courses.money.holding import lock, office_of
from courses.money.spending_forms import SpendingForm
from courses.money.tables import SpendingTable, what_for
from courses.views.allocations import BOTH, PER_PAGE, asked_without_page, year_chosen
from courses.views.refused import done, done_or_told, typed
from courses.views.remembered import remembered
from offices.permissions import Can, may, requires
from offices.years import chosen_year

Kind = Spending.Kind
TOTALS = {
    "paid": Sum("amount", filter=Q(kind=Kind.PAYMENT)),
    "committed": Sum(Spending.OPEN, filter=Q(kind=Kind.COMMITMENT)),
    "advanced": Sum(Spending.OPEN, filter=Q(kind=Kind.ADVANCE)),
}


def _own(request):
    """What people of an office may change: the office's own rows."""
    return Spending.objects.own_of(request.user).select_related("course", "fair", "clears")


@require_safe
@requires(Can.VIEW_MONEY)
@remembered("money:spending_list")
@vary_on_headers("HX-Request")
def spending_list(request):
    narrow = LISTS["spending"].narrowed(request.user, request.GET, chosen_year(request))
    table = SpendingTable(narrow.qs, several_offices=narrow.sees_schools)
    RequestConfig(request, paginate={"per_page": PER_PAGE}).configure(table)
    context = {
        "filter": narrow,
        "table": table,
        "count": table.page.paginator.count,
        "totals": narrow.qs.order_by().filter(STANDS).aggregate(**TOTALS),
        "may_spend": may(request.user, Can.SPEND_MONEY),
        "narrowed_further": any(
            request.GET.get(name) for name in narrow.filters if name not in narrow.always_shown
        ),
        "export_query": asked_without_page(request),
    }
    template = "courses/money/spending_list.html"
    return render(request, f"{template}#results" if request.htmx else template, context)


@require_safe
@requires(Can.VIEW_MONEY)
def spending_detail(request, pk):
    user = request.user
    row = get_object_or_404(LISTS["spending"].rows(user).select_related("clears"), pk=pk)
    context = {
        "spending": row,
        "what_for": what_for(row),
        "payments": Spending.objects.visible_to(user).filter(clears=row).order_by("spent_on", "pk"),
        "is_own": office_of(row) == office_of(user),
        "events": happenings(row, user),
    }
    return render(request, "courses/money/spending.html", context)


def _form(request, form, *, act, heading, cancel):
    """The form of one row: saved and on to its page, or shown again with its reasons."""
    if form.is_valid():
        facts = {"reason": form.cleaned_data["reason"]} if "reason" in form.fields else {}
        if done(form, act, beside="amount", spending=form.instance, by=request.user, **facts):
            messages.success(request, _("Saved."))
            return redirect("money:spending", form.instance.pk)
    context = {
        "form": form,
        "heading": heading,
        "cancel": cancel,
        "rates": names.rates_of(form.year),
        "year": form.year,
    }
    return render(request, "courses/money/spending_form.html", context)


def _new(request, kind):
    user = request.user
    return Spending(
        school_id=user.school_id, province_id=user.province_id, fiscal_year=year_chosen(request), kind=kind
    )


def _heading(kind):
    return {
        Kind.COMMITMENT: _("New commitment"),
        Kind.ADVANCE: _("New advance"),
        Kind.PAYMENT: _("New payment"),
    }[kind]


@require_http_methods(BOTH)
@requires(Can.SPEND_MONEY)
def spend(request, kind):
    """A new commitment, advance or payment; ?course= or ?fair= say what for."""
    if kind not in Kind.values:
        raise Http404
    row, first = _new(request, kind), _said_in(request)
    form = SpendingForm(request.user, typed(request), instance=row, initial=first, year=row.fiscal_year)
    cancel = reverse("money:spending_list")
    return _form(request, form, act=acts.spend, heading=_heading(Kind(kind)), cancel=cancel)


def _said_in(request):
    """What for, as the address says; else courses, which are a school's, or fairs."""
    for name in ("course", "fair"):
        if key := request.GET.get(name):
            return {"purpose": name, name: key}
    return {"purpose": "course" if request.user.school_id else "fair"}


@require_http_methods(BOTH)
@requires(Can.SPEND_MONEY)
def spending_clear(request, pk):
    """A payment that clears a commitment or an advance; what is known of it is filled in."""
    whole = get_object_or_404(_own(request).exclude(kind=Kind.PAYMENT), pk=pk)
    row = Spending(
        school_id=whole.school_id, province_id=whole.province_id, fiscal_year=whole.fiscal_year,
        kind=Kind.PAYMENT, clears=whole, budget_line=whole.budget_line,
    )  # fmt: skip
    known = ("purpose", "course", "fair", "fair_rule", "expense_line", "budget_line")
    first = {name: getattr(whole, name) for name in known} | {"amount": whole.open_amount}
    if whole.kind == Kind.COMMITMENT:
        first["payee"] = whole.payee
    form = SpendingForm(request.user, typed(request), instance=row, initial=first, year=whole.fiscal_year)
    cancel = reverse("money:spending", args=[pk])
    heading = _("Payment that clears: %(what)s") % {"what": whole}
    return _form(request, form, act=acts.spend, heading=heading, cancel=cancel)


@require_http_methods(BOTH)
@requires(Can.SPEND_MONEY)
def spending_edit(request, pk):
    row = get_object_or_404(_own(request), pk=pk)
    if request.method == "POST":
        lock(office_of(row), row.fiscal_year_id, by=request.user)  # before the form holds the row itself
    form = SpendingForm(request.user, typed(request), instance=row, year=row.fiscal_year)
    cancel = reverse("money:spending", args=[pk])
    return _form(request, form, act=acts.change, heading=_("Change: %(what)s") % {"what": row}, cancel=cancel)


def _act(request, row, form, act, *, told, heading, undo=False, submit=""):
    """A small form about one row, with a reason."""
    if form.is_valid() and done(form, act, spending=row, by=request.user, **form.cleaned_data):
        tags = f"undo:{reverse('money:spending_restore', args=[row.pk])}" if undo else ""
        messages.success(request, told, extra_tags=tags)
        return redirect("money:spending", row.pk)
    lead, cancel = f"{row} · {what_for(row)}", reverse("money:spending", args=[row.pk])
    context = {"form": form, "heading": heading, "lead": lead, "cancel": cancel, "submit": submit}
    return render(request, "courses/money/act.html", context)


@require_http_methods(BOTH)
@requires(Can.SPEND_MONEY)
def spending_release(request, pk):
    row = get_object_or_404(_own(request).exclude(kind=Kind.PAYMENT), pk=pk)
    form = ReleaseForm(typed(request), initial={"amount": row.open_amount})
    is_advance = row.kind == Kind.ADVANCE
    heading = _("Money brought back") if is_advance else _("Release what will not be paid")
    return _act(request, row, form, acts.release, told=_("Saved."), heading=heading)


@require_http_methods(BOTH)
@requires(Can.SPEND_MONEY)
def spending_cancel(request, pk):
    row = get_object_or_404(_own(request), pk=pk)
    return _act(
        request,
        row,
        ReasonForm(typed(request)),
        acts.cancel,
        told=_("Cancelled. The row stays, with your reason."),
        heading=_("Cancel the row"),
        undo=True,
        submit=_("Cancel it"),
    )


@require_POST
@requires(Can.SPEND_MONEY)
def spending_restore(request, pk):
    row = get_object_or_404(_own(request), pk=pk)
    if done_or_told(request, acts.take_back, spending=row, by=request.user):
        messages.success(request, _("The cancelling is taken back."))
    return redirect("money:spending", pk)
