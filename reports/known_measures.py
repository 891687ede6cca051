"""How each indicator is measured: what is counted of its evidence rows, and what stands beside the figure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from django.db.models import Case, CharField, F, IntegerField, Value, When
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reports.evidence.people import holds, uses_q
from reports.measures import Aside, Measure, Row, Tally, mean_of, named, share_of, to_cents
from trainees.models import Use
from trainees.models.satisfaction import ITEMS

ROWS: Final = Tally()
PERSON: Final = {"person": F("trainee__person_key"), "is_unnumbered": holds(trainee__person_key__isnull=True)}


def _persons(name: str, when: str = "") -> dict[str, Tally]:
    """Distinct persons for whom one of the columns `when` is true, recognised by the keyed hash of their document.

    Without a number nobody can be recognised: each such enrolment is a person of its own.
    """
    return {
        f"{name}_numbered": Tally("distinct", "person", when),
        f"{name}_unnumbered": Tally("rows", when=f"({when}) & is_unnumbered" if when else "is_unnumbered"),
    }


def _add_up(*names: str) -> dict[str, Callable[[Row], int]]:
    """The persons with and without a number, together."""

    def added(name: str) -> Callable[[Row], int]:
        return lambda row: row[f"{name}_numbered"] + row[f"{name}_unnumbered"]

    return {name: added(name) for name in names}


PERSONS: Final = Measure(
    _("persons"),
    value=named("all"),
    columns=PERSON,
    tallies={"rows": ROWS, **_persons("all")},
    derived=_add_up("all"),
    asides=(
        Aside("enrolments", _("Enrolments"), named("rows"), of_parts=True),
        Aside("without_number", _("Without a number"), named("all_unnumbered")),
    ),
)


def _levels(items: Iterable[int]) -> Any:
    """The sum of a person's levels of some items of form 12."""
    first, *others = (Coalesce(F(f"satisfaction__item_{item}"), 0) for item in items)
    return sum(others, first)


def _answered(items: Iterable[int]) -> Any:
    """How many of the items the person answered."""
    first, *others = (
        Case(
            When(**{f"satisfaction__item_{item}__isnull": False}, then=Value(1)),
            default=Value(0),
            output_field=IntegerField(),
        )
        for item in items
    )
    return sum(others, first)


PASSED: Final = Measure(
    _("share that passed"),
    value=share_of("passed", "rows"),
    share=("passed", "rows"),
    sides=_("%(some)s of %(all)s passed"),
    columns={
        "has_passed": holds(passed=True),
        "is_unassessed": holds(passed__isnull=True),
        "satisfaction": F("satisfaction"),
        "levels": _levels(ITEMS),
        "items": _answered(ITEMS),
        "levels_1_2": _levels((1, 2)),
        "items_1_2": _answered((1, 2)),
    },
    tallies={
        "rows": ROWS,
        "passed": Tally("rows", when="has_passed"),
        "unassessed": Tally("rows", when="is_unassessed"),
        "satisfied": Tally("values", "satisfaction"),
        "levels": Tally("sum", "levels"),
        "items": Tally("sum", "items"),
        "levels_1_2": Tally("sum", "levels_1_2"),
        "items_1_2": Tally("sum", "items_1_2"),
    },
    asides=(
        Aside("numerator", pgettext_lazy("people", "Passed"), named("passed")),
        Aside("denominator", _("Entrants"), named("rows"), of_parts=True),
        Aside("unassessed", _("Not assessed yet"), named("unassessed")),
        Aside("satisfaction", _("Mean of form 12"), mean_of("levels", "items"), "decimal"),
        Aside("satisfaction_1_2", _("Mean of items 1–2"), mean_of("levels_1_2", "items_1_2"), "decimal"),
        Aside("satisfaction_n", _("Answered form 12"), named("satisfied")),
    ),
)

GOOD: Final = Measure(
    _("products"),
    value=named("rows"),
    columns={"is_new": F("is_new")},
    tallies={"rows": ROWS, "new": Tally("rows", when="is_new")},
    asides=(Aside("new", _("New ones"), named("new"), of_parts=True),),
)

MET: Final = Measure(
    _("share that met the checklist"),
    value=share_of("met", "assessed"),
    share=("met", "assessed"),
    sides=_("%(some)s of %(all)s met the checklist"),
    columns={
        "has_met": holds(verdict=True),
        "verdict": F("verdict"),
        "is_unassessed": holds(verdict__isnull=True),
    },
    tallies={
        "rows": ROWS,
        "met": Tally("rows", when="has_met"),
        "assessed": Tally("values", "verdict"),
        "unassessed": Tally("rows", when="is_unassessed"),
    },
    asides=(
        Aside("numerator", pgettext_lazy("products", "Met"), named("met")),
        Aside("denominator", pgettext_lazy("products", "Assessed"), named("assessed"), of_parts=True),
        Aside("unassessed", pgettext_lazy("products", "Never assessed"), named("unassessed")),
    ),
)

_OFFICE: Final = Concat(
    Cast("school", CharField()), Value(":"), Coalesce("province", Value("")), output_field=CharField()
)
"""Whose a part in a fair is: a school's, a province's or (neither) the department's."""

FAIRS: Final = Measure(
    _("fairs"),
    value=named("fairs"),
    columns={"fair": F("fair"), "office": _OFFICE},
    tallies={"rows": ROWS, "fairs": Tally("distinct", "fair"), "offices": Tally("distinct", "office")},
    asides=(Aside("offices", _("Offices that took part"), named("offices"), of_parts=True),),
)

CHANNELS: Final = Measure(
    _("channels"),
    value=named("rows"),
    columns={"school": F("school")},
    tallies={"rows": ROWS, "schools": Tally("distinct", "school")},
    asides=(
        Aside("schools", _("Schools with a channel"), named("schools"), of_parts=True),
        Aside("of_schools", _("Schools in all"), named("of_schools")),
        Aside("schools_share", _("Share of schools with a channel"), share_of("schools", "of_schools"), "percent"),
    ),
)


def _with_both(row: Row) -> int:
    """Persons who have both, even at two schools: those with one, and with the other, less those with either."""
    persons = {name: of(row) for name, of in _add_up("sells", "shown", "either").items()}
    return persons["sells"] + persons["shown"] - persons["either"]


SHOWN: Final = Measure(
    _("share that has both"),
    value=share_of("both", "all"),
    share=("both", "all"),
    sides=_("%(some)s of %(all)s persons have both"),
    columns={
        **PERSON,
        "sells": F("sells"),
        "has_shown": F("has_shown"),
    },
    tallies={
        "rows": ROWS,
        **_persons("all"),
        **_persons("either", "sells | has_shown"),
        **_persons("sells", "sells"),
        **_persons("shown", "has_shown"),
    },
    derived={**_add_up("all", "sells", "shown"), "both": _with_both},
    asides=(
        Aside("numerator", _("Persons with both"), named("both")),
        Aside("denominator", _("Persons who passed"), named("all"), of_parts=True),
        Aside("sells", _("Own product in an open channel"), named("sells")),
        Aside("has_shown", _("Work shown at a fair or contest"), named("shown")),
        Aside("enrolments", _("Enrolments"), named("rows")),
    ),
)

_COHORT: Final = {
    "rows": ROWS,
    "answered": Tally("rows", when="is_answered"),
    "due": Tally("rows", when="is_due"),
}
_MARKS: Final = {"is_answered": F("is_answered"), "is_due": F("is_due")}
_RESPONSE: Final = (
    Aside("denominator", _("Answered the follow-up"), named("answered"), of_parts=True),
    Aside("due", _("Due to be asked"), named("due")),
    Aside("response", _("Response rate"), share_of("answered", "due"), "percent"),
    Aside("cohort", _("Passed, in the cohort"), named("rows")),
)

USED: Final = Measure(
    _("share that uses it"),
    value=share_of("used", "answered"),
    share=("used", "answered"),
    sides=_("%(some)s of %(all)s who answered use it"),
    columns={**_MARKS, "uses_it": F("uses_it"), **{f"use_{use.value}": holds(uses_q(use)) for use in Use}},
    tallies={
        **_COHORT,
        "used": Tally("rows", when="uses_it"),
        **{f"use_{use.value}": Tally("rows", when=f"use_{use.value}") for use in Use},
    },
    asides=(
        Aside("numerator", _("Use what they learnt"), named("used")),
        *_RESPONSE,
        *(
            Aside(f"use_{use.value}", use.label, named(f"use_{use.value}"))
            for use in Use
            if use not in (Use.KNOWLEDGE, Use.SPARE_TIME)  # form 20's own two are never counted as use
        ),
    ),
)

TOGETHER: Final = Measure(
    _("share that works together and has joined"),
    value=share_of("both", "answered"),
    share=("both", "answered"),
    sides=_("%(some)s of %(all)s who answered do both"),
    columns={
        **_MARKS,
        "works_together": F("works_together"),
        "has_joined": F("has_joined"),
        "does_both": holds(works_together=True, has_joined=True),
    },
    tallies={
        **_COHORT,
        "both": Tally("rows", when="does_both"),
        "partners": Tally("rows", when="works_together"),
        "joined": Tally("rows", when="has_joined"),
    },
    asides=(
        Aside("numerator", _("Do both"), named("both")),
        *_RESPONSE,
        Aside("partners", _("Work with partners"), named("partners")),
        Aside("joined", _("Joined a group or enterprise"), named("joined")),
        Aside("groups", _("Groups formed"), named("groups")),
        Aside("enterprises", _("Enterprises registered"), named("enterprises")),
    ),
)

EARNS: Final = Measure(
    _("share that sold and earns more"),
    value=share_of("both", "answered"),
    share=("both", "answered"),
    sides=_("%(some)s of %(all)s who answered do both"),
    columns={
        **_MARKS,
        "sold": F("sold"),
        "earns_more": F("earns_more"),
        "does_both": holds(sold=True, earns_more=True),
        "is_known": holds(answer__is_known=True),
        "income": F("answer__added_income"),
    },
    tallies={
        **_COHORT,
        "both": Tally("rows", when="does_both"),
        "sold": Tally("rows", when="sold"),
        "earns_more": Tally("rows", when="earns_more"),
        "is_known": Tally("rows", when="is_known"),
        "incomes": Tally("values", "income"),
        "income": Tally("sum", "income"),
        "median": Tally("median", "income"),
    },
    asides=(
        Aside("numerator", _("Do both"), named("both")),
        *_RESPONSE,
        Aside("sold", _("Sold something"), named("sold")),
        Aside("earns_more", _("Earn more"), named("earns_more")),
        Aside("is_known", _("Are known for it"), named("is_known")),
        Aside("income_n", _("Said how much more"), named("incomes")),
        Aside("mean_income", _("Mean of added income (baht a month)"), mean_of("income", "incomes"), "decimal"),
        Aside("median_income", _("Median of added income (baht a month)"), to_cents("median"), "decimal"),
        Aside("sales", _("Sales (baht)"), to_cents("sales"), "decimal"),
    ),
)
