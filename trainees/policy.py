"""The letter's policy groups (§3): derived from age, address and one set of ticks, never asked twice.

The groups overlap: a total over them counts a person once.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.db.models import Q
from django.db.models.lookups import GreaterThanOrEqual, Range

from offices.models import AreaGroup, Subdistrict
from trainees.ages import age_expression
from trainees.models.facts import Fact, PolicyGroup

WORKING_FROM: Final = 15
ELDERLY_FROM: Final = 60

BY_FACT: Final[dict[PolicyGroup, Fact]] = {
    PolicyGroup.DISABLED: Fact.DISABLED,
    PolicyGroup.OUT_OF_SCHOOL_YOUTH: Fact.OUT_OF_SCHOOL_YOUTH,
    PolicyGroup.PRISON: Fact.PRISONER,
    PolicyGroup.CONSCRIPT: Fact.CONSCRIPT,
    PolicyGroup.WELFARE_CARD: Fact.WELFARE_CARD,
    PolicyGroup.OTHER: Fact.OTHER_GROUP,
}

BY_AREA: Final[dict[PolicyGroup, str]] = {
    PolicyGroup.SOUTHERN_BORDER: AreaGroup.Code.SOUTHERN_BORDER,
    PolicyGroup.EASTERN_DEVELOPMENT: AreaGroup.Code.EASTERN_DEVELOPMENT,
    PolicyGroup.SPECIAL_ECONOMIC: AreaGroup.Code.SPECIAL_ECONOMIC,
}


def policy_groups(facts: Iterable[str], age: int | None, subdistrict: Subdistrict | None) -> set[PolicyGroup]:
    """The groups of a person with these ticks, of this age, living there."""
    ticked = set(facts)
    groups = {group for group, fact in BY_FACT.items() if fact in ticked}
    if age is not None and age >= WORKING_FROM:
        groups.add(PolicyGroup.WORKING_AGE if age < ELDERLY_FROM else PolicyGroup.ELDERLY)
    if subdistrict is not None:
        here = Q(districts=subdistrict.district_id) | Q(provinces=subdistrict.district.province_id)
        codes = set(AreaGroup.objects.filter(here).values_list("code", flat=True))
        groups |= {group for group, code in BY_AREA.items() if code in codes}
    return groups


def _in_area(code: str) -> Q:
    districts = AreaGroup.districts.through._default_manager.filter(areagroup=code).values("district")
    provinces = AreaGroup.provinces.through._default_manager.filter(areagroup=code).values("province")
    return Q(subdistrict__district__in=districts) | Q(subdistrict__district__province__in=provinces)


POLICY_Q: Final[dict[PolicyGroup, Q]] = {
    PolicyGroup.WORKING_AGE: Q(Range(age_expression(), (WORKING_FROM, ELDERLY_FROM - 1))),
    PolicyGroup.ELDERLY: Q(GreaterThanOrEqual(age_expression(), ELDERLY_FROM)),
    **{group: Q(facts__contains=[fact.value]) for group, fact in BY_FACT.items()},
    **{group: _in_area(code) for group, code in BY_AREA.items()},
}
"""The same rule over enrolments: the age on the first course day, the ticks and address of the application."""
