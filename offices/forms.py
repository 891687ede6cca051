"""Forms that know their user, and forms that notice when somebody else has changed the row meanwhile."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, NamedTuple

import pghistory.models
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from offices.models import User
from offices.owned import OfficeOwned, ProvinceOwned
from offices.scoping import SealedQuerySet, register_of
from offices.seen import names_of, seen_by
from offices.thai.dates import short_date, short_datetime
from offices.thai.digits import BLANK, format_number

SECRET = {"autocomplete": "off", "data-secret": ""}
"""For boxes that hold a document number: never offered again by the browser, never kept by our script."""


class ScopedModelForm(forms.ModelForm):
    """A model form that offers its user only the rows that this user may see, and saves only its own columns.

    A new row belongs to the user's school or office, or to the register that it shares. `derived_columns` are
    saved with the form's fields: columns that follow from them.
    """

    derived_columns: ClassVar[tuple[str, ...]] = ()

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            self._place_new_row()
        for field in self.fields.values():
            queryset = getattr(field, "queryset", None)
            if isinstance(queryset, SealedQuerySet):
                field.queryset = queryset.visible_to(user)  # type: ignore[attr-defined]

    def _place_new_row(self) -> None:
        """Unless whoever made it has said where it belongs."""
        row: Any = self.instance
        if isinstance(row, ProvinceOwned):
            row.province_id = row.province_id or register_of(self.user)
        elif isinstance(row, OfficeOwned):
            if row.school_id is None and row.province_id is None:
                row.school_id, row.province_id = self.user.school_id, self.user.province_id
        elif getattr(row, "school_id", None) is None:
            row.school_id = self.user.school_id

    def save(self, commit: bool = True) -> Any:
        """Save what the form holds. Columns that others change meanwhile (such as the state) stay theirs."""
        if commit and not self.instance._state.adding and not self.errors:
            columns = {f.name for f in self.instance._meta.concrete_fields} & set(self.cleaned_data)
            self.instance.save(update_fields=[*columns, *self.derived_columns])
            self._save_m2m()  # type: ignore[attr-defined]
            return self.instance
        return super().save(commit)


class Difference(NamedTuple):
    """One field in which what was typed differs from what is stored now."""

    label: str
    mine: str
    theirs: str


def as_read(field: forms.Field, value: Any) -> str:
    """A field's value as a person reads it."""
    choices = getattr(field, "choices", None)
    if choices is not None and not hasattr(field, "queryset"):
        labels = {str(key): str(label) for key, label in choices}
        if isinstance(value, list | tuple):
            return ", ".join(labels.get(str(v), str(v)) for v in sorted(map(str, value)))
        return labels.get(str(value), str(value or BLANK))
    match value:
        case None | "":
            return BLANK
        case bool():
            return str(_("Yes") if value else _("No"))
        case Decimal():
            return format_number(value.normalize())  # 8 as typed and 8.0 as stored are no difference
        case datetime():
            return short_datetime(value)
        case date():
            return short_date(value)
        case _:
            return str(value)


class VersionedModelForm(ScopedModelForm):
    """Refuses to overwrite what somebody else saved after this form was opened.

    The row is locked until the end of the request. On a conflict what was typed stays in the form, `conflict`
    lists the differences, and sending the form again saves over the newer version knowingly.
    """

    asides: ClassVar[tuple[str, ...]] = ()  # fields that ask something, and are nothing of the row

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    conflict: list[Difference]
    changed_by: str
    changed_at: datetime | None

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.conflict, self.changed_by, self.changed_at = [], "", None
        if self.instance._state.adding:
            del self.fields["version"]
        else:
            self.initial["version"] = self.instance.version

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "version" in self.fields:
            self._refuse_if_changed(cleaned)
            cleaned.pop("version", None)
        return cleaned

    def _refuse_if_changed(self, cleaned: dict[str, Any]) -> None:
        rows = seen_by(self.user, type(self.instance))
        current = rows.select_for_update(of=("self",)).filter(pk=self.instance.pk).first()
        if current is None:
            raise ValidationError(_("Somebody has thrown this away meanwhile. What you typed is still here."))
        if cleaned.get("version") == current.version:
            return
        self.compare(cleaned, current)
        # The next sending is made in the knowledge of this version.
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data[self.add_prefix("version")] = str(current.version)
        self.data = data
        raise ValidationError(
            _(
                "Somebody else has changed this since you opened it. Compare below; "
                "send again to keep what you typed."
            ),
            code="conflict",
        )

    def compare(self, cleaned: dict[str, Any], current: Any) -> None:
        """Note in which fields what was typed differs from the row as it stands now, and who changed that."""
        self.conflict = [
            Difference(str(field.label), self._shown(name, mine), self._stored(name, current))
            for name, field in self.fields.items()
            if name not in ("version", *self.asides)
            and self._differs(name, mine := self._typed(name, cleaned), current)
        ]
        self._note_who(current)

    def _typed(self, name: str, cleaned: dict[str, Any]) -> Any:
        """As it was sent where it is no right value; also into a field that is no longer open."""
        field: Any = self.fields[name]
        if name in self.errors:
            return self[name].value()  # type: ignore[index]
        sent = self.add_prefix(name)
        if not field.disabled or sent not in self.data:  # type: ignore[attr-defined]
            return cleaned.get(name)
        raw = field.widget.value_from_datadict(self.data, self.files, sent)  # type: ignore[attr-defined]
        try:
            return field.clean(raw)
        except ValidationError:
            return raw

    def _differs(self, name: str, mine: Any, current: Model) -> bool:
        return self._shown(name, mine) != self._stored(name, current)

    def _stored(self, name: str, current: Model) -> str:
        return self._shown(name, getattr(current, name, None))

    def _shown(self, name: str, value: Any) -> str:
        return as_read(self.fields[name], value)

    def _note_who(self, current: Any) -> None:
        events = seen_by(self.user, current.pgh_event_model)
        newest = events.filter(pgh_obj_id=current.pk).select_related("pgh_context").order_by("-pgh_id").first()
        if newest is None:
            return
        self.changed_at = newest.pgh_created_at
        context: pghistory.models.Context | None = newest.pgh_context
        who = context.metadata.get("user") if context else None
        if who:
            names = names_of([who], current, self.user)
            self.changed_by = names.get(who) or str(_("Somebody of another office"))
