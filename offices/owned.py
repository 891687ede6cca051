"""Rows that belong to a school: the base of every business model, and the constraints that keep it true."""

from __future__ import annotations

from typing import Any, ClassVar

import pghistory.models
import pgtrigger
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from offices.scoping import OfficeQuerySet, ProvinceQuerySet, ScopedQuerySet

ScopedManager = models.Manager.from_queryset(ScopedQuerySet)
OfficeManager = models.Manager.from_queryset(OfficeQuerySet)
ProvinceManager = models.Manager.from_queryset(ProvinceQuerySet)

bump_version = pgtrigger.Trigger(
    name="bump_version",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.Condition("OLD.* IS DISTINCT FROM NEW.*"),
    func="NEW.version = OLD.version + 1; RETURN NEW;",
)


class SchoolOwned(models.Model):
    """A row of one school. It carries `school` itself, so that its history does too, when all else is gone.

    `version` counts the changes (a trigger does, so bulk changes count as well): two people who edit one
    row are told apart by it.
    """

    LIVE: ClassVar[Q] = Q()

    school = models.ForeignKey(
        "offices.School", models.PROTECT, verbose_name=_("school"), related_name="+", editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ScopedManager()

    class Meta:
        abstract = True
        triggers = [bump_version]
        constraints = [
            models.UniqueConstraint(fields=["id", "school"], name="%(app_label)s_%(class)s_id_and_school")
        ]


class Binnable(SchoolOwned):
    """A school-owned row that is thrown away into a bin first, and can be taken back for 30 days."""

    LIVE = Q(binned_at__isnull=True)

    binned_at = models.DateTimeField(_("thrown away at"), null=True, editable=False)

    class Meta(SchoolOwned.Meta):
        abstract = True
        indexes = [
            models.Index(
                fields=["binned_at"],
                name="%(app_label)s_%(class)s_bin",
                condition=Q(binned_at__isnull=False),
            )
        ]


class OfficeOwned(models.Model):
    """A row of one office: of a school, of a province, or (neither) of the department."""

    LIVE: ClassVar[Q] = Q()

    school = models.ForeignKey(
        "offices.School",
        models.PROTECT,
        verbose_name=_("school"),
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    province = models.ForeignKey(
        "offices.Province",
        models.PROTECT,
        verbose_name=_("province"),
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OfficeManager()

    class Meta:
        abstract = True
        triggers = [bump_version]
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_of_one_office",
                condition=Q(school__isnull=True) | Q(province__isnull=True),
            )
        ]

    @property
    def office_name(self) -> str:
        """The office as a person would say it."""
        return str(self.school or self.province or _("Department of Learning Encouragement"))


class ProvinceOwned(models.Model):
    """A row of a register that a province shares with its schools; without one, the department's own."""

    LIVE: ClassVar[Q] = Q()

    province = models.ForeignKey(
        "offices.Province",
        models.PROTECT,
        verbose_name=_("province"),
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ProvinceManager()

    class Meta:
        abstract = True
        triggers = [bump_version]


class Throwable(models.Model):
    """Mixed into rows of offices and registers that are thrown away into a bin first; stands before their base."""

    LIVE = Q(binned_at__isnull=True)

    binned_at = models.DateTimeField(_("thrown away at"), null=True, editable=False)

    class Meta:
        abstract = True


class SameSchool(models.BaseConstraint):
    """A child belongs to its parent's school: a foreign key over (parent, school), kept by the database."""

    def __init__(self, field: str, *, name: str) -> None:
        super().__init__(name=name)
        self.field = field

    def _body(self, model: type[models.Model], editor: BaseDatabaseSchemaEditor) -> str:
        quote = editor.quote_name
        field: Any = model._meta.get_field(self.field)
        parent = field.related_model._meta
        return (
            f"FOREIGN KEY ({quote(field.column)}, {quote('school_id')})"
            f" REFERENCES {quote(parent.db_table)} ({quote(parent.pk.column)}, {quote('school_id')})"
            " DEFERRABLE INITIALLY IMMEDIATE"
        )

    def constraint_sql(self, model: Any, schema_editor: Any) -> str:
        return f"CONSTRAINT {schema_editor.quote_name(self.name)} {self._body(model, schema_editor)}"

    def create_sql(self, model: Any, schema_editor: Any) -> str:
        table = schema_editor.quote_name(model._meta.db_table)
        return f"ALTER TABLE {table} ADD {self.constraint_sql(model, schema_editor)}"

    def remove_sql(self, model: Any, schema_editor: Any) -> str:
        table = schema_editor.quote_name(model._meta.db_table)
        return f"ALTER TABLE {table} DROP CONSTRAINT {schema_editor.quote_name(self.name)}"

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: str = DEFAULT_DB_ALIAS) -> None:
        if exclude and (self.field in exclude or "school" in exclude):
            return
        parent = getattr(instance, self.field, None)
        if parent is not None and parent.school_id != instance.school_id:
            raise ValidationError(_("This belongs to another school."), code="other_school")

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        path, _args, kwargs = super().deconstruct()
        return path, (self.field,), kwargs

    def __eq__(self, other: object) -> bool:
        if isinstance(other, SameSchool):
            return (self.name, self.field) == (other.name, other.field)
        return NotImplemented

    def __hash__(self) -> int:
        return hash((self.name, self.field))


class UniqueInSchool(models.UniqueConstraint):
    """Uniqueness within a school. It must ask about sealed rows, and answers only yes or no."""

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: str = DEFAULT_DB_ALIAS) -> None:
        super().validate(_Opened(model), instance, exclude, using)  # type: ignore[arg-type]


class _Opened:
    """A model whose default manager is the plain one; everything else is the model's own."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self._default_manager = model._base_manager

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)


def is_leaned_on(row: models.Model) -> bool:
    """Whether any row of anybody points to `row`. It must ask about sealed rows, and answers only yes or no."""
    relations: list[Any] = row._meta.get_fields(include_hidden=True)
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: row}).exists()
        for relation in relations
        if relation.auto_created
        and not relation.concrete
        and not issubclass(relation.related_model, pghistory.models.Event)
    )
