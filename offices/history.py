"""What every change leaves behind: an event row written by a database trigger, bulk changes included.

`tracked` is for rows of schools, `tracked_office` and `tracked_register` for rows of offices and of registers that
a province shares; their history is behind the same seal. `tracked_reference` is for rows that everybody may see.
"""

from __future__ import annotations

from typing import Any

import pghistory
import pghistory.models
from django.db import models

from offices.owned import OfficeManager, ProvinceManager, ScopedManager


class ScopedEvent(pghistory.models.Event):
    """One change of a school-owned row. It holds a copy of the row, so also its school."""

    objects = ScopedManager()  # type: ignore[assignment,misc]

    class Meta:
        abstract = True


def tracked(model: type[models.Model]) -> type[models.Model]:
    """Keep the whole history of a school-owned model, sealed like the model itself."""
    return _track(model, base_model=ScopedEvent)


class OfficeEvent(pghistory.models.Event):
    """One change of a row of an office, behind the same seal as the row."""

    objects = OfficeManager()  # type: ignore[assignment,misc]

    class Meta:
        abstract = True


class ProvinceEvent(pghistory.models.Event):
    """One change of a row of a shared register, behind the same seal as the row."""

    objects = ProvinceManager()  # type: ignore[assignment,misc]

    class Meta:
        abstract = True


def tracked_office(model: type[models.Model]) -> type[models.Model]:
    """Keep the whole history of a row of an office, sealed like the model itself."""
    return _track(model, base_model=OfficeEvent)


def tracked_register(model: type[models.Model]) -> type[models.Model]:
    """Keep the whole history of a row of a shared register, sealed like the model itself."""
    return _track(model, base_model=ProvinceEvent)


def tracked_reference(*, exclude: list[str] | None = None) -> Any:
    """Keep the history of a shared model (schools, years, accounts)."""

    def decorate(model: type[models.Model]) -> type[models.Model]:
        return _track(model, exclude=exclude)

    return decorate


def _track(model: type[models.Model], **options: Any) -> type[models.Model]:
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        obj_field=pghistory.ObjForeignKey(related_name="+", db_constraint=False, on_delete=models.DO_NOTHING),
        model_name=f"{model.__name__}Event",
        **options,
    )(model)
