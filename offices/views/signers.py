"""Who signs for an office: the list, entry, the last day, the bin."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from offices import bins
from offices.models import Signer
from offices.permissions import Can, may, requires
from offices.signer_forms import EndForm, SignerForm
from offices.signer_lists import SignerFilter, SignerTable
from offices.views.lists import show_list


@require_GET
@requires(Can.VIEW_SIGNERS)
def signer_list(request):
    return show_list(
        request,
        filter_class=SignerFilter,
        table_class=SignerTable,
        rows=_seen_by(request.user),
        template="offices/signers.html",
        may_edit=may(request.user, Can.EDIT_SIGNERS),
        export_query=request.GET.urlencode(),
    )


def _seen_by(user):
    """Those of the offices that the user sees; `is_own` are those that the user may change."""
    own = ExpressionWrapper(Q(school=user.school_id, province=user.province_id), BooleanField())
    return Signer.objects.visible_to(user).select_related("school", "province").annotate(is_own=own)


def _own(request, pk):
    """Only an office's own people change its signers; those of others do not exist here."""
    return get_object_or_404(Signer.objects.own_of(request.user), pk=pk)


def _sent(request):
    return request.POST if request.method == "POST" else None


def _shown(request, form, heading):
    context = {"form": form, "heading": heading, "cancel": reverse("offices:signers")}
    return render(request, "offices/signer_form.html", context)


@require_http_methods(["GET", "POST"])
@requires(Can.EDIT_SIGNERS)
def signer_new(request):
    signer = Signer(school_id=request.user.school_id, province_id=request.user.province_id)
    form = SignerForm(request.user, _sent(request), instance=signer)
    if form.is_valid():
        form.save()
        messages.success(request, _("%(name)s is stored as a signer.") % {"name": signer.name})
        return redirect("offices:signers")
    return _shown(request, form, _("New signer"))


@require_http_methods(["GET", "POST"])
@requires(Can.EDIT_SIGNERS)
def signer_edit(request, pk):
    form = SignerForm(request.user, _sent(request), instance=_own(request, pk))
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("offices:signers")
    return _shown(request, form, _("Change the signer"))


@require_http_methods(["GET", "POST"])
@requires(Can.EDIT_SIGNERS)
def signer_end(request, pk):
    signer = _own(request, pk)
    form = EndForm(request.user, _sent(request), instance=signer)
    if form.is_valid():
        form.save()
        messages.success(request, _("The last day of %(name)s is stored.") % {"name": signer.name})
        return redirect("offices:signers")
    return _shown(request, form, _("Last day of %(name)s") % {"name": signer.name})


@require_POST
@requires(Can.EDIT_SIGNERS)
def signer_bin(request, pk):
    signer = _own(request, pk)
    try:
        bins.throw_away(signer, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        undo = reverse("offices:restore_signer", args=[pk])
        messages.success(request, _("%(name)s is in the bin.") % {"name": signer}, extra_tags=f"undo:{undo}")
    return redirect("offices:signers")


@require_POST
@requires(Can.EDIT_SIGNERS)
def signer_restore(request, pk):
    signer = get_object_or_404(bins.still_kept(request.user), pk=pk)
    bins.take_back(signer, by=request.user)
    messages.success(request, _("%(name)s is back.") % {"name": signer})
    return redirect("offices:signers")


@require_GET
@requires(Can.EDIT_SIGNERS)
def signer_bin_list(request):
    rows = [(signer, bins.kept_until(signer)) for signer in bins.still_kept(request.user)]
    return render(request, "offices/signer_bin.html", {"rows": rows, "days": settings.BIN_DAYS})
