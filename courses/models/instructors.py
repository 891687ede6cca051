"""A school's register of instructors, and which of them teaches which course (forms 4, 13, 17-19)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from courses.models.courses import Course
from offices.addresses import in_one_line
from offices.history import tracked
from offices.models import Subdistrict
from offices.owned import Binnable, SameSchool, UniqueInSchool
from offices.secrecy import EncryptedTextField
from offices.thai import national_id
from offices.thai.dates import buddhist_year
from offices.thai.fields import ThaiSortKeyField


@tracked
class Instructor(Binnable):
    """Somebody who teaches (วิทยากร).

    The two numbers are set by `courses.secret_numbers` alone, which keeps each encrypted column with the tail that
    is shown of it. What is erased on request is emptied by `courses.erasing`; the row stays with its courses.
    """

    ENCRYPTED: ClassVar[tuple[str, ...]] = ("national_id", "bank_account")
    """Columns that no list needs: deferred, so that nothing is decrypted in vain."""
    KNOWN: ClassVar[Q] = Q(erased_at__isnull=True)

    class Food(models.TextChoices):  # Form 4
        ORDINARY = "ordinary", _("Ordinary food")
        ISLAMIC = "islamic", _("Islamic food")

    title = models.CharField(pgettext_lazy("person", "title"), max_length=40, blank=True)
    first_name = models.CharField(_("first name"), max_length=100)
    surname = models.CharField(_("surname"), max_length=100, blank=True)
    name_order = ThaiSortKeyField(source="sorting_name")
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)
    education = models.CharField(_("education"), max_length=200, blank=True)
    occupation = models.CharField(_("present occupation"), max_length=150, blank=True)
    workplace = models.CharField(_("workplace and where it is"), max_length=300, blank=True)
    expertise = models.TextField(_("special ability"), blank=True)
    experience = models.TextField(_("courses taught before, and where"), blank=True)
    experience_years = models.PositiveSmallIntegerField(_("years of teaching"), null=True, blank=True)
    house_number = models.CharField(_("house number"), max_length=30, blank=True)
    moo = models.CharField(_("moo"), max_length=10, blank=True)
    road = models.CharField(_("road"), max_length=100, blank=True)
    subdistrict = models.ForeignKey(
        Subdistrict, models.PROTECT, verbose_name=_("subdistrict"), null=True, blank=True, related_name="+"
    )
    postal_code = models.CharField(_("postal code, where it is not the subdistrict's"), max_length=5, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    food = models.CharField(_("food"), max_length=10, choices=Food, blank=True)
    national_id = EncryptedTextField(_("national ID"), blank=True, default="", editable=False)
    national_id_tail = models.CharField(max_length=3, blank=True, default="", editable=False)
    person_key = models.UUIDField(null=True, editable=False)
    bank = models.CharField(_("bank"), max_length=100, blank=True)
    bank_branch = models.CharField(_("branch of the bank"), max_length=100, blank=True)
    bank_account = EncryptedTextField(_("bank account"), blank=True, default="", editable=False)
    bank_account_tail = models.CharField(max_length=3, blank=True, default="", editable=False)
    erased_at = models.DateTimeField(_("erased at"), null=True, editable=False)

    class Meta(Binnable.Meta):
        verbose_name = _("instructor")
        verbose_name_plural = _("instructors")
        ordering = ["name_order", "pk"]
        indexes = [
            *Binnable.Meta.indexes,
            models.Index(fields=["school", "name_order", "id"], name="instructor_register"),
        ]
        constraints = [
            *Binnable.Meta.constraints,
            UniqueInSchool(
                fields=["school", "person_key"],
                condition=Q(binned_at__isnull=True),
                name="one_register_row_per_instructor",
                violation_error_message=_("This instructor is already in your school's register."),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        if self.erased_at:
            return gettext("(erased on request)")
        return f"{self.title}{self.first_name} {self.surname}".strip()

    @property
    def sorting_name(self) -> str:
        """Thai registers go by first name."""
        return f"{self.first_name} {self.surname}".strip()

    @property
    def born_in(self) -> int | None:
        """The year of birth as it is said in Thailand."""
        return buddhist_year(date(self.birth_year, 1, 1)) if self.birth_year else None

    @property
    def address(self) -> str:
        """The present address in one line; '' where nothing of it is known."""
        place = self.subdistrict
        postal_code = self.postal_code or (place.postal_code if place else "")
        return in_one_line(self.house_number, self.moo, self.road, place, postal_code)

    @property
    def masked_id(self) -> str:
        """x-xxxx-xxxxx-12-3. Nothing is decrypted for it."""
        tail = self.national_id_tail
        return national_id.masked(tail.rjust(national_id.LENGTH, "0")) if tail else ""

    @property
    def masked_account(self) -> str:
        return f"xxxxxxx{self.bank_account_tail}" if self.bank_account_tail else ""


@tracked
class Teaching(Binnable):
    """An instructor on a course: how they were invited, and what they answered (form 4)."""

    class Reply(models.TextChoices):
        COMES = "comes", _("Can come")
        DECLINED = "declined", _("Cannot come")

    TEACHES: ClassVar[Q] = ~Q(reply="declined")

    course = models.ForeignKey(
        Course, models.CASCADE, verbose_name=_("course"), related_name="teachings", editable=False
    )
    instructor = models.ForeignKey(
        Instructor, models.PROTECT, verbose_name=_("instructor"), related_name="teachings"
    )
    letter_number = models.CharField(_("number of the invitation"), max_length=60, blank=True)
    invited_on = models.DateField(_("day of the invitation"), null=True, blank=True)
    reply = models.CharField(_("reply"), max_length=10, choices=Reply, blank=True)
    replied_on = models.DateField(_("day of the reply"), null=True, blank=True)
    reason = models.CharField(_("why they cannot come"), max_length=300, blank=True)
    suggested = models.CharField(_("whom they suggest instead"), max_length=150, blank=True)

    class Meta(Binnable.Meta):
        verbose_name = _("instructor on a course")
        verbose_name_plural = _("instructors on courses")
        ordering = ["pk"]
        constraints = [
            *Binnable.Meta.constraints,
            SameSchool("course", name="teaching_course_same_school"),
            SameSchool("instructor", name="teaching_instructor_same_school"),
            UniqueInSchool(
                fields=["school", "course", "instructor"],
                condition=Q(binned_at__isnull=True),
                name="an_instructor_once_on_a_course",
                violation_error_message=_("This instructor is already on the course."),
            ),
            models.CheckConstraint(
                name="teaching_replied_after_an_answer",
                condition=Q(replied_on__isnull=True) | ~Q(reply=""),
                violation_error_message=_("A day of the reply needs a reply."),
            ),
            models.CheckConstraint(
                name="teaching_reasons_of_a_refusal_only",
                condition=Q(reply="declined") | Q(reason="", suggested=""),
                violation_error_message=_("Only who cannot come says why, and whom they suggest."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instructor} – {self.course}"
