"""Circulars: sent, passed on, acknowledged, counted; frozen once sent; and there for nobody else."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.db.models import ProtectedError
from django.urls import reverse
from pypdf import PdfReader

from documents import circular_bins, circulars
from documents.circular_reminders import remind
from documents.circular_standing import Sum, by_province, sum_of
from documents.models import Circular, Delivery, Enclosure, PrivateFile
from offices.clock import today
from offices.models import School
from offices.permissions import ALLOWED, Can
from offices.roles import Role
from tests import factories as make
from tests.documents.test_enclosures import PDF
from tests.documents.typesetting.readers import letters_of

HOME, LIST = reverse("home"), reverse("documents:circulars")


@pytest.fixture
def officer(world):
    return world.users[Role.DEPARTMENT]


@pytest.fixture
def draft(officer):
    made = make.CircularFactory(made_by=officer, urgency="most_urgent", subject="แนวทางปี 2569", due_on=today())
    circulars.enclose(circular=made, file=BytesIO(PDF), name="แนวทาง.pdf", by=officer)
    return made


@pytest.fixture
def sent(world, officer, draft):
    """To our province and the attached school; not to their province."""
    return circulars.send(
        circular=draft, provinces=[world.our_province], schools=[world.attached_school], by=officer
    )


@pytest.fixture
def passed(world, sent):
    """Passed on to our school with a note; the sister school has not got it."""
    circulars.pass_on(
        circular=sent, schools=[world.our_school], note="อ่านแล้วแจ้งครูทุกคน", by=world.users[Role.PROVINCE]
    )
    return sent


def page_of(circular):
    return reverse("documents:circular", args=[circular.pk])


def todos_of(client, user):
    client.force_login(user)
    return [todo.text for todo in client.get(HOME).context["todos"] if todo.icon in {"envelope", "bell"}]


def test_a_circular_travels_from_the_department_through_a_province_to_its_schools(client, world, officer):
    client.force_login(officer)
    typed = {
        "urgency": "most_urgent", "number": "", "dated_on": "5/1/2569", "subject": "แนวทางปี 2569",
        "body": "ข้อความ", "signer_name": "นายกรม สมมุติ", "signer_position": "อธิบดี", "due_on": "๓๐/๑/๒๕๖๙",
    }  # fmt: skip
    client.post(reverse("documents:circular_new"), typed)
    circular = Circular.objects.visible_to(officer).get()
    assert (circular.status, circular.due_on) == ("draft", date(2026, 1, 30))
    enclosure = SimpleUploadedFile("แนบ.pdf", PDF)
    client.post(reverse("documents:circular_enclose", args=[circular.pk]), {"file": enclosure})
    send = reverse("documents:circular_send", args=[circular.pk])
    assert "กำหนดรูปแบบ" in client.post(send, {"to": "all"}).text  # it has no number, and nobody set how they look
    make.NumberSeriesFactory()
    assert client.post(send, {"to": "all"}).status_code == 302
    circular.refresh_from_db()
    assert (circular.status, circular.number) == ("sent", "ศธ 07005/1")

    province = world.users[Role.PROVINCE]
    assert len(todos_of(client, province)) == 1
    assert "แนวทางปี 2569" in client.get(LIST).text
    pass_on = reverse("documents:circular_pass_on", args=[circular.pk])
    chosen = {"to": "chosen", "schools": [world.our_school.pk], "note": "อ่านแล้วแจ้งครู"}
    assert client.post(pass_on, chosen).status_code == 302
    assert todos_of(client, province) == []

    clerk = world.users[Role.SCHOOL]
    assert len(todos_of(client, clerk)) == 1
    page = client.get(page_of(circular))
    assert "อ่านแล้วแจ้งครู" in page.text and "แนบ.pdf" in page.text
    assert client.post(reverse("documents:circular_acknowledge", args=[circular.pk])).status_code == 302
    assert todos_of(client, clerk) == []
    own = Delivery.objects.own_of(clerk).get()
    assert own.acknowledged_by == clerk and own.opened_by == clerk
    assert sum_of(circular, officer) == Sum(reached=2, acknowledged=1)


def test_it_exists_only_for_offices_that_it_was_handed_to(client, world, passed):
    (enclosure,) = Enclosure.objects.visible_to(world.attached_user).filter(circular=passed)
    sister = make.UserFactory(role=Role.SCHOOL, school=world.sister_school)
    for user in (
        *(world.users[role] for role in (Role.SCHOOL, Role.PROVINCE, Role.DEPARTMENT)),
        world.attached_user,
    ):
        client.force_login(user)
        assert client.get(page_of(passed)).status_code == 200
        assert passed.subject in client.get(LIST).text
        response = client.get(reverse("documents:circular_file", args=[enclosure.pk]))
        assert b"".join(response.streaming_content) == PDF
        assert response["Content-Disposition"].startswith("attachment")
    for user in (sister, *world.strangers.values()):
        client.force_login(user)
        assert passed.subject not in client.get(LIST).text
        for name in ("circular", "circular_paper"):
            assert client.get(reverse(f"documents:{name}", args=[passed.pk])).status_code == 404
        assert client.get(reverse("documents:circular_file", args=[enclosure.pk])).status_code == 404
        assert not Delivery.objects.visible_to(user).exists()
    client.force_login(world.users[Role.ADMINISTRATOR])
    assert client.get(page_of(passed)).status_code == 403


def test_a_draft_exists_for_the_department_alone(client, world, draft):
    for user in (world.users[Role.PROVINCE], world.users[Role.SCHOOL], world.attached_user):
        client.force_login(user)
        assert client.get(page_of(draft)).status_code == 404
        assert draft.subject not in client.get(LIST).text


def test_a_province_passes_on_to_its_own_schools_only_and_to_none_twice(client, world, sent):
    province = world.users[Role.PROVINCE]
    client.force_login(province)
    address = reverse("documents:circular_pass_on", args=[sent.pk])
    theirs = client.post(address, {"to": "chosen", "schools": [world.their_school.pk]})
    assert "schools" in theirs.context["form"].errors
    none = client.post(address, {"to": "chosen", "note": "ยังอยู่"})
    assert "schools" in none.context["form"].errors and "ยังอยู่" in none.text
    everybody = list(School.objects.unscoped())
    assert circulars.pass_on(circular=sent, schools=everybody, note="", by=province) == 2
    assert circulars.pass_on(circular=sent, schools=everybody, note="", by=province) == 0
    assert Delivery.objects.visible_to(world.users[Role.DEPARTMENT]).filter(school=world.their_school).count() == 0


def test_what_was_sent_stays_as_it_is(world, officer, sent):
    rows = Circular.objects.visible_to(officer).filter(pk=sent.pk)
    enclosures = Enclosure.objects.visible_to(officer).filter(circular=sent)
    for change in (
        lambda: rows.update(subject="เปลี่ยนใจ"),
        lambda: rows.update(status="draft", sent_at=None, sent_by=None),
        lambda: rows.update(due_on=None),
        lambda: rows.delete(),
        lambda: enclosures.delete(),
        lambda: enclosures.update(file=enclosures[0].file_id, version=9),
    ):
        with pytest.raises((DatabaseError, ProtectedError)), transaction.atomic():
            change()
    with pytest.raises(ValidationError):
        circulars.enclose(circular=sent, file=BytesIO(PDF), name="สาย.pdf", by=officer)
    with pytest.raises(ValidationError):
        circulars.send(circular=sent, provinces=[world.their_province], schools=[], by=officer)
    with pytest.raises(ValidationError):
        circular_bins.throw_away(sent, by=officer)
    sent.refresh_from_db()
    assert sent.subject == "แนวทางปี 2569"
    assert enclosures.count() == 1


def test_a_new_one_replaces_it_and_the_old_one_waits_for_nobody_any_more(client, world, officer, passed):
    clerk, province = world.users[Role.SCHOOL], world.users[Role.PROVINCE]
    correction = circulars.correct(circular=passed, by=officer)
    assert circulars.correct(circular=passed, by=officer) == correction  # pressed twice
    assert correction.number == "" and correction.subject == passed.subject
    assert Enclosure.objects.visible_to(officer).filter(circular=correction).count() == 1
    client.force_login(officer)
    form = client.get(reverse("documents:circular_send", args=[correction.pk])).context["form"]
    assert form.initial["provinces"] == [world.our_province.pk]
    assert form.initial["schools"] == [world.attached_school.pk]
    correction.number = "ศธ 07005/ใหม่"
    correction.save()
    circulars.send(circular=correction, provinces=[world.our_province], schools=[], by=officer)
    passed.refresh_from_db()
    assert passed.status == "replaced"
    assert todos_of(client, clerk) == []
    assert len(todos_of(client, province)) == 1
    client.force_login(clerk)
    page = client.get(page_of(passed)).text
    assert "มีฉบับใหม่แทน" in page and page_of(correction) not in page  # it was not passed on to this school yet
    client.post(reverse("documents:circular_acknowledge", args=[passed.pk]))
    assert Delivery.objects.own_of(clerk).get(circular=passed).acknowledged_at is None
    circulars.pass_on(circular=correction, schools=[world.our_school], note="", by=province)
    assert page_of(correction) in client.get(page_of(passed)).text


def test_it_is_withdrawn_with_a_reason_that_everybody_reads(client, world, officer, passed):
    client.force_login(officer)
    address = reverse("documents:circular_withdraw", args=[passed.pk])
    assert client.post(address, {"reason": " "}).context["form"].errors
    assert client.post(address, {"reason": "ออกผิดฉบับ"}).status_code == 302
    clerk = world.users[Role.SCHOOL]
    assert todos_of(client, clerk) == []
    assert "ออกผิดฉบับ" in client.get(page_of(passed)).text
    with pytest.raises(ValidationError):
        circulars.pass_on(circular=passed, schools=[world.sister_school], note="", by=world.users[Role.PROVINCE])
    assert client.post(address).status_code == 403
    client.force_login(officer)
    assert client.get(address).status_code == 404  # no longer in force


def test_department_and_province_see_who_has_not(client, world, officer, passed):
    (ours, direct) = by_province(passed, officer)
    assert (ours.province, ours.schools, ours.reached, ours.waiting) == (world.our_province, 2, 1, 1)
    assert (direct.province, direct.reached, direct.acknowledged) == (None, 1, 0)
    circulars.acknowledge(circular=passed, by=world.attached_user)
    assert by_province(passed, officer)[1].waiting == 0
    assert sum_of(passed, world.users[Role.PROVINCE]) == Sum(reached=1, acknowledged=0)
    client.force_login(officer)
    page = client.get(reverse("documents:circular_recipients", args=[passed.pk]), {"state": "waiting"}).text
    assert world.our_school.name in page and world.attached_school.name not in page
    address = reverse("documents:circular_recipients_export", args=[passed.pk, "csv"])
    listed = b"".join(client.post(f"{address}?state=done").streaming_content).decode("utf-8-sig")
    assert world.attached_school.name in listed and world.our_school.name not in listed
    client.force_login(world.users[Role.PROVINCE])
    page = client.get(reverse("documents:circular_recipients", args=[passed.pk]) + "?clear=1").text
    assert world.our_school.name in page and world.attached_school.name not in page


def test_a_reminder_stands_on_the_home_page_and_comes_once_a_day(client, world, officer, passed):
    province, clerk = world.users[Role.PROVINCE], world.users[Role.SCHOOL]
    assert remind(circular=passed, by=province).offices == 1
    assert remind(circular=passed, by=province).offices == 0
    assert remind(circular=passed, by=officer).offices == 1  # the attached school; ours was reminded today
    (todo,) = todos_of(client, clerk)
    assert "เตือน" in todo
    assert not any(each.reminders for each in Delivery.objects.own_of(province))


def test_a_province_that_passed_nothing_on_is_reminded(client, world, officer, sent):
    circulars.acknowledge(circular=sent, by=world.attached_user)
    assert remind(circular=sent, by=officer).offices == 1
    (todo,) = todos_of(client, world.users[Role.PROVINCE])
    assert "เตือน" in todo


def test_what_is_over_its_day_is_late(client, world, officer, draft):
    draft.due_on = today() - timedelta(days=1)
    draft.save()
    circulars.send(circular=draft, provinces=[], schools=[world.attached_school], by=officer)
    client.force_login(world.attached_user)
    (todo,) = [todo for todo in client.get(HOME).context["todos"] if todo.icon == "envelope"]
    assert todo.late


def test_unread_ones_are_marked_until_somebody_of_the_office_opens_them(client, world, passed):
    client.force_login(world.users[Role.SCHOOL])
    assert passed.subject in client.get(LIST, {"mine": "unread"}).text
    client.get(page_of(passed))
    assert passed.subject not in client.get(LIST, {"mine": "unread"}).text
    assert passed.subject in client.get(LIST, {"mine": "waiting"}).text
    client.post(reverse("documents:circular_acknowledge", args=[passed.pk]))
    assert passed.subject in client.get(LIST, {"mine": "done"}).text
    client.force_login(world.users[Role.PROVINCE])
    assert passed.subject in client.get(LIST, {"mine": "unread"}).text  # each office for itself


@pytest.mark.parametrize("wrong, field", [
    ({"subject": ""}, "subject"), ({"dated_on": "31/2/2569"}, "dated_on"), ({"due_on": "1/1/2569"}, "due_on"),
    ({"urgency": "asap"}, "urgency"), ({"signer_name": "\u200b"}, "signer_name"),
    ({"subject": "ก" * 301}, "subject"),
])  # fmt: skip
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(client, officer, wrong, field):
    client.force_login(officer)
    typed = {
        "urgency": "normal",
        "dated_on": "5/1/2569",
        "subject": "เรื่อง",
        "body": "ข้อความยาว",
        "signer_name": "ก",
    }
    page = client.post(reverse("documents:circular_new"), typed | wrong)
    assert field in page.context["form"].errors
    assert "ข้อความยาว" in page.text
    assert not Circular.objects.visible_to(officer).exists()


def test_a_draft_is_thrown_away_taken_back_and_gone_for_good_after_its_days(client, officer, draft):
    client.force_login(officer)
    client.post(reverse("documents:circular_bin", args=[draft.pk]))
    assert not Circular.objects.visible_to(officer).exists()
    assert draft.subject in client.get(reverse("documents:circular_bin_list")).text
    client.post(reverse("documents:circular_restore", args=[draft.pk]))
    assert Circular.objects.visible_to(officer).count() == 1
    circular_bins.throw_away(draft, by=officer)
    draft.refresh_from_db()
    circular_bins.empty(draft.binned_at + timedelta(seconds=1))
    assert not Circular.objects.in_bin_of(officer).exists()
    assert not PrivateFile.objects.exists()


def test_a_file_that_an_earlier_circular_encloses_outlives_the_draft_that_takes_it_out(officer, sent):
    correction = circulars.correct(circular=sent, by=officer)
    (again,) = Enclosure.objects.visible_to(officer).filter(circular=correction).select_related("circular", "file")
    circulars.take_out(enclosure=again, by=officer)
    assert PrivateFile.objects.count() == 1
    circulars.take_out(
        enclosure=circulars.enclose(circular=correction, file=BytesIO(PDF), name="ใหม่.pdf", by=officer), by=officer
    )
    assert PrivateFile.objects.count() == 1


def test_it_is_printed_with_its_note_and_says_when_it_is_over(client, world, officer, passed):
    def paper():
        client.force_login(world.users[Role.SCHOOL])
        response = client.get(reverse("documents:circular_paper", args=[passed.pk]))
        pages = PdfReader(BytesIO(b"".join(response.streaming_content))).pages
        return letters_of("\n".join(page.extract_text() for page in pages))

    for words in ("ด่วนที่สุด", "แนวทางปี 2569", "5 มกราคม 2569", "นายกรม สมมุติ", "แนวทาง.pdf", "อ่านแล้วแจ้งครูทุกคน"):
        assert letters_of(words) in paper()
    circulars.withdraw(circular=passed, reason="ออกผิดฉบับ", by=officer)
    assert letters_of("ออกผิดฉบับ") in paper()


def test_the_list_goes_into_a_file_with_counts_for_who_looks_after_schools_only(client, world, passed):
    def heads(user):
        client.force_login(user)
        sent = client.post(reverse("documents:circulars_export", args=["csv"]))
        text = b"".join(sent.streaming_content).decode("utf-8-sig")
        assert passed.subject in text
        return text

    assert "สถานศึกษาที่ได้รับ" in heads(world.users[Role.PROVINCE])
    assert "สถานศึกษาที่ได้รับ" not in heads(world.users[Role.SCHOOL])


def test_lists_and_pages_cost_no_more_with_many_rows(
    client, world, officer, passed, django_assert_max_num_queries
):
    many = Circular.objects.bulk_create(
        make.CircularFactory.build_batch(
            2_500, made_by=officer, status="sent", sent_by=officer, sent_at=passed.sent_at, number="1"
        )
    )
    Delivery.objects.bulk_create(
        make.DeliveryFactory.build(circular=each, school=world.our_school, sent_by=officer) for each in many
    )
    schools = School.objects.bulk_create(make.SchoolFactory.build_batch(900))
    Delivery.objects.bulk_create(
        make.DeliveryFactory.build(circular=passed, school=each, sent_by=officer) for each in schools
    )
    for user in (world.users[Role.SCHOOL], world.users[Role.PROVINCE], officer):
        client.force_login(user)
        with django_assert_max_num_queries(10):
            client.get(LIST)
        with django_assert_max_num_queries(25):
            client.get(page_of(passed))
        if Can.FOLLOW_CIRCULARS in ALLOWED[user.role]:
            with django_assert_max_num_queries(10):
                client.get(reverse("documents:circular_recipients", args=[passed.pk]))
