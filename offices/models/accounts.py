"""People who sign in: their role, and the place that goes with it."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from offices.history import tracked_reference
from offices.models.geography import Province
from offices.models.schools import School
from offices.roles import Role
from offices.scoping import Eyes, accounts_for
from offices.thai.fields import ThaiSortKeyField

HAS_ITS_PLACE = (
    Q(role=Role.SCHOOL, school__isnull=False, province__isnull=True)
    | Q(role=Role.PROVINCE, school__isnull=True, province__isnull=False)
    | Q(role__in=[Role.DEPARTMENT, Role.ADMINISTRATOR], school__isnull=True, province__isnull=True)
)


class Placed(models.Model):
    """Somebody with a role and the place that belongs to it."""

    role = models.CharField(_("role"), max_length=15, choices=Role)
    school = models.ForeignKey(
        School, models.PROTECT, verbose_name=_("school"), null=True, blank=True, related_name="+"
    )
    province = models.ForeignKey(
        Province, models.PROTECT, verbose_name=_("province"), null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_role_has_its_place",
                condition=HAS_ITS_PLACE,
                violation_error_message=_("Choose the place that belongs to the role, and no other."),
            )
        ]

    @property
    def place(self) -> str:
        """The name of the office, as a person would say it."""
        return str(self.school or self.province or _("Department of Learning Encouragement"))


class AccountQuerySet(models.QuerySet):
    def looked_after_by(self, user: Eyes) -> Self:
        """The accounts that `user` may invite, close and hand over."""
        return self.filter(accounts_for(user))


class AccountManager(UserManager.from_queryset(AccountQuerySet)):  # type: ignore[misc]
    def create_superuser(self, username: str, email: str | None = None, password: str | None = None, **extra: Any):  # type: ignore[override]
        extra.setdefault("role", Role.ADMINISTRATOR)
        return super().create_superuser(username, email, password, **extra)


@tracked_reference(exclude=["password", "last_login"])
class User(Placed, AbstractUser):
    """One person's account. Business rows belong to the school, so nothing is lost when a person leaves."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("full name"), max_length=150)
    name_order = ThaiSortKeyField(source="name")
    position = models.CharField(_("position"), max_length=100, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    succeeded_by = models.ForeignKey(
        "self",
        models.SET_NULL,
        verbose_name=_("handed over to"),
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    is_demo = models.BooleanField(default=False, editable=False)  # may sign in on a laptop only
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)

    objects = AccountManager()  # type: ignore[misc]
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta(Placed.Meta):
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ["name_order", "pk"]
        constraints = [
            *Placed.Meta.constraints,
            models.UniqueConstraint(Lower("username"), name="one_user_name_in_any_case"),
        ]

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class InvitationQuerySet(models.QuerySet):
    def looked_after_by(self, user: Eyes) -> Self:
        return self.filter(accounts_for(user))

    def waiting(self) -> Self:
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=timezone.now())


@tracked_reference(exclude=["token_hash"])
class Invitation(Placed):
    """An invitation to hold an account: a link, to be sent or printed (many staff share no mail)."""

    class State(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        REVOKED = "revoked", _("Revoked")
        OVER = "over", _("Run out")
        WAITING = "waiting", _("Waiting")

    username = models.CharField(_("user name"), max_length=150)
    name = models.CharField(_("full name"), max_length=150)
    email = models.EmailField(_("e-mail"), blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    invited_at = models.DateTimeField(_("invited at"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires at"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True, editable=False)
    successor_of = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    objects = models.Manager.from_queryset(InvitationQuerySet)()

    class Meta(Placed.Meta):
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-invited_at"]

    def __str__(self) -> str:
        return self.username

    @property
    def is_over(self) -> bool:
        return self.expires_at <= timezone.now()

    @property
    def state(self) -> State:
        if self.accepted_at:
            return self.State.ACCEPTED
        if self.revoked_at:
            return self.State.REVOKED
        return self.State.OVER if self.is_over else self.State.WAITING
