"""How a product stands: what its latest assessment says, and by which points it is assessed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from django.db import models
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from offices.models import ChecklistItem
from offices.scoping import Eyes
from trainees.models import Assessment, Maker, Product


class Standing(models.TextChoices):
    MET = "met", _("Meets the checklist")
    NOT_MET = "not_met", _("Does not meet it yet")
    NEVER = "never", _("Never assessed")

    @classmethod
    def of(cls, is_met: bool | None) -> Standing:
        """By the latest assessment, if there is one."""
        return cls.NEVER if is_met is None else cls.MET if is_met else cls.NOT_MET


def with_standing(products: QuerySet[Product], user: Eyes) -> QuerySet[Product]:
    """Each product with what its latest assessment says (`latest_is_met`) and when that was (`latest_on`)."""
    newest = Assessment.objects.visible_to(user).filter(product=OuterRef("pk")).order_by("-assessed_on", "-pk")
    return products.annotate(
        latest_is_met=Subquery(newest.values("is_met")[:1]), latest_on=Subquery(newest.values("assessed_on")[:1])
    )


def with_makers(products: QuerySet[Product], user: Eyes) -> QuerySet[Product]:
    """Each product with how many people made it (`people`; nothing where nobody is named)."""
    makers = Maker.objects.visible_to(user).filter(product=OuterRef("pk")).order_by().values("product")
    return products.annotate(people=Subquery(makers.annotate(n=Count("pk")).values("n")))


def checklist_of(year: int | None) -> list[ChecklistItem]:
    """The points of a fiscal year's checklist; none as long as the department has set none."""
    return list(ChecklistItem.objects.filter(fiscal_year=year))


def mark_of(points: Sequence[ChecklistItem]) -> str:
    """By which a checklist is known to be the same as when somebody began to fill it in."""
    told = repr([(point.pk, point.text, point.is_required) for point in points])
    return hashlib.sha256(told.encode()).hexdigest()[:16]
