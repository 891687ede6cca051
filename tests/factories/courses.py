"""Courses and what is around them."""

from datetime import date, time
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from courses.models import (
    Activity,
    Answer,
    CoDesigner,
    Course,
    CoursePartner,
    CoursePhoto,
    Curriculum,
    Fair,
    FairPart,
    Instructor,
    Partner,
    Project,
    Session,
    Survey,
    Teaching,
    Topic,
)


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


class SessionFactory(DjangoModelFactory):
    """A morning of the first day. Give `course`; the school is the course's."""

    class Meta:
        model = Session

    school = factory.SelfAttribute("course.school")
    held_on = factory.SelfAttribute("course.starts_on")
    starts_at = time(9)
    ends_at = time(12)
    hours = Decimal(3)


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
