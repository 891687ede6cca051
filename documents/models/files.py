"""Private files: kept under random names, served only through a view that asks who may see them."""

from __future__ import annotations

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from offices.models import Province, School, User


def _random_path(instance: PrivateFile, filename: str) -> str:
    """Nothing of what a user typed becomes part of a path."""
    token = uuid.uuid4().hex
    return f"{token[:2]}/{token}"


class PrivateFileQuerySet(models.QuerySet):
    def of(self, user: User) -> Self:
        """Files of this person, while they still hold the office they had when the file was made."""
        if not user.is_active:
            return self.none()
        return self.filter(
            Q(expires_at=None) | Q(expires_at__gt=timezone.now()),
            owner=user,
            role=user.role,
            school=user.school_id,
            province=user.province_id,
        )

    def expired(self) -> Self:
        return self.filter(expires_at__lte=timezone.now())


class PrivateFile(models.Model):
    """A file of one person in one office: what they uploaded, or what a job compiled for them.

    It may hold rows of every school its owner saw, so it does not follow the owner to another office.
    """

    file = models.FileField(upload_to=_random_path, max_length=100)
    name = models.CharField(_("file name"), max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = models.CharField(max_length=15)
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    province = models.ForeignKey(Province, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True)

    objects = models.Manager.from_queryset(PrivateFileQuerySet)()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        indexes = [models.Index(fields=["expires_at"], name="file_expiry")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_expired(self) -> bool:
        return self.expires_at is not None and self.expires_at <= timezone.now()
