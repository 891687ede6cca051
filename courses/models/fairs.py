"""Academic fairs (Letter §4.2), which everybody may see, and the offices that organise or join them."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from offices.history import tracked_office, tracked_reference
from offices.models import FiscalYear, Province, Subdistrict
from offices.owned import OfficeOwned
from offices.scoping import Eyes
from offices.thai.fields import ThaiSortKeyField


class FairQuerySet(models.QuerySet):
    def organised_by(self, user: Eyes) -> Self:
        """Fairs that the user's own office organises; the department's name no province."""
        return self.filter(organiser=user.province_id)

    def of_year(self, year: int) -> Self:
        return self.filter(fiscal_year=year)


@tracked_reference()
class Fair(models.Model):
    """A fair. Days and place may come later; its name is data, because the letter prints two."""

    class Status(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("fair", "Planned")
        HELD = "held", pgettext_lazy("fair", "Held")
        CANCELLED = "cancelled", pgettext_lazy("fair", "Cancelled")

    HELD: ClassVar[Q] = Q(status="held")

    name = models.CharField(_("name of the fair"), max_length=200)
    name_order = ThaiSortKeyField(source="name")
    fiscal_year = models.ForeignKey(FiscalYear, models.PROTECT, verbose_name=_("fiscal year"), related_name="+")
    organiser = models.ForeignKey(
        Province,
        models.PROTECT,
        verbose_name=_("organising province"),
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Empty where the department organises it."),
    )
    starts_on = models.DateField(_("first day of the fair"), null=True, blank=True)
    ends_on = models.DateField(_("last day of the fair"), null=True, blank=True)
    place = models.CharField(_("place of the fair"), max_length=200, blank=True)
    subdistrict = models.ForeignKey(
        Subdistrict, models.PROTECT, verbose_name=_("subdistrict"), null=True, blank=True, related_name="+"
    )
    about = models.TextField(_("what it is about"), blank=True)
    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.PLANNED, editable=False)
    status_reason = models.CharField(_("reason"), max_length=500, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = models.Manager.from_queryset(FairQuerySet)()

    class Meta:
        verbose_name = _("fair")
        verbose_name_plural = _("fairs")
        ordering = [F("starts_on").desc(nulls_first=True), "name_order", "pk"]
        triggers: ClassVar[list[Any]] = OfficeOwned.Meta.triggers
        constraints = [
            models.CheckConstraint(
                name="fair_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The last day is before the first day."),
            ),
            models.CheckConstraint(
                name="fair_held_on_days",
                condition=~Q(status="held") | Q(starts_on__isnull=False, ends_on__isnull=False),
                violation_error_message=_("Give the days on which the fair was held."),
            ),
            models.CheckConstraint(
                name="fair_cancelled_with_a_reason",
                condition=~Q(status="cancelled") | ~Q(status_reason=""),
                violation_error_message=_("Say why."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def organiser_name(self) -> str:
        """The office as a person would say it."""
        return str(self.organiser or _("Department of Learning Encouragement"))


def _planned(label: Any) -> models.DecimalField:
    return models.DecimalField(
        label, max_digits=14, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )


@tracked_office
class FairPart(OfficeOwned):
    """An office's part in a fair: it organises it (one such row is made with the fair) or joins it."""

    class Role(models.TextChoices):
        ORGANISES = "organises", _("Organises")
        JOINS = "joins", _("Joins")

    fair = models.ForeignKey(Fair, models.PROTECT, verbose_name=_("fair"), related_name="+", editable=False)
    role = models.CharField(_("part in it"), max_length=10, choices=Role, default=Role.JOINS, editable=False)
    visitors = models.PositiveIntegerField(_("visitors"), null=True, blank=True)
    sales = models.DecimalField(
        _("sales at the fair (baht)"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    # What the office means to spend, by the three kinds of rule of Letter §4.2: planned_ and a Spending.FairRule.
    planned_event = _planned(_("planned: event and training expenses (baht)"))
    planned_procurement = _planned(_("planned: procurement (baht)"))
    planned_training = _planned(_("planned: vocational training (baht)"))
    note = models.TextField(_("note"), blank=True)

    class Meta(OfficeOwned.Meta):
        verbose_name = _("part in a fair")
        verbose_name_plural = _("parts in fairs")
        ordering = ["pk"]
        constraints = [
            *OfficeOwned.Meta.constraints,
            models.UniqueConstraint(
                fields=["fair", "school"], name="school_joins_a_fair_once", condition=Q(school__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["fair", "province"], name="province_joins_a_fair_once", condition=Q(province__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["fair"],
                name="department_joins_a_fair_once",
                condition=Q(school__isnull=True, province__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fair} – {self.office_name}"

    @property
    def organises(self) -> bool:
        return self.Role(self.role) is self.Role.ORGANISES
