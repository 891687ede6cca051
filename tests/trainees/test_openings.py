from datetime import date

import pytest
from django.core.exceptions import ValidationError

from offices.roles import Role
from trainees import openings, operations
from trainees.models import Enrolment, Waiver

FIRST_DAY = date(2026, 1, 16)


@pytest.fixture
def course(world, set_state):
    Waiver.objects.visible_to(world.users[Role.SCHOOL]).delete()
    return set_state(world.ours.course, "open")


def keys(course, user):
    return list(Enrolment.objects.visible_to(user).filter(course=course).values_list("pk", flat=True))


def open_it(course, clerk, **given):
    given = {"first_day": FIRST_DAY, "came": keys(course, clerk)} | given
    return openings.open_course(course=course, by=clerk, **given)


def test_five_of_six_people_are_too_few_and_it_says_so(world, clerk, people, course):
    people(4, on=course)
    with pytest.raises(ValidationError, match=r"8.*5.*6"):
        open_it(course, clerk)
    course.refresh_from_db()
    assert course.status == "open"
    assert not Enrolment.objects.visible_to(clerk).entrants().exists()


def test_six_people_open_the_training_and_those_ticked_have_come(world, clerk, people, course):
    people(5, on=course)
    *present, absent = keys(course, clerk)
    assert open_it(course, clerk, came=present).status == "running"
    came = Enrolment.objects.visible_to(clerk).entrants()
    assert set(came.values_list("pk", "first_attended_on")) == {(key, FIRST_DAY) for key in present}
    assert absent not in present


def test_who_has_withdrawn_is_not_counted(world, clerk, people, course):
    people(5, on=course)
    operations.withdraw(enrolment=world.ours.enrolment, on=date(2026, 1, 15), reason="ป่วย", by=clerk)
    with pytest.raises(ValidationError, match=r"5.*6"):
        open_it(course, clerk)


def test_drop_outs_after_the_opening_do_not_undo_it(world, clerk, people, course):
    people(5, on=course)
    open_it(course, clerk)
    for key in keys(course, clerk)[:4]:
        place = Enrolment.objects.visible_to(clerk).get(pk=key)
        operations.withdraw(enrolment=place, on=FIRST_DAY, reason="ไปทำงาน", by=clerk)
    course.refresh_from_db()
    assert course.status == "running"


def test_a_stranger_cannot_open_our_course(world, people, course):
    people(5, on=course)
    stranger = world.strangers[Role.SCHOOL]
    with pytest.raises(ValidationError):
        openings.open_course(
            course=course, first_day=FIRST_DAY, came=keys(course, world.users[Role.SCHOOL]), by=stranger
        )
    course.refresh_from_db()
    assert course.status == "open"


@pytest.mark.parametrize("day", [date(2026, 1, 15), date(2026, 1, 18), date(2099, 1, 1)])
def test_the_first_day_is_one_of_the_courses_days(world, clerk, people, course, day):
    people(5, on=course)
    with pytest.raises(ValidationError) as refusal:
        open_it(course, clerk, first_day=day)
    assert set(refusal.value.message_dict) == {"first_day"}


def test_a_course_of_days_to_come_cannot_have_begun(world, clerk, people, course):
    people(5, on=course)
    course.starts_on = course.ends_on = date(2099, 1, 1)
    course.save()
    with pytest.raises(ValidationError):
        open_it(course, clerk, first_day=course.starts_on)


def test_an_opening_without_anybody_is_refused(world, clerk, people, course):
    people(5, on=course)
    with pytest.raises(ValidationError) as refusal:
        open_it(course, clerk, came=[])
    assert set(refusal.value.message_dict) == {"came"}


@pytest.mark.parametrize("state", ["draft", "approved", "running", "completed", "closed", "cancelled"])
def test_only_a_course_that_takes_applications_opens(world, clerk, people, course, set_state, state):
    people(5, on=course)
    set_state(course, state)
    with pytest.raises(ValidationError):
        open_it(course, clerk)


def test_individual_learning_has_no_group_size_unless_the_year_says_so(world, clerk, course):
    course.learning_mode = "individual"
    course.save()
    world.year.individual_needs_group = True
    world.year.save()
    with pytest.raises(ValidationError, match=r"1.*6"):
        open_it(course, clerk)
    world.year.individual_needs_group = False
    world.year.save()
    assert open_it(course, clerk).status == "running"


def ask_with(people, course, clerk, how_many):
    people(how_many - 1, on=course)
    return openings.ask_waiver(course=course, reason="หมู่บ้านบนดอย", by=clerk)


def test_a_waiver_is_counted_asked_accepted_and_lets_the_opening_through(world, clerk, people, course):
    waiver = ask_with(people, course, clerk, 5)
    assert (waiver.people, waiver.group_size, waiver.decision) == (5, 6, "waiting")
    with pytest.raises(ValidationError, match=r"5.*6"):
        open_it(course, clerk)
    province = world.users[Role.PROVINCE]
    openings.decide_waiver(waiver=waiver, accept=True, by=province)
    assert open_it(course, clerk).status == "running"


def test_a_waiver_holds_for_as_many_people_or_more_but_not_for_fewer(world, clerk, people, course):
    waiver = ask_with(people, course, clerk, 4)
    openings.decide_waiver(waiver=waiver, accept=True, by=world.users[Role.PROVINCE])
    assert openings.judge(course, clerk).ok
    people(1, on=course)
    assert openings.judge(course, clerk).ok
    for place in Enrolment.objects.visible_to(clerk).filter(course=course)[:2]:
        operations.withdraw(enrolment=place, on=FIRST_DAY, reason="ป่วย", by=clerk)
    assert not openings.judge(course, clerk).ok


def test_a_refusal_needs_its_reason_and_opens_nothing(world, clerk, people, course):
    waiver = ask_with(people, course, clerk, 5)
    province = world.users[Role.PROVINCE]
    with pytest.raises(ValidationError) as refusal:
        openings.decide_waiver(waiver=waiver, accept=False, by=province)
    assert set(refusal.value.message_dict) == {"note"}
    openings.decide_waiver(waiver=waiver, accept=False, note="รวมกับหมู่บ้านข้าง ๆ", by=province)
    with pytest.raises(ValidationError, match=r"5.*6"):
        open_it(course, clerk)
    with pytest.raises(ValidationError):
        openings.decide_waiver(waiver=waiver, accept=True, by=province)


def test_only_the_superior_office_decides(world, clerk, people, course):
    waiver = ask_with(people, course, clerk, 5)
    others = [clerk, world.users[Role.DEPARTMENT], *world.strangers.values()]
    for other in others:
        with pytest.raises(ValidationError):
            openings.decide_waiver(waiver=waiver, accept=True, by=other)
    openings.decide_waiver(waiver=world.attached.waiver, accept=True, by=world.users[Role.DEPARTMENT])
    waiver.refresh_from_db()
    assert waiver.decision == "waiting"


def test_one_request_waits_at_a_time_and_none_where_none_is_needed(world, clerk, people, course):
    ask_with(people, course, clerk, 5)
    with pytest.raises(ValidationError):
        openings.ask_waiver(course=course, reason="อีกครั้ง", by=clerk)
    people(1, on=course)
    with pytest.raises(ValidationError):
        openings.ask_waiver(course=course, reason="อีกครั้ง", by=clerk)
