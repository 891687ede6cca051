"""The official provinces, districts and subdistricts, from the geothai package and our table of provinces."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.db import models, transaction

from offices.models import District, Province, Subdistrict
from offices.thai.order import sort_key

PROVINCES_CSV = Path(__file__).parent / "data" / "provinces.csv"


@dataclass
class Loaded:
    """How many places of each kind there are, and how many of them had to be written."""

    places: dict[str, int] = field(default_factory=dict)
    written: dict[str, int] = field(default_factory=dict)


@transaction.atomic
def load_geography() -> Loaded:
    """Bring the three tables up to the official lists; what is right already is left alone."""
    loaded = Loaded()
    for model, rows in ((Province, _provinces()), (District, _districts()), (Subdistrict, _subdistricts())):
        name = model.__name__.lower()
        loaded.places[name] = len(rows)
        loaded.written[name] = _bring_up_to(model, rows)
    return loaded


def _provinces() -> list[Province]:
    with PROVINCES_CSV.open(encoding="utf-8", newline="") as table:
        known = {row["code"]: row for row in csv.DictReader(table)}
    named = _geothai("provinces")
    order = {code: place for place, (code, *_) in enumerate(sorted(named, key=lambda r: sort_key(r[1])), start=1)}
    return [
        Province(
            code=code,
            name_th=known[code]["name_th"],
            name_en=known[code]["name_en"],
            abbreviation=known[code]["abbr_th"],
            iso_code=known[code]["iso3166_2"],
            map_id=known[code]["svg_maps_id"],
            position=order[code],
        )
        for code, *_ in named
    ]


def _districts() -> list[District]:
    return [District(code=c, name_th=th, name_en=en, province_id=c[:2]) for c, th, en in _geothai("districts")]


def _subdistricts() -> list[Subdistrict]:
    """Where a subdistrict has several postal codes none is proposed: only the house knows its own."""
    return [
        Subdistrict(
            code=c, name_th=th, name_en=en, district_id=c[:4], postal_code=post if post and len(post) == 5 else ""
        )
        for c, th, en, post in _geothai("subdistricts")
    ]


def _geothai(name: str) -> list[list[Any]]:
    return json.loads(files("geothai").joinpath("_data", f"{name}.json").read_text(encoding="utf-8"))


def _bring_up_to(model: type[models.Model], rows: list[Any]) -> int:
    columns = [f.attname for f in model._meta.concrete_fields]
    manager: Any = model._default_manager
    stored = set(manager.values_list(*columns))
    changed = [row for row in rows if tuple(getattr(row, column) for column in columns) not in stored]
    if changed:
        manager.bulk_create(
            changed,
            batch_size=2000,
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=[f.name for f in model._meta.concrete_fields if not f.primary_key],
        )
    return len(changed)
