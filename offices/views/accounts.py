"""The accounts one looks after: the list, one account, closing, reopening, handing over, a new password."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from offices import handover
from offices.account_forms import ClosingForm, MyAccountForm, ResetForm, SuccessorForm
from offices.lists import AccountFilter, AccountTable, accounts_of
from offices.models import User
from offices.permissions import Can, may, requires
from offices.views.invitations import show_invitation_link
from offices.views.lists import show_list


def _account_or_404(request, pk):
    return get_object_or_404(accounts_of(request.user).select_related("succeeded_by"), pk=pk)


@require_GET
@requires(Can.MANAGE_ACCOUNTS)
def account_list(request):
    return show_list(
        request,
        filter_class=AccountFilter,
        table_class=AccountTable,
        rows=accounts_of(request.user),
        template="offices/accounts.html",
        export_query=request.GET.urlencode(),
    )


@require_GET
@requires(Can.MANAGE_ACCOUNTS)
def account_detail(request, pk):
    account = _account_or_404(request, pk)
    events = User.pgh_event_model.objects.filter(pgh_obj=account.pk).select_related("pgh_context")
    context = {"account": account, "events": [_told(event) for event in events.order_by("-pgh_id")[:20]]}
    return render(request, "offices/account.html", context)


def _told(event):
    """One change of an account in words. Who made it may belong to another office, so it is not said here."""
    acts = {
        "account.accept": _("Invitation accepted"),
        "account.close": _("Closed"),
        "account.hand_over": _("Handed over"),
        "account.reopen": _("Opened again"),
    }
    known = event.pgh_context.metadata if event.pgh_context else {}
    what = acts.get(known.get("act")) or (_("Made") if event.pgh_label == "insert" else _("Changed"))
    return {"what": what, "when": event.pgh_created_at, "note": known.get("reason", "")}


@require_http_methods(["GET", "POST"])
@requires(Can.MANAGE_ACCOUNTS)
def account_close(request, pk):
    account = _account_or_404(request, pk)
    form = ClosingForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _done(form, handover.close, account=account, by=request.user, **form.cleaned_data):
        messages.success(request, _("The account of %(name)s is closed.") % {"name": account.name})
        return redirect("offices:account", pk=pk)
    return render(request, "offices/account_close.html", {"account": account, "form": form})


@never_cache
@require_POST
@requires(Can.MANAGE_ACCOUNTS)
def account_reopen(request, pk):
    account = _account_or_404(request, pk)
    try:
        path = handover.reopen(account=account, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("offices:account", pk=pk)
    return _show_reset_link(request, account, path)


@never_cache
@require_http_methods(["GET", "POST"])
@requires(Can.MANAGE_ACCOUNTS)
def account_reset(request, pk):
    account = _account_or_404(request, pk)
    form = ResetForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        path = _done(form, handover.issue_reset, account=account, by=request.user, **form.cleaned_data)
        if path:
            return _show_reset_link(request, account, path)
    return render(request, "offices/account_reset.html", {"account": account, "form": form})


@never_cache
@require_http_methods(["GET", "POST"])
@requires(Can.MANAGE_ACCOUNTS)
def account_hand_over(request, pk):
    account = _account_or_404(request, pk)
    form = SuccessorForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        issued = _done(form, handover.hand_over, account=account, by=request.user, **form.cleaned_data)
        if issued:
            return show_invitation_link(request, issued)
    return render(request, "offices/account_hand_over.html", {"account": account, "form": form})


@require_http_methods(["GET", "POST"])
@requires(Can.OPEN_HOME)
def my_account(request):
    form = MyAccountForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if form.is_valid():
        account = form.save(commit=False)
        account.save(update_fields=list(form.fields))
        messages.success(request, _("Saved."))
        return redirect("offices:me")
    context = {"form": form, "may_view_disclosures": may(request.user, Can.VIEW_DISCLOSURES)}
    return render(request, "offices/me.html", context)


def _done(form, act, **facts):
    """What `act` gives back, or True; its refusal stands in the form."""
    try:
        return act(**facts) or True
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return None


def _show_reset_link(request, account, path):
    context = {"account": account, "link": request.build_absolute_uri(path), "expires_at": handover.reset_ends()}
    return render(request, "offices/reset_link.html", context)
