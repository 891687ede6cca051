"""The assessment (form 10): knowledge 20, practice 40, quality of work 40."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from offices.history import tracked
from offices.owned import SameSchool, SchoolOwned, UniqueInSchool
from trainees.models.enrolments import Enrolment


def _points(label: object, most: int) -> models.DecimalField:
    return models.DecimalField(
        label,  # type: ignore[arg-type]
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(most))],
    )


@tracked
class Result(SchoolOwned):
    """One person's points on one course. A blank part is not assessed yet, which is not zero."""

    MOST: ClassVar[dict[str, int]] = {"knowledge": 20, "practice": 40, "quality": 40}
    ASSESSED: ClassVar[Q] = Q(
        result__knowledge__isnull=False, result__practice__isnull=False, result__quality__isnull=False
    )

    enrolment = models.ForeignKey(
        Enrolment, models.CASCADE, verbose_name=_("enrolment"), related_name="result", editable=False
    )
    knowledge = _points(_("knowledge (of 20)"), 20)
    practice = _points(_("practice (of 40)"), 40)
    quality = _points(_("quality of work (of 40)"), 40)

    class Meta(SchoolOwned.Meta):
        verbose_name = _("result")
        verbose_name_plural = _("results")
        constraints = [
            *SchoolOwned.Meta.constraints,
            SameSchool("enrolment", name="result_enrolment_same_school"),
            UniqueInSchool(fields=["school", "enrolment"], name="one_result_per_enrolment"),
            models.CheckConstraint(
                name="points_within_bounds",
                condition=(Q(knowledge__isnull=True) | Q(knowledge__range=(0, 20)))
                & (Q(practice__isnull=True) | Q(practice__range=(0, 40)))
                & (Q(quality__isnull=True) | Q(quality__range=(0, 40))),
                violation_error_message=_("The points are more than the most there are, or negative."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id}: {self.total}"

    @property
    def total(self) -> Decimal | None:
        """Of 100; null while a part is not assessed."""
        if self.knowledge is None or self.practice is None or self.quality is None:
            return None
        return self.knowledge + self.practice + self.quality
