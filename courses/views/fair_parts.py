"""An office's part in a fair: joining, leaving, what it tells of it; and the parts that one sees as a file."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from courses import fair_exports, fairs
from courses.fair_forms import FairPartForm
from courses.models import Fair, FairPart
from courses.tasks import export_parts
from courses.views.files import sent
from offices.permissions import Can, requires


@require_POST
@requires(Can.JOIN_FAIRS)
def fair_join(request, pk):
    fair = get_object_or_404(Fair, pk=pk)
    try:
        fairs.join(fair, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Your office now takes part in “%(name)s”.") % {"name": fair.name})
    return redirect("courses:fair", pk)


def _own_part(request, pk):
    """The part of the user's own office in the fair, which only its people may change."""
    return get_object_or_404(FairPart.objects.own_of(request.user).select_related("fair"), fair=pk)


@require_POST
@requires(Can.JOIN_FAIRS)
def fair_leave(request, pk):
    part = _own_part(request, pk)
    try:
        fairs.leave(part, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        said = _("Your office no longer takes part in “%(name)s”.") % {"name": part.fair.name}
        messages.success(request, said, extra_tags=f"undo:{reverse('courses:fair_join', args=[pk])}")
    return redirect("courses:fair", pk)


@require_http_methods(["GET", "POST"])
@requires(Can.JOIN_FAIRS)
def fair_part(request, pk):
    """Visitors, sales and a note."""
    part = _own_part(request, pk)
    here = reverse("courses:fair", args=[pk])
    if part.fair.status == Fair.Status.CANCELLED:
        messages.error(request, _("The fair was cancelled: nothing more can be entered for it."))
        return redirect(here)
    form = FairPartForm(request.user, request.POST if request.method == "POST" else None, instance=part)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect(here)
    return render(request, "courses/fair_part.html", {"form": form, "fair": part.fair, "cancel": here})


@require_POST
@requires(Can.VIEW_FAIRS)
def fair_parts_export(request, pk, ending):
    fair, user = get_object_or_404(Fair, pk=pk), request.user
    return sent(
        request,
        ending,
        count=fair_exports.parts_of(user, fair).count(),
        make=lambda: fair_exports.parts_book(user, fair),
        task=export_parts,
        fair=fair.pk,
    )
