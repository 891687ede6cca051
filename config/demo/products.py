"""What the demo's people made: products with their makers, and how they were assessed, some again and again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain
from random import Random
from typing import TYPE_CHECKING, Final

from config.demo import DEMO_YEAR, names
from config.demo.calendar import STORY_DAY
from courses.models import Course
from offices.models import ChecklistItem, FiscalYear, User
from offices.thai.dates import fiscal_year_of
from trainees.models import Assessment, Enrolment, Maker, Product, Verdict

if TYPE_CHECKING:
    from config.demo.load import SchoolLife

POINTS: Final = (
    ("สะอาด ปลอดภัย และทำซ้ำได้คุณภาพเท่าเดิม", True),
    ("มีฉลากบอกชื่อ ผู้ผลิต วันผลิต และวิธีใช้หรือเก็บรักษา", True),
    ("ใช้วัตถุดิบหรือภูมิปัญญาของชุมชน และเล่าที่มาได้", True),
    ("ตรงกับที่ลูกค้าต้องการ และคิดต้นทุนกับราคาไว้แล้ว", True),
    ("บรรจุภัณฑ์เหมาะกับการขายและการขนส่ง", True),
    ("ได้มาตรฐาน มผช. อย. หรือมาตรฐานอื่น", False),
)
"""Invented for the demo; nothing about it is published."""

# What comes of which trade: the category, then names and prices.
_HOME: Final = "ของใช้ ของตกแต่ง และของที่ระลึก"
MADE: Final[dict[str, tuple[str, tuple[tuple[str, str], ...]]]] = {
    "งานหัตถกรรมจักสานไม้ไผ่": (
        _HOME,
        (("ตะกร้าไม้ไผ่ลายดอกพิกุล", "280"), ("โคมไฟไม้ไผ่สาน", "450"), ("กระติบข้าวใบจิ๋ว", "89")),
    ),
    "ผ้าทอพื้นเมืองย้อมสีธรรมชาติ": (
        "ผ้าและเครื่องแต่งกาย",
        (("ผ้าคลุมไหล่ย้อมคราม", "850"), ("ผ้าพันคอย้อมฝักคูน", "390"), ("ผ้าซิ่นตีนจก", "2450")),
    ),
    "เย็บกระเป๋าผ้าด้วยมือ": (
        "ผ้าและเครื่องแต่งกาย",
        (("กระเป๋าผ้าเย็บมือ", "150"), ("ซองใส่แว่นปักลาย", "79"), ("ย่ามผ้าฝ้าย", "220")),
    ),
    "ขนมไทยโบราณ": (
        "อาหาร",
        (("ขนมกลีบลำดวน", "35"), ("ทองม้วนกะทิสด", "40"), ("ขนมโสมนัส", "45"), ("ลูกชุบผลไม้จิ๋ว", "50")),
    ),
    "ขนมพื้นบ้านและขนมประเพณี": (
        "อาหาร",
        (("ข้าวแต๋นน้ำแตงโม", "40"), ("ขนมจ็อกไส้มะพร้าว", "25"), ("กะละแมกะทิสด", "60"), ("ข้าวหลามกาบ", "35")),
    ),
    "อาหารพื้นถิ่นเพื่อจำหน่าย": (
        "อาหาร",
        (("น้ำพริกหนุ่มพร้อมแคบหมู", "60"), ("ไส้อั่วสมุนไพร", "120"), ("น้ำพริกลาบผง", "55")),
    ),
    "การแปรรูปและถนอมอาหาร": (
        "อาหาร",
        (("กล้วยฉาบเคลือบน้ำตาลมะพร้าว", "35"), ("ลำไยอบแห้ง", "90"), ("มะม่วงกวน", "45")),
    ),
    "การชงกาแฟและเครื่องดื่ม": (
        "เครื่องดื่ม",
        (("กาแฟดริปซองจากดอย", "25"), ("กาแฟสกัดเย็นขวด", "65"), ("ชาดอกเก๊กฮวย", "49.50")),
    ),
    "การออกแบบของที่ระลึกจากภูมิปัญญาท้องถิ่น": (
        _HOME,
        (("พวงกุญแจร่มจิ๋ว", "59"), ("ที่คั่นหนังสือลายโคม", "35"), ("แม่เหล็กติดตู้เย็นลายเซรามิก", "45")),
    ),
    "งานช่างศิลป์พื้นบ้าน": (_HOME, (("โคมล้านนาย่อส่วน", "199.50"), ("ตุงไส้หมูกระดาษสา", "120"))),
    "การเพาะเห็ดในโรงเรือน": ("อาหาร", (("เห็ดนางฟ้าสามรส", "50"), ("เห็ดแดดเดียว", "60"))),
    "การทำปุ๋ยหมักและดินปลูก": ("ผลผลิตทางการเกษตร", (("ดินปลูกใบก้ามปู", "20"), ("ปุ๋ยหมักมูลไส้เดือน", "35"))),
    "การปลูกผักไฮโดรโปนิกส์": ("ผลผลิตทางการเกษตร", (("สลัดโรลผักไร้ดิน", "45"), ("ผักสลัดพร้อมทาน", "39"))),
    "ลูกประคบและยาดมสมุนไพร": (
        "สมุนไพรที่ไม่ใช่อาหาร",
        (("ยาดมส้มมือ", "39"), ("ลูกประคบสมุนไพรสด", "80"), ("น้ำมันไพลลูกกลิ้ง", "69")),
    ),
    "ไม้ดอกไม้ประดับและการจัดสวนถาด": (_HOME, (("สวนถาดจิ๋วในกะลา", "120"), ("กระบองเพชรกระถางดินเผา", "59"))),
}
IDENTITIES: Final = (
    "ลวดลายที่คนเฒ่าคนแก่ของหมู่บ้านสอนต่อกันมา",
    "ใช้วัตถุดิบที่ปลูกในตำบลเท่านั้น",
    "สูตรของยายที่เคยทำเลี้ยงงานบุญ",
)
DEMANDS: Final = ("ร้านของฝากขอชิ้นเล็กราคาไม่แพง", "ลูกค้าออนไลน์ถามหาแบบพร้อมส่ง", "")
PACKAGINGS: Final = ("ซองคราฟต์มีหน้าต่างใส", "กล่องกระดาษพิมพ์เรื่องราวของชุมชน", "", "")
STANDARDS: Final = ("มผช. 902/2561", "เครื่องหมาย อย.", "", "", "")
SECOND_LOOK: Final = timedelta(days=60)


@dataclass
class Workshop:
    """One school's products while they are made up, with dice of their own."""

    rng: Random
    clerk: User
    supervisor: User
    points: dict[int, list[ChecklistItem]]
    products: list[Product] = field(default_factory=list)
    makers: list[Maker] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)

    def make(self, course: Course, roster: list[Enrolment]) -> None:
        rng = self.rng
        category, several = MADE[course.curriculum.title]
        made = sum(product.name.startswith(tuple(dict(several))) for product in self.products)
        name, price = several[made % len(several)]
        run = made // len(several)
        made_on = min(course.ends_on + timedelta(days=rng.randint(0, 20)), STORY_DAY)
        product = Product(
            school=course.school,
            course=course,
            name=name + (f" แบบที่ {run + 1}" if run else ""),
            category=category,
            made_on=made_on,
            price=Decimal(price) if rng.random() < 0.8 else None,
            standard=rng.choice(STANDARDS),
            identity=rng.choice(IDENTITIES),
            demand=rng.choice(DEMANDS),
            packaging=rng.choice(PACKAGINGS),
        )
        self.products.append(product)
        came = [place for place in roster if place.first_attended_on and place.withdrawn_on is None]
        for place in rng.sample(came, min(len(came), rng.choice((0, 1, 2, 2, 3, 5)))):
            self.makers.append(Maker(school=course.school, product=product, enrolment=place))
        self._look(product, made_on + timedelta(days=rng.randint(5, 40)), ability=rng.uniform(0.7, 1.0))

    def _look(self, product: Product, day: date, ability: float) -> None:
        """Three in four are looked at; what falls short is mostly looked at again, when it is better."""
        rng = self.rng
        if day > STORY_DAY or rng.random() < 0.25:
            return
        if not self._assess(product, day, ability) and rng.random() < 0.7 and day + SECOND_LOOK <= STORY_DAY:
            self._assess(product, day + SECOND_LOOK, 0.97)

    def _assess(self, product: Product, day: date, ability: float) -> bool:
        rng, points = self.rng, self.points[fiscal_year_of(day)]
        found = [rng.random() < ability for _ in points]
        by_supervisor = rng.random() < 0.4
        is_met = all(met for met, point in zip(found, points, strict=True) if point.is_required)
        assessment = Assessment(
            school=product.school,
            product=product,
            fiscal_year_id=fiscal_year_of(day),
            assessed_on=day,
            assessor=self.supervisor.name if by_supervisor else names.whole_name(rng),
            assessor_position=self.supervisor.position if by_supervisor else rng.choice(("ครู", "ประธานกลุ่มอาชีพ")),
            is_met=is_met,
            entered_by=self.clerk,
        )
        self.assessments.append(assessment)
        self.verdicts += [
            Verdict(
                school=product.school,
                assessment=assessment,
                item=point,
                position=position,
                text=point.text,
                is_required=point.is_required,
                is_met=met,
                remark="" if met else rng.choice(("ยังไม่มีฉลาก", "ควรปรับปรุงก่อนจำหน่าย", "")),
            )
            for position, (point, met) in enumerate(zip(points, found, strict=True), 1)
        ]
        return is_met


def tell(lives: list[SchoolLife]) -> None:
    """A checklist for the demo's years, then what came of courses from which something can be carried home."""
    points = _checklists()
    workshops = [_workshop(life, points) for life in lives]
    Product.objects.bulk_create(chain.from_iterable(shop.products for shop in workshops))
    Maker.objects.bulk_create(chain.from_iterable(shop.makers for shop in workshops))
    Assessment.objects.bulk_create(chain.from_iterable(shop.assessments for shop in workshops))
    Verdict.objects.bulk_create(chain.from_iterable(shop.verdicts for shop in workshops))


def _checklists() -> dict[int, list[ChecklistItem]]:
    """By fiscal year; one that has points already keeps them."""
    found = {}
    for year in FiscalYear.objects.filter(year__gte=DEMO_YEAR):
        if not year.checklist_items.exists():
            ChecklistItem.objects.bulk_create(
                ChecklistItem(fiscal_year=year, position=position, text=text, is_required=required)
                for position, (text, required) in enumerate(POINTS, 1)
            )
        found[year.pk] = list(year.checklist_items.all())
    return found


def _workshop(life: SchoolLife, points: dict[int, list[ChecklistItem]]) -> Workshop:
    offer, rosters = life.offer, life.rosters
    rng = Random(f"{offer.school.code} products")  # noqa: S311 (play, not secrets)
    workshop = Workshop(rng, offer.clerk, rosters.superior, points)
    for course in offer.courses:
        if course.status in Course.FINISHED_STATES and course.curriculum.title in MADE and rng.random() < 0.85:
            workshop.make(course, [place for place in rosters.enrolments if place.course is course])
    return workshop
