"""Groups and community enterprises: entry, members from courses, list, bin, file; each place by itself."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from jobs.models import Job
from offices.clock import today
from offices.roles import Role
from offices.scoping import DEPARTMENT_EYES
from offices.thai.dates import numeric_date
from tests import factories as make
from trainees.emptying import empty
from trainees.models import Enrolment, Group, Member
from trainees.tasks import export_listing

LIST, CREATE = reverse("trainees:group_list"), reverse("trainees:group_create")
TYPED = {"name": "กลุ่มขนมไทยบ้านเด่น", "kind": "enterprise", "formed_on": "1/2/2569"}
REGISTERED = {"registration_number": "5-07-01-01/1-0001", "registered_on": "1/3/2569"}


def there(row, act="detail"):
    return reverse(f"trainees:group_{act}", args=[row.pk])


def names(response):
    return [row.record.name for row in response.context["table"].page.object_list]


def groups():
    return Group.objects.visible_to(DEPARTMENT_EYES)


def members():
    return Member.objects.visible_to(DEPARTMENT_EYES)


@pytest.fixture
def group(world):
    return make.GroupFactory(school=world.our_school, name="กลุ่มทอผ้า")


@pytest.fixture
def join(client, group):
    """Make people members by their places; what was answered."""
    return lambda *places: client.post(there(group, "join"), {"people": [place.pk for place in places]})


def test_each_office_sees_the_groups_below_it(client, world, group):
    make.GroupFactory(school=world.their_school, name="ของเขา")
    for user, found in (
        (world.users[Role.SCHOOL], ["กลุ่มทอผ้า"]),
        (world.users[Role.PROVINCE], ["กลุ่มทอผ้า"]),
        (world.users[Role.DEPARTMENT], ["กลุ่มทอผ้า", "ของเขา"]),
        (world.strangers[Role.PROVINCE], ["ของเขา"]),
    ):
        client.force_login(user)
        assert names(client.get(LIST)) == found


def test_a_group_is_entered_with_its_registration_and_place(clerk, client, world):
    answer = client.post(CREATE, TYPED | REGISTERED | {"subdistrict": world.subdistrict.name_th})
    made = groups().get()
    assert answer.url == there(made)
    assert (made.school, made.subdistrict, made.is_registered) == (world.our_school, world.subdistrict, True)
    page = client.get(there(made, "edit"))
    assert page.context["form"].initial["subdistrict"].startswith(world.subdistrict.name_th)
    client.force_login(world.strangers[Role.SCHOOL])
    assert {client.get(there(made, act)).status_code for act in ("detail", "edit")} == {404}


@pytest.mark.parametrize(
    "wrong, field",
    [
        ({"name": ""}, "name"),
        ({"kind": "club"}, "kind"),
        ({"formed_on": "ต้นปี"}, "formed_on"),
        ({"registration_number": "1"}, "registered_on"),
        ({"registered_on": "1/3/2569"}, "registration_number"),
        (REGISTERED | {"registered_on": "31/1/2569"}, "registered_on"),
        (REGISTERED | {"registered_on": numeric_date(today() + timedelta(days=1))}, "registered_on"),
        ({"formed_on": numeric_date(today() + timedelta(days=1))}, "formed_on"),
        ({"subdistrict": "ไม่มีที่นี่"}, "subdistrict"),
        ({"about": "\x00"}, "about"),
    ],
)
def test_what_is_wrong_is_said_in_thai_beside_its_field(clerk, client, wrong, field):
    errors = client.post(CREATE, TYPED | wrong).context["form"].errors
    assert list(errors) == [field]
    assert any("\u0e00" <= letter <= "\u0e7f" for letter in errors[field][0])
    assert not groups().exists()


def test_the_second_of_two_editors_sees_the_difference(clerk, client, group):
    seen = str(group.version)
    assert client.post(there(group, "edit"), TYPED | {"version": seen, "about": "ของเขา"}).status_code == 302
    form = client.post(there(group, "edit"), TYPED | {"version": seen, "about": "ของฉัน"}).context["form"]
    assert [(d.mine, d.theirs) for d in form.conflict] == [("ของฉัน", "ของเขา")]


def test_people_on_courses_are_found_by_name_by_number_and_by_course(clerk, client, world, group, people):
    found = world.ours.enrolment
    other = world.make_course(world.ours.curriculum, name="ทอผ้า")
    people(2, on=other)
    make.TraineeFactory(school=world.our_school, first_name="สมหญิง")  # on no course
    for asked, expected in (
        ({"q": world.ours.trainee.first_name, "course": world.ours.course.pk}, 1),
        ({"q": world.ours.trainee.document_number}, 1),
        ({"course": other.pk}, 2),
        ({"q": "สมหญิง"}, 0),
        ({"q": world.theirs.trainee.document_number}, 0),
        ({}, 0),
    ):
        rows = client.post(there(group, "candidates"), asked).context["candidates"]
        assert len(rows) == expected, asked
    assert found in client.post(there(group, "candidates"), {"course": world.ours.course.pk}).context["candidates"]
    assert (
        client.post(there(group, "candidates"), {"course": world.theirs.course.pk}).context["search_form"].errors
    )
    page = client.post(there(group, "candidates"), {"course": other.pk}, headers={"HX-Request": "true"})
    assert "<html" not in page.content.decode()


def test_a_group_shows_its_members_and_the_courses_they_come_from(clerk, client, world, group, join, people):
    second = world.make_course(world.ours.curriculum, name="ทอผ้าขั้นสูง")
    people(1, on=second)
    places = list(Enrolment.objects.visible_to(clerk))
    assert join(*places).url == f"{there(group)}#members"
    page = client.get(there(group))
    assert page.context["people"] == 2
    assert {(course.name, many) for course, many in page.context["courses"]} == {
        (world.ours.course.name, 1), ("ทอผ้าขั้นสูง", 1),
    }  # fmt: skip
    (row,) = client.get(LIST).context["table"].page.object_list
    assert (row.record.people, row.record.courses) == (2, 2)
    panel = client.get(reverse("trainees:course_groups", args=[second.pk]))
    assert panel.context["groups"] == [(group, 1)]


def test_a_person_is_a_member_once_though_on_two_courses(clerk, client, world, group, join):
    again = make.EnrolmentFactory(course=world.make_course(world.ours.curriculum), trainee=world.ours.trainee)
    both = join(world.ours.enrolment, again)
    assert world.ours.trainee.first_name in both.context["members_form"].errors["__all__"][0]
    assert not members().exists()
    join(world.ours.enrolment)
    assert join(again).context["members_form"].errors
    assert members().count() == 1


def test_nobody_else_can_become_a_member(clerk, client, world, group, join):
    theirs = world.theirs.enrolment
    gone = make.EnrolmentFactory(
        course=world.ours.course, trainee=make.TraineeFactory(school=world.our_school),
        status="withdrawn", withdrawn_on="2026-01-10", first_attended_on=None,
    )  # fmt: skip
    for refused in (theirs, gone):
        assert join(refused).context["members_form"].errors
    assert client.post(there(group, "join"), {"people": ["x", "9" * 40, "²"]}).context["members_form"].errors
    assert client.post(there(group, "join"), {}).context["members_form"].errors
    assert not members().exists()


def test_a_member_leaves_and_only_their_own_school_can_do_it(clerk, client, world, group, join):
    join(world.ours.enrolment)
    remove = reverse("trainees:member_remove", args=[members().get().pk])
    for role in (Role.SCHOOL, Role.PROVINCE):
        client.force_login(world.strangers[role])
        assert client.post(remove).status_code == {Role.SCHOOL: 404, Role.PROVINCE: 403}[role]
    client.force_login(clerk)
    client.post(remove)
    assert not members().exists()
    assert [e.pgh_label for e in Member.pgh_event_model.objects.visible_to(clerk)] == ["insert", "delete"]


def test_filters_narrow_the_list(clerk, client, world, group):
    make.GroupFactory(
        school=world.our_school, name="วิสาหกิจน้ำพริก", kind="enterprise", formed_on="2025-11-01",
        registration_number="5-07/1", registered_on="2025-12-01",
    )  # fmt: skip
    for asked, found in {
        "kind=group": ["กลุ่มทอผ้า"],
        "registered=yes": ["วิสาหกิจน้ำพริก"],
        "registered=no": ["กลุ่มทอผ้า"],
        "formed_from=1/1/2569": ["กลุ่มทอผ้า"],
        "formed_to=31/12/2568": ["วิสาหกิจน้ำพริก"],
        "q=๕-07": ["วิสาหกิจน้ำพริก"],
    }.items():
        assert names(client.get(f"{LIST}?{asked}")) == found, asked


@pytest.mark.parametrize("rows", [25, 2500])
@pytest.mark.parametrize("role", [Role.SCHOOL, Role.PROVINCE, Role.DEPARTMENT])
def test_the_list_costs_few_queries_whatever_the_rows(client, world, rows, role, django_assert_max_num_queries):
    made = Group.objects.bulk_create(make.GroupFactory.build(school=world.our_school) for _ in range(rows))
    Member.objects.bulk_create(make.MemberFactory.build(group=g, enrolment=world.ours.enrolment) for g in made)
    client.force_login(world.users[role])
    with django_assert_max_num_queries(10):
        response = client.get(LIST)
    assert response.context["count"] == rows


def test_the_page_costs_few_queries_whatever_the_members(
    clerk, client, world, group, people, django_assert_max_num_queries
):
    people(60, on=world.ours.course)
    for place in Enrolment.objects.visible_to(clerk):
        make.MemberFactory(group=group, enrolment=place)
    with django_assert_max_num_queries(25):
        client.get(there(group))


def test_a_group_goes_into_the_bin_and_comes_back_with_its_members(clerk, client, world, group, join):
    join(world.ours.enrolment)
    page = client.post(there(group, "bin"), follow=True)
    assert there(group, "restore") in page.content.decode()
    assert client.get(there(group)).status_code == 404
    assert not members().exists()
    client.force_login(world.strangers[Role.SCHOOL])
    assert client.post(there(group, "restore")).status_code == 404
    client.force_login(clerk)
    client.post(there(group, "restore"))
    assert client.get(there(group)).context["people"] == 1


def test_a_member_taken_off_the_course_is_none_meanwhile_and_holds_nothing_up_when_bins_are_emptied(
    clerk, client, world, group, join, settings
):
    join(world.ours.enrolment)
    long_ago = timezone.now() - timedelta(days=settings.BIN_DAYS + 1)
    Enrolment.objects.visible_to(clerk).update(binned_at=long_ago)
    assert client.get(there(group)).context["people"] == 0
    assert (empty()["members"], groups().count()) == (1, 1)


def test_the_file_counts_members_and_names_none(client, world, group):
    make.MemberFactory(group=group, enrolment=world.ours.enrolment)
    make.GroupFactory(school=world.their_school, name="ของเขา")
    user = world.users[Role.PROVINCE]
    client.force_login(user)
    client.post(reverse("trainees:group_export", args=["xlsx"]))
    file = export_listing.work(Job.objects.of(user).latest("pk"))
    with file.file.open() as opened:
        book = load_workbook(BytesIO(opened.read()))
    text = str([row for sheet in book for row in sheet.iter_rows(values_only=True)])
    assert "กลุ่มทอผ้า" in text and world.ours.course.name in text
    assert "ของเขา" not in text and world.ours.trainee.first_name not in text
    assert client.post(reverse("trainees:group_export", args=["exe"])).status_code == 404
