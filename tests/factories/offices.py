"""Places, people who sign in, years with their lists, signers, numbers, circulars."""

from datetime import date
from decimal import Decimal

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

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

PASSWORD = "correct-horse-battery"  # hashed cheaply in tests


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


class ChecklistItemFactory(DjangoModelFactory):
    """A point that must be met. Give `fiscal_year`."""

    class Meta:
        model = ChecklistItem

    position = factory.Sequence(lambda n: n + 1)
    text = factory.LazyAttribute(lambda item: f"ข้อที่ {item.position}")


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
