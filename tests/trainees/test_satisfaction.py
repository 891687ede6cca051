"""Form 12: the grid, one person's whole answer, and what a course's answers add up to."""

import json
from decimal import Decimal
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from offices.models import SatisfactionBand
from offices.roles import Role
from offices.scoping import DEPARTMENT_EYES
from tests import factories as make
from trainees.models import Satisfaction
from trainees.satisfaction import summaries


@pytest.fixture
def sheet(world, set_state):
    return Grid(world, set_state(world.ours.course, "running"))


class Grid:
    """Our running course with its one person, and how levels are sent and read."""

    def __init__(self, world, course):
        self.course, self.person, self.world = course, world.ours.enrolment, world
        self.client = Client()
        self.client.force_login(world.users[Role.SCHOOL])

    def send(self, *cells, client=None, person=None):
        keys = [(f"{(person or self.person).pk}-{item}", value, seen) for item, value, seen in cells]
        body = {"cells": [dict(zip(("cell", "value", "seen"), cell, strict=True)) for cell in keys]}
        url = reverse("trainees:satisfaction_cells", args=[self.course.pk])
        return (client or self.client).post(url, json.dumps(body), content_type="application/json")

    def answer(self, item, value, seen=""):
        (told,) = self.send((item, value, seen)).json()["cells"]
        return told

    def page(self, client=None):
        return (client or self.client).get(reverse("trainees:satisfaction", args=[self.course.pk]))

    def stored(self):
        return list(Satisfaction.objects.visible_to(DEPARTMENT_EYES))

    def whole_form(self, **typed):
        return self.client.post(reverse("trainees:satisfaction_answer", args=[self.person.pk]), typed)


def test_a_cell_takes_whole_levels_from_1_to_5_in_either_digits(sheet):
    assert sheet.answer(1, "๕")["value"] == "5"
    for wrong in ("0", "6", "4.5", "-1", "ดี"):
        told = sheet.answer(1, wrong, "5")
        assert (told["state"], bool(told["message"])) == ("problem", True), wrong
    (answer,) = sheet.stored()
    assert (answer.item_1, answer.item_2, answer.way) == (5, None, "staff")


def test_an_answer_of_which_nothing_is_left_is_no_answer(sheet):
    sheet.answer(1, "5")
    sheet.answer(1, "", "5")
    assert sheet.stored() == []
    sheet.whole_form(item_1="4", comment="ดีมาก", version="")
    sheet.answer(1, "", "4")
    assert [row.comment for row in sheet.stored()] == ["ดีมาก"]
    assert sheet.page().context["summary"].answered == 0


def test_means_count_what_was_answered_and_not_what_was_left_blank(sheet, world, people):
    people(2, on=sheet.course)
    second = make.EnrolmentFactory(course=sheet.course, trainee=make.TraineeFactory(school=world.our_school))
    sheet.send((1, "5", ""), (2, "4", ""), (5, "3", ""))
    make.SatisfactionFactory(enrolment=second, item_1=2)
    summary = sheet.page().context["summary"]
    assert (summary.answered, summary.asked) == (2, 4)
    # content: 5 + 4 + 2 over three levels; process: one 3; instructor and facilities: nobody said
    assert summary.parts == [Decimal("3.67"), Decimal("3.00"), None, None]
    assert summary.overall == Decimal("3.50")
    assert "–" in sheet.page().text


def test_the_years_bands_put_the_mean_into_words(sheet, world):
    sheet.send((1, "4", ""), (2, "5", ""))
    assert sheet.page().context["summary"].words == ""
    for least, label in (("4.51", "มากที่สุด"), ("4.50", "มาก"), ("1", "น้อยที่สุด")):
        SatisfactionBand.objects.create(fiscal_year=world.year, least_mean=Decimal(least), label=label)
    assert sheet.page().context["summary"].words == "มาก"


def test_the_summaries_of_many_courses_cost_three_queries(world, django_assert_num_queries):
    for _n in range(5):
        course = world.make_course(world.ours.curriculum, status="completed")
        place = make.EnrolmentFactory(course=course, trainee=world.ours.trainee)
        make.SatisfactionFactory(enrolment=place, item_1=3)
    courses = list(type(course).objects.visible_to(DEPARTMENT_EYES))
    with django_assert_num_queries(3):
        found = summaries(world.users[Role.SCHOOL], courses)
    assert found[course.pk].overall == 3
    assert found[world.theirs.course.pk].asked == 0  # a stranger's course adds nothing


def test_the_whole_form_keeps_remarks_and_what_was_typed_when_it_is_refused(sheet):
    refused = sheet.whole_form(comment="ไม่ได้เลือกระดับ", remark_3="เก่า")
    assert refused.status_code == 200
    assert "ไม่ได้เลือกระดับ" in refused.text and "เก่า" in refused.text
    assert sheet.stored() == []
    assert sheet.whole_form(item_3="2", remark_3="เก่า", comment="ขอเพิ่มเวลา").status_code == 302
    (answer,) = sheet.stored()
    assert (answer.item_3, answer.remarks, answer.comment) == (2, {"3": "เก่า"}, "ขอเพิ่มเวลา")
    shown = sheet.client.get(reverse("trainees:satisfaction_answer", args=[sheet.person.pk])).text
    assert "เนื้อหาปัจจุบันทันสมัย" in shown and "เก่า" in shown


def test_two_who_copy_one_paper_are_told_apart(sheet):
    sheet.whole_form(item_1="4")
    (answer,) = sheet.stored()
    assert sheet.whole_form(item_1="2").context["form"].conflict  # from a page on which there was no answer
    assert sheet.whole_form(item_1="3", version=str(answer.version)).status_code == 302
    assert sheet.whole_form(item_1="1", version=str(answer.version)).context["form"].conflict
    assert [row.item_1 for row in sheet.stored()] == [3]


def test_what_came_by_phone_is_not_changed_by_staff_but_can_be_taken_away(sheet):
    make.SatisfactionFactory(enrolment=sheet.person, item_1=2, way="phone")
    assert sheet.answer(1, "5", "2")["state"] == "problem"
    assert sheet.whole_form(item_1="5", version="1").status_code == 200
    assert [row.item_1 for row in sheet.stored()] == [2]
    sheet.client.post(reverse("trainees:satisfaction_remove", args=[sheet.person.pk]))
    assert sheet.stored() == []


@pytest.mark.parametrize("state", ["draft", "open", "cancelled", "closed"])
def test_answers_come_in_while_the_course_is_under_way(sheet, set_state, state):
    set_state(sheet.course, state)
    assert sheet.answer(1, "5")["state"] == "problem"
    assert sheet.whole_form(item_1="5").status_code == 200
    assert sheet.stored() == []


def test_a_province_looks_on_and_a_stranger_sees_nothing(sheet, world, client):
    sheet.answer(1, "5")
    client.force_login(world.users[Role.PROVINCE])
    page = sheet.page(client)
    assert page.context["summary"].answered == 1
    assert "grid__input" not in page.text
    client.force_login(world.strangers[Role.SCHOOL])
    assert sheet.page(client).status_code == 404
    assert sheet.send((2, "5", ""), client=client).status_code == 404
    assert sheet.send((2, "5", ""), person=world.theirs.enrolment).status_code == 404


def test_the_sheet_of_codes_names_who_has_not_answered_yet(sheet, world):
    answered = make.EnrolmentFactory(
        course=sheet.course, trainee=make.TraineeFactory(school=world.our_school, first_name="ตอบแล้ว")
    )
    make.SatisfactionFactory(enrolment=answered, item_1=5)
    response = sheet.client.get(reverse("trainees:satisfaction_codes", args=[sheet.course.pk]))
    text = PdfReader(BytesIO(response.getvalue())).pages[0].extract_text()
    assert world.ours.trainee.first_name in text
    assert "ตอบแล้ว" not in text
