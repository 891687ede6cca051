"""Rows of a form that stand in an order: typed, numbered, taken out, and told apart from what others stored."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from offices.forms import Difference, ScopedModelForm
from offices.thai.digits import BLANK
from offices.thai.forms import ThaiIntegerField
from offices.thai.typed import tidy

BLANK_ROWS = 3


class OrderedRowForm(ScopedModelForm):
    """One row, with a title. A new row in which nothing is typed is no row."""

    row = forms.CharField(required=False, widget=forms.HiddenInput)
    position = ThaiIntegerField(label=_("No."), required=False, min_value=1, max_value=999)

    def __init__(self, user, *args, **kwargs):
        super().__init__(user, *args, **kwargs)
        if self.instance.pk:
            self.initial["row"] = self.instance.pk
        self.place = self.instance.position  # before what is typed is put into the instance

    def has_changed(self):
        changed = set(self.changed_data)
        return bool(changed - {"row", "position", "DELETE"} if self.instance._state.adding else changed)

    def clean_title(self):
        return tidy(self.cleaned_data["title"])

    def order(self):
        """By the number typed. A row sent up goes before the one of that number, a row sent down behind it."""
        number = self.cleaned_data.get("position")
        if number is None:
            return (self.place is None, 2 * (self.place or 0), 0)
        moved = -1 if self.place is None or number < self.place else int(number > self.place)
        return (False, 2 * number + moved, number)


class BaseOrderedRows(forms.BaseFormSet):
    """The rows of one parent, found again by their hidden keys, in the order of their numbers.

    A sender that sends no rows at all leaves them as they are.
    """

    rows_prefix: ClassVar[str]
    parent_field: ClassVar[str]
    told: ClassVar[tuple[str, ...]]
    """The columns of a row, besides its place."""
    difference_label: ClassVar[Any]
    too_many: ClassVar[Any]

    @staticmethod
    def told_as(row: Any) -> str:
        """A row as a person reads it."""
        raise NotImplementedError

    def __init__(self, user, data=None, *, parent=None, filled=()):
        self.user, self.parent = user, parent
        self.child: type[models.Model] = self.form._meta.model
        self.stored = self._stored_now()
        self._known = {str(row.pk): row for row in self.stored}
        self._before = {row.pk: self._values(row) for row in self.stored}
        self.is_sent = data is not None and f"{self.rows_prefix}-TOTAL_FORMS" in data
        rows = [{"row": row.pk} for row in self.stored] or list(filled)
        super().__init__(
            data if self.is_sent else None,
            prefix=self.rows_prefix,
            initial=None if self.is_sent else rows,
            error_messages={"too_many_forms": self.too_many},
        )
        self.can_add = len(self.forms) < self.absolute_max

    def _seen(self):
        return self.child.objects.visible_to(self.user)

    def _stored_now(self):
        return [] if self.parent is None else list(self._seen().filter(**{self.parent_field: self.parent}))

    def get_form_kwargs(self, index):
        kwargs = {"user": self.user}
        if index is None:
            return kwargs
        if self.is_sent:
            row = self._known.pop(self.data.get(self.add_prefix(index) + "-row", ""), None)
        else:
            row = self.stored[index] if index < len(self.stored) else None
        return kwargs | {"instance": row, "empty_permitted": row is None}

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["DELETE"].label = _("Take this row out when saving")

    def is_valid(self):
        return not self.is_sent or super().is_valid()

    def kept(self):
        """The forms of the rows that shall stand, in their order."""
        if self._errors is None:
            self.full_clean()
        rows = [form for form in self.forms if form.has_changed() or not form.instance._state.adding]
        return sorted((form for form in rows if not self._should_delete_form(form)), key=OrderedRowForm.order)

    def typed(self) -> list[dict[str, Any]]:
        """What is readable of the rows that shall stand."""
        if self.is_sent:
            return [form.cleaned_data for form in self.kept()]
        return [{name: getattr(row, name) for name in self.told} for row in self.stored]

    def differences(self) -> list[Difference]:
        """Row by row, where what was typed differs from what somebody else has stored meanwhile."""
        mine = [self.told_as(form.instance) for form in self.kept()] if self.is_sent else []
        theirs = [self.told_as(row) for row in self._stored_now()]
        longest = max(len(mine), len(theirs)) if self.is_sent else 0
        pairs = [(_at(mine, n), _at(theirs, n)) for n in range(longest)]
        return [
            Difference(self.difference_label % {"number": number}, one, other)
            for number, (one, other) in enumerate(pairs, 1)
            if one != other
        ]

    def save(self, parent):
        """Save, number and take out rows. A row that somebody else added unseen stays, at the end."""
        if not self.is_sent:
            return
        kept = [form.instance for form in self.kept()]
        thrown = [form.instance.pk for form in self.forms if form.instance.pk and self._should_delete_form(form)]
        unseen = [row for row in self.stored if row not in kept and row.pk not in thrown]
        changed = bool(thrown)
        for position, row in enumerate([*kept, *unseen], 1):
            setattr(row, self.parent_field, parent)
            row.school_id, row.position = parent.school_id, position
            if self._before.get(row.pk) != self._values(row):
                row.save()
                changed = True
        self._seen().filter(pk__in=thrown).delete()
        if changed:
            # Whoever has the parent open elsewhere shall learn of it, as of any change.
            same = type(parent).objects.visible_to(self.user).filter(pk=parent.pk)
            same.update(version=F("version") + 1)

    def _values(self, row):
        return tuple(getattr(row, name) for name in ("position", *self.told))


def _at(rows, number):
    return rows[number] if number < len(rows) else BLANK
