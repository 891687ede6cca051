"""Circulars: what the department tells offices, to whom it went, and who has seen it (Letter, opening)."""

from __future__ import annotations

from typing import Any, ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from documents.models.files import PrivateFile
from offices.history import tracked_office
from offices.models import Province
from offices.owned import OfficeOwned, Throwable, bump_version
from offices.scoping import Eyes, OfficeQuerySet

frozen_once_sent = pgtrigger.Trigger(
    name="frozen_once_sent",
    when=pgtrigger.Before,
    operation=pgtrigger.Update | pgtrigger.Delete,
    condition=pgtrigger.Condition("OLD.status <> 'draft'"),
    func="""
        IF TG_OP = 'DELETE' OR NEW.status = 'draft'
            OR (OLD.urgency, OLD.number, OLD.dated_on, OLD.subject, OLD.body, OLD.signer_name, OLD.signer_position,
                OLD.due_on, OLD.sent_at, OLD.sent_by_id, OLD.replaces_id)
            IS DISTINCT FROM
               (NEW.urgency, NEW.number, NEW.dated_on, NEW.subject, NEW.body, NEW.signer_name, NEW.signer_position,
                NEW.due_on, NEW.sent_at, NEW.sent_by_id, NEW.replaces_id)
        THEN RAISE EXCEPTION 'A circular that was sent stays as it is.';
        END IF;
        RETURN NEW;
    """,
)

enclosures_stay = pgtrigger.Trigger(
    name="enclosures_stay",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func="""
        IF EXISTS (
            SELECT 1 FROM documents_circular AS circular
            WHERE circular.id = (CASE TG_OP WHEN 'DELETE' THEN OLD.circular_id ELSE NEW.circular_id END)
                AND circular.status <> 'draft'
        ) THEN RAISE EXCEPTION 'The enclosures of a circular that was sent stay as they are.';
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    """,
)


class CircularQuerySet(OfficeQuerySet):
    def visible_to(self, user: Eyes) -> Self:
        """Those of the user's office and below, and what was sent or passed on to the user's own office."""
        handed = Delivery.objects.own_of(user).filter(circular=OuterRef("pk")).order_by()
        return self.visible_with(user, Q(Exists(handed)))


@tracked_office
class Circular(Throwable, OfficeOwned):
    """One circular. Once sent it never changes: a new one replaces it, or it is withdrawn with a reason."""

    class Urgency(models.TextChoices):
        NORMAL = "normal", pgettext_lazy("urgency", "Normal")
        URGENT = "urgent", pgettext_lazy("urgency", "Urgent")
        VERY_URGENT = "very_urgent", pgettext_lazy("urgency", "Very urgent")
        MOST_URGENT = "most_urgent", pgettext_lazy("urgency", "Most urgent")

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("circular", "Draft")
        SENT = "sent", pgettext_lazy("circular", "In force")
        REPLACED = "replaced", pgettext_lazy("circular", "Replaced")
        WITHDRAWN = "withdrawn", pgettext_lazy("circular", "Withdrawn")

    # What is written on a circular, and copied into the one that replaces it.
    WRITTEN: ClassVar[tuple[str, ...]] = (
        "urgency",
        "subject",
        "body",
        "signer_name",
        "signer_position",
        "due_on",
    )

    urgency = models.CharField(_("urgency"), max_length=12, choices=Urgency, default=Urgency.NORMAL)
    number = models.CharField(
        _("letter number"),
        max_length=100,
        blank=True,
        help_text=_("Left empty, the next running number of letters is taken when it is sent."),
    )
    dated_on = models.DateField(_("date of the letter"))
    subject = models.CharField(_("subject"), max_length=300)
    body = models.TextField(_("text"), blank=True)
    signer_name = models.CharField(_("signed by"), max_length=150)
    signer_position = models.CharField(_("position of who signs"), max_length=300, blank=True)
    due_on = models.DateField(_("to be acknowledged by"), null=True, blank=True)
    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    status_reason = models.CharField(_("reason"), max_length=500, blank=True, editable=False)
    replaces = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("replaces"), null=True, related_name="+", editable=False
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    made_at = models.DateTimeField(_("begun at"), auto_now_add=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    sent_at = models.DateTimeField(_("sent at"), null=True, editable=False)

    objects = models.Manager.from_queryset(CircularQuerySet)()  # type: ignore[assignment,misc]

    class Meta(OfficeOwned.Meta):
        verbose_name = _("circular")
        verbose_name_plural = _("circulars")
        ordering = ["-dated_on", "-pk"]
        triggers = [bump_version, frozen_once_sent]
        indexes = [models.Index(fields=["-dated_on", "-id"], name="circular_list")]
        constraints = [
            *OfficeOwned.Meta.constraints,
            models.CheckConstraint(
                name="circular_sent_whole",
                condition=Q(status="draft", sent_at__isnull=True, sent_by__isnull=True)
                | (
                    Q(sent_at__isnull=False, sent_by__isnull=False, binned_at__isnull=True)
                    & ~Q(status="draft")
                    & ~Q(number="")
                ),
            ),
            models.CheckConstraint(
                name="circular_withdrawn_with_a_reason",
                condition=~Q(status="withdrawn") | ~Q(status_reason=""),
                violation_error_message=_("Say why."),
            ),
            models.UniqueConstraint(
                fields=["replaces"],
                condition=Q(binned_at__isnull=True),
                name="one_circular_replaces_another",
                violation_error_message=_("A circular that replaces this one is being written already."),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def is_in_force(self) -> bool:
        return self.status == self.Status.SENT


class EnclosureQuerySet(OfficeQuerySet):
    def visible_to(self, user: Eyes) -> Self:
        """Those of circulars that the user sees."""
        seen = Circular.objects.visible_to(user).filter(pk=OuterRef("circular")).order_by()
        return self.visible_with(user, Q(Exists(seen)))


@tracked_office
class Enclosure(OfficeOwned):
    """A file that goes with a circular. A circular that replaces another may enclose the same file again."""

    circular = models.ForeignKey(
        Circular, models.CASCADE, verbose_name=_("circular"), related_name="+", editable=False
    )
    file = models.ForeignKey(PrivateFile, models.PROTECT, verbose_name=_("file"), related_name="+", editable=False)

    objects = models.Manager.from_queryset(EnclosureQuerySet)()  # type: ignore[assignment,misc]

    class Meta(OfficeOwned.Meta):
        verbose_name = _("enclosure")
        verbose_name_plural = _("enclosures")
        ordering = ["pk"]
        triggers = [bump_version, enclosures_stay]
        indexes: ClassVar[list[Any]] = []
        constraints = [*OfficeOwned.Meta.constraints]

    def __str__(self) -> str:
        return self.file.name


@tracked_office
class Delivery(OfficeOwned):
    """That a circular went to an office: to a province or an attached school by the department, to a school by its
    province. Of a school it says who acknowledged it."""

    WAITING: ClassVar[Q] = Q(school__isnull=False, acknowledged_at__isnull=True, circular__status="sent")

    circular = models.ForeignKey(
        Circular, models.PROTECT, verbose_name=_("circular"), related_name="+", editable=False
    )
    passed_on_by = models.ForeignKey(
        Province,
        models.PROTECT,
        verbose_name=_("passed on by"),
        null=True,
        related_name="+",
        editable=False,
        help_text=_("Empty where the department sent it directly."),
    )
    note = models.TextField(_("note of the province"), blank=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    sent_at = models.DateTimeField(_("sent at"), editable=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    opened_at = models.DateTimeField(_("opened at"), null=True, editable=False)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    acknowledged_at = models.DateTimeField(_("acknowledged at"), null=True, editable=False)
    reminders = models.PositiveSmallIntegerField(_("reminders"), default=0, editable=False)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, editable=False)
    mailed_at = models.DateTimeField(_("reminded by mail at"), null=True, editable=False)

    class Meta(OfficeOwned.Meta):
        verbose_name = _("delivery of a circular")
        verbose_name_plural = _("deliveries of circulars")
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["school"],
                name="circular_to_acknowledge",
                condition=Q(school__isnull=False, acknowledged_at__isnull=True),
            )
        ]
        constraints = [
            *OfficeOwned.Meta.constraints,
            models.CheckConstraint(
                name="delivery_to_an_office_below",
                condition=Q(school__isnull=False) | Q(province__isnull=False),
            ),
            models.CheckConstraint(
                name="delivery_passed_on_to_a_school",
                condition=Q(passed_on_by__isnull=True) | Q(school__isnull=False),
            ),
            models.CheckConstraint(
                name="delivery_acknowledged_by_somebody",
                condition=Q(acknowledged_at__isnull=True, acknowledged_by__isnull=True)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False, school__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["circular", "school"],
                condition=Q(school__isnull=False),
                name="a_school_gets_a_circular_once",
            ),
            models.UniqueConstraint(
                fields=["circular", "province"],
                condition=Q(province__isnull=False),
                name="a_province_gets_a_circular_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.circular_id} – {self.office_name}"
