"""The demo's partners: a register for each lively province, one of the department, and what they do."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Final, NamedTuple

from config.demo.places import BANGKOK, HIGHLAND, SOUTHERN
from courses.models import CoDesigner, Course, CoursePartner, Curriculum, Partner

if TYPE_CHECKING:
    from config.demo.load import SchoolLife

SEED: Final = "ภาคีเครือข่าย"
SHARE_OF_COURSES: Final = 0.4
SHARE_OF_CURRICULA: Final = 0.25

_KIND = Partner.Kind
_ROLE = CoursePartner.Role


class Agency(NamedTuple):
    """An invented agency, and what such an agency does."""

    name: str
    kind: str
    roles: tuple[str, ...]


_EVERYWHERE: Final = (
    Agency("สำนักงานพัฒนาชุมชนจังหวัดสมมุติ", _KIND.PUBLIC, (_ROLE.PRODUCT, _ROLE.SALES)),
    Agency("สำนักงานพัฒนาฝีมือแรงงานสมมุติ", _KIND.PUBLIC, (_ROLE.CURRICULUM, _ROLE.INSTRUCTOR)),
    Agency("วิทยาลัยเทคนิคตัวอย่าง", _KIND.SCHOOL, (_ROLE.INSTRUCTOR, _ROLE.CURRICULUM, _ROLE.VENUE)),
    Agency("หอการค้าจังหวัดสมมุติ", _KIND.PRIVATE, (_ROLE.SALES, _ROLE.TRAINING)),
)
_BY_PROVINCE: Final = {
    HIGHLAND: (
        Agency("องค์การบริหารส่วนตำบลดอยสมมุติ", _KIND.LOCAL, (_ROLE.BUDGET, _ROLE.VENUE)),
        Agency("เทศบาลตำบลทุ่งนิทาน", _KIND.LOCAL, (_ROLE.VENUE, _ROLE.BUDGET)),
        Agency("โรงแรมดอยละคร", _KIND.PRIVATE, (_ROLE.WORKPLACE, _ROLE.SALES)),
        Agency("บริษัท กาแฟดอยจำลอง จำกัด", _KIND.INDUSTRY, (_ROLE.WORKPLACE, _ROLE.INSTRUCTOR)),
        Agency("วิสาหกิจชุมชนผ้าทอบ้านนวนิยาย", _KIND.CIVIL, (_ROLE.INSTRUCTOR, _ROLE.PRODUCT)),
        Agency("โรงพยาบาลส่งเสริมสุขภาพตำบลสมมุติ", _KIND.PUBLIC, (_ROLE.WORKPLACE, _ROLE.INSTRUCTOR)),
    ),
    SOUTHERN: (
        Agency("เทศบาลเมืองท่าสมมุติ", _KIND.LOCAL, (_ROLE.BUDGET, _ROLE.VENUE)),
        Agency("สหกรณ์ประมงอ่าวนิทาน", _KIND.CIVIL, (_ROLE.TRAINING, _ROLE.SALES)),
        Agency("บริษัท ยางพาราจำลอง จำกัด", _KIND.INDUSTRY, (_ROLE.WORKPLACE, _ROLE.BUDGET)),
        Agency("กลุ่มสตรีบ้านทะเลละคร", _KIND.CIVIL, (_ROLE.INSTRUCTOR, _ROLE.PRODUCT)),
        Agency("มัสยิดบ้านตัวอย่าง", _KIND.CIVIL, (_ROLE.VENUE,)),
    ),
    BANGKOK: (
        Agency("ชุมชนริมคลองสมมุติ", _KIND.CIVIL, (_ROLE.VENUE, _ROLE.TRAINING)),
        Agency("ห้างสรรพสินค้ากลางเมืองนิทาน", _KIND.PRIVATE, (_ROLE.SALES, _ROLE.BUDGET)),
        Agency("มหาวิทยาลัยตัวอย่าง", _KIND.SCHOOL, (_ROLE.CURRICULUM, _ROLE.PRODUCT)),
    ),
    None: (
        Agency("สมาคมช่างฝีมือสมมุติ", _KIND.CIVIL, (_ROLE.INSTRUCTOR, _ROLE.CURRICULUM)),
        Agency("นิคมอุตสาหกรรมจำลอง", _KIND.INDUSTRY, (_ROLE.WORKPLACE, _ROLE.BUDGET)),
    ),
}
_DESIGNED: Final = ("เสนอเนื้อหาและชั่วโมงฝึกปฏิบัติ", "ร่วมเขียนเกณฑ์การประเมิน", "ตรวจหลักสูตรให้ตรงกับงานจริง")


def tell(lives: list[SchoolLife]) -> None:
    rng = Random(SEED)  # noqa: S311 (play, not secrets)
    registers = _registers(rng)
    parts, designers = [], []
    for life in lives:
        school = life.offer.school
        register = registers[school.district.province_id if school.district else None]
        for course in life.offer.courses:
            if course.status != Course.Status.CANCELLED and rng.random() < SHARE_OF_COURSES:
                parts += _parts(course, register, rng)
        for curriculum in life.offer.curricula.values():
            if rng.random() < SHARE_OF_CURRICULA:
                designers.append(_designer(curriculum, register, rng))
    CoursePartner.objects.bulk_create(parts)
    CoDesigner.objects.bulk_create(designers)


Register = list[tuple[Partner, Agency]]


def _registers(rng: Random) -> dict[str | None, Register]:
    """A register for each province with life in it, and the department's own."""
    found: dict[str | None, Register] = {}
    for province, agencies in _BY_PROVINCE.items():
        known = agencies if province is None else (*_EVERYWHERE, *agencies)
        found[province] = [(_partner(agency, province, rng), agency) for agency in known]
        Partner.objects.bulk_create(partner for partner, _agency in found[province])
    return found


def _partner(agency: Agency, province: str | None, rng: Random) -> Partner:
    return Partner(
        province_id=province,
        name=agency.name,
        kind=agency.kind,
        address=f"เลขที่ {rng.randint(1, 199)} หมู่ที่ {rng.randint(1, 12)}",
        contact="ฝ่ายประชาสัมพันธ์",
    )


def _parts(course: Course, register: Register, rng: Random) -> list[CoursePartner]:
    chosen = rng.sample(register, min(len(register), rng.randint(1, 2)))
    return [
        CoursePartner(school_id=course.school_id, course=course, partner=partner, role=rng.choice(agency.roles))
        for partner, agency in chosen
    ]


def _designer(curriculum: Curriculum, register: Register, rng: Random) -> CoDesigner:
    partner, _agency = rng.choice(register)
    return CoDesigner(
        school_id=curriculum.school_id, curriculum=curriculum, partner=partner, role=rng.choice(_DESIGNED)
    )
