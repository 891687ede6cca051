"""By what figures are broken down (Letter §5, Form 13): each rule once, over enrolments, products and others.

Over enrolments a person's facts are a partition or overlapping groups. Over a product, a channel or a part in a
fair they are those of the people behind it, so they overlap.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, BooleanField, CharField, F, Func, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.models import Course, Curriculum
from offices.models import CourseType
from offices.thai.dates import month_and_year
from reports.breakdowns import Dimension, Groups, Part, Partition, View, behind, by_conditions
from reports.offices import OFFICES
from trainees.ages import age_band_case
from trainees.models import ContestEntry, Enrolment, Exhibit, Maker, Offer
from trainees.models.facts import TARGET_GROUPS, AgeBand, Education, Occupation, PolicyGroup, Sex
from trainees.policy import POLICY_Q

PLACE: Final = "place"
MONTH: Final = "month"


def _choices(choices: Any) -> Callable[[View], list[Part]]:
    return lambda view: [Part(code, label) for code, label in choices.choices]


def _column(path: str) -> Callable[[View], Combinable]:
    return lambda view: F(path)


# Of a person on a course.
SEX = Partition("sex", _("Sex"), _choices(Sex), _column("trainee__sex"))
AGE = Partition("age_band", _("Age on the first course day"), _choices(AgeBand), lambda view: age_band_case())
TARGET_GROUP = Groups(
    "target_group",
    _("Target group"),
    lambda view: [Part(fact.value, fact.label) for fact in TARGET_GROUPS],
    lambda view: by_conditions({fact.value: Q(facts__contains=[fact.value]) for fact in TARGET_GROUPS}),
)
POLICY_GROUP = Groups(
    "policy_group",
    _("Policy group of the letter"),
    _choices(PolicyGroup),
    lambda view: by_conditions({group.value: POLICY_Q[group] for group in PolicyGroup}),
)
EDUCATION = Partition("education", _("Education"), _choices(Education), _column("education"))
OCCUPATION = Partition("occupation", _("Occupation"), _choices(Occupation), _column("occupation"))
OF_PEOPLE: Final[tuple[Dimension, ...]] = (SEX, AGE, TARGET_GROUP, POLICY_GROUP, EDUCATION, OCCUPATION)


def _of_courses(*courses: str) -> tuple[Partition, Partition, Partition]:
    """Type, trade group and skill purpose of the course, the first of these paths that leads to one."""

    def first(column: str) -> Callable[[View], Combinable]:
        paths = [F(f"{course}__{column}") for course in courses]
        return lambda view: Coalesce(*paths) if len(paths) > 1 else paths[0]

    return (
        Partition("course_type", _("Course type"), _choices(CourseType.Kind), first("course_type__kind")),
        Partition(
            "trade_group", _("Trade group"), _choices(Curriculum.TradeGroup), first("curriculum__trade_group")
        ),
        Partition("skill_purpose", _("Skill purpose"), _choices(Course.SkillPurpose), first("skill_purpose")),
    )


COURSE_TYPE, TRADE_GROUP, _COURSES_PURPOSE = _of_courses("course")
SKILL_PURPOSE = Partition(
    "skill_purpose",
    _("Skill purpose"),
    _choices(Course.SkillPurpose),
    lambda view: Coalesce(NullIf("skill_purpose", Value("")), F("course__skill_purpose")),
)
"""A person's own purpose on a course, where it differs from the course's."""


def by_place(day: str, of_basis: str = "", *, offices: bool = False) -> Partition:
    """The parts of the office; `day` leads to the day that decides whose a row is. `offices`: rows of offices."""

    def place(path: str) -> Callable[[View], Combinable]:
        return lambda view: view.office.place_of(view.user, path, offices=offices)

    def listed(view: View) -> list[Part]:
        own = [Part(OFFICES, view.office.name)] if offices else []
        return [*(Part(place.code, place.name, place.office) for place in view.places), *own]

    return Partition(
        PLACE,
        _("Province or school"),
        listed,
        place(day),
        of_basis=place(of_basis) if of_basis else None,
        is_for=lambda view: view.office.has_parts,
    )


def _month(path: str) -> Callable[[View], Combinable]:
    return lambda view: Func(F(path), Value("YYYY-MM"), function="TO_CHAR", output_field=CharField())


def _months(view: View) -> list[Part]:
    return [Part(f"{each:%Y-%m}", month_and_year(each)) for each in view.period.months]


def by_month(day: str, label: str | Promise, of_basis: str = "") -> Partition:
    return Partition(MONTH, label, _months, _month(day), of_basis=_month(of_basis) if of_basis else None)


def _months_open(view: View) -> Combinable:
    """The months of the period in which something was open for at least one day."""
    conditions = {}
    for month in view.period.months:
        following = month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)
        still = Q(closed_on=None) | Q(closed_on__gte=month)
        conditions[f"{month:%Y-%m}"] = Q(opened_on__lt=following) & still
    return by_conditions(conditions)


# The people and courses behind other rows.
def _makers(view: View) -> QuerySet:
    return Enrolment.objects.visible_to(view.user).filter(made__product=OuterRef("pk"))


def _makers_of_offers(view: View) -> QuerySet:
    return Enrolment.objects.visible_to(view.user).filter(
        made__product__offers__channel=OuterRef("pk"),
        made__product__binned_at=None,
        made__product__course__binned_at=None,
    )


def offers_behind(view: View) -> QuerySet:
    return Offer.objects.visible_to(view.user).filter(channel=OuterRef("pk"))


def _people_shown(view: View) -> QuerySet:
    """Of an office's part in a fair: whose products were shown, and who was in a contest, of its school."""
    fair, school = OuterRef(OuterRef("fair")), OuterRef(OuterRef("school"))
    entries = ContestEntry.objects.visible_to(view.user)
    makers = Maker.objects.visible_to(view.user).filter(product__binned_at=None, school=school)
    entrants = entries.filter(fair=fair, school=school, enrolment__isnull=False)
    shown = makers.filter(product__exhibits__fair=fair)
    entered = makers.filter(product__contest_entries__fair=fair)
    return Enrolment.objects.visible_to(view.user).filter(_any_of(entrants, shown, entered))


def _any_of(*rows: QuerySet) -> Combinable:
    """The enrolments that one of these rows names: few, so they are looked up by their keys and not looked for."""
    several: list[Combinable] = [ArraySubquery(each.order_by().values("enrolment")) for each in rows]
    keys = reduce(_and, several)
    return Func(F("pk"), keys, template="(%(expressions)s))", arg_joiner=" = ANY(", output_field=BooleanField())


def _and(some: Combinable, more: Combinable) -> Combinable:
    return Func(some, more, function="ARRAY_CAT", output_field=ArrayField(BigIntegerField()))


def exhibits_behind(view: View) -> QuerySet:
    return Exhibit.objects.visible_to(view.user).filter(fair=OuterRef("fair"), school=OuterRef("school"))


FIRST_DAY_MONTH: Final = _("Month of the first course day")
LAST_DAY_MONTH: Final = _("Month of the last course day")

WHOEVER: Final[tuple[Dimension, ...]] = (*OF_PEOPLE, COURSE_TYPE, TRADE_GROUP, SKILL_PURPOSE)
BY_FIRST_DAY: Final[tuple[Dimension, ...]] = (
    *WHOEVER,
    by_place("course__starts_on", "starts_on"),
    by_month("course__starts_on", FIRST_DAY_MONTH, "starts_on"),
)
BY_LAST_DAY: Final[tuple[Dimension, ...]] = (
    *WHOEVER,
    by_place("course__ends_on", "ends_on"),
    by_month("course__ends_on", LAST_DAY_MONTH, "ends_on"),
)
OF_PRODUCTS: Final[tuple[Dimension, ...]] = (
    *(behind(each, _makers) for each in OF_PEOPLE),
    COURSE_TYPE,
    TRADE_GROUP,
    _COURSES_PURPOSE,
    by_place("decided_on"),
    by_month("decided_on", _("Month of the assessment")),
)
OF_CHANNELS: Final[tuple[Dimension, ...]] = (
    *(behind(each, _makers_of_offers) for each in OF_PEOPLE),
    *(behind(each, offers_behind) for each in _of_courses("product__course")),
    by_place("decided_on"),
    Groups(MONTH, _("Months in which it was open"), _months, _months_open),
)
OF_FAIRS: Final[tuple[Dimension, ...]] = (
    *(behind(each, _people_shown) for each in OF_PEOPLE),
    *(behind(each, exhibits_behind) for each in _of_courses("course", "product__course")),
    by_place("fair__starts_on", offices=True),
    by_month("fair__starts_on", _("Month of the first day of the fair")),
)
