"""Schools, and which province each belonged to on which day."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from offices.history import tracked, tracked_reference
from offices.models.geography import District, Province
from offices.owned import SchoolOwned
from offices.scoping import SchoolQuerySet, ScopedQuerySet
from offices.thai.fields import ThaiSortKeyField


@tracked_reference()
class School(models.Model):
    """A school (สถานศึกษา). Its province is a dated membership; without one it answers to the department."""

    class Kind(models.TextChoices):
        DISTRICT = "district", _("District learning encouragement centre")
        ATTACHED = "attached", _("Directly attached vocational school")

    code = models.CharField(_("school code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=150)
    name_order = ThaiSortKeyField(source="name")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.DISTRICT)
    district = models.ForeignKey(
        District, models.PROTECT, verbose_name=_("district"), null=True, blank=True, related_name="+"
    )
    opened_on = models.DateField(_("opened on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects = models.Manager.from_queryset(SchoolQuerySet)()

    class Meta:
        verbose_name = _("school")
        verbose_name_plural = _("schools")
        ordering = ["name_order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="school_closed_after_it_opened",
                condition=Q(closed_on__isnull=True) | Q(opened_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                violation_error_message=_("A school cannot close before it opens."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(ScopedQuerySet):
    def on(self, day: date) -> Self:
        """Memberships that hold on `day`; at most one for a school."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)


@tracked
class Membership(SchoolOwned):
    """A school's belonging to a province, from one day to another (both included; open when it lasts)."""

    province = models.ForeignKey(Province, models.PROTECT, verbose_name=_("province"), related_name="+")
    starts_on = models.DateField(_("from"), default=date(1900, 1, 1))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = models.Manager.from_queryset(MembershipQuerySet)()  # type: ignore[assignment,misc]

    class Meta(SchoolOwned.Meta):
        verbose_name = _("membership of a school in a province")
        verbose_name_plural = _("memberships of schools in provinces")
        constraints = [
            *SchoolOwned.Meta.constraints,
            models.CheckConstraint(
                name="membership_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            ExclusionConstraint(
                name="one_province_at_a_time",
                expressions=[
                    ("school", RangeOperators.EQUAL),
                    (
                        Func(
                            "starts_on",
                            "ends_on",
                            RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                            function="DATERANGE",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]
        indexes = [models.Index(fields=["province", "school"], name="membership_by_province")]

    def __str__(self) -> str:
        return f"{self.school_id} – {self.province_id}"
