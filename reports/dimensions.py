"""By what the figures about people are broken down (Letter §5, Form 13): each rule once, over enrolments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.db.models import CharField, F, Func, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.models import Course, Curriculum
from offices.models import CourseType
from offices.thai.dates import month_and_year
from reports.breakdowns import Dimension, Groups, Part, Partition, View
from trainees.ages import age_band_case
from trainees.models.facts import TARGET_GROUPS, AgeBand, Education, Occupation, PolicyGroup, Sex
from trainees.policy import POLICY_Q


def _choices(choices: Any) -> Callable[[View], list[Part]]:
    return lambda view: [Part(code, label) for code, label in choices.choices]


def _month(day: str) -> Func:
    return Func(F(day), Value("YYYY-MM"), function="TO_CHAR", output_field=CharField())


def _place(day: str) -> Callable[[View], Combinable]:
    def expression(view: View) -> Combinable:
        place = view.office.place_of(view.user, day)
        if place is None:
            raise ValueError(f"{view.office} has no parts.")
        return place

    return expression


SEX = Partition("sex", _("Sex"), _choices(Sex), lambda view: F("trainee__sex"))
AGE = Partition("age_band", _("Age on the first course day"), _choices(AgeBand), lambda view: age_band_case())
TARGET_GROUP = Groups(
    "target_group",
    _("Target group"),
    {fact.value: Q(facts__contains=[fact.value]) for fact in TARGET_GROUPS},
    {fact.value: fact.label for fact in TARGET_GROUPS},
)
POLICY_GROUP = Groups(
    "policy_group",
    _("Policy group of the letter"),
    {group.value: POLICY_Q[group] for group in PolicyGroup},
    {group.value: group.label for group in PolicyGroup},
)
EDUCATION = Partition("education", _("Education"), _choices(Education), lambda view: F("education"))
OCCUPATION = Partition("occupation", _("Occupation"), _choices(Occupation), lambda view: F("occupation"))
COURSE_TYPE = Partition(
    "course_type", _("Course type"), _choices(CourseType.Kind), lambda view: F("course__course_type__kind")
)
TRADE_GROUP = Partition(
    "trade_group",
    _("Trade group"),
    _choices(Curriculum.TradeGroup),
    lambda view: F("course__curriculum__trade_group"),
)
SKILL_PURPOSE = Partition(
    "skill_purpose",
    _("Skill purpose"),
    _choices(Course.SkillPurpose),
    lambda view: Coalesce(NullIf("skill_purpose", Value("")), F("course__skill_purpose")),
)
PLACE: Final = "place"


def _by_place(day: str) -> Partition:
    """The parts of the office; `day` is the course's column that decides whose a row is."""
    return Partition(
        PLACE,
        _("Province or school"),
        lambda view: [Part(place.code, place.name, place.office) for place in view.places],
        _place(f"course__{day}"),
        of_courses=_place(day),
        applies=lambda view: view.office.place_of(view.user, day) is not None,
    )


def _by_month(day: str, label: str | Promise) -> Partition:
    return Partition(
        "month",
        label,
        lambda view: [Part(f"{each:%Y-%m}", month_and_year(each)) for each in view.period.months],
        lambda view: _month(f"course__{day}"),
        of_courses=lambda view: _month(day),
    )


WHOEVER: Final[tuple[Dimension, ...]] = (
    SEX, AGE, TARGET_GROUP, POLICY_GROUP, EDUCATION, OCCUPATION, COURSE_TYPE, TRADE_GROUP, SKILL_PURPOSE,
)  # fmt: skip
BY_FIRST_DAY: Final[tuple[Dimension, ...]] = (
    *WHOEVER,
    _by_place("starts_on"),
    _by_month("starts_on", _("Month of the first course day")),
)
BY_LAST_DAY: Final[tuple[Dimension, ...]] = (
    *WHOEVER,
    _by_place("ends_on"),
    _by_month("ends_on", _("Month of the last course day")),
)
