"""The attendance grid: cells saved one by one or all together, never over somebody else's in silence."""

import json
from datetime import date, time
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from offices.roles import Role
from offices.scoping import DEPARTMENT_EYES
from tests import factories as make
from trainees.models import Attendance, Enrolment


@pytest.fixture
def sheet(world, set_state):
    """Our running course with two sessions of 3 hours, and how its cells are sent and read."""
    return Sheet(world, set_state(world.ours.course, "running"), world.users[Role.SCHOOL])


class Sheet:
    def __init__(self, world, course, user):
        self.course, self.user, self.person = course, user, world.ours.enrolment
        self.morning = make.SessionFactory(course=course)
        self.second_day = make.SessionFactory(course=course, held_on=date(2026, 1, 17))
        self.client = Client()
        self.client.force_login(user)

    def cell(self, session=None, person=None):
        return f"{(person or self.person).pk}-{(session or self.morning).pk}"

    def send(self, *cells, client=None):
        """Cells as (key, value, seen)."""
        body = {"cells": [dict(zip(("cell", "value", "seen"), cell, strict=True)) for cell in cells]}
        url = reverse("trainees:attendance_cells", args=[self.course.pk])
        return (client or self.client).post(url, json.dumps(body), content_type="application/json")

    def answer(self, value, seen="", **which):
        (told,) = self.send((self.cell(**which), value, seen)).json()["cells"]
        return told

    def save(self, typed, seen=None):
        data = {f"c-{cell}": value for cell, value in typed.items()} | {"seen": json.dumps(seen or {})}
        return self.client.post(reverse("trainees:attendance_save", args=[self.course.pk]), data)

    def stored(self):
        rows = Attendance.objects.visible_to(DEPARTMENT_EYES)
        return {f"{row.enrolment_id}-{row.session_id}": row.hours for row in rows}

    def state(self, person=None):
        return Enrolment.objects.visible_to(DEPARTMENT_EYES).get(pk=(person or self.person).pk)


@pytest.mark.parametrize(
    "typed, value", [("3", 3), ("๒.๕", Decimal("2.5")), ("/", 3), ("✓", 3), (" 1 ", 1), ("0", 0), ("-0", 0)]
)
def test_hours_are_read_as_they_are_typed(sheet, typed, value):
    told = sheet.answer(typed)

    assert told["state"] == "saved"
    assert sheet.stored() == {sheet.cell(): value}
    assert Decimal(told["value"]) == value


@pytest.mark.parametrize(
    "typed, word",
    [("3.5", "3"), ("1.3", "ครึ่ง"), ("-1", "ติดลบ"), ("มา", "ตัวเลข"), ("1,5", "จุลภาค"), ("9" * 99, "")],
)
def test_hours_that_cannot_be_are_refused_with_the_reason(sheet, typed, word):
    told = sheet.answer(typed)

    assert told["state"] == "problem"
    assert word in told["message"]
    assert told["message"]
    assert sheet.stored() == {}


def test_blank_is_not_zero(sheet):
    sheet.answer("0")
    absent = sheet.state()
    sheet.answer("", seen="0")
    blank = sheet.state()

    assert (absent.attended_hours, absent.first_attended_on) == (0, None)
    assert blank.attended_hours is None
    assert sheet.stored() == {}


def test_the_sheet_keeps_first_days_and_hours(sheet):
    sheet.answer("2", session=sheet.second_day)
    late = sheet.state()
    told = sheet.send((sheet.cell(), "3", ""))
    early = sheet.state()

    assert (late.first_attended_on, late.attended_hours) == (date(2026, 1, 17), 2)
    assert (early.first_attended_on, early.attended_hours) == (date(2026, 1, 16), 5)
    assert "62.5%" in told.json()["fragments"][f"of-{sheet.person.pk}"]  # 5 of the course's 8 hours
    assert "1" in told.json()["fragments"]["grid-counts"]


def test_a_newer_value_of_somebody_else_is_shown_and_stays_until_one_chooses(sheet, world):
    colleague = Client()
    other = make.UserFactory(username="ours2", name="ครูสมหมาย", role=Role.SCHOOL, school=world.our_school)
    colleague.force_login(other)
    sheet.send((sheet.cell(), "1", ""), client=colleague)

    told = sheet.answer("3")
    assert (told["state"], told["value"], told["who"]) == ("conflict", "1", "ครูสมหมาย")
    assert "1" in told["message"] and "3" in told["message"]
    assert sheet.stored() == {sheet.cell(): 1}

    assert sheet.answer("3", seen="1")["state"] == "saved"  # knowingly
    assert sheet.stored() == {sheet.cell(): 3}


def test_a_cell_that_somebody_else_made_blank_is_a_conflict_too(sheet):
    sheet.answer("1")
    sheet.answer("", seen="1")
    told = sheet.answer("2", seen="1")

    assert (told["state"], told["value"]) == ("conflict", "")
    assert sheet.stored() == {}


def test_what_two_people_agree_on_is_no_conflict(sheet):
    sheet.answer("3")
    assert sheet.answer("3")["state"] == "saved"
    assert sheet.answer("/")["state"] == "saved"


def test_of_many_cells_the_right_ones_are_saved_and_the_wrong_ones_told(sheet):
    response = sheet.send((sheet.cell(), "3", ""), (sheet.cell(sheet.second_day), "7", ""))

    assert [told["state"] for told in response.json()["cells"]] == ["saved", "problem"]
    assert sheet.stored() == {sheet.cell(): 3}


def test_the_plain_form_saves_all_or_nothing_and_keeps_what_was_typed(sheet):
    refused = sheet.save({sheet.cell(): "3", sheet.cell(sheet.second_day): "๔"})
    assert refused.status_code == 200
    assert sheet.stored() == {}
    drawn = [cell for row in refused.context["rows"] for cell in row["cells"]]
    assert [cell.typed for cell in drawn] == ["3", "๔"]
    assert [cell.wrong for cell in drawn] == [False, True]
    assert [problem["id"] for problem in refused.context["problems"]] == [f"c-{sheet.cell(sheet.second_day)}"]

    assert sheet.save({sheet.cell(): "3", sheet.cell(sheet.second_day): "๑"}).status_code == 302
    assert sheet.stored() == {sheet.cell(): 3, sheet.cell(sheet.second_day): 1}


def test_the_plain_form_does_not_overwrite_a_newer_value_in_silence(sheet):
    sheet.answer("1")
    refused = sheet.save({sheet.cell(): "3"})
    assert sheet.stored() == {sheet.cell(): 1}
    assert json.loads(refused.context["seen"]) == {sheet.cell(): "1"}  # sent again, it is sent knowingly

    untouched = sheet.save({sheet.cell(): "", sheet.cell(sheet.second_day): "2"})  # an old page, another cell
    assert untouched.status_code == 302
    assert sheet.stored() == {sheet.cell(): 1, sheet.cell(sheet.second_day): 2}

    sheet.save({sheet.cell(): "3"}, seen={sheet.cell(): "1"})
    assert sheet.stored()[sheet.cell()] == 3


def test_the_page_is_a_table_with_a_labelled_box_for_each_cell(sheet):
    page = sheet.client.get(reverse("trainees:attendance", args=[sheet.course.pk]))

    assert f'id="p-{sheet.person.pk}">{sheet.person.trainee}' in page.text
    assert f'aria-labelledby="p-{sheet.person.pk} s-{sheet.morning.pk} unit"' in page.text
    assert "style=" not in page.text.split("<main")[1]


def test_after_the_day_of_withdrawal_nothing_is_offered(sheet):
    sheet.person.status, sheet.person.withdrawn_on = "withdrawn", date(2026, 1, 16)
    sheet.person.save()
    page = sheet.client.get(reverse("trainees:attendance", args=[sheet.course.pk]))

    assert f'name="c-{sheet.cell()}"' in page.text
    assert f'name="c-{sheet.cell(sheet.second_day)}"' not in page.text
    assert sheet.answer("3")["state"] == "saved"
    told = sheet.answer("3", session=sheet.second_day)
    assert (told["state"], "ถอนตัว" in told["message"]) == ("problem", True)


def test_a_session_that_is_still_to_come_is_not_filled(sheet, monkeypatch):
    monkeypatch.setattr("trainees.grids.today", lambda: date(2026, 1, 16))
    assert sheet.answer("3")["state"] == "saved"
    assert "ยังไม่ถึง" in sheet.answer("3", session=sheet.second_day)["message"]


@pytest.mark.parametrize("state", ["draft", "approved", "open", "postponed", "cancelled", "closed"])
def test_only_a_course_under_way_takes_attendance(sheet, set_state, state):
    set_state(sheet.course, state)
    page = sheet.client.get(reverse("trainees:attendance", args=[sheet.course.pk]))

    assert '<input class="grid__input"' not in page.text
    assert page.context["why_closed"]
    assert sheet.answer("3")["state"] == "problem"
    assert sheet.save({sheet.cell(): "3"}).status_code == 200
    assert sheet.stored() == {}


def test_a_completed_course_can_still_be_corrected(sheet, set_state):
    set_state(sheet.course, "completed")
    assert sheet.answer("3")["state"] == "saved"


def test_another_schools_cell_does_not_exist(sheet, world, set_state):
    theirs = make.SessionFactory(course=set_state(world.theirs.course, "running"))
    make.AttendanceFactory(enrolment=world.theirs.enrolment, session=theirs, hours=2)
    before = sheet.stored()

    for key in (
        sheet.cell(theirs, world.theirs.enrolment),
        sheet.cell(sheet.morning, world.theirs.enrolment),
        sheet.cell(theirs),
        "x", "", "1-2-3",
    ):  # fmt: skip
        assert sheet.send((sheet.cell(), "3", ""), (key, "3", "")).status_code == 404
    stranger = Client()
    stranger.force_login(world.strangers[Role.SCHOOL])
    assert sheet.send((sheet.cell(), "3", ""), client=stranger).status_code == 404
    assert stranger.get(reverse("trainees:attendance", args=[sheet.course.pk])).status_code == 404
    assert sheet.save({sheet.cell(theirs, world.theirs.enrolment): "3"}).status_code == 200
    assert sheet.stored() == before


def test_the_province_reads_and_does_not_write(sheet, world):
    sheet.answer("3")
    officer = Client()
    officer.force_login(world.users[Role.PROVINCE])
    page = officer.get(reverse("trainees:attendance", args=[sheet.course.pk]))

    assert page.status_code == 200
    assert "grid__input" not in page.text
    assert sheet.send((sheet.cell(), "1", "3"), client=officer).status_code == 403
    assert sheet.stored() == {sheet.cell(): 3}


def test_who_entered_a_cell_stands_in_its_history(sheet):
    sheet.answer("3")
    events = Attendance.pgh_event_model.objects.visible_to(sheet.user).select_related("pgh_context")
    (event,) = events
    assert (event.pgh_context.metadata["user"], event.pgh_context.metadata["act"]) == (
        sheet.user.pk,
        "attendance.record",
    )


@pytest.mark.parametrize(
    "body",
    [
        "",
        "null",
        "[]",
        "{}",
        '{"cells": 3}',
        '{"cells": [1]}',
        '{"cells": [{"cell": 1, "value": 2, "seen": 3}]}',
        "[" * 9999,
    ],
)
def test_what_is_no_list_of_cells_is_refused(sheet, body):
    url = reverse("trainees:attendance_cells", args=[sheet.course.pk])
    assert sheet.client.post(url, body, content_type="application/json").status_code == 400


QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@QUICK
@given(typed=st.text(max_size=60) | st.decimals().map(str), seen=st.text(max_size=8))
def test_whatever_is_typed_is_answered_and_only_right_hours_are_stored(sheet, typed, seen):
    response = sheet.send((sheet.cell(), typed, seen))
    assert response.status_code == 200
    assert response.json()["cells"][0]["state"] in {"saved", "problem", "conflict"}
    assert all(0 <= hours <= 3 and hours % Decimal("0.5") == 0 for hours in sheet.stored().values())


@QUICK
@given(
    st.dictionaries(st.text(max_size=12).map("c-{}".format) | st.just("seen"), st.text(max_size=40), max_size=4)
)
def test_whatever_is_posted_as_a_plain_form_is_answered(sheet, data):
    url = reverse("trainees:attendance_save", args=[sheet.course.pk])
    assert sheet.client.post(url, data).status_code in {200, 302}


@pytest.mark.parametrize("people, days", [(15, 20), (60, 40)])
def test_the_grid_asks_no_more_the_larger_it_is(sheet, world, people, days, django_assert_max_num_queries):
    crowd = [make.TraineeFactory(school=world.our_school) for _n in range(people - 1)]
    rows = [sheet.person, *(make.EnrolmentFactory(course=sheet.course, trainee=person) for person in crowd)]
    for n in range(days - 2):
        make.SessionFactory(
            course=sheet.course,
            held_on=date(2026, 1, 18 + n // 20),
            starts_at=time(n % 20, 30),
            ends_at=time(n % 20 + 1),
        )
    with django_assert_max_num_queries(25) as asked:
        page = sheet.client.get(reverse("trainees:attendance", args=[sheet.course.pk]))
    assert page.text.count('class="grid__input"') == people * days
    assert len(asked) <= 12
    with django_assert_max_num_queries(25):
        saved = sheet.send(*[(sheet.cell(person=row), "/", "") for row in rows])
    assert {told["state"] for told in saved.json()["cells"]} == {"saved"}


def test_the_course_page_has_the_panel(sheet):
    sheet.answer("3")
    panel = sheet.client.get(
        reverse("trainees:attendance", args=[sheet.course.pk]), headers={"HX-Request": "true"}
    )
    assert "<html" not in panel.text
    assert "1 คน" in panel.text
    page = sheet.client.get(reverse("courses:detail", args=[sheet.course.pk]))
    for name in ("courses:sessions", "trainees:attendance", "trainees:results"):
        assert reverse(name, args=[sheet.course.pk]) in page.text
