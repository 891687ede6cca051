"""Products: the list and its file, entering and changing, the page with everything, the bin."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from jobs.models import Job
from offices.roles import Role
from offices.scoping import DEPARTMENT_EYES
from tests import factories as make
from trainees import emptying, privacy
from trainees.models import Enrolment, Maker, Product, Trainee
from trainees.tasks import export_products

LIST = reverse("trainees:products")
NEW = reverse("trainees:product_create")


def page_of(product, name="product"):
    return reverse(f"trainees:{name}", args=[product.pk])


def shown(response):
    return [row.record for row in response.context["table"].page.object_list]


def stored():
    return list(Product.objects.visible_to(DEPARTMENT_EYES))


@pytest.fixture
def stranger(world):
    browser = Client()
    browser.force_login(world.strangers[Role.SCHOOL])
    return browser


@pytest.fixture
def course(world, set_state):
    """Our course, whose training is over."""
    return set_state(world.ours.course, "completed")


@pytest.fixture
def product(course):
    return make.ProductFactory(course=course, name="กล้วยฉาบเคลือบน้ำตาลมะพร้าว", category="อาหาร", price=Decimal(35))


@pytest.fixture
def typed(course):
    """What is typed into the form of a right product; change what matters."""
    return {
        "course": course.pk, "name": "ตะกร้าไม้ไผ่", "category": "ของใช้", "made_on": "๒๐/๐๑/๒๕๖๙", "price": "๑,๒๕๐.๕",
        "standard": "มผช. 1/2560", "identity": "ลายดอกพิกุลของบ้านเรา\r\nสานมาสามรุ่น", "description": "",
        "demand": "", "packaging": "ถุงผ้า", "value_added": "",
    }  # fmt: skip


def assessed(world, product, is_met, day=date(2026, 2, 1)):
    return make.AssessmentFactory(
        product=product, fiscal_year=world.year, is_met=is_met, assessed_on=day,
        entered_by=world.users[Role.SCHOOL],
    )  # fmt: skip


def test_a_product_is_entered_from_the_page_of_its_course(clerk, client, world, course, typed, stranger):
    panel = client.get(reverse("trainees:course_products", args=[course.pk]), headers={"HX-Request": "true"})
    way = f"{NEW}?course={course.pk}"
    assert way in panel.content.decode() and "<html" not in panel.content.decode()
    assert client.get(way).context["form"]["course"].value() == str(course.pk)
    answer = client.post(way, typed)
    (made,) = stored()
    assert answer.url == page_of(made, "product_makers")
    assert (made.school, made.course, made.price) == (world.our_school, course, Decimal("1250.50"))
    assert (made.made_on, made.identity) == (date(2026, 1, 20), "ลายดอกพิกุลของบ้านเรา\nสานมาสามรุ่น")
    assert stranger.post(NEW, typed).context["form"].errors["course"] and len(stored()) == 1


def test_a_price_that_nobody_knows_is_not_zero(clerk, client, typed):
    for price, kept, told in (("", None, "–"), ("0", Decimal(0), "0.00"), ("๐.๕", Decimal("0.50"), "0.50")):
        client.post(NEW, typed | {"price": price})
        made = stored()[-1]
        assert made.price == kept
        assert f"<dd>{told}</dd>" in client.get(page_of(made)).content.decode()
        Product.objects.visible_to(DEPARTMENT_EYES).delete()


@pytest.mark.parametrize(
    ("wrong", "value"),
    [
        ("price", "-1"), ("price", "ฟรี"), ("price", "1.234"), ("price", "9" * 13), ("made_on", "15/01/2569"),
        ("made_on", "1/1/2700"), ("made_on", "วันนี้"), ("name", " \u200b "), ("name", "ก" * 201), ("course", ""),
        ("course", "9" * 30), ("course", "x"), ("category", "ก" * 101), ("identity", "ก" * 4001),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_beside_its_box_and_nothing_typed_is_lost(clerk, client, typed, wrong, value):
    response = client.post(NEW, typed | {wrong: value})
    assert list(response.context["form"].errors) == [wrong] and stored() == []
    page = response.content.decode()
    assert "ถุงผ้า" in page and "มผช. 1/2560" in page and "error-summary" in page


def test_a_course_whose_training_has_not_begun_has_no_products(clerk, client, world, typed, set_state):
    set_state(world.ours.course, "open")
    assert list(client.post(NEW, typed).context["form"].errors) == ["course"]
    panel = client.get(reverse("trainees:course_products", args=[world.ours.course.pk]))
    assert NEW not in panel.content.decode()


def test_the_second_of_two_who_change_a_product_sees_the_difference(clerk, client, product, typed, stranger):
    edit = page_of(product, "product_edit")
    assert client.get(edit).status_code == 200
    sent = typed | {"version": "1"}
    assert client.post(edit, sent | {"price": "40"}).url == page_of(product)
    response = client.post(edit, sent | {"price": "45"})
    assert [(d.mine, d.theirs) for d in response.context["form"].conflict] == [("45", "40")]
    product.refresh_from_db()
    assert product.price == 40
    assert stranger.post(edit, sent).status_code == stranger.get(edit).status_code == 404


def test_the_page_shows_everything_about_a_product(clerk, client, world, product, stranger):
    make.MakerFactory(product=product, enrolment=world.ours.enrolment)
    channel = make.ChannelFactory(school=world.our_school, name="ตลาดนัดวันศุกร์")
    make.OfferFactory(channel=channel, product=product)
    make.ExhibitFactory(fair=make.FairFactory(fiscal_year=world.year, name="งานมหกรรมปีนี้"), product=product)
    assessed(world, product, is_met=False)
    assessed(world, product, is_met=True, day=date(2026, 3, 1))
    page = client.get(page_of(product)).content.decode()
    for told in (
        world.ours.trainee.full_name,
        "ตลาดนัดวันศุกร์",
        "งานมหกรรมปีนี้",
        "ผ่านเกณฑ์",
        "35.00",
        str(product.course),
    ):
        assert told in page
    assert world.ours.trainee.document_number not in page and world.ours.trainee.masked_document in page
    person = client.get(reverse("trainees:detail", args=[world.ours.trainee.pk]))
    assert page_of(product) in person.content.decode()
    assert stranger.get(page_of(product)).status_code == 404
    for role in (Role.PROVINCE, Role.DEPARTMENT):
        client.force_login(world.users[role])
        page = client.get(page_of(product)).content.decode()
        assert product.name in page and page_of(product, "product_edit") not in page and "<form" in page


def test_the_page_costs_few_queries_however_much_there_is(
    clerk, client, world, course, product, people, django_assert_max_num_queries
):
    people(20, on=course)
    Maker.objects.bulk_create(
        make.MakerFactory.build(product=product, enrolment=place)
        for place in Enrolment.objects.visible_to(DEPARTMENT_EYES).filter(course=course)
    )
    for month in range(1, 7):
        assessed(world, product, is_met=month % 2 == 0, day=date(2026, month, 20))
    client.get(page_of(product))
    with django_assert_max_num_queries(25):
        assert len(client.get(page_of(product)).context["assessments"]) == 6


def test_the_list_narrows_by_words_category_course_and_assessment(clerk, client, world, course, product):
    never = make.ProductFactory(course=course, name="ผ้าทอ ๕ สี", category="ผ้า")
    failed = make.ProductFactory(course=course, name="แชมพู", standard="อย. 12")
    theirs = make.ProductFactory(course=world.theirs.course)
    assessed(world, product, is_met=False)
    assessed(world, product, is_met=True, day=date(2026, 3, 1))
    assessed(world, failed, is_met=True)
    assessed(world, failed, is_met=False, day=date(2026, 3, 1))
    for asked, found in {
        (): {product, never, failed},
        (("standing", "met"),): {product},
        (("standing", "not_met"),): {failed},
        (("standing", "never"),): {never},
        (("standing", "assessed"),): {product, failed},
        (("category", "ผ้า"),): {never},
        (("q", "5 สี"),): {never},
        (("q", "อย."),): {failed},
        (("course", str(course.pk)), ("standing", "met")): {product},
    }.items():
        client.get(LIST, {"clear": "1"})
        assert set(shown(client.get(LIST, dict(asked)))) == found, asked
    response = client.get(LIST, {"course": world.theirs.course.pk})
    assert response.context["filter"].form.errors and theirs not in shown(response)


def test_products_stand_in_thai_dictionary_order_and_the_filter_comes_back(clerk, client, course):
    for name in ("แก้ว", "กานดา", "เกษร", "ขวัญ", "ก้าน"):
        make.ProductFactory(course=course, name=name)
    assert [each.name for each in shown(client.get(LIST))] == ["ก้าน", "กานดา", "เกษร", "แก้ว", "ขวัญ"]
    client.get(LIST, {"standing": "met"})
    assert client.get(LIST).url == f"{LIST}?standing=met"


def test_each_office_sees_the_products_below_it(client, world, product):
    theirs, attached = (make.ProductFactory(course=side.course) for side in (world.theirs, world.attached))
    for user, found in (
        (world.users[Role.SCHOOL], {product}),
        (world.users[Role.PROVINCE], {product}),
        (world.users[Role.DEPARTMENT], {product, theirs, attached}),
        (world.strangers[Role.SCHOOL], {theirs}),
        (world.strangers[Role.PROVINCE], {theirs}),
        (world.attached_user, {attached}),
    ):
        client.force_login(user)
        assert set(shown(client.get(LIST))) == found
    client.force_login(world.users[Role.DEPARTMENT])
    assert set(shown(client.get(LIST, {"province": "none"}))) == {attached}


@pytest.mark.parametrize("rows", [25, 2500])
@pytest.mark.parametrize("role", [Role.SCHOOL, Role.PROVINCE, Role.DEPARTMENT])
def test_the_list_costs_few_queries_whatever_the_rows(
    client, world, course, rows, role, django_assert_max_num_queries
):
    made = Product.objects.bulk_create(make.ProductFactory.build(course=course) for _ in range(rows))
    make.AssessmentFactory._meta.model.objects.bulk_create(
        make.AssessmentFactory.build(
            product=each, fiscal_year=world.year, is_met=True, entered_by=world.users[Role.SCHOOL]
        )
        for each in made
    )
    client.force_login(world.users[role])
    client.get(LIST)
    with django_assert_max_num_queries(10):
        client.get(LIST)
    asked = {"standing": "met", "sort": "-latest_on"}
    client.get(LIST, asked)  # from now on the session remembers this filter
    with django_assert_max_num_queries(10):
        response = client.get(LIST, asked)
    assert len(shown(response)) == 25 and response.context["count"] == rows


def test_an_empty_list_says_how_to_begin(clerk, client, stranger):
    assert "ยังไม่มีผลิตภัณฑ์" in client.get(LIST).content.decode()
    assert "เกณฑ์ประเมินผลิตภัณฑ์" in stranger.get(LIST).content.decode()  # nobody has set one


def exported(client, user, query=""):
    client.force_login(user)
    client.post(f"{reverse('trainees:product_export')}?{query}", {"format": "xlsx"})
    file = export_products.work(Job.objects.of(user).latest("pk"))
    with file.file.open() as opened:
        book = load_workbook(BytesIO(opened.read()))
    return [row for sheet in book for row in sheet.iter_rows(values_only=True)]


def test_the_file_has_the_rows_of_the_list_and_names_nobody(client, world, course, product):
    make.MakerFactory(product=product, enrolment=world.ours.enrolment)
    make.ProductFactory(course=course, name="=cmd()", category="ผ้า")
    make.ProductFactory(course=world.theirs.course, name="ของเขา")
    rows = exported(client, world.users[Role.DEPARTMENT], "category=อาหาร")
    text = str(rows)
    assert product.name in text and "=cmd" not in text and "ของเขา" not in text
    assert world.ours.trainee.first_name not in text
    (line,) = [row for row in rows if product.name in row]
    assert 35 in line and 1 in line and "ยังไม่เคยประเมิน" in line
    assert "ของเขา" not in str(exported(client, world.users[Role.SCHOOL]))
    assert client.post(reverse("trainees:product_export"), {"format": "exe"}).status_code == 404


def test_a_product_goes_into_the_bin_and_comes_back_whole(clerk, client, world, course, product, stranger):
    make.MakerFactory(product=product, enrolment=world.ours.enrolment)
    assert stranger.post(page_of(product, "product_bin")).status_code == 404
    page = client.post(page_of(product, "product_bin"), follow=True)
    assert page_of(product, "product_restore") in page.content.decode() and product not in shown(page)
    assert client.get(page_of(product)).status_code == 404
    assert product.name in client.get(reverse("trainees:product_bin_list")).content.decode()
    assert product.name not in stranger.get(reverse("trainees:product_bin_list")).content.decode()
    assert stranger.post(page_of(product, "product_restore")).status_code == 404
    client.post(page_of(product, "product_restore"))
    assert len(client.get(page_of(product)).context["makers"]) == 1


def test_makers_break_no_page_when_they_withdraw_are_taken_off_or_erased(clerk, client, world, course, product):
    gone, left, erased = (
        make.EnrolmentFactory(course=course, trainee=make.TraineeFactory(school=world.our_school))
        for _ in range(3)
    )
    for place in (gone, left, erased):
        make.MakerFactory(product=product, enrolment=place)
    gone.binned_at = "2026-03-01T00:00Z"
    gone.save()
    left.status, left.withdrawn_on = "withdrawn", date(2026, 1, 17)
    left.save()
    course.status = "closed"
    course.save()
    privacy.erase(trainee=erased.trainee, reason="ขอลบ", by=clerk)
    page = client.get(page_of(product))
    assert [maker.enrolment for maker in page.context["makers"]] == [erased, left]
    assert gone.trainee.full_name not in page.content.decode()
    assert erased.trainee.first_name not in page.content.decode()
    assert client.get(LIST).status_code == client.get(page_of(product, "product_makers")).status_code == 200


def test_the_bins_are_emptied_of_products_and_of_makers_who_are_gone(clerk, world, course, product):
    other = make.ProductFactory(course=course)
    for each in (product, other):
        make.MakerFactory(product=each, enrolment=world.ours.enrolment)
    make.OfferFactory(channel=make.ChannelFactory(school=world.our_school), product=product)
    assessed(world, product, is_met=True)
    product.binned_at = "2026-01-01T00:00Z"
    product.save()
    Enrolment.objects.visible_to(clerk).update(binned_at="2026-01-01T00:00Z")
    Trainee.objects.visible_to(clerk).update(binned_at="2026-01-01T00:00Z")
    emptying.empty()
    assert stored() == [other]
    assert (
        not Maker.objects.unscoped().exists() and not Enrolment.objects.unscoped().filter(course=course).exists()
    )
