"""An invented country as rows of the database: a statement or two for each kind of row, whatever their number."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from courses.models import Course, Curriculum, Fair, FairPart
from offices.models import AreaGroup, FiscalYear, Membership
from offices.scoping import DEPARTMENT_EYES
from reports.versions import COUNTED
from tests import factories as make
from trainees.models import (
    Assessment,
    Channel,
    ContestEntry,
    Enrolment,
    Exhibit,
    FollowUp,
    Group,
    Maker,
    Offer,
    Product,
    Result,
    Sale,
    Satisfaction,
    Trainee,
)

BINNED_AT = "2026-01-01T00:00Z"


@dataclass
class Ground:
    """What countries are laid on: rows that no draw changes, by their codes."""

    year: FiscalYear
    types: dict[str, Any]
    provinces: dict[str, Any]
    schools: dict[str, Any]
    officer: Any


def thrown(is_binned):
    return BINNED_AT if is_binned else None


def lay(country, ground):
    """Write all of it; each fact keeps its row."""
    FiscalYear.objects.filter(pk=ground.year.pk).update(parts_have_minimums=country.parts_have_minimums)
    lay_places(country, ground)
    lay_courses(country, ground)
    lay_people(country, ground)
    lay_products(country, ground)
    lay_channels(country, ground)
    lay_fairs(country, ground)
    Group.objects.bulk_create(
        make.GroupFactory.build(
            school=ground.schools[group.school.code], kind=group.kind, formed_on=group.formed_on,
            registered_on=group.registered_on, registration_number="1-50-07" if group.registered_on else "",
            binned_at=thrown(group.is_binned),
        )
        for group in country.groups
    )  # fmt: skip
    with connection.cursor() as cursor:  # as the database does of itself once rows stay for a while
        cursor.execute(f"ANALYZE {', '.join(model._meta.db_table for model in COUNTED)}")


def lay_places(country, ground):
    Membership.objects.bulk_create(
        Membership(
            school=ground.schools[school.code], province=ground.provinces[code], starts_on=first, ends_on=last
        )
        for school in country.schools
        for first, last, code in school.belonged
    )
    whole, single = AreaGroup.provinces.through.objects, AreaGroup.districts.through.objects
    AreaGroup.objects.bulk_create((AreaGroup(code=code) for code in country.areas), ignore_conflicts=True)
    for code, (provinces, districts) in country.areas.items():
        whole.bulk_create(whole.model(areagroup_id=code, province_id=each) for each in provinces)
        single.bulk_create(single.model(areagroup_id=code, district_id=each) for each in districts)


def lay_courses(country, ground):
    curricula = [
        make.CurriculumFactory.build(school=ground.schools[course.school.code], trade_group=course.trade_group)
        for course in country.courses
    ]
    Curriculum.objects.bulk_create(curricula)
    for course, curriculum in zip(country.courses, curricula, strict=True):
        course.row = make.CourseFactory.build(
            curriculum=curriculum, fiscal_year=ground.year, course_type=ground.types[course.kind],
            hours=course.hours, skill_purpose=course.skill_purpose, starts_on=course.starts_on,
            ends_on=course.ends_on, status=course.status, binned_at=thrown(course.is_binned),
            status_reason="ฝนตก" if course.status in {"cancelled", "postponed"} else "",
        )  # fmt: skip
    Course.objects.bulk_create(course.row for course in country.courses)


def lay_people(country, ground):
    for trainee in country.trainees:
        nobody = {"number": "", "document_kind": "none", "no_document_reason": "ทำหาย"}
        known = {"number": make.national_id(9000 + trainee.number)} if trainee.number else nobody
        trainee.row = make.TraineeFactory.build(
            school=ground.schools[trainee.school.code], sex=trainee.sex, birth_date=trainee.birth,
            birth_precision=trainee.precision, binned_at=thrown(trainee.is_binned), **known,
        )  # fmt: skip
    Trainee.objects.bulk_create(trainee.row for trainee in country.trainees)
    for each in country.enrolments:
        course = each.course
        each.row = make.EnrolmentFactory.build(
            course=course.row, trainee=each.trainee.row, education=each.education, occupation=each.occupation,
            facts=each.facts, subdistrict_id=each.lives_in, skill_purpose=each.skill_purpose,
            first_attended_on=course.starts_on if each.came else None, attended_hours=each.hours,
            status="withdrawn" if each.has_withdrawn else "enrolled",
            withdrawn_on=course.ends_on if each.has_withdrawn else None, binned_at=thrown(each.is_binned),
        )  # fmt: skip
    Enrolment.objects.bulk_create(each.row for each in country.enrolments)
    Result.objects.bulk_create(
        make.ResultFactory.build(enrolment=each.row, **dict(zip(Result.MOST, each.points, strict=True)))
        for each in country.enrolments
        if each.points
    )
    Satisfaction.objects.bulk_create(
        make.SatisfactionFactory.build(
            enrolment=each.row, comment="ดีมาก",
            **{f"item_{number}": level for number, level in enumerate(each.levels, start=1)},
        )
        for each in country.enrolments
        if each.levels
    )  # fmt: skip
    FollowUp.objects.bulk_create(
        make.FollowUpFactory.build(enrolment=each.row, wave=wave, **answer)
        for each in country.enrolments
        for wave, answer in each.waves.items()
    )


def lay_products(country, ground):
    for product in country.products:
        product.row = make.ProductFactory.build(course=product.course.row, binned_at=thrown(product.is_binned))
    Product.objects.bulk_create(product.row for product in country.products)
    Maker.objects.bulk_create(
        make.MakerFactory.build(product=product.row, enrolment=maker.row)
        for product in country.products
        for maker in product.makers
    )
    Assessment.objects.bulk_create(
        make.AssessmentFactory.build(
            product=product.row, assessed_on=day, is_met=is_met, fiscal_year=ground.year,
            entered_by=ground.officer, binned_at=thrown(taken_back),
            taken_back_because="ผิดชิ้น" if taken_back else "",
        )
        for product in country.products
        for day, is_met, taken_back in product.assessed
    )  # fmt: skip


def lay_channels(country, ground):
    for channel in country.channels:
        channel.row = make.ChannelFactory.build(
            school=ground.schools[channel.school.code], opened_on=channel.opened_on, closed_on=channel.closed_on,
            binned_at=thrown(channel.is_binned),
        )  # fmt: skip
    Channel.objects.bulk_create(channel.row for channel in country.channels)
    Offer.objects.bulk_create(
        make.OfferFactory.build(channel=channel.row, product=product.row)
        for channel in country.channels
        for product in channel.products
    )
    Sale.objects.bulk_create(
        make.SaleFactory.build(channel=channel.row, month=month, amount=amount)
        for channel in country.channels
        for month, amount in channel.sales.items()
    )


def lay_fairs(country, ground):
    for fair in country.fairs:
        fair.row = make.FairFactory.build(
            fiscal_year=ground.year, status=fair.status, starts_on=fair.day, ends_on=fair.day + timedelta(days=1),
            status_reason="ฝนตก" if fair.status == "cancelled" else "",
        )  # fmt: skip
    Fair.objects.bulk_create(fair.row for fair in country.fairs)
    FairPart.objects.bulk_create(
        FairPart(fair=fair.row, **office) for fair in country.fairs for office in offices_at(fair, ground)
    )
    Exhibit.objects.bulk_create(
        make.ExhibitFactory.build(fair=fair.row, **what)
        for fair in country.fairs
        for what in (
            *({"product": product.row} for product in fair.shown),
            *({"course": course.row} for course in fair.courses),
        )
    )
    ContestEntry.objects.bulk_create(
        make.ContestEntryFactory.build(fair=fair.row, **who)
        for fair in country.fairs
        for who in (
            *({"product": product.row} for product in fair.entered),
            *({"enrolment": person.row} for person in fair.people),
        )
    )


def offices_at(fair, ground):
    yield from ({"school": ground.schools[school.code]} for school in fair.schools)
    yield from ({"province": ground.provinces[code]} for code in fair.provinces)
    if fair.has_department:
        yield {}


PLACES = [
    (f"5{n}", f"9{n}", *(f"5{n}{kind}" for kind in ("MOVING", "SISTER", "OTHER", "ATTACHED"))) for n in range(10)
]
"""Codes of two provinces and four schools for each of the worlds of a country."""


def make_ground():
    """Offices for a country of ten worlds, before any school belongs anywhere."""
    year = make.FiscalYearFactory()
    types = {
        "short": make.CourseTypeFactory(fiscal_year=year),
        "long": make.CourseTypeFactory(
            fiscal_year=year, kind="long", least_hours=10, most_hours=None, group_size=15
        ),
    }
    provinces = {code: make.ProvinceFactory(code=code) for near, far, *_schools in PLACES for code in (near, far)}
    for district, subdistrict in (("5007", "500701"), ("9001", "900101")):
        place = make.DistrictFactory(code=district, province=provinces[district[:2]])
        make.SubdistrictFactory(code=subdistrict, district=place)
    schools = {
        code: make.SchoolFactory(code=code, opened_on=date(2000, 1, 1))
        for _near, _far, *codes in PLACES
        for code in codes
    }
    return Ground(year, types, provinces, schools, make.UserFactory())


def ground_of(world):
    """The offices of the fixture `world`, which have users, for a country of one world; with its codes."""
    make.SubdistrictFactory(code="900101", district_id="9001")
    Membership.objects.visible_to(DEPARTMENT_EYES).delete()
    schools = [world.our_school, world.sister_school, world.their_school, world.attached_school]
    provinces = {each.code: each for each in (world.our_province, world.their_province)}
    types = {"short": world.short, "long": world.long}
    ground = Ground(world.year, types, provinces, {each.code: each for each in schools}, world.attached_user)
    return ground, [(*provinces, *ground.schools)]
