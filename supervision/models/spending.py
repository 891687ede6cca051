"""Which rows of money served which visit. Money itself, on a lower floor, knows only that it is supervision."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models import Spending
from offices.history import tracked_office
from offices.owned import OfficeOwned, SameSchool
from supervision.models.visits import Visit


@tracked_office
class VisitSpending(OfficeOwned):
    """A row of money that served a visit. It is the spending office's, like the row of money.

    One journey may serve several visits, and one visit cost several rows. `visit` is the first edition of its
    form: corrections come and go, the journey was one.
    """

    visit = models.ForeignKey(Visit, models.CASCADE, verbose_name=_("visit"), related_name="+", editable=False)
    spending = models.ForeignKey(
        Spending, models.PROTECT, verbose_name=_("expenditure"), related_name="+", editable=False
    )
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)

    class Meta(OfficeOwned.Meta):
        verbose_name = _("spending on a visit")
        verbose_name_plural = _("spending on visits")
        ordering = ["pk"]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["spending"], name="visit_spending_of_row")]
        constraints = [
            *OfficeOwned.Meta.constraints,
            SameSchool("visit", name="visit_spending_visit_same_school"),
            models.UniqueConstraint(
                fields=["visit", "spending"],
                name="spent_on_a_visit_once",
                violation_error_message=_("This row stands at the visit already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id} – {self.spending_id}"
