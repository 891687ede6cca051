"""Background work as rows: who asked, how far it is, how it ended. The row is the truth; Celery only wakes us."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from documents.models import PrivateFile
from offices.models import Province, School, User


class JobQuerySet(models.QuerySet):
    def of(self, user: User) -> Self:
        """Jobs of this person in the office they hold now."""
        return self.filter(requested_by=user, role=user.role, school=user.school_id, province=user.province_id)


class Job(models.Model):
    """One piece of work that a person asked for. A lease says which attempt may write to it."""

    class Status(models.TextChoices):
        QUEUED = "queued", pgettext_lazy("a job", "Waiting")
        RUNNING = "running", pgettext_lazy("a job", "Working")
        DONE = "done", pgettext_lazy("a job", "Done")
        FAILED = "failed", pgettext_lazy("a job", "Failed")
        CANCELLED = "cancelled", pgettext_lazy("a job", "Cancelled")

    OVER: ClassVar[frozenset[str]] = frozenset({"done", "failed", "cancelled"})

    heartbeat: Any = None  # of the attempt that runs in this process

    kind = models.CharField(max_length=100)  # the Celery task's name
    title = models.CharField(_("what"), max_length=200)
    params = models.JSONField(default=dict)
    language = models.CharField(max_length=10, default="th")  # what its reasons and its file speak
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = models.CharField(max_length=15)
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    province = models.ForeignKey(Province, models.PROTECT, null=True, related_name="+")
    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.QUEUED)
    requested_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    queued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    cancel_requested = models.BooleanField(default=False)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=500, blank=True)
    result = models.ForeignKey(PrivateFile, models.SET_NULL, null=True, related_name="+")
    gave_file = models.BooleanField(default=False)  # still true when the file itself has been removed

    objects = models.Manager.from_queryset(JobQuerySet)()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-requested_at", "-pk"]
        indexes = [
            models.Index(fields=["requested_by", "-requested_at"], name="job_newest_first"),
            models.Index(fields=["lease_until"], name="job_leases", condition=Q(status="running")),
            models.Index(fields=["queued_at"], name="job_queue", condition=Q(status="queued")),
        ]
        constraints = [
            models.CheckConstraint(
                name="running_jobs_hold_a_lease",
                condition=~Q(status="running") | Q(lease__isnull=False, lease_until__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_over(self) -> bool:
        return self.status in self.OVER

    @property
    def may_be_asked_again(self) -> bool:
        return self.status in {self.Status.FAILED, self.Status.CANCELLED}

    @property
    def file_was_removed(self) -> bool:
        return self.gave_file and (self.result is None or self.result.is_expired)

    def progress(self, done: int, total: int = 0, message: str = "") -> None:
        """Say how far the work is. Call it often: here a work that was cancelled stops."""
        self.done, self.total, self.message = done, total, str(message)
        if self.heartbeat is not None:
            self.heartbeat.report(done, total, self.message)
