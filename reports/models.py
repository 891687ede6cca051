"""What reports/ keeps of its own: targets of offices, and figures that were counted before."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from offices.history import tracked_office
from offices.models import FiscalYear
from offices.owned import OfficeOwned


@tracked_office
class Target(OfficeOwned):
    """What an office is to reach in a fiscal year for one indicator; of a share, in percent.

    The letter does not say who owes “at least 1” of 1.3 and 1.4: that is data, here.
    """

    fiscal_year = models.ForeignKey(
        FiscalYear, models.CASCADE, verbose_name=_("fiscal year"), related_name="+", editable=False
    )
    code = models.CharField(_("indicator"), max_length=5, editable=False)
    value = models.PositiveIntegerField(_("target"), validators=[MinValueValidator(0)])

    class Meta(OfficeOwned.Meta):
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["fiscal_year", "code", "pk"]
        constraints = [
            *OfficeOwned.Meta.constraints,
            models.UniqueConstraint(
                fields=["fiscal_year", "code", "school"],
                name="one_target_of_a_school",
                condition=Q(school__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["fiscal_year", "code", "province"],
                name="one_target_of_a_province",
                condition=Q(province__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["fiscal_year", "code"],
                name="one_target_of_the_department",
                condition=Q(school__isnull=True, province__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fiscal_year_id} {self.code} {self.office_name}: {self.value}"


class StoredFigures(models.Model):
    """The figures of one view as they were counted, under the version of the data that they were counted from.

    A copy that can be thrown away at any time. `eyes` says whose scope it was counted with, so that it is never
    shown to others; it holds figures and names of places, no rows.
    """

    eyes = models.CharField(max_length=30)
    office = models.CharField(max_length=40)
    period = models.CharField(max_length=30)
    data_version = models.CharField(max_length=400)
    counted_at = models.DateTimeField()
    seconds = models.FloatField()
    figures = models.JSONField()

    class Meta:
        verbose_name = _("stored figures")
        verbose_name_plural = _("stored figures")
        constraints = [models.UniqueConstraint(fields=["eyes", "office", "period"], name="figures_stored_once")]

    def __str__(self) -> str:
        return f"{self.office} {self.period} ({self.eyes})"
