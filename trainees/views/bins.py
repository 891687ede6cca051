"""The bin of the register: what was thrown away, and taking it back."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from offices.permissions import Can, requires
from trainees import bins
from trainees.models import Enrolment, Trainee
from trainees.views.enrolments import to_course
from trainees.views.refused import done_or_told

MOST_SHOWN = 200


@require_POST
@requires(Can.EDIT_TRAINEES)
def trainee_bin(request, pk):
    trainee = get_object_or_404(Trainee.objects.visible_to(request.user).defer(*Trainee.ENCRYPTED), pk=pk)
    if not done_or_told(request, bins.throw_away_trainee, trainee=trainee, by=request.user):
        return redirect("trainees:detail", pk)
    undo = reverse("trainees:restore", args=[pk])
    messages.success(request, _("%(name)s is in the bin.") % {"name": trainee}, extra_tags=f"undo:{undo}")
    return redirect("trainees:list")


@require_POST
@requires(Can.EDIT_TRAINEES)
def trainee_restore(request, pk):
    trainee = get_object_or_404(Trainee.objects.in_bin_of(request.user).defer(*Trainee.ENCRYPTED), pk=pk)
    if not done_or_told(request, bins.take_back_trainee, trainee=trainee, by=request.user):
        return redirect("trainees:bin_list")
    messages.success(request, _("%(name)s is in the register again.") % {"name": trainee})
    return redirect("trainees:detail", pk)


@require_POST
@requires(Can.EDIT_TRAINEES)
def enrolment_restore(request, pk):
    rows = Enrolment.objects.in_bin_of(request.user).select_related("trainee").defer(*Enrolment.ENCRYPTED)
    row = get_object_or_404(rows, pk=pk)
    if not done_or_told(request, bins.put_back_enrolment, enrolment=row, by=request.user):
        return redirect("trainees:bin_list")
    messages.success(request, _("%(name)s is on the course again.") % {"name": row.trainee})
    return to_course(row.course_id)


@require_safe
@requires(Can.EDIT_TRAINEES)
def bin_list(request):
    kept = timedelta(days=settings.BIN_DAYS)
    since = timezone.now() - kept
    people = Trainee.objects.in_bin_of(request.user).filter(binned_at__gte=since).defer(*Trainee.ENCRYPTED)
    places = Enrolment.objects.in_bin_of(request.user).filter(binned_at__gte=since)
    places = places.filter(course__binned_at=None, trainee__binned_at=None).select_related("trainee", "course")
    context = {
        "people": [(row, row.binned_at + kept) for row in people.order_by("-binned_at")[:MOST_SHOWN]],
        "places": [
            (row, row.binned_at + kept)
            for row in places.defer(*Enrolment.ENCRYPTED).order_by("-binned_at")[:MOST_SHOWN]
        ],
    }
    return render(request, "trainees/bin_list.html", context)
