"""Who signs for an office: each school, province and the department keeps its own list, with days."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from offices.history import tracked_office
from offices.owned import OfficeOwned, Throwable
from offices.scoping import OfficeQuerySet
from offices.thai.fields import ThaiSortKeyField


class SignerQuerySet(OfficeQuerySet):
    def on(self, day: date) -> Self:
        """Those who hold their role on `day`, whoever began last first."""
        holding = self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)
        return holding.order_by("-starts_on", "-pk")


@tracked_office
class Signer(Throwable, OfficeOwned):
    """A person who holds a role of an office from one day to another (both included; open while it lasts)."""

    class Role(models.TextChoices):
        DIRECTOR = "director", _("Director")
        REGISTRAR = "registrar", _("Registrar")
        FINANCE = "finance", _("Finance officer")
        PAYER = "payer", _("Payer")
        RESPONSIBLE = "responsible", _("Responsible person")
        WITNESS = "witness", _("Witness")

    class Acting(models.TextChoices):
        """Somebody signs for the holder of the office; the printed words of each form of it."""

        IN_POSITION = "in_position", _("acting in the position of")
        FOR_OFFICER = "for_officer", _("acting for")
        ON_BEHALF = "on_behalf", _("on behalf of")

    signs_as = models.CharField(_("signs as"), max_length=12, choices=Role)
    name = models.CharField(_("full name"), max_length=150)
    name_order = ThaiSortKeyField(source="name")
    position = models.CharField(_("position"), max_length=200)
    acting = models.CharField(_("acting form"), max_length=12, choices=Acting, blank=True)
    acts_for = models.CharField(
        _("acts for the position"),
        max_length=200,
        blank=True,
        help_text=_("As it is printed behind the acting form, such as: Director of the centre."),
    )
    starts_on = models.DateField(pgettext_lazy("signer", "from day"))
    ends_on = models.DateField(pgettext_lazy("signer", "until day"), null=True, blank=True)

    objects = models.Manager.from_queryset(SignerQuerySet)()  # type: ignore[assignment,misc]

    class Meta(OfficeOwned.Meta):
        verbose_name = _("signer")
        verbose_name_plural = _("signers")
        ordering = ["signs_as", "-starts_on", "-pk"]
        indexes = [
            models.Index(fields=["school", "signs_as", "-starts_on"], name="signer_of_school"),
            models.Index(fields=["province", "signs_as", "-starts_on"], name="signer_of_province"),
        ]
        constraints = [
            *OfficeOwned.Meta.constraints,
            models.CheckConstraint(
                name="signer_ends_after_beginning",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The last day is before the first day."),
            ),
            models.CheckConstraint(
                name="signer_acts_for_a_position",
                condition=Q(acting="", acts_for="") | (~Q(acting="") & ~Q(acts_for="")),
                violation_error_message=_("Choose the acting form and say for which position, or leave out both."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
