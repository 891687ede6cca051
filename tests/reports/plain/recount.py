"""The ten figures of an office with every breakdown, as the plain loops have them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from tests.reports.plain import people, works
from tests.reports.plain.facts import Country
from tests.reports.plain.looking import Look, Row
from tests.reports.plain.people import quotient

MEASURES = {
    "1.1": people.trained,
    "1.2": works.good,
    "1.3": works.fairs,
    "1.4": works.open_channels,
    "2.1": people.judged,
    "2.2": works.met,
    "2.3": people.shown,
    "3.1": people.used,
    "3.2": people.together,
    "3.3": people.earns,
}
BESIDE = {"3.2": ("groups", "enterprises"), "3.3": ("sales",)}
OF_COURSES = {"1.1", "2.1", "2.3", "3.1", "3.2", "3.3"}
"""Indicators of which nobody knows anything in a month or place without courses."""
PARTITIONED = ("sex", "age_band", "education", "occupation", "course_type", "trade_group", "skill_purpose",
               "place", "month")  # fmt: skip
OVERLAPPING = ("target_group", "policy_group")
OF_PEOPLE = ("sex", "age_band", "education", "occupation")


def overlaps(code: str, dimension: str) -> bool:
    """Whether a row may be in several parts: people's own groups; the people behind a product, and so on."""
    if dimension in OVERLAPPING:
        return True
    match code:
        case "1.2" | "2.2":
            return dimension in OF_PEOPLE
        case "1.3":
            return dimension not in ("place", "month")
        case "1.4":
            return dimension != "place"
        case _:
            return False


@dataclass
class Said:
    """A figure with all that stands beside it; of which nobody knows: None."""

    rows: int | None
    value: Any = None
    sides: tuple[int, int] | None = None
    beside: dict[str, Any] = field(default_factory=dict)


UNKNOWN = Said(None)


@dataclass
class Answer:
    """An indicator's figure and its parts: those that have rows, and what the others say."""

    code: str
    total: Said
    parts: dict[str, dict[str, Said]] = field(default_factory=dict)
    nothing: dict[str, Said] = field(default_factory=dict)
    """By dimension, what a part says that has no rows: 0, or “–” where no course was either."""
    not_recorded: dict[str, Said] = field(default_factory=dict)
    """The same of the rows of which nobody wrote it down: that there are none of them is always known."""

    def part(self, dimension: str, code: str) -> Said:
        nothing = self.not_recorded if code == "not_recorded" else self.nothing
        return self.parts[dimension].get(code, nothing[dimension])


class Counter:
    """Counts a country for whoever looks; the rows of evidence are found once."""

    def __init__(self, country: Country):
        self.country = country
        finished = people.entrants(country, people.FINISHED, "ends_on")
        passed = [row for row in finished if people.has_passed(country, row.of)]
        judged = works.products_judged(country)
        for row, verdict in judged:
            row.number = verdict
        self.evidence = {
            "1.1": people.entrants(country, people.COUNTS, "starts_on"),
            "1.2": [row for row, verdict in judged if verdict],
            "1.3": works.parts_in_fairs(country, {"held"}),
            "1.4": works.channels(country, with_products=True),
            "2.1": finished,
            "2.2": [row for row, _verdict in judged],
            **dict.fromkeys(("2.3", "3.1", "3.2", "3.3"), passed),
        }
        self.basis = {
            "1.1": people.courses(country, people.COUNTS, "starts_on"),
            "1.2": [row for row, verdict in judged if verdict is not None],
            "1.3": works.parts_in_fairs(country, {"planned", "held", "cancelled"}),
            "1.4": works.channels(country, with_products=False),
            "2.2": self.evidence["2.2"],
            **{
                code: people.courses(country, people.FINISHED, "ends_on")
                for code in ("2.1", "2.3", "3.1", "3.2", "3.3")
            },
        }
        self.beside = works.beside(country)

    def answers(self, look: Look) -> dict[str, Answer]:
        return {code: self.answer(code, look) for code in MEASURES}

    def answer(self, code: str, look: Look) -> Answer:
        rows, basis = look.of(self.evidence[code]), look.of(self.basis[code])
        beside = {name: look.of(self.beside[name]) for name in BESIDE.get(code, ())}
        if not (rows or basis or any(beside.values())):
            return Answer(code, UNKNOWN)
        schools = look.schools_by_place(self.country) if code == "1.4" else {}
        everywhere = set().union(*schools.values()) if schools else set()
        answer = Answer(code, self.said(code, rows, beside, everywhere))
        for dimension in (*PARTITIONED, *OVERLAPPING):
            if dimension == "place" and not look.has_parts:
                continue
            told = dimension in ("place", "month")
            inside = parts(rows, dimension, look)
            around = {name: parts(found, dimension, look) if told else None for name, found in beside.items()}
            known = set(inside)
            if told:
                known |= {part for found in around.values() for part in found}
                known |= set(parts(basis, dimension, look)) if code in OF_COURSES else set()
                known |= set(schools) if dimension == "place" else set()
            answer.parts[dimension] = {
                part: self.said(
                    code,
                    inside.get(part, []),
                    {name: found and found.get(part, []) for name, found in around.items()} if told else {},
                    schools.get(part, set()) if dimension == "place" else None,
                )
                for part in known
            }
            nothing = {name: [] for name in beside} if told else {}
            empty = self.said(code, [], nothing, set() if dimension == "place" else None)
            answer.nothing[dimension] = UNKNOWN if told and code in OF_COURSES else empty
            answer.not_recorded[dimension] = empty
        return answer

    def said(self, code: str, rows: list[Row], beside: dict[str, list[Row]], schools: set | None) -> Said:
        """`schools`: all of the place, where there is a place to speak of."""
        found = dict(MEASURES[code](self.country, rows))
        for name in BESIDE.get(code, ()):
            found[name] = None
            if name in beside:
                numbers = [row.number for row in beside[name]]
                found[name] = sum(numbers) if numbers or name != "sales" else None
        if code == "1.4":
            found["of_schools"] = None if schools is None else len(schools)
            found["schools_share"] = None if schools is None else quotient(found["schools"], len(schools))
        return Said(len(rows), found.pop("value"), found.pop("sides", None), found)


def parts(rows: list[Row], dimension: str, look: Look) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        for part in {look.place_of(row)} if dimension == "place" else row.parts[dimension]:
            found[part].append(row)
    return dict(found)
