"""What people want to learn (form 1): surveys of a school, and the answers to them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from offices.clock import today
from offices.history import tracked
from offices.models import FiscalYear, Subdistrict
from offices.owned import Binnable, SameSchool
from offices.secrecy import EncryptedTextField
from offices.thai.fields import ThaiSortKeyField


class FoundBy(models.TextChoices):
    """How a school found what people need (form 13 §6)."""

    FORUM = "forum", _("Community forum")
    GUIDANCE = "guidance", _("Guidance")
    SURVEY = "survey", _("Need survey")
    OTHER = "other", _("Another way")


class Reason(models.TextChoices):
    """Why a person wants to learn (forms 1 and 2)."""

    EARN = "earn", _("Wants an income")
    SPEND_LESS = "spend_less", _("To spend less")
    OCCUPATION = "occupation", _("Wants an occupation, or to develop one")
    SOLVE_PROBLEMS = "solve_problems", _("To solve problems of living")
    SKILL = "skill", _("To have a skill")
    ADD_VALUE = "add_value", _("To add value")
    LOCAL_WISDOM = "local_wisdom", _("To build on local wisdom")
    ENTERPRISE = "enterprise", _("To develop the occupation into a community enterprise")
    KNOWLEDGE = "knowledge", _("Wants to develop knowledge")
    SPARE_TIME = "spare_time", _("To use spare time well")
    OTHER = "other", _("Another reason")


@tracked
class Survey(Binnable):
    """A need survey of one school; people answer it on paper or, until its last day, on their own phone."""

    title = models.CharField(_("title of the survey"), max_length=200)
    title_order = ThaiSortKeyField(source="title")
    fiscal_year = models.ForeignKey(FiscalYear, models.PROTECT, verbose_name=_("fiscal year"), related_name="+")
    opens_on = models.DateField(_("open from"))
    closes_on = models.DateField(_("open until"))
    topics = ArrayField(
        models.CharField(max_length=150), verbose_name=_("topics offered"), default=list, blank=True
    )
    about = models.TextField(_("words to the people asked"), blank=True)

    class Meta(Binnable.Meta):
        verbose_name = _("need survey")
        verbose_name_plural = _("need surveys")
        ordering = ["-closes_on", "title_order", "pk"]
        indexes = [
            *Binnable.Meta.indexes,
            models.Index(fields=["school", "-closes_on", "title_order"], name="survey_list"),
        ]
        constraints = [
            *Binnable.Meta.constraints,
            models.CheckConstraint(
                name="survey_closes_after_it_opens",
                condition=Q(closes_on__gte=models.F("opens_on")),
                violation_error_message=_("The last day is before the first day."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def is_open_on(self, day: date) -> bool:
        return self.opens_on <= day <= self.closes_on

    @property
    def is_open(self) -> bool:
        return self.is_open_on(today())


@tracked
class Answer(Binnable):
    """One person's answer. Nobody need say who they are; of what form 1 asks of the person, only this is kept.

    `contact` is given by those who want to hear of such a course: encrypted, shown by a logged act, erased when it
    has served.
    """

    LIVE = Binnable.LIVE & Q(survey__binned_at__isnull=True)
    ENCRYPTED = ("contact",)

    class Hours(models.TextChoices):
        SHORT = "short", _("3–9 hours")
        LONG = "long", _("10 hours or more")
        OTHER = "other", _("Another number of hours")

    class Days(models.TextChoices):
        WEEKDAYS = "weekdays", _("Monday to Friday")
        WEEKEND = "weekend", _("Saturday and Sunday")

    class Source(models.TextChoices):
        PAPER = "paper", _("Entered by staff")
        PHONE = "phone", _("On a phone")

    survey = models.ForeignKey(
        Survey, models.CASCADE, verbose_name=_("need survey"), related_name="answers", editable=False
    )
    source = models.CharField(
        pgettext_lazy("answer", "source"), max_length=5, choices=Source, default=Source.PAPER, editable=False
    )
    answered_on = models.DateField(_("day of the answer"))
    topics = ArrayField(models.CharField(max_length=150), verbose_name=_("what they want to learn"), default=list)
    hours = models.CharField(_("how many hours"), max_length=5, choices=Hours, blank=True)
    hours_other = models.DecimalField(
        _("hours, where it is another number"),
        max_digits=6,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.5"))],
    )
    days = ArrayField(
        models.CharField(max_length=8, choices=Days), verbose_name=_("on which days"), default=list, blank=True
    )
    time_of_day = models.CharField(_("at what time"), max_length=100, blank=True)
    reasons = ArrayField(
        models.CharField(max_length=15, choices=Reason),
        verbose_name=_("aims of learning"),
        default=list,
        blank=True,
    )
    reasons_other = models.CharField(_("another aim, in words"), max_length=200, blank=True)
    has_occupation = models.BooleanField(_("has an occupation now"), null=True, blank=True)
    subdistrict = models.ForeignKey(
        Subdistrict, models.PROTECT, verbose_name=_("subdistrict"), null=True, blank=True, related_name="+"
    )
    contact = EncryptedTextField(_("name and phone"), blank=True, default="")
    has_contact = models.BooleanField(_("wants to hear of such a course"), default=False, editable=False)

    class Meta(Binnable.Meta):
        verbose_name = _("answer to a need survey")
        verbose_name_plural = _("answers to need surveys")
        ordering = ["-answered_on", "-pk"]
        indexes = [
            *Binnable.Meta.indexes,
            models.Index(fields=["survey", "-answered_on", "-id"], name="survey_answers"),
        ]
        constraints = [
            *Binnable.Meta.constraints,
            SameSchool("survey", name="answer_survey_same_school"),
            models.CheckConstraint(
                name="answer_says_what",
                condition=Q(topics__len__gt=0),
                violation_error_message=_("Say at least one thing."),
            ),
            models.CheckConstraint(
                name="answer_other_hours_only_where_other",
                condition=Q(hours="other") | Q(hours_other__isnull=True),
                violation_error_message=_("Choose “Another number of hours” as well, or leave this empty."),
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(self.topics)
