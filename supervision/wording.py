"""Puts the wording of the official forms into the database. A new wording is one more file in data/."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.apps import apps as installed
from django.apps.registry import Apps

DATA = Path(__file__).with_name("data")


def ensure_wording(apps: Apps = installed, using: str = "default", **signal: Any) -> None:
    """Add the versions that are not there yet; those that are there stay.

    Called after each migration, with the models as they are then: before their tables exist it does nothing.
    Called, too, when a database is emptied; then without models.
    """
    try:
        version_model: Any = apps.get_model("supervision", "FormVersion")
        item_model: Any = apps.get_model("supervision", "FormItem")
    except LookupError:
        return
    for path in sorted(DATA.glob("*.json")):
        said = json.loads(path.read_text(encoding="utf-8"))
        version, is_new = version_model.objects.using(using).get_or_create(
            code=said["code"],
            number=said["number"],
            defaults={"valid_from": said["valid_from"], "wording": said["wording"]},
        )
        if not is_new:
            continue
        texts = [(text, False) for text in said["items"]] + [(said["open_item"], True)]
        item_model.objects.using(using).bulk_create(
            item_model(version=version, position=position, text=text, is_open=is_open)
            for position, (text, is_open) in enumerate(texts, start=1)
        )
