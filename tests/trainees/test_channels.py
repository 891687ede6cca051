"""Sales channels and publicity channels: entry, lists, products, the bin, the file; each place by itself."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from jobs.models import Job
from offices.clock import today
from offices.roles import Role
from offices.scoping import DEPARTMENT_EYES
from offices.thai.dates import numeric_date
from tests import factories as make
from trainees.emptying import empty
from trainees.models import Channel, Offer, Publicity
from trainees.tasks import export_listing

LIST, CREATE = reverse("trainees:channel_list"), reverse("trainees:channel_create")
PUBLICITY_LIST = reverse("trainees:publicity_list")
TYPED = {"name": "ตลาดนัดวันศุกร์", "kind": "market", "address": "หน้าวัดบ้านเด่น", "opened_on": "๑๖/๐๑/๒๕๖๙"}


def there(row, act="detail", of="channel"):
    return reverse(f"trainees:{of}_{act}", args=[row.pk])


def names(response):
    return [row.record.name for row in response.context["table"].page.object_list]


def channels(user=DEPARTMENT_EYES):
    return Channel.objects.visible_to(user)


@pytest.fixture
def stranger(world):
    return world.strangers[Role.SCHOOL]


@pytest.fixture
def channel(world):
    return make.ChannelFactory(school=world.our_school, name="ร้านชุมชน")


@pytest.fixture
def product(world):
    return make.ProductFactory(course=world.ours.course, name="กล้วยฉาบ")


def test_each_office_sees_the_channels_below_it(client, world, channel):
    make.ChannelFactory(school=world.their_school, name="ของเขา")
    expected = {Role.SCHOOL: ["ร้านชุมชน"], Role.PROVINCE: ["ร้านชุมชน"], Role.DEPARTMENT: ["ของเขา", "ร้านชุมชน"]}
    for role, found in expected.items():
        client.force_login(world.users[role])
        assert names(client.get(LIST)) == found
    client.force_login(world.strangers[Role.PROVINCE])
    assert names(client.get(LIST)) == ["ของเขา"]


def test_a_channel_is_entered_and_has_its_page(clerk, client, world, stranger):
    answer = client.post(CREATE, TYPED | {"link": "facebook.com/ourshop"})
    made = channels(clerk).get()
    assert answer.url == there(made)
    assert (made.school, made.link) == (world.our_school, "https://facebook.com/ourshop")
    page = client.get(there(made)).content.decode()
    assert '<a href="https://facebook.com/ourshop" rel="noopener nofollow"' in page
    assert "16\N{NO-BREAK SPACE}ม.ค.\N{NO-BREAK SPACE}2569" in page
    client.force_login(stranger)
    assert client.get(there(made)).status_code == 404


@pytest.mark.parametrize("of", ["channel", "publicity"])
@pytest.mark.parametrize(
    "wrong, field",
    [
        ({"name": " \u200b"}, "name"),
        ({"name": "ก" * 151}, "name"),
        ({"kind": "shop floor"}, "kind"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"link": "https://ours.example.com@evil.example.com"}, "link"),
        ({"link": "https://example.com/" + "x" * 300}, "link"),
        ({"address": ""}, "address"),
        ({"opened_on": "31/02/2569"}, "opened_on"),
        ({"opened_on": ""}, "opened_on"),
        ({"closed_on": "15/01/2569"}, "closed_on"),
        ({"note": "\x00"}, "note"),
    ],
)
def test_what_is_wrong_is_said_in_thai_beside_its_field(clerk, client, of, wrong, field):
    response = client.post(reverse(f"trainees:{of}_create"), TYPED | wrong)
    errors = response.context["form"].errors
    assert list(errors) == [field]
    assert any("\u0e00" <= letter <= "\u0e7f" for letter in errors[field][0])
    assert not channels().exists()
    for typed in (TYPED | wrong).values():
        assert typed.strip("\u200b\x00 ") in response.content.decode()


def test_a_channel_that_opens_tomorrow_is_not_open_yet(clerk, client):
    tomorrow = numeric_date(today() + timedelta(days=1))
    assert list(client.post(CREATE, TYPED | {"opened_on": tomorrow}).context["form"].errors) == ["opened_on"]


WILD = st.text(max_size=60) | st.sampled_from(["\x00", "NaN", "9" * 5000, "๙" * 300, "http://[", "😀" * 300])


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.dictionaries(st.sampled_from([*TYPED, "link", "closed_on", "note", "version"]), WILD, min_size=1))
def test_whatever_is_typed_is_saved_or_answered_with_its_form(clerk, client, channel, data):
    for address in (CREATE, there(channel, "edit")):
        response = client.post(address, TYPED | data)
        assert response.status_code == 302 or response.context["form"].errors


def test_the_second_of_two_editors_sees_the_difference(clerk, client, channel):
    seen = str(channels().get().version)
    assert client.post(there(channel, "edit"), TYPED | {"version": seen, "name": "ของเขา"}).status_code == 302
    form = client.post(there(channel, "edit"), TYPED | {"version": seen, "name": "ของฉัน"}).context["form"]
    assert [(d.mine, d.theirs) for d in form.conflict] == [("ของฉัน", "ของเขา")]
    assert channels().get().name == "ของเขา"


def test_filters_narrow_the_list_and_come_back(clerk, client, world, channel, product):
    make.OfferFactory(channel=channel, product=product)
    make.ChannelFactory(
        school=world.our_school, name="เพจกลุ่ม", kind="facebook", opened_on="2026-01-01", closed_on="2026-02-01"
    )
    for asked, found in {
        "kind=facebook": ["เพจกลุ่ม"],
        "state=open": ["ร้านชุมชน"],
        "state=closed": ["เพจกลุ่ม"],
        "products=with": ["ร้านชุมชน"],
        "products=without": ["เพจกลุ่ม"],
        "q=ชุมชน": ["ร้านชุมชน"],
    }.items():
        assert names(client.get(f"{LIST}?{asked}")) == found, asked
    assert client.get(LIST).url.startswith(f"{LIST}?q=")


@pytest.mark.parametrize("rows", [25, 2500])
@pytest.mark.parametrize("role", [Role.SCHOOL, Role.PROVINCE, Role.DEPARTMENT])
def test_the_lists_cost_few_queries_whatever_the_rows(client, world, rows, role, django_assert_max_num_queries):
    for model, factory, address in (
        (Channel, make.ChannelFactory, LIST),
        (Publicity, make.PublicityFactory, PUBLICITY_LIST),
    ):
        model.objects.bulk_create(factory.build(school=world.our_school) for _ in range(rows))
        client.force_login(world.users[role])
        with django_assert_max_num_queries(10):
            response = client.get(address)
        assert response.context["count"] == rows


def test_a_product_is_sold_here_once_and_no_longer(clerk, client, world, channel, product, stranger):
    theirs = make.ProductFactory(course=world.theirs.course)
    add = there(channel, "offer")
    assert client.post(add, {"product": product.pk}).url == f"{there(channel)}#products"
    for refused in (product.pk, theirs.pk, "x", ""):
        assert client.post(add, {"product": refused}).context["offer_form"].errors
    offer = Offer.objects.visible_to(clerk).get()
    assert "กล้วยฉาบ" in client.get(there(channel)).content.decode()
    panel = client.get(reverse("trainees:course_channels", args=[world.ours.course.pk])).content.decode()
    assert "ร้านชุมชน" in panel and "กล้วยฉาบ" in panel
    remove = reverse("trainees:offer_remove", args=[offer.pk])
    client.force_login(stranger)
    assert client.post(remove).status_code == 404
    client.force_login(clerk)
    client.post(remove)
    assert not Offer.objects.visible_to(clerk).exists()


def test_the_page_costs_few_queries_whatever_is_sold(clerk, client, world, channel, django_assert_max_num_queries):
    for _ in range(40):
        make.OfferFactory(channel=channel, product=make.ProductFactory(course=world.ours.course))
    for month in range(1, 10):
        make.SaleFactory(channel=channel, month=f"2026-{month:02}-01")
    with django_assert_max_num_queries(25):
        client.get(there(channel))


@pytest.mark.parametrize("of, factory", [("channel", make.ChannelFactory), ("publicity", make.PublicityFactory)])
def test_a_channel_goes_into_the_bin_and_comes_back(clerk, client, world, stranger, of, factory):
    row = factory(school=world.our_school, name="เลิกแล้ว")
    page = client.post(there(row, "bin", of), follow=True)
    assert there(row, "restore", of) in page.content.decode()
    assert client.get(there(row, of=of)).status_code == 404
    assert "เลิกแล้ว" in client.get(reverse(f"trainees:{of}_bin_list")).content.decode()
    client.force_login(stranger)
    assert "เลิกแล้ว" not in client.get(reverse(f"trainees:{of}_bin_list")).content.decode()
    assert client.post(there(row, "restore", of)).status_code == 404
    client.force_login(clerk)
    assert client.post(there(row, "restore", of)).url == there(row, of=of)
    assert names(client.get(reverse(f"trainees:{of}_list"))) == ["เลิกแล้ว"]


def test_what_lies_in_the_bin_too_long_is_gone_with_its_sales(clerk, client, world, channel, product, settings):
    make.OfferFactory(channel=channel, product=product)
    make.SaleFactory(channel=channel)
    kept = make.ChannelFactory(school=world.their_school)
    channels().filter(pk=channel.pk).update(binned_at=timezone.now() - timedelta(days=settings.BIN_DAYS + 1))
    assert client.post(there(channel, "restore")).status_code == 404
    assert empty()["channels"] == 3
    assert list(Channel.objects.unscoped()) == [kept]


def exported(client, user, of, query="", ending="xlsx"):
    client.force_login(user)
    client.post(f"{reverse(f'trainees:{of}_export', args=[ending])}?{query}")
    file = export_listing.work(Job.objects.of(user).latest("pk"))
    with file.file.open() as opened:
        return opened.read()


def test_the_file_has_the_rows_of_the_list_with_their_months(client, world, channel, product):
    make.OfferFactory(channel=channel, product=product)
    make.SaleFactory(channel=channel, amount="1250.50")
    make.ChannelFactory(school=world.our_school, name="=cmd()", kind="facebook")
    make.ChannelFactory(school=world.their_school, name="ของเขา")
    book = load_workbook(BytesIO(exported(client, world.users[Role.SCHOOL], "channel")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {"ร้านชุมชน", "กล้วยฉาบ", 1250.5, "กุมภาพันธ์ 2569", "=cmd()"} <= {cell.value for cell in cells}
    assert "f" not in {cell.data_type for cell in cells}  # no formula
    assert "ของเขา" not in {cell.value for cell in cells}
    narrowed = exported(client, world.users[Role.DEPARTMENT], "channel", "kind=facebook", "csv").decode(
        "utf-8-sig"
    )
    assert "cmd" in narrowed and "ร้านชุมชน" not in narrowed
    make.PublicityFactory(school=world.our_school, name="เพจอำเภอ")
    assert "เพจอำเภอ" in exported(client, world.users[Role.PROVINCE], "publicity", ending="json").decode()
