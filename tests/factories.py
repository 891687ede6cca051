"""Rows for tests, with invented people. A factory makes only the row that it is asked for; parents are given."""

from datetime import date, time
from decimal import Decimal

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from courses.models import (
    Activity,
    Allocation,
    Answer,
    BudgetLine,
    CoDesigner,
    Course,
    CoursePartner,
    CoursePhoto,
    Curriculum,
    ExpenseClass,
    ExpenseLine,
    Fair,
    FairPart,
    Instructor,
    Partner,
    Project,
    Rate,
    Session,
    Spending,
    Survey,
    Teaching,
    Topic,
)
from documents.models import Circular, Delivery
from offices.models import (
    ChecklistItem,
    CourseType,
    District,
    FiscalYear,
    Holiday,
    Membership,
    NumberSeries,
    Province,
    School,
    Signer,
    Subdistrict,
    User,
)
from offices.roles import Role
from offices.thai.dates import quarter_of
from offices.thai.national_id import check_digit
from supervision.models import FormVersion, ProposedItem, Visit, VisitSpending
from trainees.identity import set_document
from trainees.models import (
    Assessment,
    Attendance,
    Channel,
    ContestEntry,
    Enrolment,
    Exhibit,
    FollowUp,
    Group,
    Maker,
    Member,
    Offer,
    Product,
    ProductPhoto,
    Publicity,
    Result,
    Sale,
    Satisfaction,
    StandardPaper,
    Trainee,
    Waiver,
)

PASSWORD = "correct-horse-battery"  # hashed cheaply in tests


def national_id(number: int) -> str:
    """A valid invented ID; the leading 0 belongs to no living person."""
    twelve = f"{number:012d}"
    return twelve + check_digit(twelve)


class ProvinceFactory(DjangoModelFactory):
    class Meta:
        model = Province

    code = factory.Sequence(lambda n: f"{n + 10:02d}")
    name_th = factory.LazyAttribute(lambda p: f"จังหวัด{p.code}")
    name_en = factory.LazyAttribute(lambda p: f"Province {p.code}")
    abbreviation = factory.LazyAttribute(lambda p: p.code)
    iso_code = factory.LazyAttribute(lambda p: f"TH-{p.code}")
    map_id = factory.LazyAttribute(lambda p: f"p{p.code}")


class DistrictFactory(DjangoModelFactory):
    class Meta:
        model = District

    name_th = factory.LazyAttribute(lambda d: f"อำเภอ{d.code}")
    name_en = factory.LazyAttribute(lambda d: f"District {d.code}")


class SubdistrictFactory(DjangoModelFactory):
    class Meta:
        model = Subdistrict

    name_th = factory.LazyAttribute(lambda s: f"ตำบล{s.code}")
    name_en = factory.LazyAttribute(lambda s: f"Subdistrict {s.code}")
    postal_code = "50000"


class SchoolFactory(DjangoModelFactory):
    class Meta:
        model = School

    code = factory.Sequence(lambda n: f"12{n:04d}0000")
    name = factory.LazyAttribute(lambda s: f"สกร.ระดับอำเภอ {s.code}")


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"user{n}")
    name = factory.LazyAttribute(lambda u: f"ผู้ใช้ {u.username}")
    password = factory.django.Password(PASSWORD)
    role = Role.DEPARTMENT


class FiscalYearFactory(DjangoModelFactory):
    class Meta:
        model = FiscalYear

    year = 2569


class HolidayFactory(DjangoModelFactory):
    class Meta:
        model = Holiday

    day = date(2026, 1, 16)
    name = "วันหยุดสมมุติ"


class CourseTypeFactory(DjangoModelFactory):
    class Meta:
        model = CourseType

    kind = "short"
    least_hours = Decimal(3)
    most_hours = Decimal(9)
    group_size = 6


class CurriculumFactory(DjangoModelFactory):
    class Meta:
        model = Curriculum

    title = factory.Sequence(lambda n: f"การทำขนมไทย {n}")
    trade_group = Curriculum.TradeGroup.COMMERCE
    hours_practice = Decimal(8)


class CourseFactory(DjangoModelFactory):
    """Give `curriculum`, `fiscal_year` and `course_type`; the school is the curriculum's."""

    class Meta:
        model = Course

    school = factory.SelfAttribute("curriculum.school")
    name = factory.LazyAttribute(lambda c: c.curriculum.title)
    hours = Decimal(8)
    skill_purpose = Course.SkillPurpose.NEW
    starts_on = date(2026, 1, 16)
    ends_on = date(2026, 1, 17)
    venue = "ศาลาประชาคม"


class TraineeFactory(DjangoModelFactory):
    """A person with a valid invented national ID (or the one given as `number`)."""

    class Meta:
        model = Trainee

    class Params:
        number = factory.Sequence(lambda n: national_id(n + 1))

    title = "นาง"
    first_name = factory.Sequence(lambda n: f"สมศรี{n}")
    surname = "ใจดี"
    sex = "female"
    birth_date = date(1980, 5, 1)

    @factory.lazy_attribute
    def person_key(self):
        return _document(self.number).person_key

    @factory.lazy_attribute
    def document_number(self):
        return self.number

    @factory.lazy_attribute
    def document_tail(self):
        return _document(self.number).document_tail


def _document(number: str) -> Trainee:
    holder = Trainee()
    set_document(holder, Trainee.Document.NATIONAL_ID, number)
    return holder


class EnrolmentFactory(DjangoModelFactory):
    """Give `course` and `trainee`; the school is the course's."""

    class Meta:
        model = Enrolment

    school = factory.SelfAttribute("course.school")
    enrolled_on = date(2026, 1, 10)


class WaiverFactory(DjangoModelFactory):
    class Meta:
        model = Waiver

    school = factory.SelfAttribute("course.school")
    reason = "หมู่บ้านอยู่บนดอย มีคนสนใจเท่านี้"
    people = 5
    group_size = 6


class TopicFactory(DjangoModelFactory):
    """Give `curriculum` and `position`; the school is the curriculum's."""

    class Meta:
        model = Topic

    school = factory.SelfAttribute("curriculum.school")
    title = factory.Sequence(lambda n: f"เรื่องที่ {n}")
    hours_practice = Decimal(1)


class ProjectFactory(DjangoModelFactory):
    """Give `school` and `fiscal_year`."""

    class Meta:
        model = Project

    name = factory.Sequence(lambda n: f"โครงการสร้างอาชีพ {n}")


class ActivityFactory(DjangoModelFactory):
    """Give `project` and `position`; the school is the project's."""

    class Meta:
        model = Activity

    school = factory.SelfAttribute("project.school")
    title = factory.Sequence(lambda n: f"กิจกรรมที่ {n}")


class InstructorFactory(DjangoModelFactory):
    """Give `school`."""

    class Meta:
        model = Instructor

    title = "นาง"
    first_name = factory.Sequence(lambda n: f"บุญเรือน{n}")
    surname = "ใจดี"


class TeachingFactory(DjangoModelFactory):
    """Give `course` and `instructor`; the school is the course's."""

    class Meta:
        model = Teaching

    school = factory.SelfAttribute("course.school")


class SurveyFactory(DjangoModelFactory):
    """Open in the year of the world. Give `school` and `fiscal_year`."""

    class Meta:
        model = Survey

    title = factory.Sequence(lambda n: f"สำรวจความต้องการ {n}")
    opens_on = date(2026, 1, 1)
    closes_on = date(2099, 12, 31)
    topics = factory.LazyFunction(lambda: ["ช่างไฟฟ้าเบื้องต้น", "การทำปุ๋ยหมัก"])


class AnswerFactory(DjangoModelFactory):
    """Give `survey`; the school is the survey's."""

    class Meta:
        model = Answer

    school = factory.SelfAttribute("survey.school")
    answered_on = date(2026, 1, 20)
    topics = factory.LazyFunction(lambda: ["การทำปุ๋ยหมัก"])


class CoursePhotoFactory(DjangoModelFactory):
    """A row without its picture. Give `course` and `added_by`; the school is the course's."""

    class Meta:
        model = CoursePhoto

    school = factory.SelfAttribute("course.school")
    file = factory.Sequence(lambda n: f"photos/00/{n}")
    consent = "ถามและได้รับอนุญาตก่อนถ่าย"
    width = 1600
    height = 1200
    sha256 = factory.Sequence(lambda n: f"{n:064x}")


class VisitFactory(DjangoModelFactory):
    """A draft of PT.11 in the wording of its day. Give `course` and `created_by`; the school is the course's."""

    class Meta:
        model = Visit

    school = factory.SelfAttribute("course.school")
    form = factory.LazyAttribute(lambda v: FormVersion.objects.valid_on(v.visited_on))
    stage = Visit.Stage.DURING
    visited_on = date(2026, 1, 16)
    supervisor_name = "ศึกษานิเทศก์"
    answers = factory.LazyFunction(lambda: {"1": {"found": "จัดตามแผน", "advice": ""}})


class VisitSpendingFactory(DjangoModelFactory):
    """That a row of money served a visit. Give `visit`, `spending` and `added_by`; the office is the money's."""

    class Meta:
        model = VisitSpending

    school = factory.SelfAttribute("spending.school")
    province = factory.SelfAttribute("spending.province")


class ProposedItemFactory(DjangoModelFactory):
    """Give `course` and `proposed_by`."""

    class Meta:
        model = ProposedItem

    school = factory.SelfAttribute("course.school")
    text = "การตลาดออนไลน์"


class SessionFactory(DjangoModelFactory):
    """A morning of the first day. Give `course`; the school is the course's."""

    class Meta:
        model = Session

    school = factory.SelfAttribute("course.school")
    held_on = factory.SelfAttribute("course.starts_on")
    starts_at = time(9)
    ends_at = time(12)
    hours = Decimal(3)


class AttendanceFactory(DjangoModelFactory):
    """Give `enrolment`, `session` and `hours`; the school is the session's."""

    class Meta:
        model = Attendance

    school = factory.SelfAttribute("session.school")


class ResultFactory(DjangoModelFactory):
    """Give `enrolment` and points; the school is the enrolment's."""

    class Meta:
        model = Result

    school = factory.SelfAttribute("enrolment.school")


class FairFactory(DjangoModelFactory):
    """A fair that was held. Give `fiscal_year`."""

    class Meta:
        model = Fair

    name = factory.Sequence(lambda n: f"งานมหกรรม {n}")
    starts_on = date(2026, 3, 1)
    ends_on = date(2026, 3, 3)
    status = "held"


class FairPartFactory(DjangoModelFactory):
    """Give `fair`, and `school` or `province`; neither is the department."""

    class Meta:
        model = FairPart


class ProductFactory(DjangoModelFactory):
    """Give `course`; the school is the course's."""

    class Meta:
        model = Product

    school = factory.SelfAttribute("course.school")
    name = factory.Sequence(lambda n: f"กล้วยฉาบ {n}")


class MakerFactory(DjangoModelFactory):
    """Give `product` and `enrolment`."""

    class Meta:
        model = Maker

    school = factory.SelfAttribute("product.school")


class AssessmentFactory(DjangoModelFactory):
    """Give `product`, `fiscal_year`, `entered_by` and `is_met`."""

    class Meta:
        model = Assessment

    school = factory.SelfAttribute("product.school")
    assessed_on = date(2026, 2, 1)
    assessor = "นักวิชาการ"


class ChecklistItemFactory(DjangoModelFactory):
    """A point that must be met. Give `fiscal_year`."""

    class Meta:
        model = ChecklistItem

    position = factory.Sequence(lambda n: n + 1)
    text = factory.LazyAttribute(lambda item: f"ข้อที่ {item.position}")


class ProductPhotoFactory(CoursePhotoFactory):
    """A row without its picture. Give `product` and `added_by`; the school is the product's."""

    class Meta:
        model = ProductPhoto

    school = factory.SelfAttribute("product.school")


class StandardPaperFactory(DjangoModelFactory):
    """A row without its file. Give `product` and `added_by`; the school is the product's."""

    class Meta:
        model = StandardPaper

    school = factory.SelfAttribute("product.school")
    file = factory.Sequence(lambda n: f"papers/00/{n}")
    name = factory.Sequence(lambda n: f"มผช {n}.pdf")
    content_type = "application/pdf"
    size = 1
    sha256 = factory.Sequence(lambda n: f"{n:064x}")


class ChannelFactory(DjangoModelFactory):
    """Open since the first course day. Give `school`."""

    class Meta:
        model = Channel

    name = factory.Sequence(lambda n: f"ตลาดนัด {n}")
    kind = "market"
    opened_on = date(2026, 1, 16)


class PublicityFactory(DjangoModelFactory):
    """Give `school`."""

    class Meta:
        model = Publicity

    name = factory.Sequence(lambda n: f"เพจ {n}")
    kind = "facebook"
    opened_on = date(2026, 1, 16)


class OfferFactory(DjangoModelFactory):
    """Give `channel` and `product`."""

    class Meta:
        model = Offer

    school = factory.SelfAttribute("channel.school")


class SaleFactory(DjangoModelFactory):
    """Give `channel`."""

    class Meta:
        model = Sale

    school = factory.SelfAttribute("channel.school")
    month = date(2026, 2, 1)
    amount = Decimal(1500)


class GroupFactory(DjangoModelFactory):
    """Give `school`."""

    class Meta:
        model = Group

    name = factory.Sequence(lambda n: f"กลุ่มขนมไทย {n}")
    kind = "group"
    formed_on = date(2026, 2, 1)


class MemberFactory(DjangoModelFactory):
    """Give `group` and `enrolment`."""

    class Meta:
        model = Member

    school = factory.SelfAttribute("group.school")


class ExhibitFactory(DjangoModelFactory):
    """Give `fair`, and `product` or `course`."""

    class Meta:
        model = Exhibit

    school = factory.LazyAttribute(lambda e: (e.product or e.course).school)
    product = None
    course = None


class ContestEntryFactory(DjangoModelFactory):
    """Give `fair`, and `product` or `enrolment`."""

    class Meta:
        model = ContestEntry

    school = factory.LazyAttribute(lambda e: (e.product or e.enrolment).school)
    product = None
    enrolment = None
    contest = "ประกวดบรรจุภัณฑ์"


class SatisfactionFactory(DjangoModelFactory):
    """Give `enrolment`, and levels of items."""

    class Meta:
        model = Satisfaction

    school = factory.SelfAttribute("enrolment.school")
    answered_on = date(2026, 1, 17)


class FollowUpFactory(DjangoModelFactory):
    """An answer at 30 days. Give `enrolment`."""

    class Meta:
        model = FollowUp

    school = factory.SelfAttribute("enrolment.school")
    wave = 30
    outcome = "answered"
    asked_on = date(2026, 2, 20)


class PartnerFactory(DjangoModelFactory):
    """Give `province`; without one it stands in the department's own register."""

    class Meta:
        model = Partner

    name = factory.Sequence(lambda n: f"กลุ่มอาชีพที่ {n}")
    kind = "civil"


class CoursePartnerFactory(DjangoModelFactory):
    """Give `course` and `partner`; the school is the course's."""

    class Meta:
        model = CoursePartner

    school = factory.SelfAttribute("course.school")
    role = "training"


class CoDesignerFactory(DjangoModelFactory):
    """Give `curriculum` and `partner`; the school is the curriculum's."""

    class Meta:
        model = CoDesigner

    school = factory.SelfAttribute("curriculum.school")
    role = "เสนอเนื้อหา"


class BudgetLineFactory(DjangoModelFactory):
    """Give `fiscal_year`."""

    class Meta:
        model = BudgetLine

    plan = "แผนงาน"
    output = "ผลผลิต"
    activity = "กิจกรรม"
    category = "งบรายจ่ายอื่น"
    item = factory.Sequence(lambda n: f"ค่าใช้จ่ายโครงการ {n}")


class ExpenseClassFactory(DjangoModelFactory):
    """Give `fiscal_year`."""

    class Meta:
        model = ExpenseClass

    name = factory.Sequence(lambda n: f"ค่าวัสดุ {n}")


class ExpenseLineFactory(DjangoModelFactory):
    """Give `expense_class`."""

    class Meta:
        model = ExpenseLine

    name = factory.Sequence(lambda n: f"ค่าวัสดุฝึกอบรม {n}")


class RateFactory(DjangoModelFactory):
    """Give `expense_line`."""

    class Meta:
        model = Rate

    what = "วิทยากร"
    most = Decimal(200)
    unit = "ชั่วโมง"


class AllocationFactory(DjangoModelFactory):
    """By the department in the first quarter. Give `budget_line`, and `school` or `province`."""

    class Meta:
        model = Allocation

    fiscal_year = factory.SelfAttribute("budget_line.fiscal_year")
    source = "department"
    quarter = 1
    amount = Decimal(100_000)
    document_number = factory.Sequence(lambda n: f"ศธ 07005/{n}")
    document_on = date(2025, 10, 15)


class SpendingFactory(DjangoModelFactory):
    """A payment for the programme as a whole. Give `budget_line`, `expense_line`, and `school` or `province`."""

    class Meta:
        model = Spending

    fiscal_year = factory.SelfAttribute("budget_line.fiscal_year")
    kind = "payment"
    purpose = "general"
    spent_on = date(2026, 1, 16)
    quarter = factory.LazyAttribute(lambda s: quarter_of(s.spent_on))
    amount = Decimal(1000)
    payee = "ร้านวัสดุชุมชน"


def who_passed(enrolment, *, ended_on=None):
    """The same enrolment, its course over and its person there for all of it, with points enough."""
    course = enrolment.course
    if ended_on:
        course.starts_on = course.ends_on = ended_on
    course.status = "completed"
    course.save()
    session = SessionFactory(course=course, hours=course.hours, ends_at=time(18))
    AttendanceFactory(enrolment=enrolment, session=session, hours=course.hours)
    ResultFactory(enrolment=enrolment, knowledge=18, practice=35, quality=35)
    enrolment.refresh_from_db()
    return enrolment


class SignerFactory(DjangoModelFactory):
    """The director since long ago. Give `school` or `province`; neither is the department's."""

    class Meta:
        model = Signer

    signs_as = "director"
    name = factory.Sequence(lambda n: f"นายอำนวย คนที่ {n}")
    position = "ผู้อำนวยการ"
    starts_on = date(2020, 10, 1)


class NumberSeriesFactory(DjangoModelFactory):
    """Numbers of letters that begin again each calendar year. Give `school` or `province`, or neither."""

    class Meta:
        model = NumberSeries

    kind = "letter"
    prefix = "ศธ 07005/"


class CircularFactory(DjangoModelFactory):
    """A draft of the department. Give `made_by`; with `sent_at` and `sent_by` also `status`."""

    class Meta:
        model = Circular

    subject = factory.Sequence(lambda n: f"แนวทางการดำเนินงาน ฉบับที่ {n}")
    body = "ขอให้ดำเนินการตามแนวทางที่แนบมาพร้อมนี้"
    number = factory.Sequence(lambda n: f"ศธ 07005/{n}")
    dated_on = date(2026, 1, 5)
    signer_name = "นายกรม สมมุติ"


class DeliveryFactory(DjangoModelFactory):
    """Give `circular`, `sent_by`, and `school` or `province`."""

    class Meta:
        model = Delivery

    sent_at = factory.LazyFunction(timezone.now)
