"""What people make, show and sell, and the groups that they form."""

from datetime import date
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from tests.factories.courses import CoursePhotoFactory
from trainees.models import (
    Assessment,
    Channel,
    ContestEntry,
    Exhibit,
    Group,
    Maker,
    Member,
    Offer,
    Product,
    ProductPhoto,
    Publicity,
    Sale,
    StandardPaper,
)


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
