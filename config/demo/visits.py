"""Forms PT.11 of the demo: most submitted, one corrected, some still to be finished; and what schools proposed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from django.utils import timezone

from config.demo.accounts import Staff
from config.demo.calendar import STORY_DAY, State
from courses.models import Course, Spending
from offices.models import User
from offices.scoping import DEPARTMENT_EYES
from supervision.models import FormVersion, ProposedItem, Visit, VisitSpending
from supervision.part_one import part_one

VISITED: Final = 0.16
"""The share of taught courses that somebody came to see."""
LATER: Final = 0.4
"""The share of visits that came after the training, to see what became of it."""

FOUND: Final = {
    "1": ("จัดกิจกรรมตามแผนครบทุกหัวข้อ", "จัดตามแผน ปรับเวลาฝึกปฏิบัติเพิ่มหนึ่งชั่วโมง"),
    "2": ("สอดคล้องกับหลักสูตรและความต้องการของชุมชน", "สอดคล้องกัน เน้นฝึกปฏิบัติมากกว่าทฤษฎี"),
    "3": ("วัสดุอุปกรณ์ครบและปลอดภัย", "อุปกรณ์บางชิ้นต้องผลัดกันใช้"),
    "4": ("สาธิตทีละขั้น ตอบคำถามชัดเจน", "วิทยากรชำนาญ ใช้ภาษาถิ่นประกอบ เข้าใจง่าย"),
    "5": ("ผู้เรียนลงมือทำทุกคน ซักถามตลอด", "ผู้เรียนช่วยกันเป็นกลุ่ม มีการแลกเปลี่ยนประสบการณ์"),
    "6": ("อบต. สนับสนุนสถานที่", "กลุ่มแม่บ้านช่วยจัดหาวัตถุดิบในพื้นที่"),
    "7": ("มีแบบประเมินทั้งความรู้และผลงาน เหมาะสม", "สังเกตการปฏิบัติและตรวจผลงาน เหมาะสม"),
}
ADVICE: Final = {
    "3": "ควรจัดอุปกรณ์ให้พอกับจำนวนกลุ่ม",
    "5": "ควรให้ผู้เรียนฝึกคิดต้นทุนของตนเอง",
    "6": "ควรชวนร้านค้าชุมชนมาร่วมรับฝากขาย",
}
RECOMMENDED: Final = (
    "ควรต่อยอดเรื่องบรรจุภัณฑ์และช่องทางการจำหน่ายออนไลน์",
    "ควรรวมกลุ่มผู้เรียนเพื่อยื่นจดทะเบียนวิสาหกิจชุมชน",
    "ควรติดตามการนำความรู้ไปใช้ภายใน 30 วัน",
)
USED: Final = ("ผู้เรียนส่วนใหญ่ทำขายในหมู่บ้าน มีรายได้เพิ่ม", "นำไปใช้ในครัวเรือน ลดรายจ่ายได้จริง")
QUALITY: Final = ("ผลงานประณีต พร้อมจำหน่าย", "คุณภาพดี ควรปรับฉลากให้ครบถ้วน")
PROPOSED: Final = "ขอให้ดูความพร้อมของสถานที่ฝึกปฏิบัติ"
CORRECTED: Final = "ลงข้อนิเทศข้อ 3 ไม่ครบ"


def make_visits(courses: Iterable[Course], staff: Staff, rng: Random) -> None:
    """Visits to courses that stand in the database already: the first part of a form follows from their rows."""
    submitted: list[Visit] = []
    drafts: dict[int, Visit] = {}
    for course in courses:
        by = staff.superior_of(course.school)
        if course.status == State.RUNNING:
            if staff.at_school[course.school_id].has_usable_password() and course.school_id not in drafts:
                _propose(course, staff)
                drafts[course.school_id] = _draft(course, by, rng)
        elif course.status in Course.COUNTED_STATES and rng.random() < VISITED:
            clerk = staff.at_school[course.school_id]
            submitted.append(_submitted(course, by, clerk, rng))
    Visit.objects.bulk_create([*submitted, *drafts.values()])
    _correction(submitted[0]).save()
    _tell_what_journeys_served(submitted)


def _tell_what_journeys_served(visits: Iterable[Visit]) -> None:
    """The journey that a province paid for, at the visits that it made in the month before."""
    journeys = Spending.objects.visible_to(DEPARTMENT_EYES).filter(purpose=Spending.Purpose.SUPERVISION)
    found = {journey.province_id: journey for journey in journeys.filter(province__isnull=False)}
    served = []
    for visit in visits:
        journey = found.get(visit.office_id)
        if journey and timedelta(0) <= journey.spent_on - visit.visited_on <= timedelta(days=30):
            facts = {"province_id": journey.province_id, "added_by": visit.created_by}
            served.append(VisitSpending(visit=visit, spending=journey, **facts))
    VisitSpending.objects.bulk_create(served)


def _propose(course: Course, staff: Staff) -> None:
    clerk = staff.at_school[course.school_id]
    ProposedItem.objects.create(school=course.school, course=course, text=PROPOSED, proposed_by=clerk)


def _blank(course: Course, by: User, stage: str, day: date) -> Visit:
    return Visit(
        school=course.school,
        course=course,
        office=by.province,
        form=FormVersion.objects.valid_on(day),
        stage=stage,
        visited_on=day,
        supervisor_name=by.name,
        supervisor_position=by.position,
        created_by=by,
    )


def _draft(course: Course, by: User, rng: Random) -> Visit:
    """Begun on the spot, with the first items written down."""
    visit = _blank(course, by, Visit.Stage.DURING, STORY_DAY)
    visit.answers = {number: {"found": rng.choice(FOUND[number]), "advice": ""} for number in ("1", "2", "3")}
    return visit


def _submitted(course: Course, by: User, clerk: User, rng: Random) -> Visit:
    afterwards = course.ends_on + timedelta(days=rng.randint(30, 60))
    if rng.random() < LATER and afterwards < STORY_DAY:
        visit = _blank(course, by, Visit.Stage.AFTER, afterwards)
        visit.knowledge_use, visit.product_quality = rng.choice(USED), rng.choice(QUALITY)
    else:
        length = (course.ends_on - course.starts_on).days
        day = course.starts_on + timedelta(days=rng.randint(0, length))
        visit = _blank(course, by, Visit.Stage.DURING, day)
    visit.answers = {number: _answer(number, rng) for number in FOUND}
    visit.recommendations = rng.choice(RECOMMENDED)
    visit.internal = [{"name": clerk.name, "position": clerk.position}]
    evening = time(rng.randint(15, 18), rng.randint(0, 59))
    _sign(visit, by, timezone.make_aware(datetime.combine(visit.visited_on, evening)))
    return visit


def _answer(number: str, rng: Random) -> dict[str, str]:
    advice = ADVICE.get(number, "") if rng.random() < 0.5 else ""
    return {"found": rng.choice(FOUND[number]), "advice": advice}


def _correction(visit: Visit) -> Visit:
    """The next day, with what was forgotten."""
    by = visit.created_by
    again = _blank(visit.course, by, visit.stage, visit.visited_on)
    for name in Visit.WRITTEN:
        setattr(again, name, getattr(visit, name))
    again.answers = {**visit.answers, "3": {**visit.answers["3"], "advice": ADVICE["3"]}}
    again.replaces, again.edition, again.correction_reason = visit, 2, CORRECTED
    _sign(again, by, visit.submitted_at + timedelta(days=1))  # type: ignore[arg-type,operator]  # it is submitted
    return again


def _sign(visit: Visit, by: User, moment: datetime) -> None:
    visit.part_one = part_one(visit, DEPARTMENT_EYES).as_json()
    visit.status, visit.submitted_by, visit.submitted_at = Visit.Status.SUBMITTED, by, moment
