"""What people say of a course they were on (form 12): 16 items in four parts, five levels each."""

from __future__ import annotations

from typing import ClassVar, Final

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from offices.history import tracked
from offices.owned import SameSchool, SchoolOwned, UniqueInSchool
from trainees.models.enrolments import Enrolment

ITEMS: Final = tuple(range(1, 17))
PARTS: Final[dict[str, tuple[int, ...]]] = {
    "content": (1, 2, 3, 4),
    "process": (5, 6, 7, 8, 9),
    "instructor": (10, 11, 12),
    "facilities": (13, 14, 15, 16),
}
"""The parts of form 12 and their items; the words are data (trainees/satisfaction)."""


class Way(models.TextChoices):
    """How an answer came in."""

    STAFF = "staff", pgettext_lazy("answer", "Entered by staff")
    PHONE = "phone", pgettext_lazy("answer", "By the person, on a phone")


def _level() -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )


def _of_five() -> Q:
    """Every item is blank or one of the five levels."""
    whole = Q()
    for item in ITEMS:
        whole &= Q(**{f"item_{item}__isnull": True}) | Q(**{f"item_{item}__range": (1, 5)})
    return whole


@tracked
class Satisfaction(SchoolOwned):
    """One person's answer on one course. A blank item was not answered, which is not a low mark."""

    LIVE: ClassVar[Q] = Q(
        enrolment__binned_at__isnull=True,
        enrolment__course__binned_at__isnull=True,
        enrolment__trainee__binned_at__isnull=True,
    )

    enrolment = models.ForeignKey(
        Enrolment, models.CASCADE, verbose_name=_("enrolment"), related_name="satisfaction", editable=False
    )
    item_1, item_2, item_3, item_4 = _level(), _level(), _level(), _level()
    item_5, item_6, item_7, item_8 = _level(), _level(), _level(), _level()
    item_9, item_10, item_11, item_12 = _level(), _level(), _level(), _level()
    item_13, item_14, item_15, item_16 = _level(), _level(), _level(), _level()
    remarks = models.JSONField(_("remarks"), default=dict, blank=True)  # item number as text → words
    comment = models.TextField(_("comment"), blank=True)
    answered_on = models.DateField(_("answered on"))
    way = models.CharField(_("how it came in"), max_length=5, choices=Way, default=Way.STAFF, editable=False)

    class Meta(SchoolOwned.Meta):
        verbose_name = _("satisfaction of a person")
        verbose_name_plural = _("satisfaction of people")
        ordering = ["pk"]
        constraints = [
            *SchoolOwned.Meta.constraints,
            SameSchool("enrolment", name="satisfaction_enrolment_same_school"),
            UniqueInSchool(fields=["school", "enrolment"], name="one_satisfaction_per_enrolment"),
            models.CheckConstraint(name="satisfaction_items_of_five", condition=_of_five()),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id}: {self.answered_on}"

    @property
    def is_blank(self) -> bool:
        """Nothing is answered, said or remarked."""
        levels = (getattr(self, f"item_{item}") for item in ITEMS)
        return not (self.comment or self.remarks or any(level is not None for level in levels))
