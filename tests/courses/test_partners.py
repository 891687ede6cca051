"""The register of partners: who shares it, likely duplicates, two editors, the bin, the file, what it costs."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses import emptying
from courses.lookalikes import lookalikes
from courses.models import Partner
from courses.views import files
from jobs.models import Job
from offices.models import Membership
from offices.roles import Role
from offices.scoping import DEPARTMENT_EYES
from tests import factories as make

LIST, CREATE = reverse("courses:partners"), reverse("courses:partner_create")
TYPED = {"name": "อบต.แม่แรม", "kind": "local", "address": "หมู่ 3", "contact": "ปลัด ๐๕๓-๑๒๓๔๕๖", "note": ""}


def names(response) -> list[str]:
    return [row.record.name for row in response.context["table"].page.object_list]


def there(partner, name="partner"):
    return reverse(f"courses:{name}", args=[partner.pk])


def register():
    return Partner.objects.visible_to(DEPARTMENT_EYES)


@pytest.fixture
def partner(world):
    return make.PartnerFactory(province=world.our_province, name="โรงแรมดอยงาม")


@pytest.fixture
def sister(world, signed_in):
    """The browser of another school of our province."""
    return signed_in(make.UserFactory(username="sister", role=Role.SCHOOL, school=world.sister_school))


def test_a_province_and_its_schools_share_one_register_and_strangers_see_nothing_of_it(
    world, clerk, sister, stranger, signed_in
):
    clerk.post(CREATE, TYPED)
    made = register().get()
    assert made.province == world.our_province
    for reader in (clerk, sister, signed_in(world.users[Role.PROVINCE]), signed_in(world.users[Role.DEPARTMENT])):
        assert names(reader.get(LIST)) == [made.name]
        assert reader.post(there(made, "partner_edit"), TYPED | {"version": made.version}).status_code == 302
    for reader in (stranger, signed_in(world.strangers[Role.PROVINCE]), signed_in(world.attached_user)):
        assert names(reader.get(LIST)) == []
        assert reader.get(there(made)).status_code == 404
        assert reader.post(there(made, "partner_edit"), TYPED).status_code == 404


def test_a_school_under_the_department_uses_the_departments_own_register(world, clerk, signed_in):
    attached, department = signed_in(world.attached_user), signed_in(world.users[Role.DEPARTMENT])
    attached.post(CREATE, TYPED)
    made = register().get()
    assert made.province is None
    assert names(department.get(LIST, {"province": "none"})) == [made.name]
    assert names(department.get(LIST, {"province": "50"})) == []
    assert clerk.get(there(made)).status_code == 404


def test_the_department_says_into_whose_register_it_enters_a_partner(world, clerk, stranger, signed_in):
    department = signed_in(world.users[Role.DEPARTMENT])
    department.post(CREATE, TYPED | {"register": "50"})
    assert names(clerk.get(LIST)) == [TYPED["name"]]
    assert names(stranger.get(LIST)) == []
    assert clerk.post(CREATE, TYPED | {"register": "90", "name": "วัดป่าแดด"}).status_code == 302
    assert register().get(name="วัดป่าแดด").province == world.our_province


def test_a_school_that_moves_finds_the_register_of_its_new_province(world, clerk, stranger, partner):
    row = make.CoursePartnerFactory(course=world.ours.course, partner=partner)
    Membership.objects.visible_to(DEPARTMENT_EYES).filter(school=world.our_school).delete()
    make.MembershipFactory(school=world.our_school, province=world.their_province)
    assert clerk.get(there(partner)).status_code == 404
    page = clerk.get(reverse("courses:course_partners", args=[world.ours.course.pk])).content.decode()
    assert partner.name in page and there(partner) not in page
    form = {"role": "venue", "note": "", "version": row.version}
    assert clerk.post(reverse("courses:course_partner_edit", args=[row.pk]), form).status_code == 302
    row.refresh_from_db()
    assert (row.role, row.partner) == ("venue", partner)
    assert partner.name not in stranger.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("typed", "stored", "same"),
    [
        ("อบต.แม่แรม", "องค์การบริหารส่วนตำบลแม่แรม", True),
        ("อบต. แม่แรม", "อบต.แม่ริม", False),
        ("อบต.แม่แรม", "เทศบาลตำบลแม่แรม", False),
        ("บริษัท กาแฟดอยช้าง จำกัด", "บจก.กาแฟดอยช้าง", True),
        ("กลุ่มทอผ้าบ้านแม่ริม", "ทอผ้า บ้านแม่ริม", True),
        ("รพ.สต.ริมใต้", "โรงพยาบาลส่งเสริมสุขภาพตำบลริมใต้", True),
        ("มหาวิทยาลัยเชียงใหม่", "มหาวิทยาลัยเชียงราย", False),
        ("ม.เชียงใหม่", "มหาวิทยาลัยเชียงใหม่", True),
        ("Coffee Co.", "coffee co", True),
        ("๑๒๓", "123", True),
        ("…", "ร้าน", False),
    ],
)
def test_names_that_mean_the_same_agency_are_told_from_others(typed, stored, same):
    assert bool(lookalikes(typed, [Partner(name=stored)])) is same


def test_a_likely_duplicate_is_shown_before_it_is_saved_and_can_be_saved_all_the_same(world, clerk, stranger):
    twin = make.PartnerFactory(province=world.our_province, name="องค์การบริหารส่วนตำบลแม่แรม")
    make.PartnerFactory(province=world.their_province, name="องค์การบริหารส่วนตำบลแม่แรม")
    answer = clerk.post(CREATE, TYPED)
    page = answer.content.decode()
    assert answer.context["form"].lookalikes == [twin]
    assert there(twin) in page and TYPED["contact"] in page
    assert register().count() == 2
    assert clerk.post(CREATE, TYPED | {"is_another": "on"}).status_code == 302
    assert register().count() == 3
    assert stranger.get(there(twin)).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " \u200b "}, "name"),
        ({"name": "ก" * 201}, "name"),
        ({"kind": "temple"}, "kind"),
        ({"contact": "\x00"}, "contact"),
    ],
)
def test_what_is_wrong_is_said_in_thai_beside_its_field(clerk, stranger, partner, wrong, field):
    answer = clerk.post(CREATE, TYPED | wrong)
    errors = answer.context["form"].errors
    assert list(errors) == [field]
    assert any("\u0e00" <= letter <= "\u0e7f" for letter in errors[field][0])
    assert register().count() == 1
    assert stranger.post(there(partner, "partner_edit"), TYPED | wrong).status_code == 404


WILD = st.text(max_size=60) | st.sampled_from(["\x00", "9" * 5000, "😀" * 300])


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.dictionaries(st.sampled_from([*TYPED, "version", "is_another", "register"]), WILD, min_size=1))
def test_whatever_is_typed_is_saved_or_answered_with_its_form(clerk, stranger, partner, data):
    for address in (CREATE, there(partner, "partner_edit")):
        answer = clerk.post(address, TYPED | data)
        assert answer.status_code == 302 or answer.context["form"].errors
    assert stranger.post(there(partner, "partner_edit"), TYPED | data).status_code == 404


def test_the_second_of_two_editors_sees_the_difference_but_no_name_of_another_school(
    world, clerk, sister, stranger, partner, signed_in
):
    edit, seen = there(partner, "partner_edit"), str(partner.version)
    typed = TYPED | {"is_another": "on", "version": seen}
    assert sister.post(edit, typed | {"note": "ของเขา"}).status_code == 302
    form = clerk.post(edit, typed | {"note": "ของฉัน"}).context["form"]
    assert [(d.mine, d.theirs) for d in form.conflict] == [("ของฉัน", "ของเขา")]
    assert "ผู้ใช้ sister" not in clerk.get(there(partner)).content.decode() + form.changed_by
    assert form.changed_by
    assert "ผู้ใช้ sister" in signed_in(world.users[Role.PROVINCE]).get(there(partner)).content.decode()
    assert clerk.post(edit, typed | {"note": "ของฉัน", "version": form.data["version"]}).status_code == 302
    assert stranger.post(edit, typed).status_code == 404


def test_a_partner_that_works_anywhere_stays_and_no_other_school_is_named(world, clerk, sister, stranger, partner):
    curriculum = make.CurriculumFactory(school=world.sister_school)
    designed = make.CoDesignerFactory(curriculum=curriculum, partner=partner)
    page = clerk.post(there(partner, "partner_bin"), follow=True)
    told = next(str(message) for message in page.context["messages"])
    assert world.sister_school.name not in page.content.decode() and told
    assert register().filter(pk=partner.pk).exists()
    assert "1" in str(next(iter(sister.post(there(partner, "partner_bin"), follow=True).context["messages"])))
    designed.delete()
    clerk.post(there(partner, "partner_bin"))
    assert not register().filter(pk=partner.pk).exists()
    assert stranger.post(there(partner, "partner_restore")).status_code == 404


def test_an_idle_partner_goes_into_the_bin_and_comes_back(world, clerk, sister, stranger, partner):
    page = clerk.post(there(partner, "partner_bin"), follow=True)
    assert there(partner, "partner_restore") in page.content.decode()
    assert partner.name in sister.get(reverse("courses:partner_bin_list")).content.decode()
    assert partner.name not in stranger.get(reverse("courses:partner_bin_list")).content.decode()
    assert stranger.post(there(partner, "partner_restore")).status_code == 404
    sister.post(there(partner, "partner_restore"))
    assert names(clerk.get(LIST)) == [partner.name]


def test_the_bin_is_emptied_by_the_clock_of_partners_that_nothing_points_to(world, clerk, stranger, partner):
    working = make.PartnerFactory(province=world.our_province)
    make.CoursePartnerFactory(course=world.ours.course, partner=working)
    before = timezone.now() - timedelta(days=31)
    Partner.objects.visible_to(DEPARTMENT_EYES).update(binned_at=before)
    assert emptying.empty(timezone.now() - timedelta(days=30))["partners"] == 1
    assert list(Partner.objects.in_bin_of(world.users[Role.SCHOOL])) == [working]
    assert stranger.get(there(partner)).status_code == 404


def test_a_partners_page_counts_only_what_its_reader_sees(world, clerk, sister, stranger, signed_in, partner):
    second = world.make_course(world.ours.curriculum)
    for course, role in ((world.ours.course, "venue"), (world.ours.course, "budget"), (second, "venue")):
        make.CoursePartnerFactory(course=course, partner=partner, role=role)
    theirs = world.make_course(make.CurriculumFactory(school=world.sister_school))
    make.CoursePartnerFactory(course=theirs, partner=partner, role="venue")
    make.CoDesignerFactory(curriculum=world.ours.curriculum, partner=partner)

    def counted(reader):
        context = reader.get(there(partner)).context
        return context["course_count"], [n for _, n in context["roles"]], context["designed_count"]

    assert counted(clerk) == (2, [1, 2], 1)
    assert counted(sister) == (1, [1], 0)
    assert counted(signed_in(world.users[Role.PROVINCE])) == (3, [1, 3], 1)
    (row,) = clerk.get(LIST).context["table"].page.object_list
    assert (row.record.courses, row.record.curricula) == (2, 1)
    assert names(sister.get(LIST, {"role": "budget"})) == [] and names(clerk.get(LIST, {"role": "budget"}))
    assert stranger.get(there(partner)).status_code == 404


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "ดอย"}, True),
        ({"q": "ทะเล"}, False),
        ({"kind": "civil"}, True),
        ({"kind": "school"}, False),
        ({"role": "venue"}, False),
    ],
)
def test_the_list_is_narrowed_and_comes_back_as_it_was_left(clerk, stranger, partner, asked, found):
    assert (names(clerk.get(LIST, asked)) == [partner.name]) is found
    assert clerk.get(LIST).status_code == 302
    assert clerk.get(LIST, {"clear": "1"}).url == LIST
    assert names(stranger.get(LIST, asked)) == []


@pytest.mark.parametrize("rows", [25, 2500])
@pytest.mark.parametrize("role", [Role.SCHOOL, Role.DEPARTMENT])
def test_the_list_costs_ten_queries_at_any_volume(world, signed_in, django_assert_max_num_queries, rows, role):
    Partner.objects.bulk_create(
        Partner(province=world.our_province, name=f"สหกรณ์ที่ {n}", kind="civil") for n in range(rows)
    )
    client = signed_in(world.users[role])
    client.get(LIST, {"q": "สหกรณ์"})
    with django_assert_max_num_queries(10):
        answer = client.get(LIST, {"q": "สหกรณ์"})
    assert answer.context["count"] == rows
    assert signed_in(world.strangers[Role.SCHOOL]).get(LIST, {"q": "สหกรณ์"}).context["count"] == 0


def text_of(answer) -> str:
    return b"".join(answer.streaming_content).decode("utf-8-sig")


def test_the_file_holds_the_rows_of_the_list_and_nobody_to_talk_to(world, clerk, stranger, partner):
    clerk.post(CREATE, TYPED)
    for ending in ("csv", "json"):
        address = reverse("courses:partner_export", args=[ending])
        said = text_of(clerk.post(f"{address}?q=ดอยงาม"))
        assert partner.name in said and TYPED["name"] not in said
        whole = text_of(clerk.post(address))
        assert TYPED["address"] in whole and "๐๕๓" not in whole
        assert partner.name not in text_of(stranger.post(address))
    assert clerk.post(reverse("courses:partner_export", args=["exe"])).status_code == 404


def test_a_long_register_becomes_a_file_by_a_job(world, clerk, stranger, partner, monkeypatch):
    from courses.tasks import export_partners

    monkeypatch.setattr(files, "MOST_AT_ONCE", 0)
    answer = clerk.post(reverse("courses:partner_export", args=["csv"]) + "?kind=civil")
    job = Job.objects.get()
    assert answer.url == reverse("jobs:detail", args=[job.pk])
    kept = export_partners.work(job)
    with kept.file.open() as file:
        assert partner.name in file.read().decode("utf-8-sig")
    assert stranger.get(answer.url).status_code == 404
