"""Circulars of who sends them: writing a draft, its enclosures, sending, replacing, withdrawing, the bin."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from documents import circular_bins, circulars
from documents.circular_forms import CircularForm, EnclosureForm, SendForm, WithdrawalForm
from documents.models import Circular, Enclosure
from offices.permissions import Can, requires

Status = Circular.Status


def _of(request, pk, *states):
    """One of the department's own; in other states than these it is not there to be changed."""
    return get_object_or_404(Circular.objects.own_of(request.user).filter(status__in=states), pk=pk)


def _sent(request):
    return request.POST if request.method == "POST" else None


def _done(request, form, operation, **arguments):
    """Whether the operation went through; else the form says why not."""
    try:
        operation(by=request.user, **arguments)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    return True


@require_http_methods(["GET", "POST"])
@requires(Can.SEND_CIRCULARS)
def circular_new(request):
    draft = Circular(made_by=request.user)
    form = CircularForm(request.user, _sent(request), instance=draft)
    if form.is_valid():
        form.save()
        messages.success(request, _("The draft is saved. Add enclosures, then send it."))
        return redirect("documents:circular_edit", draft.pk)
    return render(
        request, "documents/circular_form.html", {"form": form, "cancel": reverse("documents:circulars")}
    )


def _shown(request, draft, form, files):
    enclosures = Enclosure.objects.visible_to(request.user).filter(circular=draft).select_related("file")
    context = {
        "form": form,
        "files": files,
        "draft": draft,
        "enclosures": enclosures,
        "cancel": reverse("documents:circular", args=[draft.pk]),
    }
    return render(request, "documents/circular_form.html", context)


@require_http_methods(["GET", "POST"])
@requires(Can.SEND_CIRCULARS)
def circular_edit(request, pk):
    draft = _of(request, pk, Status.DRAFT)
    form = CircularForm(request.user, _sent(request), instance=draft)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("documents:circular", pk)
    return _shown(request, draft, form, EnclosureForm())


@require_POST
@requires(Can.SEND_CIRCULARS)
def circular_enclose(request, pk):
    draft = _of(request, pk, Status.DRAFT)
    files = EnclosureForm(request.POST, request.FILES)
    if files.is_valid():
        file = files.cleaned_data["file"]
        try:
            circulars.enclose(circular=draft, file=file, name=file.name, by=request.user)
        except ValidationError as refusal:
            files.add_error("file", refusal)
        else:
            messages.success(request, _("The enclosure “%(name)s” is added.") % {"name": file.name})
            return redirect("documents:circular_edit", pk)
    return _shown(request, draft, CircularForm(request.user, instance=draft), files)


@require_POST
@requires(Can.SEND_CIRCULARS)
def circular_take_out(request, pk):
    rows = (
        Enclosure.objects.own_of(request.user)
        .filter(circular__status=Status.DRAFT)
        .select_related("circular", "file")
    )
    enclosure = get_object_or_404(rows.select_related("circular", "file"), pk=pk)
    circulars.take_out(enclosure=enclosure, by=request.user)
    messages.success(request, _("The enclosure is taken out."))
    return redirect("documents:circular_edit", enclosure.circular_id)


@require_http_methods(["GET", "POST"])
@requires(Can.SEND_CIRCULARS)
def circular_send(request, pk):
    draft = _of(request, pk, Status.DRAFT)
    form = SendForm(request.user, draft, _sent(request))
    if form.is_valid():
        to = {name: form.cleaned_data[name] for name in ("provinces", "schools")}
        if _done(request, form, circulars.send, circular=draft, **to):
            messages.success(request, _("The circular has been sent."))
            return redirect("documents:circular", pk)
    context = {"form": form, "circular": draft, "cancel": reverse("documents:circular", args=[pk])}
    return render(request, "documents/circular_send.html", context)


@require_POST
@requires(Can.SEND_CIRCULARS)
def circular_correct(request, pk):
    circular = _of(request, pk, Status.SENT)
    draft = circulars.correct(circular=circular, by=request.user)
    return redirect("documents:circular_edit", draft.pk)


@require_http_methods(["GET", "POST"])
@requires(Can.SEND_CIRCULARS)
def circular_withdraw(request, pk):
    circular = _of(request, pk, Status.SENT)
    form = WithdrawalForm(_sent(request))
    if form.is_valid() and _done(request, form, circulars.withdraw, circular=circular, **form.cleaned_data):
        messages.success(request, _("The circular is withdrawn."))
        return redirect("documents:circular", pk)
    context = {"form": form, "circular": circular, "cancel": reverse("documents:circular", args=[pk])}
    return render(request, "documents/circular_withdraw.html", context)


@require_POST
@requires(Can.SEND_CIRCULARS)
def circular_bin(request, pk):
    draft = _of(request, pk, Status.DRAFT)
    try:
        circular_bins.throw_away(draft, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        undo = reverse("documents:circular_restore", args=[pk])
        thrown = _("The draft “%(subject)s” is in the bin.") % {"subject": draft.subject}
        messages.success(request, thrown, extra_tags=f"undo:{undo}")
    return redirect("documents:circulars")


@require_POST
@requires(Can.SEND_CIRCULARS)
def circular_restore(request, pk):
    draft = get_object_or_404(circular_bins.still_kept(request.user), pk=pk)
    try:
        circular_bins.take_back(draft, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("The draft “%(subject)s” is back.") % {"subject": draft.subject})
    return redirect("documents:circulars")


@require_GET
@requires(Can.SEND_CIRCULARS)
def circular_bin_list(request):
    rows = [(draft, circular_bins.kept_until(draft)) for draft in circular_bins.still_kept(request.user)]
    return render(request, "documents/circular_bin.html", {"rows": rows})
