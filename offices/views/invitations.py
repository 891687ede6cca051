"""Inviting one person, and accepting an invitation."""

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import SetPasswordForm
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from offices import invitations
from offices.account_forms import InvitationForm
from offices.invitations import InvitationSpent, Issued
from offices.lists import InvitationFilter, InvitationTable, invitations_of
from offices.models import Invitation, User
from offices.permissions import Can, requires
from offices.views.lists import show_list


@require_GET
@requires(Can.MANAGE_ACCOUNTS)
def invitation_list(request):
    return show_list(
        request,
        filter_class=InvitationFilter,
        table_class=InvitationTable,
        rows=invitations_of(request.user),
        template="offices/invitations.html",
        export_query=request.GET.urlencode(),
    )


@never_cache
@require_http_methods(["GET", "POST"])
@requires(Can.MANAGE_ACCOUNTS)
def invitation_new(request):
    form = InvitationForm(request.user, request.POST or None)
    if form.is_valid():
        return show_invitation_link(request, form.save())
    return render(request, "offices/invite.html", {"form": form})


@never_cache
@require_POST
@requires(Can.MANAGE_ACCOUNTS)
def invitation_reissue(request, pk):
    invitation = get_object_or_404(Invitation.objects.looked_after_by(request.user), pk=pk)
    try:
        return show_invitation_link(request, invitations.reissue(invitation=invitation, by=request.user))
    except InvitationSpent:
        messages.error(request, _("This invitation has been accepted already."))
        return redirect("offices:invitations")


@require_POST
@requires(Can.MANAGE_ACCOUNTS)
def invitation_revoke(request, pk):
    invitation = get_object_or_404(Invitation.objects.looked_after_by(request.user), pk=pk)
    try:
        invitations.revoke(invitation=invitation, by=request.user)
        messages.success(request, _("The invitation of %(name)s is revoked.") % {"name": invitation.name})
    except InvitationSpent:
        messages.error(request, _("This invitation has been accepted already."))
    return redirect("offices:invitations")


def invitation_link(request, issued: Issued) -> str:
    return request.build_absolute_uri(reverse("offices:accept_invitation", args=[issued.token]))


def show_invitation_link(request, issued: Issued):
    """The only page that ever shows the link: to copy, to print, and by mail where there is an address."""
    link = invitation_link(request, issued)
    send_invitation(issued.invitation, link)
    return render(request, "offices/invitation_link.html", {"invitation": issued.invitation, "link": link})


def send_invitation(invitation: Invitation, link: str) -> None:
    """Send it by mail once it is stored; a mail server that is down does not undo the invitation."""
    if not invitation.email:
        return
    context = {"invitation": invitation, "link": link}
    subject = _("Your invitation to Community Career Development")
    body = render_to_string("offices/invitation_mail.txt", context)
    transaction.on_commit(
        lambda: send_mail(subject, body, None, [invitation.email]),
        robust=True,
    )


@login_not_required
@never_cache
@sensitive_post_parameters()
@sensitive_variables("token", "form")
@require_http_methods(["GET", "POST"])
def invitation_accept(request, token):
    invitation = invitations.invitation_of(token)
    if invitation is None:
        raise Http404
    if not Invitation.objects.waiting().filter(pk=invitation.pk).exists():
        return _spent(request, invitation)
    person = User(username=invitation.username, name=invitation.name, email=invitation.email)
    form = SetPasswordForm(person, request.POST or None)
    if form.is_valid():
        try:
            user = invitations.accept(token=token, password=form.cleaned_data["new_password1"])
        except InvitationSpent:
            return _spent(request, invitation)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            login(request, user)
            messages.success(request, _("Your account is ready. From now on sign in with your user name."))
            return redirect("home")
    return render(request, "offices/accept_invitation.html", {"invitation": invitation, "form": form})


def _spent(request, invitation):
    return render(request, "offices/invitation_spent.html", {"invitation": invitation}, status=410)
