"""PT.11 (form 11): what a supervising office saw and advised on one visit to one course."""

from __future__ import annotations

from typing import Any, ClassVar, NamedTuple, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.models import Course
from offices.history import tracked
from offices.models import Province
from offices.owned import Binnable, SameSchool, UniqueInSchool, bump_version
from offices.scoping import Eyes, ScopedQuerySet, rows_decided_by
from supervision.models.forms import FormItem, FormVersion

submitted_stays = pgtrigger.Protect(
    name="submitted_stays",
    operation=pgtrigger.Update | pgtrigger.Delete,
    condition=pgtrigger.Q(old__status="submitted"),
)


class VisitQuerySet(ScopedQuerySet):
    def visible_to(self, user: Eyes) -> Self:
        """Submitted visits for all who see the school; drafts for the supervising office alone."""
        return super().visible_to(user).filter(Q(status="submitted") | rows_decided_by(user))

    def newest(self, user: Eyes) -> Self:
        """Without those that a submitted correction has replaced."""
        replaced = Visit.objects.visible_to(user).filter(replaces=OuterRef("pk"), status="submitted")
        return self.filter(~Exists(replaced.order_by()))

    def in_bin_of(self, user: Eyes) -> Self:
        return super().in_bin_of(user).filter(rows_decided_by(user))


class Filled(NamedTuple):
    """How much of the form says something."""

    done: int
    of: int


@tracked
class Visit(Binnable):
    """One visit and its form. A submitted one never changes; a correction is a new one that replaces it.

    `answers` holds {item number: {found, advice}}, `added` the items under the open one
    ([{text, proposal, found, advice}]), `internal` the internal supervisors in the order of the form
    ([{name, position}], the first being the chair). `part_one` is empty until submission: until then the
    first part follows the course (supervision.part_one).
    """

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("visit", "Draft")
        SUBMITTED = "submitted", pgettext_lazy("visit", "Submitted")

    class Stage(models.TextChoices):  # Letter §4.3, §6.1
        DURING = "during", _("During training")
        AFTER = "after", _("After training")

    # What was submitted stays, even when its course is cancelled and thrown away.
    LIVE: ClassVar[Q] = Q(binned_at__isnull=True) & (Q(status="submitted") | Q(course__binned_at__isnull=True))
    # What is written on a visit, and copied into a correction.
    WRITTEN: ClassVar[tuple[str, ...]] = (
        "stage",
        "visited_on",
        "answers",
        "added",
        "recommendations",
        "internal",
        "supervisor_name",
        "supervisor_position",
        "knowledge_use",
        "product_quality",
    )

    course = models.ForeignKey(
        Course, models.PROTECT, verbose_name=_("course"), related_name="visits", editable=False
    )
    office = models.ForeignKey(
        Province,
        models.PROTECT,
        verbose_name=_("supervising provincial office"),
        null=True,
        related_name="+",
        editable=False,
        help_text=_("Empty when the department supervises."),
    )
    form = models.ForeignKey(
        FormVersion, models.PROTECT, verbose_name=_("version of the form"), related_name="+", editable=False
    )
    stage = models.CharField(_("when"), max_length=10, choices=Stage)
    visited_on = models.DateField(_("day of the visit"))
    answers = models.JSONField(_("findings and advice"), default=dict, editable=False)
    added = models.JSONField(_("added items"), default=list, editable=False)
    recommendations = models.TextField(_("recommendations for development"), blank=True)
    internal = models.JSONField(_("internal supervisors"), default=list, editable=False)
    supervisor_name = models.CharField(_("supervisor"), max_length=150, blank=True)
    supervisor_position = models.CharField(_("position"), max_length=150, blank=True)
    knowledge_use = models.TextField(_("use of knowledge after training"), blank=True)
    product_quality = models.TextField(_("quality of the products"), blank=True)
    part_one = models.JSONField(_("part 1"), null=True, editable=False)
    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(_("begun at"), auto_now_add=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    submitted_at = models.DateTimeField(_("submitted at"), null=True, editable=False)
    edition = models.PositiveSmallIntegerField(_("edition"), default=1, editable=False)
    replaces = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("replaces"), null=True, related_name="corrections", editable=False
    )
    correction_reason = models.CharField(_("why corrected"), max_length=500, blank=True, editable=False)

    objects = models.Manager.from_queryset(VisitQuerySet)()  # type: ignore[assignment,misc]

    class Meta(Binnable.Meta):
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        ordering = ["-visited_on", "-pk"]
        triggers = [bump_version, submitted_stays]
        indexes = [
            *Binnable.Meta.indexes,
            models.Index(fields=["school", "-visited_on"], name="visit_of_school"),
            models.Index(fields=["-visited_on", "-id"], name="visit_list"),
            models.Index(fields=["office", "status"], name="visit_of_office"),
            models.Index(fields=["-submitted_at"], name="visit_news", condition=Q(status="submitted")),
        ]
        constraints = [
            *Binnable.Meta.constraints,
            SameSchool("course", name="visit_course_same_school"),
            SameSchool("replaces", name="visit_replaces_same_school"),
            UniqueInSchool(
                fields=["school", "replaces"],
                condition=Q(binned_at__isnull=True, replaces__isnull=False),
                name="one_correction_of_a_visit",
                violation_error_message=_("This form is being corrected already."),
            ),
            models.CheckConstraint(
                name="visit_submitted_whole",
                condition=Q(
                    status="draft", part_one__isnull=True, submitted_at__isnull=True, submitted_by__isnull=True
                )
                | (
                    Q(
                        status="submitted",
                        part_one__isnull=False,
                        submitted_at__isnull=False,
                        submitted_by__isnull=False,
                        binned_at__isnull=True,
                    )
                    & ~Q(supervisor_name="")
                ),
            ),
            models.CheckConstraint(
                name="visit_corrected_with_a_reason",
                condition=Q(replaces__isnull=True, correction_reason="", edition=1)
                | (Q(replaces__isnull=False, edition__gt=1) & ~Q(correction_reason="")),
                violation_error_message=_("Say why."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course} {self.visited_on}"

    @property
    def is_submitted(self) -> bool:
        return self.status == self.Status.SUBMITTED

    def filled(self, items: list[FormItem]) -> Filled:
        """How many of the form's items have a finding or advice; the open one through what is added to it."""
        said = {number for number, answer in self.answers.items() if _says(answer)}
        open_said = any(_says(answer) for answer in self.added)
        done = sum(open_said if item.is_open else str(item.position) in said for item in items)
        return Filled(done, len(items))


def _says(answer: dict[str, Any]) -> bool:
    return bool(answer.get("found") or answer.get("advice"))
