"""How columns of lists look: `attrs` of columns and tables. The words stand for rules in static/css/parts.css."""

from __future__ import annotations

from typing import Any, Final

UNBROKEN: Final[dict[str, Any]] = {"td": {"class": "nowrap"}}
ROOMY: Final[dict[str, Any]] = {"td": {"class": "roomy"}}
"""Of words that would be broken too often beside many columns."""
NUMERIC: Final[dict[str, Any]] = {"td": {"class": "numeric"}, "th": {"class": "numeric"}}
TIGHT: Final = "table table-hover table-stack table-tight"
"""Of a table, beside the usual looks: room for many columns."""
