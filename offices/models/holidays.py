"""Public holidays: which days they are is data of the department; shipped empty."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from offices.history import tracked_reference
from offices.owned import Throwable


@tracked_reference()
class Holiday(Throwable, models.Model):
    """A day on which nobody is expected to work. Courses on it are warned of, never refused."""

    day = models.DateField(_("day"))
    name = models.CharField(_("name of the holiday"), max_length=120)

    class Meta:
        verbose_name = _("public holiday")
        verbose_name_plural = _("public holidays")
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(
                fields=["day"],
                condition=Q(binned_at__isnull=True),
                name="one_holiday_a_day",
                violation_error_message=_("This day is a holiday already."),
            )
        ]

    def __str__(self) -> str:
        return self.name
