"""Running numbers of one's own office: how they look, the next one, and the register of those given."""

from dataclasses import dataclass

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from offices.clock import today
from offices.models import GivenNumber, NumberSeries
from offices.numbers import next_number
from offices.permissions import Can, may, requires
from offices.signer_forms import SeriesForm, TakeNumberForm
from offices.signer_lists import GivenFilter, GivenTable
from offices.views.lists import show_list


@dataclass(frozen=True)
class Line:
    """A kind of number, as the office has set it; `series` is None where it has not."""

    kind: NumberSeries.Kind
    series: NumberSeries | None
    next: str


@require_GET
@requires(Can.VIEW_SIGNERS)
def number_list(request):
    user = request.user
    known = {series.kind: series for series in NumberSeries.objects.own_of(user)}
    lines = [
        Line(kind, series, next_number(series, today(), user) if series else "")
        for kind in NumberSeries.Kind
        for series in [known.get(kind)]
    ]
    return show_list(
        request,
        filter_class=GivenFilter,
        table_class=GivenTable,
        rows=GivenNumber.objects.own_of(user).select_related("series", "given_by"),
        template="offices/numbers.html",
        lines=lines,
        may_edit=may(user, Can.EDIT_SIGNERS),
        export_query=request.GET.urlencode(),
    )


def _kind(kind):
    if kind not in NumberSeries.Kind.values:
        raise Http404
    return NumberSeries.Kind(kind)


@require_http_methods(["GET", "POST"])
@requires(Can.EDIT_SIGNERS)
def number_set(request, kind):
    user, kind = request.user, _kind(kind)
    series = NumberSeries.objects.own_of(user).filter(kind=kind).first()
    if series is None:
        series = NumberSeries(kind=kind, school_id=user.school_id, province_id=user.province_id)
    form = SeriesForm(user, request.POST if request.method == "POST" else None, instance=series)
    if form.is_valid() and _saved(form):
        messages.success(request, _("The running numbers are set: %(kind)s.") % {"kind": kind.label})
        return redirect("offices:numbers")
    heading = _("Running numbers: %(kind)s") % {"kind": kind.label}
    context = {"form": form, "heading": heading, "cancel": reverse("offices:numbers")}
    return render(request, "offices/signer_form.html", context)


def _saved(form):
    """Two people may set the same kind for the first time at once."""
    try:
        with transaction.atomic():
            form.save()
    except IntegrityError:
        form.add_error(None, _("Somebody else has just set these numbers. Open the page again to see them."))
        return False
    return True


@require_http_methods(["GET", "POST"])
@requires(Can.EDIT_SIGNERS)
def number_take(request, kind):
    kind = _kind(kind)
    form = TakeNumberForm(request.user, kind, request.POST if request.method == "POST" else None)
    if form.is_valid() and (given := form.take()):
        messages.success(request, _("The number %(number)s is yours.") % {"number": given.text})
        return redirect("offices:numbers")
    heading = _("Take a number: %(kind)s") % {"kind": kind.label}
    context = {"form": form, "heading": heading, "cancel": reverse("offices:numbers")}
    return render(request, "offices/signer_form.html", context)
