from datetime import date

import pytest
from django.core.exceptions import ValidationError

from offices.roles import Role
from tests import factories as make
from trainees import bins, operations
from trainees.models import Enrolment
from trainees.models.facts import Fact


def test_enrolling_copies_the_facts_of_the_application(world, clerk, people):
    (person,) = people(1)
    person.education, person.facts, person.subdistrict = "primary", [Fact.DISABLED], world.subdistrict
    person.save()
    (place,) = operations.enrol(course=world.ours.course, trainees=[person], by=clerk)
    assert (place.education, place.facts, place.subdistrict) == ("primary", ["disabled"], world.subdistrict)
    assert place.first_attended_on is None
    assert not Enrolment.objects.visible_to(world.strangers[Role.SCHOOL]).filter(pk=place.pk).exists()


@pytest.mark.parametrize("state", ["draft", "approved", "open", "running", "completed"])
def test_facts_follow_the_register_while_the_course_lasts(world, clerk, set_state, state):
    set_state(world.ours.course, state)
    _change_register(world, clerk)
    world.ours.enrolment.refresh_from_db()
    assert (world.ours.enrolment.occupation, world.ours.enrolment.facts) == ("farmer", ["farmer"])
    world.theirs.enrolment.refresh_from_db()
    assert world.theirs.enrolment.occupation == ""


@pytest.mark.parametrize("state", ["closed", "cancelled"])
def test_facts_stay_once_the_course_is_over(world, clerk, set_state, state):
    set_state(world.ours.course, state)
    _change_register(world, clerk)
    world.ours.enrolment.refresh_from_db()
    assert (world.ours.enrolment.occupation, world.ours.enrolment.facts) == ("", [])


def _change_register(world, clerk):
    person = world.ours.trainee
    was = operations.application_facts(person)
    person.occupation, person.facts = "farmer", [Fact.FARMER]
    person.save()
    operations.follow_register(trainee=person, was=was, by=clerk)


@pytest.mark.parametrize("state", ["completed", "closed", "cancelled"])
def test_nobody_is_enrolled_on_a_course_that_is_over(world, clerk, people, set_state, state):
    with pytest.raises(ValidationError, match=r"สถานะ|state"):
        operations.enrol(course=set_state(world.ours.course, state), trainees=people(1), by=clerk)


def test_a_late_joiner_says_since_when(world, clerk, people, set_state):
    course = set_state(world.ours.course, "running")
    (person,) = people(1)
    with pytest.raises(ValidationError) as refusal:
        operations.enrol(course=course, trainees=[person], by=clerk)
    assert set(refusal.value.message_dict) == {"joined_on"}
    for day in (date(2026, 1, 15), date(2026, 1, 18)):
        with pytest.raises(ValidationError):
            operations.enrol(course=course, trainees=[person], by=clerk, joined_on=day)
    (place,) = operations.enrol(course=course, trainees=[person], by=clerk, joined_on=date(2026, 1, 17))
    assert place.first_attended_on == date(2026, 1, 17)


def test_enrolling_twice_is_refused_with_the_name(world, clerk):
    with pytest.raises(ValidationError, match=world.ours.trainee.first_name):
        operations.enrol(course=world.ours.course, trainees=[world.ours.trainee], by=clerk)


def test_enrolling_on_a_strangers_course_finds_no_course(world, people):
    with pytest.raises(ValidationError):
        operations.enrol(course=world.ours.course, trainees=people(1), by=world.strangers[Role.SCHOOL])
    assert Enrolment.objects.visible_to(world.users[Role.SCHOOL]).count() == 1


def test_a_clash_is_told_for_overlapping_days_only(world, clerk, set_state):
    same_days = world.make_course(world.ours.curriculum, starts_on=date(2026, 1, 17), ends_on=date(2026, 1, 20))
    after = world.make_course(world.ours.curriculum, starts_on=date(2026, 1, 18), ends_on=date(2026, 1, 20))
    found = operations.clashes(course=same_days, trainees=[world.ours.trainee], by=clerk)
    assert found == [world.ours.enrolment]
    assert operations.clashes(course=after, trainees=[world.ours.trainee], by=clerk) == []
    set_state(world.ours.course, "cancelled")
    assert operations.clashes(course=same_days, trainees=[world.ours.trainee], by=clerk) == []
    stranger = world.strangers[Role.SCHOOL]
    assert operations.clashes(course=same_days, trainees=[world.ours.trainee], by=stranger) == []


def test_withdrawing_keeps_what_was_attended_and_can_be_taken_back(world, clerk, set_state):
    set_state(world.ours.course, "running")
    place = world.ours.enrolment
    place.first_attended_on = date(2026, 1, 16)
    place.save()
    with pytest.raises(ValidationError) as refusal:
        operations.withdraw(enrolment=place, on=date(2026, 1, 15), reason="ย้ายบ้าน", by=clerk)
    assert "withdrawn_on" in refusal.value.message_dict
    gone = operations.withdraw(enrolment=place, on=date(2026, 1, 17), reason="ย้ายบ้าน", by=clerk)
    assert (gone.status, gone.first_attended_on) == ("withdrawn", date(2026, 1, 16))
    assert operations.people_on(clerk, [world.ours.course.pk]) == {}
    back = operations.take_back(enrolment=place, by=clerk)
    assert (back.status, back.withdrawn_on, back.withdrawal_reason) == ("enrolled", None, "")
    assert operations.people_on(clerk, [world.ours.course.pk]) == {world.ours.course.pk: 1}
    assert operations.people_on(world.strangers[Role.SCHOOL], [world.ours.course.pk]) == {}


def test_marks_of_having_come_can_be_set_and_taken_back(world, clerk, set_state):
    course = world.ours.course
    with pytest.raises(ValidationError):
        operations.mark_came(course=course, enrolments=[world.ours.enrolment.pk], on=course.starts_on, by=clerk)
    set_state(course, "running")
    theirs = world.theirs.enrolment
    keys = [world.ours.enrolment.pk, theirs.pk]
    assert operations.mark_came(course=course, enrolments=keys, on=course.ends_on, by=clerk) == 1
    theirs.refresh_from_db()
    assert theirs.first_attended_on is None
    with pytest.raises(ValidationError):
        operations.unmark_came(enrolment=world.ours.enrolment, by=world.strangers[Role.SCHOOL])
    assert operations.unmark_came(enrolment=world.ours.enrolment, by=clerk).first_attended_on is None


def test_a_place_removed_by_mistake_comes_back_with_the_facts_of_today(world, clerk):
    place = bins.remove_enrolment(enrolment=world.ours.enrolment, by=clerk)
    world.ours.trainee.education = "bachelor"
    world.ours.trainee.save()
    with pytest.raises(ValidationError):
        bins.put_back_enrolment(enrolment=place, by=world.strangers[Role.SCHOOL])
    assert bins.put_back_enrolment(enrolment=place, by=clerk).education == "bachelor"
    assert Enrolment.objects.visible_to(clerk).get() == place


def test_a_place_is_not_put_back_beside_a_new_one(world, clerk):
    old = bins.remove_enrolment(enrolment=world.ours.enrolment, by=clerk)
    operations.enrol(course=world.ours.course, trainees=[world.ours.trainee], by=clerk)
    with pytest.raises(ValidationError, match=r"อยู่ในการอบรมนี้แล้ว|already"):
        bins.put_back_enrolment(enrolment=old, by=clerk)


def test_somebody_on_a_course_is_not_thrown_away_and_the_courses_are_named(world, clerk):
    with pytest.raises(ValidationError, match=world.ours.course.name):
        bins.throw_away_trainee(trainee=world.ours.trainee, by=clerk)
    bins.remove_enrolment(enrolment=world.ours.enrolment, by=clerk)
    with pytest.raises(ValidationError):
        bins.throw_away_trainee(trainee=world.ours.trainee, by=world.strangers[Role.SCHOOL])
    assert bins.throw_away_trainee(trainee=world.ours.trainee, by=clerk).binned_at


def test_a_twin_entered_meanwhile_keeps_the_old_row_in_the_bin(world, clerk, people):
    (old,) = people(1)
    bins.throw_away_trainee(trainee=old, by=clerk)
    make.TraineeFactory(school=world.our_school, number=old.document_number, first_name="แฝด")
    make.TraineeFactory(school=world.their_school, number=old.document_number)
    with pytest.raises(ValidationError, match="แฝด"):
        bins.take_back_trainee(trainee=old, by=clerk)
