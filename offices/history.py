"""What every change leaves behind: an event row written by a database trigger, bulk changes included.

`tracked` is for rows of schools, whose history is behind the same seal; `tracked_reference` for shared rows.
"""

from __future__ import annotations

from typing import Any

import pghistory
import pghistory.models
from django.db import models

from offices.owned import ScopedManager


class ScopedEvent(pghistory.models.Event):
    """One change of a school-owned row. It holds a copy of the row, so also its school."""

    objects = ScopedManager()  # type: ignore[assignment,misc]

    class Meta:
        abstract = True


def tracked(model: type[models.Model]) -> type[models.Model]:
    """Keep the whole history of a school-owned model, sealed like the model itself."""
    return _track(model, base_model=ScopedEvent)


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
