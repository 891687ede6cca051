"""The version of the data that figures are counted from: it changes with every change of a row that may count.

History is written by triggers, so bulk changes and the command line change it too.
"""

from __future__ import annotations

import hashlib
from typing import Any, Final

from django.db import connection
from django.db.models.expressions import RawSQL

from courses.models import Course, Curriculum, Fair, FairPart
from offices.clock import today
from offices.models import AreaGroup, CourseType, FiscalYear, Membership, School
from trainees.models import (
    Assessment,
    Channel,
    ContestEntry,
    Enrolment,
    Exhibit,
    FollowUp,
    Group,
    Maker,
    Offer,
    Product,
    Result,
    Sale,
    Satisfaction,
    Trainee,
)

COUNTED: Final[tuple[Any, ...]] = (
    Assessment, Channel, ContestEntry, Course, CourseType, Curriculum, Enrolment, Exhibit, Fair, FairPart,
    FiscalYear, FollowUp, Group, Maker, Membership, Offer, Product, Result, Sale, Satisfaction, School, Trainee,
)  # fmt: skip
"""Every model that an indicator's rows, conditions or breakdowns look at."""
WINDOW: Final = 1000
"""How many of the newest events are looked at one by one: a transaction may commit after one that began later."""


def data_version() -> str:
    """A short text that is the same as long as no row that counts has changed, on the same day.

    The day belongs to it, because a channel may close and a wave fall due overnight.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT)
        (said,) = cursor.fetchone()
    return version_of(said)


def said_now() -> RawSQL:
    """What `version_of` makes the present version of, for a statement that asks for more at once."""
    return RawSQL(_STATEMENT, [])  # noqa: S611 (a constant)


def version_of(said: str) -> str:
    return hashlib.sha256(f"{today()}|{said}".encode()).hexdigest()[:32]


def _newest(model: Any) -> str:
    """The newest event of a model, and how many of the last ones have been committed."""
    table = connection.ops.quote_name(model.pgh_event_model._meta.db_table)
    newest = f"SELECT max(pgh_id) FROM {table}"
    return f"(SELECT concat(max(pgh_id), ':', count(*)) FROM {table} WHERE pgh_id > ({newest}) - {WINDOW})"


def _list(through: Any) -> str:
    """An area list is reference data without a history: it is short, so it is read."""
    table = connection.ops.quote_name(through._meta.db_table)
    return f"(SELECT string_agg(t::text, ';' ORDER BY t.id) FROM {table} AS t)"


_PARTS: Final = [
    *(_newest(model) for model in COUNTED),
    *(_list(through) for through in (AreaGroup.provinces.through, AreaGroup.districts.through)),
]
_STATEMENT: Final = f"SELECT concat_ws('|', {', '.join(_PARTS)})"
