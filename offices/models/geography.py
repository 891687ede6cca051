"""Thailand's official places, with their official codes as keys. Shared by all, owned by no school."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Place(models.Model):
    """A place with a Thai and an English name."""

    name_th = models.CharField(_("Thai name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=80)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_th


class Province(Place):
    """A province; it is also the place of its provincial office of learning encouragement."""

    code = models.CharField(_("code"), max_length=2, primary_key=True)
    abbreviation = models.CharField(_("abbreviation"), max_length=8)
    iso_code = models.CharField(_("ISO 3166-2 code"), max_length=5)
    map_id = models.CharField(_("id on the map"), max_length=4)
    position = models.PositiveSmallIntegerField(_("place in Thai dictionary order"), default=0)

    class Meta:
        verbose_name = _("province")
        verbose_name_plural = _("provinces")
        ordering = ["position"]


class District(Place):
    code = models.CharField(_("code"), max_length=4, primary_key=True)
    province = models.ForeignKey(Province, models.PROTECT, verbose_name=_("province"), related_name="districts")

    class Meta:
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        ordering = ["code"]


class Subdistrict(Place):
    code = models.CharField(_("code"), max_length=6, primary_key=True)
    district = models.ForeignKey(District, models.PROTECT, verbose_name=_("district"), related_name="subdistricts")
    postal_code = models.CharField(_("postal code"), max_length=5, blank=True)

    class Meta:
        verbose_name = _("subdistrict")
        verbose_name_plural = _("subdistricts")
        ordering = ["code"]


class AreaGroup(models.Model):
    """An area that makes its people a policy group (Letter §3). Which places belong is data, shipped empty."""

    class Code(models.TextChoices):
        SOUTHERN_BORDER = "southern_border", _("People of the southern border")
        EASTERN_DEVELOPMENT = "eastern_development", _("People of the Eastern special development zone")
        SPECIAL_ECONOMIC = "special_economic", _("People of provinces with a special economic zone")

    code = models.CharField(_("code"), max_length=20, choices=Code, primary_key=True)
    provinces = models.ManyToManyField(Province, verbose_name=_("whole provinces"), blank=True, related_name="+")
    districts = models.ManyToManyField(District, verbose_name=_("single districts"), blank=True, related_name="+")

    class Meta:
        verbose_name = _("area group")
        verbose_name_plural = _("area groups")

    def __str__(self) -> str:
        return str(self.get_code_display())
