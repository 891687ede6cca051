"""Running numbers of an office: how they look, when they begin again, and which were given to what."""

from __future__ import annotations

from datetime import date

import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from offices.history import tracked_office
from offices.owned import OfficeOwned, bump_version
from offices.thai.dates import buddhist_year, fiscal_year_of


@tracked_office
class NumberSeries(OfficeOwned):
    """How the numbers of one kind are made in one office. The next one is taken by offices.numbers."""

    class Kind(models.TextChoices):
        LETTER = "letter", _("Letters")
        CERTIFICATE = "certificate", _("Certificates")
        APPLICATION = "application", _("Applications")
        KTB = "ktb", _("KTB forms")

    class Restart(models.TextChoices):
        CALENDAR = "calendar", _("each calendar year")
        FISCAL = "fiscal", _("each fiscal year")
        NEVER = "never", _("never")

    kind = models.CharField(_("kind of number"), max_length=12, choices=Kind, editable=False)
    prefix = models.CharField(
        _("before the number"),
        max_length=60,
        blank=True,
        help_text=_("With the stroke behind it, if there is one."),
    )
    restarts = models.CharField(_("begins again at 1"), max_length=10, choices=Restart, default=Restart.CALENDAR)
    digits = models.PositiveSmallIntegerField(
        _("least digits"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(8)],
        help_text=_("4 makes 0007 of 7."),
    )
    with_year = models.BooleanField(_("the year behind a stroke"), default=False)
    begun_at = models.PositiveIntegerField(_("last number given so far"), default=0)
    begun_in = models.PositiveSmallIntegerField(default=0, editable=False)  # the period in which `begun_at` holds

    class Meta(OfficeOwned.Meta):
        verbose_name = _("running number")
        verbose_name_plural = _("running numbers")
        ordering = ["kind", "pk"]
        constraints = [
            *OfficeOwned.Meta.constraints,
            models.UniqueConstraint(
                fields=["school", "province", "kind"], name="one_series_of_a_kind", nulls_distinct=False
            ),
            models.CheckConstraint(name="series_digits_in_bounds", condition=Q(digits__range=(1, 8))),
            models.CheckConstraint(
                name="series_year_needs_a_restart",
                condition=Q(with_year=False) | ~Q(restarts="never"),
                violation_error_message=_("Numbers that never begin again belong to no year: leave the year out."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.written(1, 0)}"

    def period(self, day: date) -> int:
        """The Buddhist year within which no number comes twice; 0 where they never begin again."""
        match self.restarts:
            case self.Restart.CALENDAR:
                return buddhist_year(day)
            case self.Restart.FISCAL:
                return fiscal_year_of(day)
            case _:
                return 0

    def written(self, number: int, period: int) -> str:
        """The number as it stands on paper."""
        year = f"/{period}" if self.with_year else ""
        return f"{self.prefix}{number:0{self.digits}}{year}"


@tracked_office
class GivenNumber(OfficeOwned):
    """A number that was given, and to what. It is never given again, so the row never changes."""

    series = models.ForeignKey(
        NumberSeries, models.PROTECT, verbose_name=_("running number"), related_name="+", editable=False
    )
    period = models.PositiveSmallIntegerField(_("year"), editable=False)
    number = models.PositiveIntegerField(null=True, editable=False)  # None: typed in, and not of the series' form
    text = models.CharField(pgettext_lazy("running", "number"), max_length=100)
    is_typed = models.BooleanField(_("typed in"), default=False, editable=False)
    given_on = models.DateField(_("of day"))
    purpose = models.CharField(_("for what"), max_length=200, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("by"), related_name="+", editable=False
    )
    given_at = models.DateTimeField(_("given at"), auto_now_add=True)

    class Meta(OfficeOwned.Meta):
        verbose_name = _("given number")
        verbose_name_plural = _("given numbers")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["series", "-id"], name="given_number_list")]
        triggers = [
            bump_version,
            pgtrigger.Protect(name="given_stays", operation=pgtrigger.Update | pgtrigger.Delete),
        ]
        constraints = [
            *OfficeOwned.Meta.constraints,
            models.UniqueConstraint(fields=["series", "period", "number"], name="a_number_is_given_once"),
            models.UniqueConstraint(
                fields=["series", "period", "text"],
                name="a_written_number_is_given_once",
                violation_error_message=_("This number has been given already."),
            ),
        ]

    def __str__(self) -> str:
        return self.text
