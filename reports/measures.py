"""How evidence rows become a figure. A figure of nothing is “–” (None), never 0."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, ClassVar, Final, Literal, Protocol

from django.db.models import Count, Q
from django.db.models.aggregates import Aggregate
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Kind = Literal["integer", "percent"]
SHARE: Final = Decimal("0.0001")


@dataclass(frozen=True)
class Figure:
    """What is measured, with the rows beside it. None is “nobody knows”, 0 is “counted, and there was nobody”."""

    kind: ClassVar[Kind] = "integer"

    value: int | None = None
    enrolments: int | None = None
    without_number: int | None = None


@dataclass(frozen=True)
class Share:
    """Some of the rows ÷ all of them; those of which nobody knows yet are among all, and shown."""

    kind: ClassVar[Kind] = "percent"
    without_number: ClassVar[None] = None

    numerator: int | None = None
    denominator: int | None = None
    unassessed: int | None = None

    @property
    def value(self) -> Decimal | None:
        """The share of one, to four places, the same at every outlet; a share of nothing is not known."""
        if self.numerator is None or not self.denominator:
            return None
        return (Decimal(self.numerator) / self.denominator).quantize(SHARE, rounding=ROUND_HALF_UP)

    @property
    def enrolments(self) -> int | None:
        return self.denominator


Measured = Figure | Share

UNKNOWN = Figure()
NOBODY = Figure(0, 0, 0)


class Measure(Protocol):
    """Aggregates over evidence rows, and the figure they make."""

    unknown: ClassVar[Any]
    nobody: ClassVar[Any]
    beside: ClassVar[Mapping[str, str | Promise]]
    """What stands beside the value of a figure: attribute and heading."""
    told: ClassVar[tuple[str, ...]]
    """What of it programs are told (JSON)."""
    of_parts: ClassVar[Mapping[str, str | Promise]]
    """What stands in the columns of a part, where there are many parts: attribute and heading."""

    def aggregates(self) -> dict[str, Aggregate]: ...

    def figure(self, row: Mapping[str, Any]) -> Any: ...


@dataclass(frozen=True)
class Persons:
    """Distinct persons, recognised by the keyed hash of their document; enrolments beside (seats are funded).

    Without a number nobody can be recognised: each such enrolment is a person of its own, and is flagged.
    """

    unknown: ClassVar[Figure] = UNKNOWN
    nobody: ClassVar[Figure] = NOBODY
    beside: ClassVar[Mapping[str, str | Promise]] = {
        "enrolments": _("Enrolments"),
        "without_number": _("Without a number"),
    }
    told: ClassVar[tuple[str, ...]] = ("enrolments",)
    of_parts: ClassVar[Mapping[str, str | Promise]] = {"value": _("persons"), "enrolments": _("enrolments")}

    person: str = "trainee__person_key"

    def aggregates(self) -> dict[str, Aggregate]:
        return {
            "enrolments": Count("pk"),
            "numbered": Count(self.person, distinct=True),
            "unnumbered": Count("pk", filter=Q(**{f"{self.person}__isnull": True})),
        }

    def figure(self, row: Mapping[str, Any]) -> Figure:
        numbered, unnumbered = row["numbered"], row["unnumbered"]
        return Figure(numbered + unnumbered, row["enrolments"], unnumbered)


@dataclass(frozen=True)
class Passed:
    """Passed ÷ entrants, over rows that carry their judgement (trainees.passing.with_judgement)."""

    unknown: ClassVar[Share] = Share()
    nobody: ClassVar[Share] = Share(0, 0, 0)
    beside: ClassVar[Mapping[str, str | Promise]] = {
        "numerator": pgettext_lazy("people", "Passed"),
        "denominator": _("Entrants"),
        "unassessed": _("Not assessed yet"),
    }
    told: ClassVar[tuple[str, ...]] = ("numerator", "denominator", "unassessed")
    of_parts: ClassVar[Mapping[str, str | Promise]] = {
        "value": _("share that passed"),
        "denominator": _("entrants"),
    }

    def aggregates(self) -> dict[str, Aggregate]:
        return {
            "numerator": Count("pk", filter=Q(passed=True)),
            "denominator": Count("pk"),
            "unassessed": Count("pk", filter=Q(passed__isnull=True)),
        }

    def figure(self, row: Mapping[str, Any]) -> Share:
        return Share(row["numerator"], row["denominator"], row["unassessed"])
