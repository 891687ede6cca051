"""What a person answers on a phone: nothing but the form, one answer, and no way to anything else."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from offices.roles import Role
from offices.scoping import DEPARTMENT_EYES
from trainees import satisfaction
from trainees.models import Satisfaction


def stored():
    return list(Satisfaction.objects.visible_to(DEPARTMENT_EYES))


@pytest.fixture
def phone(world, set_state):
    """A phone on which nobody is signed in, and the link of our one person."""
    set_state(world.ours.course, "running")
    return Phone(world.ours.enrolment)


class Phone:
    def __init__(self, place):
        self.place, self.client = place, Client()
        token = satisfaction.LINK.token(pk=place.pk, school_id=place.school_id)
        self.url = reverse("trainees:satisfaction_form", args=[token])

    def look(self):
        return self.client.get(self.url)

    def send(self, **typed):
        return self.client.post(self.url, typed)


def test_the_form_shows_the_course_a_first_name_and_nothing_else(phone, world):
    page = phone.look()
    assert page.status_code == 200
    assert world.ours.course.name in page.text
    assert world.ours.trainee.first_name in page.text
    for hidden in (world.ours.trainee.surname, str(world.our_school), world.our_province.name_th):
        assert hidden not in page.text
    links = set(re.findall(r'(?:href|action)="(/[^"]*)"', page.text))
    assert {link for link in links if not link.startswith("/static/")} == {reverse("set_language")}
    assert "script-src" not in page["Content-Security-Policy"]  # default-src 'self' stands
    assert "sessionid" not in page.cookies


def test_one_answer_is_taken_and_then_thanks(phone):
    sent = phone.send(item_1="5", item_16="3", remark_16="อาหารน้อย", comment="ขอบคุณ")
    assert sent.status_code == 302
    (answer,) = stored()
    assert (answer.item_1, answer.item_2, answer.item_16, answer.way) == (5, None, 3, "phone")
    assert (answer.remarks, answer.comment) == ({"16": "อาหารน้อย"}, "ขอบคุณ")
    assert "ขอบคุณ" in phone.look().text
    assert "item_1" not in phone.look().text
    phone.send(item_1="1")
    assert [row.item_1 for row in stored()] == [5]


def test_a_wrong_answer_loses_nothing_and_saves_nothing(phone):
    refused = phone.send(item_1="9", comment="ดีมาก\x00", remark_1="ก" * 500)
    assert refused.status_code == 200
    assert "ดีมาก" in refused.text
    assert phone.send(comment="ไม่ได้เลือก").status_code == 200
    assert stored() == []


def test_a_link_dies_with_the_course_the_place_or_the_person(phone, world, set_state):
    set_state(world.ours.course, "closed")
    assert phone.look().status_code == 404
    set_state(world.ours.course, "completed")
    assert phone.look().status_code == 200
    world.ours.enrolment.status, world.ours.enrolment.withdrawn_on = "withdrawn", world.ours.course.starts_on
    world.ours.enrolment.save()
    assert phone.send(item_1="5").status_code == 404
    assert stored() == []


def test_a_link_of_another_school_does_not_open_our_row(phone, world):
    token = satisfaction.LINK.token(pk=world.ours.enrolment.pk, school_id=world.their_school.pk)
    assert phone.client.get(reverse("trainees:satisfaction_form", args=[token])).status_code == 404


def test_whoever_is_signed_in_elsewhere_gains_nothing_by_a_link(phone, world):
    phone.client.force_login(world.strangers[Role.SCHOOL])
    page = phone.look()
    assert page.status_code == 200
    assert world.strangers[Role.SCHOOL].name not in page.text
