"""What an empty database needs before anybody can work: the lists of areas, and a first fiscal year."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction

from offices.models import AreaGroup, CourseType, FiscalYear
from offices.years import fill_new_year

FIRST_YEAR = 2569
# Letter §4.1: 3–9 hours for 6 people, 10 hours and more for 15.
FIRST_TYPES = (
    (CourseType.Kind.SHORT, Decimal(3), Decimal(9), 6),
    (CourseType.Kind.LONG, Decimal(10), None, 15),
)


@transaction.atomic
def ensure_reference_data() -> None:
    """Make what is missing. Area lists are shipped empty; a year that exists is nobody's business but people's."""
    missing = set(AreaGroup.Code.values) - set(AreaGroup.objects.values_list("code", flat=True))
    AreaGroup.objects.bulk_create([AreaGroup(code=code) for code in missing], ignore_conflicts=True)
    if not FiscalYear.objects.exists():
        year = FiscalYear.objects.create(year=FIRST_YEAR)
        CourseType.objects.bulk_create(
            CourseType(fiscal_year=year, kind=kind, least_hours=least, most_hours=most, group_size=size)
            for kind, least, most, size in FIRST_TYPES
        )
        fill_new_year(year, None)
