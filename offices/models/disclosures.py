"""The log of who saw, took away or erased personal data."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from offices.owned import SchoolOwned


class Disclosure(SchoolOwned):
    """Somebody saw a full ID number, took personal data away in a file, or erased a person's data on request.

    Written once, never changed.
    """

    class Act(models.TextChoices):
        REVEAL = "reveal", _("shown in full on screen")
        EXPORT = "export", _("exported to a file")
        ERASE = "erase", _("erased on request")

    act = models.CharField(_("act"), max_length=10, choices=Act)
    subject = models.CharField(_("of what"), max_length=100)  # model label, e.g. "trainees.Trainee"
    subject_id = models.BigIntegerField(null=True)  # one row, or null for a whole file
    rows = models.PositiveIntegerField(_("rows"), default=1)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta(SchoolOwned.Meta):
        verbose_name = _("disclosure of personal data")
        verbose_name_plural = _("disclosures of personal data")
        ordering = ["-at"]
        indexes = [models.Index(fields=["school", "-at"], name="disclosure_newest_first")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.act} {self.subject} {self.subject_id}"
