"""The words of the printed forms: one file of data/papers for each version."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

DATA: Final = Path(__file__).resolve().parent.parent / "data" / "papers"


def wording(code: str, day: date) -> Mapping[str, Any]:
    """The words of a form (pt8, pt9, pt10) in force on `day`; the oldest for days before all of them."""
    versions = _versions(code)
    begun = [said for valid_from, said in versions if valid_from <= day.isoformat()]
    return begun[-1] if begun else versions[0][1]


@cache
def _versions(code: str) -> list[tuple[str, Mapping[str, Any]]]:
    files = [json.loads(path.read_text(encoding="utf-8")) for path in DATA.glob(f"{code}-*.json")]
    return sorted(((said["valid_from"], said["wording"]) for said in files), key=lambda version: version[0])
