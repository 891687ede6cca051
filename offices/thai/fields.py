"""A column that keeps Thai dictionary order, whatever the database's own collation is."""

from __future__ import annotations

from typing import Any

from django.db import models

from offices.thai.order import SORT_KEY_LENGTH, sort_key


class ThaiSortKeyField(models.CharField):
    """The dictionary key of another column of the row, refreshed at every save and bulk insert.

    A `save(update_fields=[…])` that changes the source must name this column too.
    """

    def __init__(self, *args: Any, source: str, **kwargs: Any) -> None:
        self.source = source
        kwargs["max_length"] = SORT_KEY_LENGTH
        kwargs["db_collation"] = "C"
        kwargs["editable"] = False
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = sort_key(str(getattr(model_instance, self.source)))
        setattr(model_instance, self.attname, key)
        return key

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs["source"] = self.source
        for derived in ("editable", "max_length", "db_collation"):
            kwargs.pop(derived, None)
        return name, path, args, kwargs
