"""The world that tests live in: two provinces, schools on each side, a school under the department."""

import os
from dataclasses import dataclass, field

import pytest
from django.db import connection
from hypothesis import settings

from courses.models import Course, Curriculum
from offices.models import CourseType, FiscalYear, Province, School, Subdistrict, User
from offices.roles import Role
from tests import factories as make
from trainees.models import Enrolment, Trainee, Waiver

pytest_plugins = ["tests.workers"]

# Before a change is taken in, the same examples each time; while one works, new ones.
settings.register_profile("tests", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("tests")


@dataclass
class Side:
    """One school's rows: what a stranger must never see, and what its own people work with."""

    school: School
    province: Province | None
    curriculum: Curriculum
    course: Course
    trainee: Trainee
    enrolment: Enrolment
    waiver: Waiver


@dataclass
class World:
    year: FiscalYear
    short: CourseType
    long: CourseType
    our_province: Province
    their_province: Province
    our_school: School
    sister_school: School  # another school of our province
    their_school: School
    attached_school: School  # under the department, no province
    subdistrict: Subdistrict
    users: dict[str, User]  # one for each role, all living on our side
    strangers: dict[str, User]  # the same roles on the other side
    attached_user: User
    ours: Side = field(init=False)
    theirs: Side = field(init=False)
    attached: Side = field(init=False)

    def make_side(self, school: School, province: Province | None, clerk: User) -> Side:
        """A school with one draft course, one person on it, and a waiver that waits."""
        curriculum = make.CurriculumFactory(school=school)
        course = self.make_course(curriculum)
        trainee = make.TraineeFactory(school=school)
        enrolment = make.EnrolmentFactory(course=course, trainee=trainee)
        waiver = make.WaiverFactory(course=course, requested_by=clerk)
        return Side(school, province, curriculum, course, trainee, enrolment, waiver)

    def make_course(self, curriculum: Curriculum, **facts) -> Course:
        facts.setdefault("course_type", self.short)
        return make.CourseFactory(curriculum=curriculum, fiscal_year=self.year, **facts)


@pytest.fixture
def world(db) -> World:
    year = make.FiscalYearFactory()
    short = make.CourseTypeFactory(fiscal_year=year)
    long = make.CourseTypeFactory(fiscal_year=year, kind="long", least_hours=10, most_hours=None, group_size=15)
    ours = make.ProvinceFactory(code="50", name_th="เชียงใหม่", name_en="Chiang Mai", position=2)
    theirs = make.ProvinceFactory(code="90", name_th="สงขลา", name_en="Songkhla", position=1)
    district = make.DistrictFactory(code="5007", province=ours, name_th="แม่ริม", name_en="Mae Rim")
    make.DistrictFactory(code="9001", province=theirs)
    subdistrict = make.SubdistrictFactory(code="500701", district=district)
    our_school = make.SchoolFactory(code="1250070000", name="สกร.ระดับอำเภอแม่ริม", district=district)
    sister = make.SchoolFactory(code="1250010000", name="สกร.ระดับอำเภอเมืองเชียงใหม่")
    their_school = make.SchoolFactory(code="1290010000", name="สกร.ระดับอำเภอเมืองสงขลา")
    attached = make.SchoolFactory(code="A001", name="ศฝช.ทดสอบ", kind=School.Kind.ATTACHED)
    make.MembershipFactory(school=our_school, province=ours)
    make.MembershipFactory(school=sister, province=ours)
    make.MembershipFactory(school=their_school, province=theirs)
    users = {
        Role.SCHOOL: make.UserFactory(username="school", role=Role.SCHOOL, school=our_school),
        Role.PROVINCE: make.UserFactory(username="province", role=Role.PROVINCE, province=ours),
        Role.DEPARTMENT: make.UserFactory(username="department", role=Role.DEPARTMENT),
        Role.ADMINISTRATOR: make.UserFactory(username="administrator", role=Role.ADMINISTRATOR),
    }
    strangers = {
        Role.SCHOOL: make.UserFactory(username="school2", role=Role.SCHOOL, school=their_school),
        Role.PROVINCE: make.UserFactory(username="province2", role=Role.PROVINCE, province=theirs),
    }
    attached_user = make.UserFactory(username="attached", role=Role.SCHOOL, school=attached)
    made = World(
        year, short, long, ours, theirs, our_school, sister, their_school, attached, subdistrict,
        users, strangers, attached_user,
    )  # fmt: skip
    made.ours = made.make_side(our_school, ours, users[Role.SCHOOL])
    made.theirs = made.make_side(their_school, theirs, strangers[Role.SCHOOL])
    made.attached = made.make_side(attached, None, attached_user)
    return made


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Let the database be dropped at the end, though a killed worker or a browser thread may still be leaving."""
    yield
    others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_terminate_backend(pid) {others}")


@pytest.fixture(autouse=True)
def files_of_their_own(settings, tmp_path):
    """No test leaves a file behind, or finds another's."""
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture(autouse=True)
def cheap_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
