"""The printed form as data: its wording and its items, version by version."""

from __future__ import annotations

from datetime import date

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from offices.history import tracked_reference

PT11 = "pt11"

# What was printed once is printed again: a new wording is a new version.
stays = pgtrigger.Protect(name="stays_as_printed", operation=pgtrigger.Update | pgtrigger.Delete)


class FormVersionQuerySet(models.QuerySet["FormVersion"]):
    def valid_on(self, day: date, code: str = PT11) -> FormVersion:
        """The wording in force on `day`; the oldest for days before all of them."""
        versions = self.filter(code=code)
        found = versions.filter(valid_from__lte=day).order_by("-valid_from", "-number").first()
        return found or versions.earliest("valid_from", "number")


@tracked_reference()
class FormVersion(models.Model):
    """One version of an official form: the words of its head and parts, as printed (form 11)."""

    code = models.CharField(_("form"), max_length=10)
    number = models.PositiveSmallIntegerField(_("version"))
    valid_from = models.DateField(_("valid from"))
    wording = models.JSONField(_("wording"))

    objects = models.Manager.from_queryset(FormVersionQuerySet)()

    class Meta:
        verbose_name = _("version of a form")
        verbose_name_plural = _("versions of forms")
        ordering = ["code", "number"]
        constraints = [models.UniqueConstraint(fields=["code", "number"], name="one_form_version_of_a_number")]
        triggers = [stays]

    def __str__(self) -> str:
        return f"{self.code}.{self.number}"


@tracked_reference()
class FormItem(models.Model):
    """One item to look at. The open item (อื่น ๆ) takes the items that schools and offices add."""

    version = models.ForeignKey(FormVersion, models.PROTECT, verbose_name=_("version"), related_name="items")
    position = models.PositiveSmallIntegerField(_("number"))
    text = models.CharField(_("wording"), max_length=500)
    is_open = models.BooleanField(_("takes added items"), default=False)

    class Meta:
        verbose_name = _("item of a form")
        verbose_name_plural = _("items of forms")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="one_item_of_a_number"),
            models.UniqueConstraint(
                fields=["version"], condition=models.Q(is_open=True), name="one_open_item_of_a_version"
            ),
        ]
        triggers = [stays]

    def __str__(self) -> str:
        return f"{self.position}. {self.text}"
