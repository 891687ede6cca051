"""Public holidays of a fiscal year: everybody reads them, the department enters them."""

from datetime import timedelta

import pghistory
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from offices.holiday_forms import HolidayForm, HolidayLines
from offices.holidays import holidays_of_year
from offices.models import Holiday
from offices.permissions import Can, may, requires
from offices.years import chosen_year


def _shown(request, form=None):
    year = chosen_year(request)
    holidays = holidays_of_year(year)
    may_edit = may(request.user, Can.EDIT_YEARS)
    form = form or (HolidayLines() if may_edit else None)
    page = {"year": year, "holidays": holidays, "may_edit": may_edit, "form": form}
    return render(request, "offices/holidays.html", page)


@require_safe
@requires(Can.VIEW_YEARS)
def holiday_list(request):
    return _shown(request)


@require_POST
@requires(Can.EDIT_YEARS)
def holiday_add(request):
    """Several at once, all or none."""
    form = HolidayLines(request.POST)
    if not form.is_valid():
        return _shown(request, form)
    lines = form.cleaned_data["lines"]
    with transaction.atomic(), pghistory.context(user=request.user.pk, act="holidays.add"):
        Holiday.objects.bulk_create(Holiday(day=line.day, name=line.name) for line in lines)
    messages.success(request, _("%(number)d holidays have been saved.") % {"number": len(lines)})
    return redirect("offices:holidays")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Can.EDIT_YEARS)
def holiday_edit(request, pk):
    holiday = get_object_or_404(Holiday.objects.filter(Holiday.LIVE), pk=pk)
    form = HolidayForm(request.POST if request.method == "POST" else None, instance=holiday)
    if form.is_valid():
        with pghistory.context(user=request.user.pk, act="holidays.change"):
            form.save()
        messages.success(request, _("Saved."))
        return redirect("offices:holidays")
    return render(request, "offices/holiday_edit.html", {"form": form, "holiday": holiday})


@require_POST
@requires(Can.EDIT_YEARS)
def holiday_bin(request, pk):
    holiday = get_object_or_404(Holiday.objects.filter(Holiday.LIVE), pk=pk)
    _keep(request, holiday, timezone.now())
    undo = reverse("offices:holiday_restore", args=[pk])
    messages.success(request, _("“%(name)s” is in the bin.") % {"name": holiday}, extra_tags=f"undo:{undo}")
    return redirect("offices:holidays")


@require_POST
@requires(Can.EDIT_YEARS)
def holiday_restore(request, pk):
    since = timezone.now() - timedelta(days=settings.BIN_DAYS)
    holiday = Holiday.objects.filter(pk=pk, binned_at__gte=since).first()
    if holiday is None:
        raise Http404
    if Holiday.objects.filter(Holiday.LIVE, day=holiday.day).exists():
        messages.error(request, _("This day is a holiday already."))
    else:
        _keep(request, holiday, None)
        messages.success(request, _("“%(name)s” is back.") % {"name": holiday})
    return redirect("offices:holidays")


def _keep(request, holiday, binned_at):
    holiday.binned_at = binned_at
    with pghistory.context(user=request.user.pk, act="holidays.bin" if binned_at else "holidays.restore"):
        holiday.save(update_fields=["binned_at"])
