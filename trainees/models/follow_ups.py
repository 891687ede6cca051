"""What became of people after they passed (form 20, form 13 §11, Letter §5.2), asked in waves."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from offices.history import tracked
from offices.owned import SameSchool, SchoolOwned, UniqueInSchool, bump_version
from trainees.models.enrolments import Enrolment
from trainees.models.satisfaction import Way

# An enrolment carries its latest answered wave, so that figures need not look for it.
keep_latest = pgtrigger.Trigger(
    name="keep_latest",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func="""
        UPDATE trainees_enrolment AS e
           SET latest_answer_id = (
               SELECT f.id FROM trainees_followup f
                WHERE f.enrolment_id = e.id AND f.outcome = 'answered'
                ORDER BY f.wave DESC LIMIT 1)
         WHERE e.id = COALESCE(NEW.enrolment_id, OLD.enrolment_id);
        RETURN NULL;
    """,
)


class Use(models.TextChoices):
    """Uses of what was learnt, as forms 13 and 20 print them."""

    OCCUPATION = "occupation", pgettext_lazy("use", "Made an occupation")
    EARN = "earn", pgettext_lazy("use", "Earns more")
    SPEND_LESS = "spend_less", pgettext_lazy("use", "Spends less")
    SOLVE_PROBLEMS = "solve_problems", pgettext_lazy("use", "Solves problems of living")
    SKILL = "skill", pgettext_lazy("use", "Has a skill")
    LOCAL_WISDOM = "local_wisdom", pgettext_lazy("use", "Builds on local wisdom")
    ADD_VALUE = "add_value", pgettext_lazy("use", "Adds value")
    ENTERPRISE = "enterprise", pgettext_lazy("use", "Develops into a community enterprise")
    KNOWLEDGE = "knowledge", pgettext_lazy("use", "Wanted to develop knowledge")
    SPARE_TIME = "spare_time", pgettext_lazy("use", "Uses spare time well")


LETTERS_USES: tuple[Use, ...] = (
    Use.OCCUPATION, Use.EARN, Use.SPEND_LESS, Use.SOLVE_PROBLEMS, Use.SKILL, Use.ADD_VALUE, Use.ENTERPRISE,
)  # fmt: skip
"""The letter's seven (§5.2.1). Form 13 adds local wisdom; form 20's last two are never counted as use."""


@tracked
class FollowUp(SchoolOwned):
    """One wave of one person who passed: answered, or could not be reached, which stays due."""

    class Outcome(models.TextChoices):
        ANSWERED = "answered", pgettext_lazy("follow-up", "Answered")
        NOT_REACHED = "not_reached", pgettext_lazy("follow-up", "Could not be reached")

    LIVE: ClassVar[Q] = Q(
        enrolment__binned_at__isnull=True,
        enrolment__course__binned_at__isnull=True,
        enrolment__trainee__binned_at__isnull=True,
    )
    ANSWERED: ClassVar[Q] = Q(outcome="answered")

    enrolment = models.ForeignKey(
        Enrolment, models.CASCADE, verbose_name=_("enrolment"), related_name="follow_ups", editable=False
    )
    wave = models.PositiveSmallIntegerField(_("days after the course"), editable=False)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome)
    asked_on = models.DateField(_("asked on"))
    uses = ArrayField(
        models.CharField(max_length=20, choices=Use),
        verbose_name=_("uses of what was learnt"),
        default=list,
        blank=True,
    )
    added_income = models.DecimalField(
        _("added income a month (baht)"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    has_work = models.BooleanField(_("has work now"), null=True, blank=True)
    is_entrepreneur = models.BooleanField(_("became an entrepreneur"), null=True, blank=True)
    joined_group = models.BooleanField(_("joined a group"), null=True, blank=True)
    joined_enterprise = models.BooleanField(_("joined a community enterprise"), null=True, blank=True)
    works_with_partners = models.BooleanField(_("works with partners"), null=True, blank=True)
    sells = models.BooleanField(_("sells products"), null=True, blank=True)
    is_known = models.BooleanField(_("is known for it"), null=True, blank=True)
    evidence = models.CharField(_("evidence"), max_length=300, blank=True)
    note = models.TextField(_("note"), blank=True)
    way = models.CharField(_("how it came in"), max_length=5, choices=Way, default=Way.STAFF, editable=False)

    class Meta(SchoolOwned.Meta):
        verbose_name = _("follow-up of a person")
        verbose_name_plural = _("follow-up of people")
        ordering = ["wave", "pk"]
        triggers = [bump_version, keep_latest]
        constraints = [
            *SchoolOwned.Meta.constraints,
            SameSchool("enrolment", name="follow_up_enrolment_same_school"),
            UniqueInSchool(fields=["school", "enrolment", "wave"], name="one_follow_up_a_wave"),
            models.CheckConstraint(
                name="follow_up_income_not_negative",
                condition=Q(added_income__isnull=True) | Q(added_income__gte=0),
                violation_error_message=_("Income cannot be negative."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id}: {self.wave}"
