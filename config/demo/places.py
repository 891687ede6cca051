"""Every province an office, every district a school, and one school that answers to the department directly."""

from __future__ import annotations

from typing import Final

from offices.models import District, Membership, School
from offices.scoping import DEPARTMENT_EYES

LIVELY_PROVINCES: Final = ("50", "90", "10")
BANGKOK: Final = "10"
HIGHLAND: Final = "50"
SOUTHERN: Final = "90"
OUR_DISTRICT: Final = "5007"
OUR_SCHOOL: Final = "1250070000"
SISTER_SCHOOL: Final = "1250010000"
ATTACHED_CODE: Final = "DEMO-ATTACHED-1"
ATTACHED_NAME: Final = "ศฝช.ทุ่งแสงสมมุติ"


def school_code(district: str) -> str:
    """The legacy code of a district's school."""
    return f"12{district}0000"


def school_name(district: District) -> str:
    if district.province_id == BANGKOK:
        return f"สกร.ระดับเขต{district.name_th.removeprefix('เขต')}"
    return f"สกร.ระดับอำเภอ{district.name_th}"


def make_schools() -> None:
    """The schools that are missing, with their province; those that exist stay as they are."""
    known = set(School.objects.visible_to(DEPARTMENT_EYES).values_list("code", flat=True))
    districts = [d for d in District.objects.all() if school_code(d.code) not in known]
    schools = School.objects.bulk_create(
        School(code=school_code(district.code), name=school_name(district), district=district)
        for district in districts
    )
    Membership.objects.bulk_create(
        Membership(school=school, province_id=district.province_id)
        for school, district in zip(schools, districts, strict=True)
    )
    if ATTACHED_CODE not in known:
        School.objects.create(code=ATTACHED_CODE, name=ATTACHED_NAME, kind=School.Kind.ATTACHED)


def lively_schools() -> list[School]:
    """The schools that get courses and people, province by province; the attached one comes last."""
    visible = School.objects.visible_to(DEPARTMENT_EYES).select_related("district")
    of_districts = visible.filter(district__province__in=LIVELY_PROVINCES).order_by("code")
    return [*of_districts, visible.get(code=ATTACHED_CODE)]
