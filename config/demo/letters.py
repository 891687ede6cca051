"""Who signs for the demo's offices, how their numbers look, and a few circulars in different states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO
from random import Random
from typing import Any, Final, Protocol

from config.demo import DEMO_YEAR, names
from config.demo.calendar import STORY_DAY
from config.demo.places import HIGHLAND, LIVELY_PROVINCES, OUR_SCHOOL, SOUTHERN
from documents.files import keep
from documents.models import Circular, Delivery, Enclosure
from documents.renderers import RENDERERS
from documents.tables import Book, Column, Stamp, Table
from offices.models import Membership, NumberSeries, Province, School, Signer, User
from offices.scoping import DEPARTMENT_EYES
from offices.thai.dates import BANGKOK, fiscal_year_bounds, fiscal_year_of

SINCE: Final = date(2020, 10, 1)
OPENED: Final = 0.8
ANSWERED: Final = 0.7


class Life(Protocol):
    """As much of a school's life as is needed here."""

    offer: Any


@dataclass(frozen=True)
class Letter:
    """A circular and where it went; `passed_on` are the provinces that have passed it on already."""

    subject: str
    dated_on: date
    urgency: str
    number: str
    due_in: int = 0
    provinces: Sequence[str] | None = None
    passed_on: Sequence[str] = ()
    note: str = ""
    answered: float = ANSWERED
    enclosed: str = ""
    withdrawn: str = ""
    is_draft: bool = False


LETTERS: Final = (
    Letter(
        "แนวทางการดำเนินงานโครงการพัฒนาอาชีพชุมชน ปีงบประมาณใหม่",
        date(2026, 10, 12),
        "most_urgent",
        "ศธ 07005/ว 101",
        due_in=18,
        passed_on=LIVELY_PROVINCES,
        note="ขอให้แจ้งครูทุกคนและดำเนินการตามแนวทางอย่างเคร่งครัด",
        answered=0.85,
        enclosed="ปฏิทินการดำเนินงาน",
    ),
    Letter(
        "ขอให้ส่งแผนการจัดอบรมไตรมาสที่ 1",
        date(2026, 11, 2),
        "urgent",
        "ศธ 07005/ว 114",
        due_in=10,
        passed_on=(HIGHLAND,),
        withdrawn="แบบฟอร์มที่ส่งมาด้วยไม่ถูกต้อง จะแจ้งใหม่อีกครั้ง",
    ),
    Letter(
        "ขอเชิญร่วมจัดแสดงผลงานในงานมหกรรมวิชาการ สกร. สร้างอาชีพ สร้างรายได้",
        date(2026, 11, 18),
        "very_urgent",
        "ศธ 07005/ว 127",
        due_in=12,
        provinces=(HIGHLAND, SOUTHERN),
        passed_on=(HIGHLAND,),
        note="สถานศึกษาที่สนใจแจ้งชื่อผลงานที่จังหวัด",
        answered=0.3,
        enclosed="รายการที่จัดแสดง",
    ),
    Letter("กำหนดการประชุมทางไกลของผู้รับผิดชอบโครงการ", STORY_DAY, "normal", "", is_draft=True),
)


def tell(lives: Sequence[Life]) -> None:
    """Always the same, whatever happened in the chapters before."""
    schools = [life.offer.school for life in lives]
    rng = Random("demo letters")  # noqa: S311 (play, not secrets)
    Signer.objects.bulk_create([*_of_schools(schools, rng), *_of_offices_above(rng)])
    NumberSeries.objects.bulk_create(_numbers(schools))
    clerks = {life.offer.school.pk: life.offer.clerk for life in lives}
    officer = User.objects.get(username="department", is_demo=True)
    for letter in LETTERS:
        _send(letter, officer, clerks, rng)


def _of_schools(schools: Iterable[School], rng: Random) -> Iterator[Signer]:
    """Ours has a new director since the year began, who still acts for the one to come."""
    for school in schools:
        changed = school.code == OUR_SCHOOL
        began = fiscal_year_bounds(fiscal_year_of(STORY_DAY))[0]
        yield Signer(
            school=school,
            signs_as=Signer.Role.DIRECTOR,
            name=names.whole_name(rng),
            position=f"ผู้อำนวยการ {school.name}",
            starts_on=SINCE,
            ends_on=began - timedelta(days=1) if changed else None,
        )
        if changed:
            yield Signer(
                school=school,
                signs_as=Signer.Role.DIRECTOR,
                name=names.whole_name(rng),
                position="ครูชำนาญการพิเศษ",
                acting=Signer.Acting.FOR_OFFICER,
                acts_for=f"ผู้อำนวยการ {school.name}",
                starts_on=began,
            )
        yield Signer(
            school=school,
            signs_as=Signer.Role.RESPONSIBLE,
            name=names.whole_name(rng),
            position="ครู",
            starts_on=SINCE,
        )


def _of_offices_above(rng: Random) -> Iterator[Signer]:
    for code in LIVELY_PROVINCES:
        yield Signer(
            province_id=code,
            signs_as=Signer.Role.DIRECTOR,
            name=names.whole_name(rng),
            position="ผู้อำนวยการสำนักงาน",
            starts_on=SINCE,
        )
    yield Signer(signs_as=Signer.Role.DIRECTOR, name=names.whole_name(rng), position="อธิบดี", starts_on=SINCE)


def _numbers(schools: Iterable[School]) -> Iterator[NumberSeries]:
    kinds = NumberSeries.Kind
    yield NumberSeries(kind=kinds.LETTER, prefix="ศธ 07005/", begun_at=130, begun_in=DEMO_YEAR)
    yield NumberSeries(kind=kinds.LETTER, prefix="ศธ 07050/", province_id=HIGHLAND)
    for school in schools:
        if school.code == OUR_SCHOOL:
            yield NumberSeries(kind=kinds.LETTER, prefix="ศธ 07050.07/", school=school)
            yield NumberSeries(
                kind=kinds.CERTIFICATE,
                school=school,
                restarts=NumberSeries.Restart.FISCAL,
                digits=4,
                with_year=True,
            )


def _moment(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=BANGKOK)


def _send(letter: Letter, officer: User, clerks: dict[int, User], rng: Random) -> None:
    signer = Signer.objects.visible_to(DEPARTMENT_EYES).get(school=None, province=None)
    circular = Circular.objects.create(
        urgency=letter.urgency,
        number=letter.number,
        dated_on=letter.dated_on,
        subject=letter.subject,
        body=f"ด้วยกรมส่งเสริมการเรียนรู้ขอแจ้งเรื่อง{letter.subject}\n\nจึงเรียนมาเพื่อทราบและดำเนินการต่อไป",
        signer_name=signer.name,
        signer_position=signer.position,
        due_on=letter.dated_on + timedelta(days=letter.due_in) if letter.due_in else None,
        made_by=officer,
    )
    if letter.enclosed:
        _enclose(circular, letter.enclosed, officer)
    if letter.is_draft:
        return
    rows = Circular.objects.visible_to(officer).filter(pk=circular.pk)
    rows.update(status="sent", sent_by=officer, sent_at=_moment(letter.dated_on))
    Delivery.objects.bulk_create([*_to_provinces(circular, letter, officer)])
    Delivery.objects.bulk_create([*_to_schools(circular, letter, clerks, officer, rng)])
    if letter.withdrawn:
        rows.update(status="withdrawn", status_reason=letter.withdrawn)


def _enclose(circular: Circular, title: str, officer: User) -> None:
    rows = [["ตุลาคม", "เตรียมการและสำรวจความต้องการ"], ["พฤศจิกายน", "เปิดอบรม"], ["มีนาคม", "สรุปผล"]]
    columns = [Column("month", "เดือน"), Column("work", "กิจกรรม", width=40)]
    stamp = Stamp(as_of=_moment(circular.dated_on), by=officer.name, office=officer.place)
    renderer, file = RENDERERS["xlsx"], BytesIO()
    renderer.write(Book(title, stamp, [Table(title, columns, rows)]), file)
    Enclosure.objects.create(circular=circular, file=keep(officer, f"{title}.xlsx", file, renderer.content_type))


def _to_provinces(circular: Circular, letter: Letter, officer: User) -> Iterator[Delivery]:
    provinces = Province.objects.order_by("code")
    if letter.provinces is not None:
        provinces = provinces.filter(code__in=letter.provinces)
    people = {user.province_id: user for user in User.objects.filter(is_demo=True, province__isnull=False)}
    for province in provinces:
        somebody = people.get(province.pk)
        opened = somebody is not None and province.pk in letter.passed_on
        yield Delivery(
            circular=circular,
            province=province,
            sent_by=officer,
            sent_at=_moment(letter.dated_on),
            opened_by=somebody if opened else None,
            opened_at=_moment(letter.dated_on, 13) if opened else None,
        )


def _to_schools(
    circular: Circular, letter: Letter, clerks: dict[int, User], officer: User, rng: Random
) -> Iterator[Delivery]:
    """Those with people: of provinces that have passed it on, and the attached ones directly."""
    above = dict(Membership.objects.visible_to(DEPARTMENT_EYES).on(STORY_DAY).values_list("school", "province"))
    people = {user.province_id: user for user in User.objects.filter(is_demo=True, province__isnull=False)}
    for school, clerk in clerks.items():
        province = above.get(school)
        if province and province not in letter.passed_on:
            continue
        yield _received(letter, circular, clerk, province, people.get(province or "", officer), rng)


def _received(
    letter: Letter, circular: Circular, clerk: User, province: str | None, by: User, rng: Random
) -> Delivery:
    sent_at = _moment(letter.dated_on + timedelta(days=1 if province else 0))
    answered = rng.random() < letter.answered and clerk.username not in {"school", "attached"}
    opened = answered or rng.random() < OPENED
    read_at = min(sent_at + timedelta(hours=rng.randint(2, 200)), _moment(STORY_DAY))
    return Delivery(
        circular=circular,
        school_id=clerk.school_id,
        passed_on_by_id=province,
        note=letter.note if province else "",
        sent_by=by,
        sent_at=sent_at,
        opened_by=clerk if opened else None,
        opened_at=read_at if opened else None,
        acknowledged_by=clerk if answered else None,
        acknowledged_at=read_at if answered else None,
    )
