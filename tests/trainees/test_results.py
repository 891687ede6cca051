"""The results grid: points of three parts, the total, and who passed with the reason why not."""

import json
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from offices.roles import Role
from offices.scoping import DEPARTMENT_EYES
from tests import factories as make
from trainees.models import Result


@pytest.fixture
def points(world, set_state):
    """Our running course, its one person there for all 8 hours, and how points are sent and read."""
    return Points(world, set_state(world.ours.course, "running"))


class Points:
    def __init__(self, world, course):
        self.course, self.person = course, world.ours.enrolment
        session = make.SessionFactory(course=course, hours=8, ends_at="17:00")
        make.AttendanceFactory(enrolment=self.person, session=session, hours=8)
        self.client = Client()
        self.client.force_login(world.users[Role.SCHOOL])

    def cell(self, part, person=None):
        return f"{(person or self.person).pk}-{part}"

    def send(self, *cells, client=None):
        body = {"cells": [dict(zip(("cell", "value", "seen"), cell, strict=True)) for cell in cells]}
        url = reverse("trainees:results_cells", args=[self.course.pk])
        return (client or self.client).post(url, json.dumps(body), content_type="application/json")

    def answer(self, part, value, seen=""):
        (told,) = self.send((self.cell(part), value, seen)).json()["cells"]
        return told

    def save(self, typed, seen=None):
        data = {f"c-{self.cell(part)}": value for part, value in typed.items()} | {"seen": json.dumps(seen or {})}
        return self.client.post(reverse("trainees:results_save", args=[self.course.pk]), data)

    def page(self):
        return self.client.get(reverse("trainees:results", args=[self.course.pk]))

    def stored(self):
        rows = Result.objects.visible_to(DEPARTMENT_EYES)
        return {row.enrolment_id: (row.knowledge, row.practice, row.quality) for row in rows}


@pytest.mark.parametrize("part, most", [("knowledge", 20), ("practice", 40), ("quality", 40)])
def test_each_part_takes_points_up_to_its_most(points, part, most):
    assert points.answer(part, str(most))["state"] == "saved"
    assert points.answer(part, "๑๕.๕", str(most))["value"] == "15.5"
    for wrong in (f"{most}.1", "-1", "1.25", "ดี", "1e1", "NaN"):
        told = points.answer(part, wrong, "15.5")
        assert (told["state"], bool(told["message"])) == ("problem", True), wrong
    assert Decimal("15.5") in points.stored()[points.person.pk]


def test_blank_points_are_not_assessed_and_zero_is(points):
    points.send((points.cell("knowledge"), "0", ""), (points.cell("practice"), "30", ""))
    assert points.stored() == {points.person.pk: (0, 30, None)}
    assert points.page().context["counts"] == {"passed": 0, "failed": 0, "unknown": 1}

    points.answer("knowledge", "", "0")
    assert points.stored() == {points.person.pk: (None, 30, None)}


def test_who_passed_is_told_at_once_and_why_not_when_not(points):
    cells = [(points.cell("knowledge"), "15", ""), (points.cell("practice"), "30", "")]
    points.send(*cells)
    told = points.send((points.cell("quality"), "30", "")).json()["fragments"]
    assert "75" in told[f"of-{points.person.pk}"]
    assert "ไม่ผ่าน" not in told[f"of-{points.person.pk}"]
    assert points.page().context["counts"] == {"passed": 1, "failed": 0, "unknown": 0}

    told = points.send((points.cell("practice"), "10", "30")).json()["fragments"]
    assert "ไม่ผ่าน" in told[f"of-{points.person.pk}"]
    assert "60" in told[f"of-{points.person.pk}"]  # what is needed
    assert points.page().context["counts"] == {"passed": 0, "failed": 1, "unknown": 0}


def test_points_of_different_parts_by_different_people_do_not_clash(points, world):
    points.answer("knowledge", "15")
    told = points.answer("practice", "30")  # from a page that is older than the knowledge
    assert told["state"] == "saved"
    assert points.stored() == {points.person.pk: (15, 30, None)}


def test_a_conflict_keeps_both_and_names_who(points, world):
    colleague = Client()
    other = make.UserFactory(username="ours2", name="ครูสมหมาย", role=Role.SCHOOL, school=world.our_school)
    colleague.force_login(other)
    points.send((points.cell("knowledge"), "12", ""), client=colleague)
    points.answer("practice", "30")

    told = points.answer("knowledge", "18")
    assert (told["state"], told["value"], told["who"]) == ("conflict", "12", "ครูสมหมาย")
    assert points.stored() == {points.person.pk: (12, 30, None)}


def test_the_plain_form_saves_all_or_nothing(points):
    refused = points.save({"knowledge": "15", "practice": "41"})
    assert refused.status_code == 200
    assert points.stored() == {}
    assert [cell.typed for cell in refused.context["rows"][0]["cells"]] == ["15", "41", ""]
    assert len(refused.context["problems"]) == 1

    points.answer("knowledge", "10")
    conflict = points.save({"knowledge": "15", "practice": "40"})
    assert points.stored() == {points.person.pk: (10, None, None)}
    assert "10" in conflict.context["problems"][0]["message"]

    assert points.save({"knowledge": "15", "practice": "40"}, {points.cell("knowledge"): "10"}).status_code == 302
    assert points.stored() == {points.person.pk: (15, 40, None)}


@pytest.mark.parametrize("state", ["draft", "open", "cancelled", "closed"])
def test_points_are_entered_while_the_course_is_under_way(points, set_state, state):
    set_state(points.course, state)
    assert "grid__input" not in points.page().text
    assert points.answer("knowledge", "10")["state"] == "problem"
    assert points.stored() == {}


def test_who_withdrew_is_not_offered_points(points):
    points.person.status, points.person.withdrawn_on = "withdrawn", points.course.ends_on
    points.person.save()
    assert "grid__input" not in points.page().text
    assert "ถอนตัว" in points.answer("knowledge", "10")["message"]


def test_another_schools_points_do_not_exist(points, world, set_state):
    set_state(world.theirs.course, "running")
    make.ResultFactory(enrolment=world.theirs.enrolment, knowledge=9)
    assert points.send((points.cell("knowledge", world.theirs.enrolment), "1", "9")).status_code == 404
    assert points.send((points.cell("total"), "1", "")).status_code == 404
    stranger = Client()
    stranger.force_login(world.strangers[Role.SCHOOL])
    assert points.send((points.cell("knowledge"), "1", ""), client=stranger).status_code == 404
    assert stranger.get(reverse("trainees:results", args=[points.course.pk])).status_code == 404
    assert points.stored() == {world.theirs.enrolment.pk: (9, None, None)}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    part=st.sampled_from(["knowledge", "practice", "quality"]),
    typed=st.text(max_size=60) | st.decimals().map(str),
    seen=st.text(max_size=6),
)
def test_whatever_is_typed_is_answered_and_only_right_points_are_stored(points, part, typed, seen):
    response = points.send((points.cell(part), typed, seen))
    assert response.status_code == 200
    for knowledge, practice, quality in points.stored().values():
        assert knowledge is None or 0 <= knowledge <= 20
        assert practice is None or 0 <= practice <= 40
        assert quality is None or 0 <= quality <= 40


@pytest.mark.parametrize("people", [15, 60])
def test_the_grid_asks_no_more_the_more_people(points, world, people, django_assert_max_num_queries):
    for _n in range(people - 1):
        make.EnrolmentFactory(course=points.course, trainee=make.TraineeFactory(school=world.our_school))
    with django_assert_max_num_queries(12):
        page = points.page()
    assert page.text.count('class="grid__input"') == people * 3
