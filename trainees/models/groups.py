"""Groups and community enterprises that people of courses formed or joined (Letter §5.2.2)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from offices.history import tracked
from offices.models import Subdistrict
from offices.owned import Binnable, SameSchool, SchoolOwned, UniqueInSchool
from offices.thai.fields import ThaiSortKeyField
from trainees.models.enrolments import Enrolment


@tracked
class Group(Binnable):
    """An occupation group or a community enterprise; a registered one has its number and day."""

    class Kind(models.TextChoices):
        GROUP = "group", _("Occupation group")
        ENTERPRISE = "enterprise", _("Community enterprise")

    name = models.CharField(pgettext_lazy("group", "name"), max_length=200)
    name_order = ThaiSortKeyField(source="name")
    kind = models.CharField(_("kind of group"), max_length=10, choices=Kind)
    formed_on = models.DateField(_("formed on"))
    registration_number = models.CharField(_("registration number"), max_length=50, blank=True)
    registered_on = models.DateField(_("registered on"), null=True, blank=True)
    subdistrict = models.ForeignKey(
        Subdistrict, models.PROTECT, verbose_name=_("subdistrict"), null=True, blank=True, related_name="+"
    )
    about = models.TextField(_("what the group does"), blank=True)

    class Meta(Binnable.Meta):
        verbose_name = _("group or enterprise")
        verbose_name_plural = _("groups and enterprises")
        ordering = ["name_order", "pk"]
        indexes = [
            *Binnable.Meta.indexes,
            models.Index(fields=["school", "name_order", "id"], name="group_list"),
        ]
        constraints = [
            *Binnable.Meta.constraints,
            models.CheckConstraint(
                name="group_number_and_day_together",
                condition=Q(registration_number="", registered_on__isnull=True)
                | (~Q(registration_number="") & Q(registered_on__isnull=False)),
                violation_error_message=_("Give both the registration number and its day, or neither."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_registered(self) -> bool:
        return self.registered_on is not None


@tracked
class Member(SchoolOwned):
    """A member of a group, by their place on a course, so that the course is known."""

    LIVE: ClassVar[Q] = Q(
        group__binned_at__isnull=True,
        enrolment__binned_at__isnull=True,
        enrolment__course__binned_at__isnull=True,
        enrolment__trainee__binned_at__isnull=True,
    )

    group = models.ForeignKey(
        Group, models.CASCADE, verbose_name=_("group"), related_name="members", editable=False
    )
    enrolment = models.ForeignKey(
        Enrolment, models.PROTECT, verbose_name=_("person on a course"), related_name="memberships", editable=False
    )

    class Meta(SchoolOwned.Meta):
        verbose_name = _("member of a group")
        verbose_name_plural = _("members of groups")
        ordering = ["pk"]
        constraints = [
            *SchoolOwned.Meta.constraints,
            SameSchool("group", name="member_group_same_school"),
            SameSchool("enrolment", name="member_enrolment_same_school"),
            UniqueInSchool(
                fields=["school", "group", "enrolment"],
                name="one_member_once",
                violation_error_message=_("This person is already a member."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id}: {self.enrolment_id}"
