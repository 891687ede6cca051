"""The demo's projects, and who teaches: a register of instructors in the schools that one can sign in to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING, Final

from config.demo import DEMO_YEAR, names
from config.demo.calendar import STORY_DAY
from config.demo.places import ATTACHED_CODE, OUR_SCHOOL, SISTER_SCHOOL
from config.demo.trades import TRADES
from courses.models import Activity, Course, FoundBy, Instructor, Project, Teaching
from courses.secret_numbers import set_bank_account, set_national_id
from offices.models import School
from offices.thai.national_id import check_digit

if TYPE_CHECKING:
    from config.demo.load import SchoolLife

INSTRUCTORS: Final = {OUR_SCHOOL: 16, SISTER_SCHOOL: 12, ATTACHED_CODE: 12}
PROJECTS: Final = (
    ("โครงการพัฒนาอาชีพชุมชน", "เพื่อให้ประชาชนมีอาชีพและรายได้เพิ่มขึ้น"),
    ("โครงการอาชีพดิจิทัลเพื่อคนรุ่นใหม่", "เพื่อให้ประชาชนใช้เทคโนโลยีดิจิทัลสร้างรายได้"),
)
ACTIVITIES: Final = (
    ("สำรวจความต้องการและจัดทำหลักสูตร", "ต.ค.–พ.ย.", 6_000, 0),
    ("จัดฝึกอบรมอาชีพ", "พ.ย.–ส.ค.", 96_000, 1),
    ("นิเทศ ติดตาม และรายงานผล", "ม.ค.–ก.ย.", 12_000, 2),
)
BANKS: Final = ("กรุงไทย", "ออมสิน", "เพื่อการเกษตรและสหกรณ์การเกษตร")
JOBS: Final = ("เจ้าของร้าน", "ครูภูมิปัญญา", "ข้าราชการบำนาญ", "ประธานกลุ่มอาชีพ", "รับจ้าง", "เกษตรกร")
REFUSALS: Final = ("ติดราชการต่างจังหวัด", "ตรงกับงานบุญของหมู่บ้าน", "สุขภาพไม่อำนวย")
WAYS: Final = (
    [FoundBy.SURVEY], [FoundBy.FORUM], [FoundBy.FORUM, FoundBy.SURVEY], [FoundBy.GUIDANCE], [FoundBy.OTHER],
)  # fmt: skip


def prepare(lives: list[SchoolLife]) -> None:
    """What stands before the courses: their projects, and those who teach; how needs were found.

    Schools without a sign-in keep the names in words, as schools that have no register do.
    """
    for life in lives:
        rng = Random(f"teaching {life.offer.school.code}")  # noqa: S311 (play, not secrets)
        for course in life.offer.courses:
            course.needs_found = list(rng.choice(WAYS))
            course.needs_found_other = "ผู้นำชุมชนขอให้จัด" if FoundBy.OTHER in course.needs_found else ""
        if life.offer.school.code in INSTRUCTORS:
            _carry(life.offer.school, life.offer.courses, rng)
            life.teaching = _teach(_register(life, rng), life.offer.courses, rng)


def tell(lives: list[SchoolLife]) -> None:
    """Who teaches which course, once the courses are there."""
    Teaching.objects.bulk_create(row for life in lives for row in life.teaching)


def _carry(school: School, courses: Iterable[Course], rng: Random) -> None:
    """Two projects a year, with their activities, and the courses that belong to them."""
    for year in (DEMO_YEAR, DEMO_YEAR + 1):
        of_year = [course for course in courses if course.fiscal_year_id == year]
        projects = [_project(school, year, name, aim) for name, aim in PROJECTS]
        Project.objects.bulk_create(projects)
        Activity.objects.bulk_create(row for project in projects for row in _activities(project))
        for course in of_year:
            digital = course.curriculum.fit == course.curriculum.Fit.DIGITAL
            course.project = projects[digital] if rng.random() < 0.85 else None


def _project(school: School, year: int, name: str, aim: str) -> Project:
    return Project(
        school=school,
        fiscal_year_id=year,
        name=name,
        policy="นโยบายการสร้างอาชีพ สร้างรายได้ ของกรมส่งเสริมการเรียนรู้",
        rationale="ประชาชนในพื้นที่ต้องการมีรายได้เพิ่ม และมีภูมิปัญญาที่ต่อยอดเป็นอาชีพได้",
        aims=aim,
        targets="เชิงปริมาณ: ประชาชน 240 คน\nเชิงคุณภาพ: ผู้ผ่านการอบรมร้อยละ 60 นำความรู้ไปใช้",
        budget=Decimal(sum(amount for _title, _period, amount, _quarter in ACTIVITIES)),
        responsible="กลุ่มงานการศึกษาต่อเนื่อง",
        partners="องค์การบริหารส่วนตำบล พัฒนาชุมชน เกษตรอำเภอ",
        outcomes="ประชาชนมีอาชีพ มีรายได้เพิ่ม และรวมกลุ่มกันได้",
        output_indicators="ร้อยละ 80 ของผู้เรียนผ่านการอบรม",
        outcome_indicators="ร้อยละ 60 ของผู้ผ่านการอบรมมีรายได้เพิ่มขึ้น",
        evaluation="นิเทศระหว่างอบรม และติดตามหลังจบ 30 90 และ 180 วัน",
    )


def _activities(project: Project) -> list[Activity]:
    rows = []
    for position, (title, period, amount, quarter) in enumerate(ACTIVITIES, 1):
        row = Activity(
            school=project.school,
            project=project,
            position=position,
            title=title,
            target_group="ประชาชนในพื้นที่",
            area="ทุกตำบล",
            period=period,
            budget=Decimal(amount),
        )
        setattr(row, Activity.QUARTERS[quarter], Decimal(amount))
        rows.append(row)
    return rows


def _register(life: SchoolLife, rng: Random) -> list[Instructor]:
    """One school's instructors. Their IDs begin with 00009, the number of no registration office."""
    school, around = life.offer.school, life.offer.subdistricts
    people = []
    for number in range(INSTRUCTORS[school.code]):
        female = rng.random() < 0.55
        trade = TRADES[(number * 7) % len(TRADES)]
        person = Instructor(
            school=school,
            title="นาง" if female else "นาย",
            first_name=names.first_name(rng, female=female, southern=False),
            surname=names.surname(rng),
            birth_year=rng.randint(1955, 1995),
            education=rng.choice(["ปริญญาตรี", "ปวส.", "มัธยมศึกษาตอนปลาย", "ประถมศึกษา"]),
            occupation=rng.choice(JOBS),
            expertise=trade.title,
            experience=f"เคยสอน{trade.title}",
            experience_years=rng.randint(1, 20),
            house_number=str(rng.randint(1, 300)),
            moo=str(rng.randint(1, 12)),
            subdistrict=rng.choice(around) if around else None,
            phone=f"000-{rng.randint(100, 999)}-{rng.randint(1000, 9999)}",
            food=Instructor.Food.ISLAMIC if rng.random() < 0.08 else Instructor.Food.ORDINARY,
            bank=rng.choice(BANKS),
        )
        twelve = f"00009{int(school.district_id or 0):04d}{number:03d}"
        set_national_id(person, twelve + check_digit(twelve))
        set_bank_account(person, f"000{rng.randint(1_000_000, 9_999_999)}")
        people.append(person)
    return Instructor.objects.bulk_create(people)


def _teach(register: list[Instructor], courses: Iterable[Course], rng: Random) -> list[Teaching]:
    """Whoever knows the trade, else somebody; the words on the course give way to the register."""
    able = {person.expertise: person for person in register}
    rows = []
    for number, course in enumerate(courses):
        if not course.instructor:
            continue
        teacher = able.get(course.curriculum.title) or register[number % len(register)]
        rows.append(_invited(course, teacher, number, rng))
        if rng.random() < 0.1:
            other = register[(number + 5) % len(register)]
            if other is not teacher:
                rows.append(_declined(_invited(course, other, number + 500, rng), teacher, rng))
        course.instructor = ""
    return rows


def _invited(course: Course, person: Instructor, number: int, rng: Random) -> Teaching:
    invited = min(course.starts_on - timedelta(days=rng.randint(15, 25)), STORY_DAY)
    row = Teaching(
        school=course.school,
        course=course,
        instructor=person,
        letter_number=f"ศธ 07005.ตัวอย่าง/{number + 1}",
        invited_on=invited,
    )
    replied: date = invited + timedelta(days=rng.randint(2, 9))
    if replied <= STORY_DAY:
        row.reply, row.replied_on = Teaching.Reply.COMES, replied
    return row


def _declined(row: Teaching, instead: Instructor, rng: Random) -> Teaching:
    row.reply, row.replied_on = Teaching.Reply.DECLINED, row.replied_on or row.invited_on
    row.reason, row.suggested = rng.choice(REFUSALS), instead.full_name
    return row
