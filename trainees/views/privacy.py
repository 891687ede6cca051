"""Erasing a person's data on request, in two steps, and the privacy notice as it was on a day."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from offices.clock import today
from offices.permissions import Can, requires
from trainees import privacy
from trainees.forms import ConfirmEraseForm, EraseForm
from trainees.models import Enrolment, Trainee
from trainees.views.refused import done, typed


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Can.EDIT_TRAINEES)
def trainee_erase(request, pk):
    """Shown: what goes and what stays. First sending: the reason, answered by the question. Second: done."""
    known = Trainee.objects.visible_to(request.user).filter(Trainee.KNOWN).defer(*Trainee.ENCRYPTED)
    trainee = get_object_or_404(known, pk=pk)
    context = {
        "trainee": trainee,
        "places": Enrolment.objects.visible_to(request.user).filter(trainee=trainee).count(),
        "refused": _refusal(trainee, request.user),
    }
    if "step" not in request.POST:
        form = EraseForm(typed(request))
        if not form.is_valid() or context["refused"]:
            return render(request, "trainees/erase.html", context | {"form": form})
        confirm = ConfirmEraseForm(initial=form.cleaned_data)
        return render(request, "trainees/erase.html", context | {"form": confirm, "confirming": True})
    form = ConfirmEraseForm(request.POST)
    if form.is_valid() and done(
        form, privacy.erase, trainee=trainee, reason=form.cleaned_data["reason"], by=request.user
    ):
        messages.success(request, _("The person's data has been erased. That it was done is in the log."))
        return redirect("trainees:detail", pk)
    return render(request, "trainees/erase.html", context | {"form": form, "confirming": True})


def _refusal(trainee, user):
    try:
        privacy.refuse_while_learning(trainee, user)
    except ValidationError as refusal:
        return " ".join(refusal.messages)
    return ""


@require_safe
@requires(Can.VIEW_TRAINEES)
def notice(request):
    """The notice to read aloud or print, with the versions before it."""
    since, template = privacy.notice_of(today())
    context = {"since": since, "notice": template, "retention_years": settings.RETENTION_YEARS}
    return render(request, "trainees/notice.html", context)
