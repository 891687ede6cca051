"""Passing a circular on, seeing which schools have not acknowledged it, reminding them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from documents import circulars
from documents.books import send_book
from documents.circular_exports import recipients_book, recipients_of
from documents.circular_forms import PassOnForm
from documents.circular_lists import RecipientFilter, RecipientTable
from documents.circular_reminders import remind
from documents.circular_standing import sum_of
from documents.models import Circular
from offices.permissions import Can, requires
from offices.views.lists import show_list


def _circular(request, pk):
    sent = Circular.objects.visible_to(request.user).exclude(status=Circular.Status.DRAFT)
    return get_object_or_404(sent, pk=pk)


@require_http_methods(["GET", "POST"])
@requires(Can.FORWARD_CIRCULARS)
def circular_pass_on(request, pk):
    circular = _circular(request, pk)
    if not circulars.not_reached(circular, request.user).exists():
        messages.info(request, _("All your schools have this circular already."))
        return redirect("documents:circular", pk)
    form = PassOnForm(request.user, circular, request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            reached = circulars.pass_on(
                circular=circular, schools=said["schools"], note=said["note"], by=request.user
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            passed = ngettext("Passed on to %(n)d school.", "Passed on to %(n)d schools.", reached)
            messages.success(request, passed % {"n": reached})
            return redirect("documents:circular", pk)
    context = {"form": form, "circular": circular, "cancel": reverse("documents:circular", args=[pk])}
    return render(request, "documents/circular_pass_on.html", context)


@require_GET
@requires(Can.FOLLOW_CIRCULARS)
def circular_recipients(request, pk):
    circular = _circular(request, pk)
    return show_list(
        request,
        filter_class=RecipientFilter,
        table_class=RecipientTable,
        rows=recipients_of(circular, request.user),
        template="documents/circular_recipients.html",
        circular=circular,
        sum=sum_of(circular, request.user),
        export_query=request.GET.urlencode(),
    )


@require_POST
@requires(Can.FOLLOW_CIRCULARS)
def circular_recipients_export(request, pk, ending):
    circular = _circular(request, pk)
    return send_book(recipients_book(circular, request.user, request.GET), ending, _("acknowledgements"))


@require_POST
@requires(Can.FOLLOW_CIRCULARS)
def circular_remind(request, pk):
    circular = _circular(request, pk)
    try:
        reminded = remind(circular=circular, by=request.user, address=request.build_absolute_uri("/").rstrip("/"))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("documents:circular", pk)
    said = ngettext(
        "%(n)d office is reminded on its home page; %(mails)d by mail too, if it had none today.",
        "%(n)d offices are reminded on their home pages; %(mails)d by mail too, if they had none today.",
        reminded.offices,
    )
    nobody = _("Nobody is left to be reminded today.")
    told = said % {"n": reminded.offices, "mails": reminded.with_address}
    messages.success(request, told if reminded.offices else nobody)
    return redirect("documents:circular", pk)
