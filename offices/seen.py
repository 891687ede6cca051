"""What a person sees of any row, sealed or shared, and whose names its history tells them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet

from offices.models import User
from offices.owned import SchoolOwned
from offices.scoping import SealedQuerySet, office_rows_for


def seen_by(user: User, model: type[Model]) -> QuerySet[Any]:
    """The rows of `model` that exist for `user`; of a shared one, all."""
    rows: Any = model._default_manager.all()
    return rows.visible_to(user) if isinstance(rows, SealedQuerySet) else rows


def names_of(keys: Iterable[int], row: Model, user: User) -> dict[int, str]:
    """The names of people who changed `row`, by their keys.

    A row that offices share names nobody of an office into which `user` does not look.
    """
    people = User.objects.filter(pk__in=set(keys))
    if not isinstance(row, SchoolOwned):
        people = people.filter(office_rows_for(user))
    return {person.pk: str(person) for person in people}
