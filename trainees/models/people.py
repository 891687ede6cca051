"""A school's register of people. The same person elsewhere is recognised by a keyed hash only (decision D4)."""

from __future__ import annotations

from typing import ClassVar, Final

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from offices.addresses import in_one_line
from offices.history import tracked
from offices.models import Subdistrict
from offices.owned import Binnable, UniqueInSchool
from offices.secrecy import EncryptedTextField
from offices.thai import national_id
from offices.thai.fields import ThaiSortKeyField
from trainees.models.facts import Education, Fact, Occupation, Sex

NAMES: Final = ("first_name", "surname", "monastic_name", "title")


@tracked
class Trainee(Binnable):
    """A person in a school's register (form 2).

    The document number is set by `trainees.identity.set_document` alone, which keeps the three columns
    `document_number` (encrypted), `document_tail` (shown masked) and `person_key` (keyed hash) together.
    What is erased on request is emptied by `trainees.privacy.erase`; the row stays, so that past figures do.
    """

    ENCRYPTED: ClassVar[tuple[str, ...]] = ("document_number", "religion")
    """Columns that no list needs: deferred, so that nothing is decrypted in vain."""
    KNOWN: ClassVar[Q] = Q(erased_at__isnull=True)

    class Document(models.TextChoices):
        NATIONAL_ID = "national_id", _("National ID card")
        WORK_PERMIT = "work_permit", _("Work permit")
        PASSPORT = "passport", _("Passport")
        OTHER = "other", _("Other official document")
        NONE = "none", _("No document")

    class BirthPrecision(models.TextChoices):
        DAY = "day", _("Exact day")
        YEAR = "year", _("Year only")

    title = models.CharField(pgettext_lazy("person", "title"), max_length=40, blank=True)
    first_name = models.CharField(_("first name"), max_length=100)
    surname = models.CharField(_("surname"), max_length=100, blank=True)
    name_order = ThaiSortKeyField(source="sorting_name")
    document_kind = models.CharField(_("document"), max_length=12, choices=Document, default=Document.NATIONAL_ID)
    document_number = EncryptedTextField(_("document number"), blank=True, default="", editable=False)
    document_tail = models.CharField(max_length=3, blank=True, default="", editable=False)
    person_key = models.UUIDField(null=True, editable=False)
    no_document_reason = models.CharField(_("why there is no document"), max_length=200, blank=True)
    monastic_name = models.CharField(_("monastic name"), max_length=100, blank=True)
    nationality = models.CharField(_("nationality"), max_length=60, blank=True)
    religion = EncryptedTextField(_("religion"), blank=True, default="")  # sensitive, never counted
    sex = models.CharField(_("sex"), max_length=6, choices=Sex, blank=True)
    birth_date = models.DateField(_("birth date"), null=True, blank=True)
    birth_precision = models.CharField(
        _("how exact"), max_length=4, choices=BirthPrecision, default=BirthPrecision.DAY
    )
    education = models.CharField(_("education"), max_length=20, choices=Education, blank=True)
    occupation = models.CharField(_("occupation"), max_length=20, choices=Occupation, blank=True)
    occupation_other = models.CharField(_("other occupation, in words"), max_length=100, blank=True)
    facts = ArrayField(
        models.CharField(max_length=20, choices=Fact), verbose_name=_("groups"), default=list, blank=True
    )
    facts_other = models.CharField(_("other group or status, in words"), max_length=100, blank=True)
    house_number = models.CharField(_("house number"), max_length=30, blank=True)
    moo = models.CharField(_("moo"), max_length=10, blank=True)
    village = models.CharField(_("village"), max_length=100, blank=True)
    subdistrict = models.ForeignKey(
        Subdistrict, models.PROTECT, verbose_name=_("subdistrict"), null=True, blank=True, related_name="+"
    )
    postal_code = models.CharField(_("postal code, where it is not the subdistrict's"), max_length=5, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    consented_on = models.DateField(_("agreed to the privacy notice on"), null=True, blank=True)
    erased_at = models.DateTimeField(_("erased at"), null=True, editable=False)

    class Meta(Binnable.Meta):
        verbose_name = _("trainee")
        verbose_name_plural = _("trainees")
        ordering = ["name_order", "pk"]
        indexes = [
            *Binnable.Meta.indexes,
            models.Index(fields=["school", "name_order", "id"], name="trainee_register"),
            models.Index(fields=["person_key"], name="trainee_person_key"),
            # The department's register is that of all schools: its first page, and whoever holds a part of a name,
            # without looking at everybody. UPPER is what Django's icontains asks for.
            models.Index(fields=["name_order", "id"], name="trainee_everywhere"),
            GinIndex(*(OpClass(Upper(column), name="gin_trgm_ops") for column in NAMES), name="trainee_names"),
        ]
        constraints = [
            *Binnable.Meta.constraints,
            UniqueInSchool(
                fields=["school", "person_key"],
                condition=Q(binned_at__isnull=True),
                name="one_register_row_per_person",
                violation_error_message=_("This person is already in your school's register."),
            ),
            models.CheckConstraint(
                name="trainee_document_or_reason",
                condition=(Q(document_kind="none", person_key__isnull=True) & ~Q(no_document_reason=""))
                | (~Q(document_kind="none") & Q(person_key__isnull=False)),
                violation_error_message=_("Give the document's number, or say why there is none."),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """As on lists; a monk's name in the order stands before his surname, which then is in brackets."""
        if self.erased_at:
            return gettext("(erased on request)")
        surname = f"({self.surname})" if self.monastic_name and self.surname else self.surname
        return " ".join(part for part in (f"{self.title}{self.first_name}", self.monastic_name, surname) if part)

    @property
    def sorting_name(self) -> str:
        """Thai registers go by first name."""
        return f"{self.first_name} {self.surname}".strip()

    @property
    def postcode(self) -> str:
        """The postal code of the address: its own, else the subdistrict's."""
        return self.postal_code or (self.subdistrict.postal_code if self.subdistrict else "")

    @property
    def address(self) -> str:
        """The present address in one line, as on form 8; '' where nothing of it is known."""
        return in_one_line(self.house_number, self.moo, self.village, self.subdistrict, self.postcode)

    @property
    def masked_document(self) -> str:
        """x-xxxx-xxxxx-12-3: enough to compare with a card in the hand. Nothing is decrypted for it."""
        if self.document_kind == self.Document.NONE:
            return ""
        if self.document_kind == self.Document.NATIONAL_ID:
            return national_id.masked(self.document_tail.rjust(national_id.LENGTH, "0"))
        return f"xxxx{self.document_tail}"
