"""Fairs: planned, held, cancelled; joined and left; visitors and sales; who sees which part."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses import fairs
from courses.models import Fair, FairPart
from courses.views import files
from jobs.models import Job
from offices.clock import today
from offices.roles import Role
from offices.scoping import DEPARTMENT_EYES
from offices.thai.dates import fiscal_year_of
from tests import factories as make

LIST, CREATE = reverse("courses:fairs"), reverse("courses:fair_create")
LETTERS = "งานมหกรรมวิชาการ “สกร. สร้างอาชีพ สร้างรายได้”"


@pytest.fixture
def department(world, signed_in):
    return signed_in(world.users[Role.DEPARTMENT])


@pytest.fixture
def province(world, signed_in):
    return signed_in(world.users[Role.PROVINCE])


@pytest.fixture
def planned(world):
    """A fair of the department, without days."""
    fair = make.FairFactory(fiscal_year=world.year, status="planned", starts_on=None, ends_on=None)
    make.FairPartFactory(fair=fair, role="organises")
    return fair


def at(name, fair):
    return reverse(f"courses:{name}", args=[fair.pk])


def names(response):
    return [row.record.name for row in response.context["table"].page.object_list]


def parts_of(fair):
    return FairPart.objects.visible_to(DEPARTMENT_EYES).filter(fair=fair)


def typed(**more):
    return {
        "name": LETTERS,
        "fiscal_year": "2569",
        "starts_on": "",
        "ends_on": "",
        "place": "",
        "about": "",
    } | more


def test_the_department_plans_a_fair_without_days_and_thereby_organises_it(world, department, clerk, stranger):
    page = department.get(CREATE).content.decode()
    assert page.count('<option value="งานมหกรรม') == 1 and "สร้างงาน สร้างรายได้" in page
    assert department.post(CREATE, typed()).status_code == 302
    fair = Fair.objects.get()
    assert (fair.status, fair.organiser, fair.starts_on, fair.name) == ("planned", None, None, LETTERS)
    (part,) = parts_of(fair)
    assert (part.role, part.school, part.province) == ("organises", None, None)
    assert names(clerk.get(LIST)) == names(stranger.get(LIST)) == [LETTERS]
    assert clerk.get(CREATE).status_code == stranger.post(CREATE, typed()).status_code == 403


def test_a_province_organises_a_fair_that_nobody_else_changes(world, province, department, clerk, signed_in):
    province.post(CREATE, typed(name="งานของดีเมืองเชียงใหม่"))
    fair = Fair.objects.get()
    assert fair.organiser == world.our_province
    assert [part.province for part in parts_of(fair)] == [world.our_province]
    for other in (department, signed_in(world.strangers[Role.PROVINCE])):
        assert other.get(at("fair", fair)).status_code == 200
        assert other.post(at("fair_edit", fair), typed()).status_code == 404
        assert other.post(at("fair_move", fair), {"to": "cancelled", "reason": "ลอง"}).status_code == 404
    assert clerk.post(at("fair_edit", fair), typed()).status_code == 403


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " \u200b"}, "name"),
        ({"fiscal_year": "2600"}, "fiscal_year"),
        ({"starts_on": "31/02/2569"}, "starts_on"),
        ({"ends_on": "01/03/2569"}, "starts_on"),
        ({"starts_on": "03/03/2569", "ends_on": "01/03/2569"}, "ends_on"),
        ({"starts_on": "01/10/2569"}, "starts_on"),
        ({"subdistrict": "ที่ไหนสักแห่ง"}, "subdistrict"),
    ],
)
def test_what_is_wrong_with_a_fair_is_said_in_thai_beside_its_field(world, department, stranger, wrong, field):
    errors = department.post(CREATE, typed(**wrong)).context["form"].errors
    assert list(errors) == [field]
    assert any("\u0e00" <= letter <= "\u0e7f" for letter in errors[field][0])
    assert not Fair.objects.exists()
    assert stranger.post(CREATE, typed(**wrong)).status_code == 403


WILD = st.text(max_size=60) | st.sampled_from(["\x00", "9" * 5000, "๙" * 300, "1e400", "NaN"])


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.dictionaries(st.sampled_from([*typed(), "subdistrict", "version"]), WILD, min_size=1))
def test_whatever_is_typed_about_a_fair_is_saved_or_answered_with_its_form(planned, department, stranger, data):
    for address in (CREATE, at("fair_edit", planned)):
        answer = department.post(address, typed() | data)
        assert answer.status_code == 302 or answer.context["form"].errors
    assert stranger.post(at("fair_edit", planned), typed() | data).status_code == 403


def test_the_second_of_two_editors_of_a_fair_sees_the_difference(world, planned, department, stranger):
    seen = str(planned.version)
    assert department.post(at("fair_edit", planned), typed(place="ลานเมือง", version=seen)).status_code == 302
    form = department.post(at("fair_edit", planned), typed(place="ศาลากลาง", version=seen)).context["form"]
    assert [(d.mine, d.theirs) for d in form.conflict] == [("ศาลากลาง", "ลานเมือง")]
    assert world.users[Role.DEPARTMENT].name not in stranger.get(at("fair", planned)).content.decode()


def test_a_fair_has_been_held_once_its_days_are_known_and_have_come(world, planned, department, stranger):
    def hold():
        return department.post(at("fair_move", planned), {"to": "held"})

    assert hold().context["form"].non_field_errors()
    tomorrow = today() + timedelta(days=1)
    Fair.objects.filter(pk=planned.pk).update(starts_on=tomorrow, ends_on=tomorrow)
    assert hold().context["form"].non_field_errors()
    Fair.objects.filter(pk=planned.pk).update(starts_on=today(), ends_on=today())
    assert hold().status_code == 302
    planned.refresh_from_db()
    assert planned.status == "held"
    year = fiscal_year_of(today())
    make.FiscalYearFactory(year=year)
    away = typed(fiscal_year=str(year), version=planned.version)
    assert "starts_on" in department.post(at("fair_edit", planned), away).context["form"].errors
    assert stranger.post(at("fair_move", planned), {"to": "planned", "reason": "ลอง"}).status_code == 403


def test_a_fair_is_cancelled_and_taken_up_again_with_a_reason_only(planned, department, stranger):
    for to in ("cancelled", "planned"):
        refused = department.post(at("fair_move", planned), {"to": to, "reason": "  "})
        assert "reason" in refused.context["form"].errors
        assert department.post(at("fair_move", planned), {"to": to, "reason": "น้ำท่วม"}).status_code == 302
        planned.refresh_from_db()
        assert (planned.status, planned.status_reason) == (to, "น้ำท่วม")
    for nonsense in ("held!", "", "\x00", "planned"):
        assert department.post(at("fair_move", planned), {"to": nonsense}).url == at("fair", planned)
    assert stranger.get(at("fair_move", planned) + "?to=cancelled").status_code == 403


def test_offices_join_and_leave_a_fair_while_it_is_planned(world, planned, clerk, stranger, province, department):
    for reader in (clerk, stranger, province):
        reader.post(at("fair_join", planned))
        reader.post(at("fair_join", planned))  # twice is the same as once
    assert parts_of(planned).count() == 4
    assert set(FairPart.objects.visible_to(world.users[Role.PROVINCE]).values_list("school", "province")) == {
        (world.our_school.pk, None),
        (None, "50"),
    }
    clerk.post(at("fair_leave", planned))
    assert clerk.post(at("fair_leave", planned)).status_code == 404
    assert parts_of(planned).count() == 3
    department.post(at("fair_leave", planned))  # who organises it stays
    Fair.objects.filter(pk=planned.pk).update(status="cancelled", status_reason="น้ำท่วม")
    for reader, act in ((clerk, "fair_join"), (stranger, "fair_leave"), (province, "fair_leave")):
        page = reader.post(at(act, planned), follow=True)
        assert any(message.level_tag == "error" for message in page.context["messages"])
    assert parts_of(planned).count() == 3


def test_visitors_and_sales_are_told_once_the_fair_has_begun_and_zero_is_not_nothing(
    world, planned, clerk, stranger, province
):
    part = make.FairPartFactory(fair=planned, school=world.our_school)
    form = {"visitors": "๑,๒๐๐", "sales": "0", "note": "ขายหมด", "version": part.version}
    assert set(clerk.post(at("fair_part", planned), form).context["form"].errors) == {"visitors", "sales"}
    Fair.objects.filter(pk=planned.pk).update(starts_on=today(), ends_on=today())
    assert clerk.post(at("fair_part", planned), form).status_code == 302
    part.refresh_from_db()
    assert (part.visitors, part.sales, part.note) == (1200, Decimal(0), "ขายหมด")
    blank = {"visitors": "", "sales": "", "note": "", "version": part.version}
    clerk.post(at("fair_part", planned), blank)
    part.refresh_from_db()
    assert (part.visitors, part.sales) == (None, None)
    for wrong in ({"sales": "-1"}, {"visitors": "1.5"}, {"sales": "1.234"}, {"visitors": "99999999999"}):
        assert clerk.post(at("fair_part", planned), blank | wrong).context["form"].errors
    assert stranger.post(at("fair_part", planned), form).status_code == 404
    assert province.post(at("fair_part", planned), form).status_code == 404


def test_a_fairs_page_shows_the_parts_of_ones_own_office_and_of_those_below(
    world, planned, clerk, stranger, province, department
):
    for place in ({"school": world.our_school}, {"school": world.their_school}, {"province": world.our_province}):
        make.FairPartFactory(fair=planned, sales=Decimal("1500.50"), **place)

    def seen(reader):
        context = reader.get(at("fair", planned)).context
        return context["sums"]["parts"], context["sums"]["sales"]

    assert seen(department) == (4, Decimal("4501.50"))
    assert seen(province) == (2, Decimal("3001.00"))
    assert clerk.get(at("fair", planned)).context["table"] is None
    assert world.their_school.name not in province.get(at("fair", planned)).content.decode()
    assert world.our_school.name in province.get(at("fair", planned)).content.decode()
    assert world.our_school.name not in stranger.get(at("fair", planned)).content.decode().split("</header>")[1]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "มหกรรม"}, {"planned", "held"}),
        ({"status": "held"}, {"held"}),
        ({"joined": "yes"}, {"held"}),
        ({"joined": "no"}, {"planned"}),
        ({"year": "all"}, {"planned", "held", "older"}),
    ],
)
def test_the_list_of_fairs_is_narrowed(world, clerk, stranger, asked, found):
    older = make.FiscalYearFactory(year=2568)
    rows = {
        "planned": make.FairFactory(fiscal_year=world.year, status="planned"),
        "held": make.FairFactory(fiscal_year=world.year),
        "older": make.FairFactory(fiscal_year=older),
    }
    make.FairPartFactory(fair=rows["held"], school=world.our_school, sales=Decimal(900))
    session = clerk.session
    session["fiscal_year"] = 2569
    session.save()
    assert set(names(clerk.get(LIST, asked))) == {rows[key].name for key in found}
    assert "900" not in stranger.get(LIST, {"year": "all"}).content.decode().split("</header>")[1]


@pytest.mark.parametrize("rows", [25, 2500])
@pytest.mark.parametrize("role", [Role.SCHOOL, Role.DEPARTMENT])
def test_list_and_page_cost_few_queries_at_any_volume(world, signed_in, django_assert_max_num_queries, rows, role):
    Fair.objects.bulk_create(Fair(name=f"งานที่ {n}", fiscal_year=world.year) for n in range(rows))
    schools = [make.SchoolFactory() for _ in range(30)]
    fair = Fair.objects.first()
    FairPart.objects.bulk_create(FairPart(fair=fair, school=school) for school in schools)
    client = signed_in(world.users[role])
    client.get(LIST, {"q": "งานที่"})
    with django_assert_max_num_queries(10):
        assert client.get(LIST, {"q": "งานที่"}).context["count"] == rows
    with django_assert_max_num_queries(25):
        client.get(at("fair", fair))
    assert signed_in(world.strangers[Role.SCHOOL]).get(at("fair", fair)).context["sums"]["parts"] == 0


def text_of(answer):
    return b"".join(answer.streaming_content).decode("utf-8-sig")


def test_files_of_fairs_and_of_parts_hold_what_their_reader_sees(world, planned, clerk, stranger, province):
    make.FairPartFactory(fair=planned, school=world.our_school, sales=Decimal("1234.50"))
    for ending in ("csv", "json"):
        listed = reverse("courses:fair_export", args=[ending])
        assert "1234.5" in text_of(clerk.post(listed)) and "1234.5" not in text_of(stranger.post(listed))
        parts = reverse("courses:fair_parts_export", args=[planned.pk, ending])
        assert world.our_school.name in text_of(province.post(parts))
        assert world.our_school.name not in text_of(stranger.post(parts))
    assert clerk.post(reverse("courses:fair_parts_export", args=[planned.pk, "exe"])).status_code == 404


def test_many_rows_of_fairs_become_jobs(world, planned, clerk, stranger, monkeypatch):
    from courses import tasks

    make.FairPartFactory(fair=planned, school=world.our_school, note="บูท 7")
    monkeypatch.setattr(files, "MOST_AT_ONCE", 0)
    clerk.post(reverse("courses:fair_export", args=["csv"]))
    clerk.post(reverse("courses:fair_parts_export", args=[planned.pk, "csv"]))
    fairs_job, parts_job = Job.objects.order_by("pk")
    for task, job, words in (
        (tasks.export_fairs, fairs_job, planned.name),
        (tasks.export_parts, parts_job, "บูท 7"),
    ):
        with task.work(job).file.open() as file:
            assert words in file.read().decode("utf-8-sig")
        assert stranger.get(reverse("jobs:detail", args=[job.pk])).status_code == 404


def test_the_names_offered_are_the_letters_and_those_used_lately(world, planned):
    offered = fairs.names_offered()
    assert offered[0] == LETTERS and planned.name in offered and len(offered) == len(set(offered)) == 3
