"""The demo's fairs: the department's, held; a province's; one without days; one that the rain took away."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING, Final

from config.demo import DEMO_YEAR
from config.demo.places import HIGHLAND, LIVELY_PROVINCES, SOUTHERN
from courses.fairs import names_offered
from courses.models import Course, Fair, FairPart
from offices.models import School
from offices.scoping import DEPARTMENT_EYES
from trainees.models import ContestEntry, Enrolment, Exhibit, Product

if TYPE_CHECKING:
    from config.demo.load import SchoolLife

SEED: Final = "งานมหกรรม"
EVENT: Final = Decimal(60_000)
TENTS: Final = Decimal(25_000)
"""What who organises a fair means to spend on it, by the rule of events and by that of procurement."""
SHARE_OF_SCHOOLS: Final = 0.5
MOST_SHOWN: Final = 3
CONTESTS: Final = ("ประกวดบรรจุภัณฑ์ชุมชน", "ประกวดขนมไทยโบราณ", "ประกวดผ้าทอพื้นเมือง", "แข่งขันทักษะอาชีพ")
RESULTS: Final = ("ชนะเลิศ", "รองชนะเลิศอันดับ 1", "รองชนะเลิศอันดับ 2", "ชมเชย", "")

_PLANNED, _HELD, _CANCELLED = Fair.Status.PLANNED, Fair.Status.HELD, Fair.Status.CANCELLED


def tell(lives: list[SchoolLife]) -> None:
    rng = Random(SEED)  # noqa: S311 (play, not secrets)
    fairs = _fairs()
    parts = [FairPart(fair=fair, province_id=fair.organiser_id, role=FairPart.Role.ORGANISES) for fair in fairs]
    shown: list[tuple[Fair, SchoolLife]] = []
    for fair in fairs:
        if not fair.organiser_id:
            parts += [FairPart(fair=fair, province_id=province) for province in LIVELY_PROVINCES]
        for life in lives:
            if _may_join(life.offer.school, fair) and rng.random() < SHARE_OF_SCHOOLS:
                parts.append(FairPart(fair=fair, school=life.offer.school))
                shown.append((fair, life))
    for part in parts:
        _tell_of(part, rng)
        if part.organises:
            part.planned_event, part.planned_procurement = EVENT, TENTS
    FairPart.objects.bulk_create(parts)
    _show([(fair, life) for fair, life in shown if fair.status == _HELD], rng)


def _fairs() -> list[Fair]:
    letters, printed_otherwise, *_lately = names_offered()
    facts = (
        (letters, None, _HELD, date(2026, 3, 20), date(2026, 3, 22), "ลานกลางเมืองสมมุติ", ""),
        ("กาดหมั้วอาชีพ สกร.เชียงใหม่", HIGHLAND, _HELD, date(2026, 7, 10), date(2026, 7, 12), "ข่วงสมมุติ", ""),
        ("ออกร้านงานกาชาดจังหวัด", SOUTHERN, _CANCELLED, None, None, "", "น้ำท่วมพื้นที่จัดงาน"),
        (printed_otherwise, None, _PLANNED, None, None, "", ""),
    )
    made = [
        Fair(
            name=name,
            fiscal_year_id=DEMO_YEAR if status != _PLANNED else DEMO_YEAR + 1,
            organiser_id=organiser,
            starts_on=first,
            ends_on=last,
            place=place,
            status=status,
            status_reason=reason,
        )
        for name, organiser, status, first, last, place, reason in facts
    ]
    return Fair.objects.bulk_create(made)


def _may_join(school: School, fair: Fair) -> bool:
    """A province's fair is joined by its own schools, the department's by all."""
    here = school.district.province_id if school.district else None
    return not fair.organiser_id or here == fair.organiser_id


def _tell_of(part: FairPart, rng: Random) -> None:
    """Most offices count; some do not, and that is no zero."""
    if part.fair.status != _HELD or rng.random() < 0.15:
        return
    part.visitors = rng.randint(2_000, 9_000) if part.organises else rng.randint(40, 600)
    if part.school_id:
        part.sales = Decimal(rng.randint(0, 900) * 20)


def _show(shown: list[tuple[Fair, SchoolLife]], rng: Random) -> None:
    """Products where there are any, courses, and contests."""
    exhibits, entries = [], []
    for fair, life in shown:
        school = life.offer.school
        products = list(Product.objects.visible_to(DEPARTMENT_EYES).filter(school=school).order_by("pk"))
        courses = [course for course in life.offer.courses if course.status in Course.FINISHED_STATES]
        for product in rng.sample(products, min(len(products), MOST_SHOWN)):
            exhibits.append(Exhibit(school=school, fair=fair, product=product))
        for course in rng.sample(courses, min(len(courses), 1)):
            exhibits.append(Exhibit(school=school, fair=fair, course=course))
            entries += _entries(fair, course, life, rng)
    Exhibit.objects.bulk_create(exhibits)
    ContestEntry.objects.bulk_create(entries)


def _entries(fair: Fair, course: Course, life: SchoolLife, rng: Random) -> list[ContestEntry]:
    came = [each for each in life.rosters.enrolments if each.course is course and _stayed(each)]
    return [
        ContestEntry(
            school_id=course.school_id,
            fair=fair,
            contest=rng.choice(CONTESTS),
            enrolment=enrolment,
            result=rng.choice(RESULTS),
        )
        for enrolment in rng.sample(came, min(len(came), 1))
    ]


def _stayed(enrolment: Enrolment) -> bool:
    return enrolment.status == Enrolment.Status.ENROLLED and enrolment.first_attended_on is not None
