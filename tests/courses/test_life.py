"""The life of a course: the table, and the one operation that moves along it."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from courses import life
from courses.models import Course
from offices.roles import Role

State = Course.Status


def put(course, state, reason="เหตุ"):
    course.status = state
    course.status_reason = reason if state in ("cancelled", "postponed") else ""
    course.save()
    return course


def test_a_course_walks_the_whole_way_and_each_step_is_in_its_history(world):
    course, clerk = world.ours.course, world.users[Role.SCHOOL]
    for state in life.WAY[1:]:
        life.move(course, state, by=clerk)
    assert Course.objects.visible_to(clerk).get(pk=course.pk).status == State.CLOSED
    events = Course.pgh_event_model.objects.visible_to(clerk).filter(pgh_obj_id=course.pk).order_by("pgh_id")
    assert [event.status for event in events] == [str(state) for state in life.WAY]
    contexts = [event.pgh_context.metadata for event in events[1:]]
    assert {(c["act"], c["user"]) for c in contexts} == {("course.move", clerk.pk)}
    assert not Course.pgh_event_model.objects.visible_to(world.strangers[Role.SCHOOL]).filter(pgh_obj_id=course.pk)


@pytest.mark.parametrize("source", State)
@pytest.mark.parametrize("to", State)
def test_only_the_steps_of_the_table_can_be_taken(world, source, to):
    course, clerk = put(world.ours.course, source), world.users[Role.SCHOOL]
    if life.step_between(source, to):
        life.move(course, to, by=clerk, reason="น้ำท่วมหมู่บ้าน")
        assert Course.objects.visible_to(clerk).get(pk=course.pk).status == to
        return
    with pytest.raises(life.MoveRefused):
        life.move(course, to, by=clerk, reason="น้ำท่วมหมู่บ้าน")
    assert Course.objects.visible_to(clerk).get(pk=course.pk).status == source
    assert Course.objects.visible_to(world.strangers[Role.SCHOOL]).filter(pk=course.pk).first() is None


def test_nothing_leads_out_of_closed_and_every_other_state_leads_on():
    assert life.steps_from(State.CLOSED) == []
    for state in State:
        if state != State.CLOSED:
            assert life.steps_from(state)
    for state in set(State) - Course.OVER:
        assert life.step_between(state, State.CANCELLED).needs_reason


@pytest.mark.parametrize("source, to", [(s.source, s.to) for s in life.TABLE.values() if s.needs_reason])
def test_steps_that_need_a_reason_are_refused_without_one(world, source, to):
    course, clerk = put(world.ours.course, source), world.users[Role.SCHOOL]
    for empty in ("", "   ", "\n"):
        with pytest.raises(life.MoveRefused) as refused:
            life.move(course, to, by=clerk, reason=empty)
        assert "reason" in refused.value.message_dict
    assert Course.objects.visible_to(world.users[Role.PROVINCE]).get(pk=course.pk).status == source


def test_the_second_of_two_who_move_is_told_in_thai_and_changes_nothing(world):
    course, clerk = world.ours.course, world.users[Role.SCHOOL]
    seen = Course.objects.visible_to(clerk).get(pk=course.pk)
    life.move(course, State.APPROVED, by=clerk)
    with translation.override("th"), pytest.raises(life.MoveRefused) as refused:
        life.move(seen, State.CANCELLED, by=clerk, reason="ไม่มีคนสมัคร")
    assert "อนุมัติแล้ว" in refused.value.message
    assert Course.objects.visible_to(clerk).get(pk=course.pk).status == State.APPROVED


def test_a_stranger_cannot_move_a_course(world):
    with pytest.raises(ValidationError):
        life.move(world.ours.course, State.APPROVED, by=world.strangers[Role.SCHOOL])
    assert Course.objects.visible_to(world.users[Role.SCHOOL]).get(pk=world.ours.course.pk).status == State.DRAFT


def test_the_milestones_say_where_a_course_stands(world):
    course = put(world.ours.course, State.OPEN)
    assert [m.state for m in life.milestones(course)] == ["done", "done", "current", "next", "next", "next"]
    stopped = life.milestones(put(course, State.CANCELLED))
    assert [m.state for m in stopped] == ["done", "current"]
    paused = life.milestones(put(course, State.POSTPONED))
    assert [m.state for m in paused] == ["done", "done", "current", "next", "next", "next", "next"]
