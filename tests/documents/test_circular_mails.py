"""Reminders of circulars by mail: to whom, on which days, once to an office and day, in Thai, to nobody else."""

from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
from celery import current_app
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.urls import reverse
from django.utils import timezone

from documents import circulars, tasks
from documents.circular_reminders import Office, mail_to, remind
from documents.models import Delivery
from offices.clock import today
from offices.models import FiscalYear
from offices.roles import Role
from offices.scoping import DEPARTMENT_EYES
from tests import factories as make
from tests.offices.test_years import rules

HERE = "https://career.example.go.th"


@pytest.fixture
def officer(world):
    """The department's; people of every office have addresses, one of them twice, one left."""
    for user in (*world.users.values(), *world.strangers.values(), world.attached_user):
        user.email = f"{user.username}@example.org"
        user.save()
    make.UserFactory(role=Role.SCHOOL, school=world.our_school, email="second@example.org")
    make.UserFactory(role=Role.SCHOOL, school=world.our_school, email="left@example.org", is_active=False)
    make.UserFactory(role=Role.SCHOOL, school=world.our_school, email="")
    return world.users[Role.DEPARTMENT]


@pytest.fixture
def circular(world, officer):
    """Sends one to our province, which passes it on to our school; sent ten days ago, due in some days."""

    def send(*, due_in, subject="แนวทางปี 2569"):
        draft = make.CircularFactory(made_by=officer, subject=subject, due_on=today() + timedelta(days=due_in))
        sent = circulars.send(circular=draft, provinces=[world.our_province], schools=[], by=officer)
        circulars.pass_on(circular=sent, schools=[world.our_school], note="", by=world.users[Role.PROVINCE])
        deliveries(sent).update(sent_at=timezone.now() - timedelta(days=10))
        return sent

    return send


@pytest.fixture
def post_office(monkeypatch, django_capture_on_commit_callbacks):
    """Does what is asked, and what a worker would do of it afterwards; the addresses that got a mail by it."""
    queue = []
    monkeypatch.setattr(current_app, "send_task", lambda name, args: queue.append((name, args)))

    def work(act, **given):
        before = len(mail.outbox)
        with django_capture_on_commit_callbacks(execute=True):
            act(**given)
        while queue:
            name, args = queue.pop(0)
            assert name == tasks.mail_reminder.name
            tasks.mail_reminder(*args)
        return [message.to for message in mail.outbox[before:]]

    return work


def deliveries(circular=None):
    rows = Delivery.objects.visible_to(DEPARTMENT_EYES)
    return rows if circular is None else rows.filter(circular=circular)


def a_day_passes():
    """Everything that was done today was done yesterday."""
    for column in ("reminded_at", "mailed_at"):
        done = deliveries().filter(**{f"{column}__isnull": False})
        done.update(**{column: timezone.now() - timedelta(days=1)})


OURS = [["school@example.org", "second@example.org"]]


@pytest.mark.parametrize("due_in, is_reminded", [
    (8, False), (4, False), (3, True), (2, True), (0, True), (-1, True), (-3, True), (-7, True),
    (-30, False),  # it was sent after all of its days
])  # fmt: skip
def test_the_clock_reminds_on_the_days_of_the_year_and_catches_up(circular, post_office, due_in, is_reminded):
    circular(due_in=due_in)
    assert post_office(tasks.remind_of_circulars) == (OURS if is_reminded else [])


def test_each_day_of_reminding_comes_once(circular, post_office):
    circular(due_in=2)  # the third day before has come, the day itself has not
    assert post_office(tasks.remind_of_circulars) == OURS
    assert post_office(tasks.remind_of_circulars) == []
    a_day_passes()
    assert post_office(tasks.remind_of_circulars) == []
    FiscalYear.objects.update(remind_before=[3, 2])
    assert post_office(tasks.remind_of_circulars) == OURS


def test_the_days_are_data_of_the_year_and_may_be_none(circular, post_office):
    circular(due_in=-1)
    FiscalYear.objects.update(remind_before=[], remind_after=[])
    assert post_office(tasks.remind_of_circulars) == []
    FiscalYear.objects.update(remind_after=[1])
    assert post_office(tasks.remind_of_circulars) == OURS


def test_who_got_it_after_the_day_is_not_reminded_of_that_day(circular, post_office):
    sent = circular(due_in=3)
    deliveries(sent).update(sent_at=timezone.now())
    assert post_office(tasks.remind_of_circulars) == []


def test_an_office_gets_one_mail_a_day_of_all_that_waits_and_nothing_is_left_out(circular, post_office):
    circular(due_in=2, subject="ฉบับแรก")  # yesterday was its day
    circular(due_in=-2, subject="ฉบับที่สอง")
    assert post_office(tasks.remind_of_circulars) == OURS
    (message,) = mail.outbox
    assert "2 ฉบับ" in message.subject and "ฉบับแรก" in message.body and "ฉบับที่สอง" in message.body
    circular(due_in=0, subject="มาทีหลัง")
    assert post_office(tasks.remind_of_circulars) == []  # today's mail has gone
    a_day_passes()
    assert post_office(tasks.remind_of_circulars) == OURS
    assert "มาทีหลัง" in mail.outbox[-1].body and "ฉบับแรก" not in mail.outbox[-1].body


def test_what_is_acknowledged_withdrawn_or_replaced_is_let_be(world, officer, circular, post_office):
    done, over = circular(due_in=0), circular(due_in=0)
    circulars.acknowledge(circular=done, by=world.users[Role.SCHOOL])
    circulars.withdraw(circular=over, reason="ออกผิดฉบับ", by=officer)
    assert post_office(tasks.remind_of_circulars) == []


def test_a_province_is_reminded_until_it_passes_it_on(world, officer, post_office):
    draft = make.CircularFactory(made_by=officer, due_on=today() - timedelta(days=1))
    sent = circulars.send(circular=draft, provinces=[world.our_province], schools=[], by=officer)
    deliveries(sent).update(sent_at=timezone.now() - timedelta(days=10))
    assert post_office(tasks.remind_of_circulars) == [["province@example.org"]]
    assert "ส่งต่อ" in mail.outbox[0].body


def test_who_sent_it_reminds_now_and_the_mail_leads_there(client, world, officer, circular, post_office):
    sent = circular(due_in=30)
    for user in (world.strangers[Role.PROVINCE], world.users[Role.SCHOOL]):
        client.force_login(user)
        refused = client.post(reverse("documents:circular_remind", args=[sent.pk]))
        assert refused.status_code in (403, 404)
    client.force_login(officer)
    address = reverse("documents:circular_remind", args=[sent.pk])
    assert post_office(client.post, path=address) == OURS
    (message,) = mail.outbox
    assert f"http://testserver{reverse('documents:circular', args=[sent.pk])}" in message.body
    assert "แนวทางปี 2569" in message.body and "{" not in message.body and "&" not in message.body
    assert post_office(client.post, path=address) == []
    client.force_login(world.users[Role.SCHOOL])
    assert any("เตือน" in todo.text for todo in client.get(reverse("home")).context["todos"])


def test_after_a_mail_of_today_the_button_still_reminds_on_the_home_page(world, officer, circular, post_office):
    first, second = circular(due_in=0), circular(due_in=30)
    assert post_office(tasks.remind_of_circulars) == OURS
    assert post_office(remind, circular=second, by=officer, address=HERE) == []
    ours = deliveries(second).get(school=world.our_school)
    assert (ours.reminders, ours.mailed_at) == (1, None)
    assert deliveries(first).get(school=world.our_school).mailed_at is not None


def test_an_office_without_an_address_is_reminded_on_its_home_page_alone(world, circular, officer, post_office):
    type(officer).objects.filter(school=world.our_school).update(email="")
    sent = circular(due_in=0)
    assert post_office(tasks.remind_of_circulars) == []
    assert deliveries(sent).get(school=world.our_school).reminders == 1


def test_a_mail_that_could_not_be_sent_is_tried_again_and_goes_once(world, circular, officer, monkeypatch):
    sent = circular(due_in=0)
    remind(circular=sent, by=officer)
    ours = Office(world.our_school.pk, None)

    def broken(self, messages):
        raise SMTPServerDisconnected("gone")

    with monkeypatch.context() as patched:
        patched.setattr(EmailBackend, "send_messages", broken)
        with pytest.raises(OSError, match="gone"):  # what the task tries again
            mail_to(ours, HERE)
    assert deliveries(sent).get(school=world.our_school).mailed_at is None
    assert mail_to(ours, HERE) is True
    assert mail_to(ours, HERE) is False
    assert [message.to for message in mail.outbox] == OURS


def test_a_subject_of_several_lines_puts_no_head_into_the_mail(world, circular, officer, post_office):
    circular(due_in=0, subject="เรื่อง\r\nBcc: everybody@example.org <b>&")
    assert post_office(tasks.remind_of_circulars) == OURS
    (message,) = mail.outbox
    assert message.recipients() == OURS[0] and "\n" not in message.subject
    assert "<b>&" in message.body  # plain text: nothing is turned into entities


@pytest.mark.parametrize("typed, before", [("3, 0", [0, 3]), ("", []), ("๑ ๕ 5", [1, 5]), ("0", [0])])
def test_the_department_sets_the_days_of_a_year(client, world, officer, typed, before):
    answer = save_year(client, world, officer, remind_before=typed)
    assert answer.status_code == 302
    assert FiscalYear.objects.get().remind_before == before
    client.force_login(world.strangers[Role.PROVINCE])
    assert client.get(reverse("offices:edit_year", args=[world.year.pk])).status_code == 403


@pytest.mark.parametrize(
    "wild", ["-1", "1.5", "9" * 40, "1\x00x", "สาม", "NaN", "1e9", " ".join(map(str, range(50)))]
)
def test_wild_days_are_told_at_their_field(client, world, officer, wild):
    for name in ("remind_before", "remind_after"):
        form = save_year(client, world, officer, **{name: wild}).context["form"]
        assert form.errors[name] and form[name].value() == wild
    assert save_year(client, world, officer, remind_after="0").context["form"].errors["remind_after"]


def save_year(client, world, officer, **typed):
    """Send the rules of the year as they stand, with something typed over."""
    client.force_login(officer)
    return client.post(reverse("offices:edit_year", args=[world.year.pk]), rules(client, **typed))
