"""Invitations: how an account comes into being. Whoever looks after an account's place may invite to it.

A link carries a random token; the database holds only its hash, so nobody who reads the database (or a backup)
can use it, and finding it takes the same time whatever was guessed. A link is shown once.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

import pghistory
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from offices.models import Invitation, Province, School, User


class InvitationSpent(Exception):
    """The invitation was used, revoked, or is too old."""


@dataclass(frozen=True)
class Issued:
    """An invitation with the token that is known only now."""

    invitation: Invitation
    token: str


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _new_token(invitation: Invitation) -> str:
    token = secrets.token_urlsafe(32)
    invitation.token_hash = _hash(token)
    invitation.expires_at = timezone.now() + timedelta(days=settings.INVITATION_DAYS)
    return token


@transaction.atomic
def invite(
    *,
    by: User,
    username: str,
    name: str,
    role: str,
    school: School | None = None,
    province: Province | None = None,
    email: str = "",
    successor_of: User | None = None,
) -> Issued:
    """Invite somebody to an account that `by` would look after; any other role or place is refused."""
    invitation = Invitation(
        username=username,
        name=name,
        email=email,
        role=role,
        school=school,
        province=province,
        invited_by=by,
        successor_of=successor_of,
    )
    token = _new_token(invitation)
    invitation.full_clean(exclude=["token_hash"])
    with pghistory.context(user=by.pk, act="account.invite"):
        invitation.save()
    # Asked of the database and after the fact, so that there is one rule: scoping.accounts_for.
    if not Invitation.objects.looked_after_by(by).filter(pk=invitation.pk).exists():
        raise PermissionDenied
    return Issued(invitation, token)


@transaction.atomic
def reissue(*, invitation: Invitation, by: User) -> Issued:
    """A new link with a new term; the old link dies. For an invitation that was lost, ran out or was revoked."""
    invitation = _held(invitation, by)
    if invitation.accepted_at:
        raise InvitationSpent
    token = _new_token(invitation)
    invitation.revoked_at = None
    with pghistory.context(user=by.pk, act="account.invite_again"):
        invitation.save(update_fields=["token_hash", "expires_at", "revoked_at"])
    return Issued(invitation, token)


@transaction.atomic
def revoke(*, invitation: Invitation, by: User) -> None:
    invitation = _held(invitation, by)
    if invitation.accepted_at:
        raise InvitationSpent
    invitation.revoked_at = timezone.now()
    with pghistory.context(user=by.pk, act="account.revoke_invitation"):
        invitation.save(update_fields=["revoked_at"])


def _held(invitation: Invitation, by: User) -> Invitation:
    """The invitation as it is now, locked; only whoever looks after it comes this far."""
    mine = Invitation.objects.looked_after_by(by).filter(pk=invitation.pk).select_for_update(of=("self",)).first()
    if mine is None:
        raise PermissionDenied
    return mine


def invitation_of(token: str) -> Invitation | None:
    return Invitation.objects.filter(token_hash=_hash(token)).first()


@transaction.atomic
def accept(*, token: str, password: str) -> User:
    """Make the account. Once only: the second of two who hold the same link is refused."""
    invitation = Invitation.objects.select_for_update(of=("self",)).filter(token_hash=_hash(token)).first()
    if invitation is None or not Invitation.objects.waiting().filter(pk=invitation.pk).exists():
        raise InvitationSpent
    user = User(
        username=invitation.username,
        name=invitation.name,
        email=invitation.email,
        role=invitation.role,
        school=invitation.school,
        province=invitation.province,
    )
    user.set_password(password)
    user.full_clean()
    with pghistory.context(act="account.accept", invitation=invitation.pk):
        user.save()
        invitation.accepted_at = timezone.now()
        invitation.save(update_fields=["accepted_at"])
        if invitation.successor_of_id:
            User.objects.filter(pk=invitation.successor_of_id).update(succeeded_by=user)
    return user
