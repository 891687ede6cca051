"""What a school showed at a fair: exhibits of products and courses, and entries in contests (Letter §4.2)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.models import Course, Fair
from offices.history import tracked
from offices.owned import SameSchool, SchoolOwned, UniqueInSchool
from trainees.models.enrolments import Enrolment
from trainees.models.products import Product


@tracked
class Exhibit(SchoolOwned):
    """A product or a course that was shown at a fair."""

    LIVE: ClassVar[Q] = Q(
        product__binned_at__isnull=True,
        product__course__binned_at__isnull=True,
        course__binned_at__isnull=True,
    )

    fair = models.ForeignKey(Fair, models.PROTECT, verbose_name=_("fair"), related_name="+", editable=False)
    product = models.ForeignKey(
        Product, models.CASCADE, verbose_name=_("product"), null=True, blank=True, related_name="exhibits"
    )
    course = models.ForeignKey(
        Course, models.CASCADE, verbose_name=_("course"), null=True, blank=True, related_name="exhibits"
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(SchoolOwned.Meta):
        verbose_name = _("exhibit")
        verbose_name_plural = _("exhibits")
        ordering = ["pk"]
        constraints = [
            *SchoolOwned.Meta.constraints,
            SameSchool("product", name="exhibit_product_same_school"),
            SameSchool("course", name="exhibit_course_same_school"),
            models.CheckConstraint(
                name="exhibit_of_a_product_or_a_course",
                condition=Q(product__isnull=False, course__isnull=True)
                | Q(product__isnull=True, course__isnull=False),
                violation_error_message=_("Choose a product or a course, and not both."),
            ),
            UniqueInSchool(
                fields=["school", "fair", "product"],
                condition=Q(product__isnull=False),
                name="one_exhibit_of_a_product",
                violation_error_message=_("This product is already shown at this fair."),
            ),
            UniqueInSchool(
                fields=["school", "fair", "course"],
                condition=Q(course__isnull=False),
                name="one_exhibit_of_a_course",
                violation_error_message=_("This course is already shown at this fair."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.product or self.course)


@tracked
class ContestEntry(SchoolOwned):
    """A person or a product in a contest of a fair, and how it ended."""

    LIVE: ClassVar[Q] = Q(
        product__binned_at__isnull=True,
        product__course__binned_at__isnull=True,
        enrolment__binned_at__isnull=True,
        enrolment__course__binned_at__isnull=True,
        enrolment__trainee__binned_at__isnull=True,
    )

    fair = models.ForeignKey(Fair, models.PROTECT, verbose_name=_("fair"), related_name="+", editable=False)
    contest = models.CharField(_("contest"), max_length=200)
    product = models.ForeignKey(
        Product, models.CASCADE, verbose_name=_("product"), null=True, blank=True, related_name="contest_entries"
    )
    enrolment = models.ForeignKey(
        Enrolment,
        models.CASCADE,
        verbose_name=_("person on a course"),
        null=True,
        blank=True,
        related_name="contest_entries",
    )
    result = models.CharField(_("result of the contest"), max_length=200, blank=True)

    class Meta(SchoolOwned.Meta):
        verbose_name = _("entry in a contest")
        verbose_name_plural = _("entries in contests")
        ordering = ["pk"]
        constraints = [
            *SchoolOwned.Meta.constraints,
            SameSchool("product", name="contest_product_same_school"),
            SameSchool("enrolment", name="contest_enrolment_same_school"),
            models.CheckConstraint(
                name="contest_entry_of_a_product_or_a_person",
                condition=Q(product__isnull=False, enrolment__isnull=True)
                | Q(product__isnull=True, enrolment__isnull=False),
                violation_error_message=_("Choose a product or a person, and not both."),
            ),
        ]

    def __str__(self) -> str:
        return self.contest
