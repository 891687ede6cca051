"""What can be taught: a school's curricula (form 3)."""

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from offices.history import tracked
from offices.owned import Binnable, SameSchool, SchoolOwned
from offices.thai.fields import ThaiSortKeyField


@tracked
class Curriculum(Binnable):
    """A curriculum (หลักสูตร), with what form 3 asks of it."""

    class Fit(models.TextChoices):  # Letter §1
        COMMUNITY = "community", _("Community context")
        PROFESSIONAL = "professional", _("Professional standard")
        DIGITAL = "digital", _("Digital age")
        GENERAL = "general", _("General trade")

    class TradeGroup(models.TextChoices):
        AGRICULTURE = "agriculture", _("Agriculture")
        INDUSTRY = "industry", _("Industry and handicraft")
        COMMERCE = "commerce", _("Commerce and services")
        CREATIVE = "creative", _("Creativity")
        SPECIALISED = "specialised", _("Specialised")

    class ValueChain(models.TextChoices):  # in this order
        UPSTREAM = "upstream", _("Upstream")
        MIDSTREAM = "midstream", _("Midstream")
        DOWNSTREAM = "downstream", _("Downstream")

    title = models.CharField(_("title"), max_length=200)
    title_order = ThaiSortKeyField(source="title")
    hours_theory = models.DecimalField(
        _("hours of theory"),
        max_digits=6,
        decimal_places=1,
        default=Decimal(0),
        validators=[MinValueValidator(Decimal(0))],
    )
    hours_practice = models.DecimalField(
        _("hours of practice"),
        max_digits=6,
        decimal_places=1,
        default=Decimal(0),
        validators=[MinValueValidator(Decimal(0))],
    )
    fit = models.CharField(_("fits"), max_length=15, choices=Fit, default=Fit.GENERAL)
    trade_group = models.CharField(_("trade group"), max_length=15, choices=TradeGroup)
    duration = models.CharField(_("duration"), max_length=100, blank=True)
    background = models.TextField(_("background"), blank=True)
    principles = models.TextField(_("principles"), blank=True)
    aims = models.TextField(_("aims"), blank=True)
    target = models.TextField(_("target group of the curriculum"), blank=True)
    media = models.TextField(_("media and sources"), blank=True)
    assessment = models.TextField(_("measuring and assessing"), blank=True)
    completion = models.TextField(_("criteria of completion"), blank=True)
    value_chain = ArrayField(
        models.CharField(max_length=10, choices=ValueChain),
        verbose_name=_("value chain"),
        default=list,
        blank=True,
    )
    local_wisdom = models.CharField(_("local wisdom"), max_length=200, blank=True)
    digital_use = models.CharField(_("digital technology or AI used"), max_length=200, blank=True)
    qualification_standard = models.CharField(_("vocational qualification standard"), max_length=200, blank=True)
    teaches_life_skills = models.BooleanField(_("teaches life skills, not an occupation"), default=False)

    class Meta(Binnable.Meta):
        verbose_name = _("curriculum")
        verbose_name_plural = _("curricula")
        ordering = ["title_order", "pk"]
        indexes = [
            *Binnable.Meta.indexes,
            models.Index(fields=["school", "title_order"], name="curriculum_of_school"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def hours(self) -> Decimal:
        return self.hours_theory + self.hours_practice

    @property
    def chain(self) -> str:
        """Upstream → Midstream: the parts of the value chain in their order."""
        return " → ".join(str(self.ValueChain(part).label) for part in self.value_chain)


@tracked
class Topic(SchoolOwned):
    """One row of a curriculum's structure (form 3): what is taught, how, and for how long."""

    curriculum = models.ForeignKey(
        Curriculum, models.CASCADE, verbose_name=_("curriculum"), related_name="topics", editable=False
    )
    position = models.PositiveSmallIntegerField(_("order"))
    title = models.CharField(_("topic"), max_length=300)
    objective = models.TextField(_("learning objective"), blank=True)
    content = models.TextField(_("content"), blank=True)
    process = models.TextField(_("learning process"), blank=True)
    hours_theory = models.DecimalField(
        _("hours of theory"),
        max_digits=5,
        decimal_places=1,
        default=Decimal(0),
        validators=[MinValueValidator(Decimal(0))],
    )
    hours_practice = models.DecimalField(
        _("hours of practice"),
        max_digits=5,
        decimal_places=1,
        default=Decimal(0),
        validators=[MinValueValidator(Decimal(0))],
    )

    class Meta(SchoolOwned.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["position", "pk"]
        constraints = [
            *SchoolOwned.Meta.constraints,
            SameSchool("curriculum", name="topic_curriculum_same_school"),
        ]

    def __str__(self) -> str:
        return self.title
