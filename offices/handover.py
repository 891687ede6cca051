"""The end of an account, and what follows: closing, reopening, handing over, a link for a new password.

Rows belong to the school, so nothing is lost when a person leaves. Work they have asked for is left to finish.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import pghistory
from allauth.account import app_settings as allauth_settings
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from offices.invitations import Issued, invite
from offices.models import User


@transaction.atomic
def close(*, account: User, by: User, reason: str) -> None:
    """Close an account at once. Its password goes too, so that no old session comes back to life with it."""
    account = _held(account, by)
    if not account.is_active:
        raise ValidationError(_("This account is closed already."))
    account.is_active = False
    account.closed_at = timezone.now()
    account.set_unusable_password()
    with pghistory.context(user=by.pk, act="account.close", reason=reason):
        account.save(update_fields=["is_active", "closed_at", "password"])


@transaction.atomic
def reopen(*, account: User, by: User) -> str:
    """Open a closed account again; the path to a page where its holder chooses a new password."""
    account = _held(account, by)
    if account.is_active:
        raise ValidationError(_("This account is open."))
    account.is_active = True
    account.closed_at = None
    with pghistory.context(user=by.pk, act="account.reopen"):
        account.save(update_fields=["is_active", "closed_at"])
    return _password_path(account)


@transaction.atomic
def hand_over(*, account: User, by: User, username: str, name: str, email: str = "") -> Issued:
    """Close the account of whoever leaves and invite the successor to the same place, in one act."""
    held = _held(account, by)
    if held.succeeded_by_id:
        raise ValidationError(_("This account has been handed over already."))
    with pghistory.context(user=by.pk, act="account.hand_over"):
        if held.is_active:
            close(account=held, by=by, reason="")
        return invite(
            by=by,
            username=username,
            name=name,
            email=email,
            role=held.role,
            school=held.school,
            province=held.province,
            successor_of=held,
        )


@transaction.atomic
def issue_reset(*, account: User, by: User, remove_second_step: bool = False) -> str:
    """The path to a page where the holder chooses a new password, for who has no mail to get it by.

    It works once and runs out (PASSWORD_RESET_TIMEOUT). Whoever lost the telephone may have the second step
    of signing in taken away as well.
    """
    account = _held(account, by)
    if not account.is_active:
        raise ValidationError(_("This account is closed. Open it again first."))
    if remove_second_step:
        Authenticator.objects.filter(user=account).delete()
    return _password_path(account)


def reset_ends() -> datetime:
    """When a link for a new password that is issued now runs out."""
    return timezone.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)


def _held(account: User, by: User) -> User:
    """The account as it is now, locked. Nobody closes or takes over their own."""
    mine = (
        User.objects.looked_after_by(by)
        .exclude(pk=by.pk)
        .filter(pk=account.pk)
        .select_for_update(of=("self",))
        .first()
    )
    if mine is None:
        raise PermissionDenied
    return mine


def _password_path(account: User) -> str:
    token = allauth_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(account)
    return reverse("account_reset_password_from_key", args=[user_pk_to_url_str(account), token])
