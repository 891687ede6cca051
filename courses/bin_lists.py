"""What a school threw away of its teaching, of every kind, asked for at once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.db.models import Value
from django.db.models.functions import JSONObject
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses import bins
from courses.models import Answer, Course, Curriculum, Instructor, Project, Survey, Teaching
from offices.models import User
from offices.owned import Binnable

_NAME_OF_INSTRUCTOR: Final = ("title", "first_name", "surname", "erased_at")


@dataclass(frozen=True)
class Kind:
    """One kind of row: what it is called, the address that takes one back, and the columns that its name is of."""

    heading: str | Promise
    model: type[Binnable]
    restore: str
    named_by: tuple[str, ...]


KINDS: Final = (
    Kind(_("Courses"), Course, "courses:restore", ("name",)),
    Kind(_("Curricula"), Curriculum, "courses:curriculum_restore", ("title",)),
    Kind(_("Projects"), Project, "courses:project_restore", ("name",)),
    Kind(_("Instructors"), Instructor, "courses:instructor_restore", _NAME_OF_INSTRUCTOR),
    Kind(
        _("Instructors taken off a course"),
        Teaching,
        "courses:teaching_restore",
        ("course__name", *(f"instructor__{column}" for column in _NAME_OF_INSTRUCTOR)),
    ),
    Kind(_("Need surveys"), Survey, "courses:survey_restore", ("title",)),
    Kind(_("Answers to need surveys"), Answer, "courses:answer_restore", ("topics",)),
)


class Binned(NamedTuple):
    row: Binnable
    until: datetime | None


class Section(NamedTuple):
    heading: str | Promise
    route: str
    rows: list[Binned]


def sections(user: User) -> list[Section]:
    """What can still be taken back, by kind, the latest first; kinds of which nothing lies there are left out."""
    found: dict[int, list[Binned]] = defaultdict(list)
    first, *others = (_of_kind(number, user) for number in range(len(KINDS)))
    for number, pk, binned_at, told in first.union(*others, all=True).order_by("-binned_at", "-pk"):
        row = _named(KINDS[number].model, told)
        row.pk, row.binned_at = pk, binned_at
        found[number].append(Binned(row, bins.kept_until(row)))
    return [
        Section(kind.heading, kind.restore, found[number]) for number, kind in enumerate(KINDS) if number in found
    ]


def _of_kind(number: int, user: User) -> Any:
    """The rows of one kind with the columns that all kinds share, and of its own only what its name is of."""
    kind = KINDS[number]
    rows = bins.still_kept(kind.model, user).order_by()
    told = JSONObject(**{column: column for column in kind.named_by})
    return rows.annotate(kind=Value(number), told=told).values_list("kind", "pk", "binned_at", "told")


def _named(model: Any, told: dict[str, Any]) -> Any:
    """A row of which nothing is known but what its name is made of; `a__b` is the column b of its parent a."""
    own: dict[str, Any] = {}
    parents: dict[str, dict[str, Any]] = defaultdict(dict)
    for column, value in told.items():
        parent, between, of_parent = column.partition("__")
        if between:
            parents[parent][of_parent] = value
        else:
            own[column] = value
    own |= {name: _named(model._meta.get_field(name).related_model, of) for name, of in parents.items()}
    return model(**own)
