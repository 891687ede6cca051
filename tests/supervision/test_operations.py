"""Begun, submitted, frozen, corrected: who may, when, and what stays."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, InternalError, transaction
from django.utils import timezone

from courses.emptying import empty as empty_courses
from courses.models import Course, Session
from offices.roles import Role
from offices.scoping import DEPARTMENT_EYES
from supervision import operations
from supervision.emptying import empty as empty_visits
from supervision.form_eleven import form_eleven, whole
from supervision.models import Visit
from supervision.part_one import PartOne, part_one
from tests import factories as make
from trainees.models import Attendance, Enrolment

DAY = date(2026, 1, 16)


def read(visit, user):
    return whole(Visit.objects.visible_to(user)).get(pk=visit.pk)


def submitted(supervised):
    return operations.submit(visit=supervised.draft, by=supervised.supervisor)


def sheet(course, *cells):
    """The daily sheet of 16 January: (enrolment, hours) each."""
    session = Session.objects.create(
        school=course.school, course=course, held_on=DAY, starts_at=time(9), ends_at=time(16), hours=6,
        instructor="ครูสมใจ",
    )  # fmt: skip
    for enrolment, hours in cells:
        Attendance.objects.create(school=course.school, enrolment=enrolment, session=session, hours=hours)


def test_the_office_above_begins_a_form_and_nobody_else(world, ours):
    course = world.ours.course
    visit = operations.begin(course=course, stage="during", day=DAY, by=world.users[Role.PROVINCE])
    assert (visit.school, visit.office, visit.form.number) == (world.our_school, world.our_province, 1)
    for other in (world.strangers[Role.PROVINCE], world.users[Role.DEPARTMENT], world.users[Role.SCHOOL]):
        with pytest.raises(ValidationError) as refused:
            operations.begin(course=course, stage="during", day=DAY, by=other)
        assert refused.value.code == "other_office"


def test_the_department_supervises_a_school_without_a_province(world):
    world.attached.course.status = "completed"
    world.attached.course.save()
    officer = world.users[Role.DEPARTMENT]
    visit = operations.begin(course=world.attached.course, stage="after", day=date(2026, 3, 1), by=officer)
    assert visit.office is None
    assert part_one(visit, officer).office == ""


@pytest.mark.parametrize("stage, day", [
    ("during", date(2026, 1, 15)), ("during", date(2026, 1, 18)), ("after", date(2026, 1, 16)),
    ("after", date(2030, 1, 1)),
])  # fmt: skip
def test_the_day_fits_the_stage_and_is_not_to_come(world, ours, stage, day):
    with pytest.raises(ValidationError) as refused:
        operations.begin(course=world.ours.course, stage=stage, day=day, by=ours.supervisor)
    assert "visited_on" in refused.value.message_dict


def test_a_draft_course_has_no_training_to_supervise(world):
    with pytest.raises(ValidationError) as refused:
        operations.begin(course=world.ours.course, stage="during", day=DAY, by=world.users[Role.PROVINCE])
    assert refused.value.code == "not_begun"


def test_part_one_is_what_the_system_knows(world, ours):
    course = world.ours.course
    course.subdistrict = world.subdistrict
    course.instructor = "ครูประจำ"
    course.save()
    away = make.EnrolmentFactory(course=course, trainee=make.TraineeFactory(school=world.our_school))
    sheet(course, (world.ours.enrolment, 6), (away, 0))
    found = part_one(read(ours.draft, ours.supervisor), ours.supervisor)
    assert found == PartOne(
        school="สกร.ระดับอำเภอแม่ริม", office="เชียงใหม่", course=course.name, curriculum=course.curriculum.title,
        is_individual=False, hours=8, starts_on=DAY, ends_on=date(2026, 1, 17), instructor="ครูสมใจ",
        place="ศาลาประชาคม", subdistrict=world.subdistrict.name_th, district="แม่ริม", enrolled=2, present=1,
    )  # fmt: skip
    assert PartOne.from_json(found.as_json()) == found


def test_nobody_entered_yet_and_after_training_are_blank_not_zero(world, ours):
    supervisor = ours.supervisor
    assert part_one(read(ours.draft, supervisor), supervisor).present is None
    sheet(world.ours.course, (world.ours.enrolment, 0))
    assert part_one(read(ours.draft, supervisor), supervisor).present == 0
    later = make.VisitFactory(
        course=world.ours.course, created_by=supervisor, stage="after", visited_on=date(2026, 2, 1)
    )
    assert part_one(read(later, supervisor), supervisor).present is None


def test_a_submitted_form_keeps_its_first_part_when_the_course_changes(world, ours):
    visit = submitted(ours)
    world.ours.course.venue = "ที่อื่น"
    world.ours.course.save()
    assert part_one(read(visit, ours.supervisor), ours.supervisor).place == "ศาลาประชาคม"


def test_a_form_that_says_nothing_or_nobody_signs_is_not_submitted(world, ours):
    ours.draft.answers = {"1": {"found": "", "advice": ""}}
    ours.draft.save()
    with pytest.raises(ValidationError) as refused:
        submitted(ours)
    assert refused.value.code == "empty"
    Visit.objects.visible_to(ours.supervisor).update(supervisor_name="")
    with pytest.raises(ValidationError) as refused:
        submitted(ours)
    assert "supervisor_name" in refused.value.message_dict


@pytest.mark.parametrize("change", [
    lambda rows: rows.update(recommendations="แก้"),
    lambda rows: rows.update(status="draft", part_one=None, submitted_at=None, submitted_by=None),
    lambda rows: rows.update(binned_at="2026-02-01T00:00Z"),
    lambda rows: rows.delete(),
    lambda rows: rows.bulk_update([setattr(row, "answers", {}) or row for row in rows], ["answers"]),
])  # fmt: skip
def test_submitted_means_frozen_in_bulk_too(world, ours, change):
    visit = submitted(ours)
    rows = Visit.objects.visible_to(DEPARTMENT_EYES).filter(pk=visit.pk)
    before = rows.values().get()
    with pytest.raises((InternalError, IntegrityError), match="Cannot update or delete"), transaction.atomic():
        change(rows)
    assert rows.values().get() == before


def test_nobody_submits_twice_or_throws_a_submitted_form_away(world, ours):
    visit = submitted(ours)
    for act in (operations.submit, operations.discard):
        with pytest.raises(ValidationError) as refused:
            act(visit=visit, by=ours.supervisor)
        assert refused.value.code == "submitted"


def test_schools_read_what_was_submitted_and_no_drafts(world, ours, theirs):
    school, department = world.users[Role.SCHOOL], world.users[Role.DEPARTMENT]
    assert not Visit.objects.visible_to(school)
    assert not Visit.objects.visible_to(department)  # the province's own paper, until it is submitted
    assert list(Visit.objects.visible_to(ours.supervisor)) == [ours.draft]
    visit = submitted(ours)
    assert list(Visit.objects.visible_to(school)) == [visit]
    assert list(Visit.objects.visible_to(department)) == [visit]
    assert not Visit.objects.visible_to(theirs.supervisor).filter(pk=visit.pk)


def test_a_correction_replaces_the_old_edition_once_it_is_submitted(world, ours):
    first = submitted(ours)
    school = world.users[Role.SCHOOL]
    draft = operations.correct(visit=first, reason="จดผิดข้อ", by=ours.supervisor)
    assert (draft.edition, draft.replaces, draft.form, draft.answers) == (2, first, first.form, first.answers)
    assert list(Visit.objects.visible_to(school).newest(school)) == [first]
    with pytest.raises(ValidationError) as refused:
        operations.correct(visit=first, reason="อีกครั้ง", by=ours.supervisor)
    assert refused.value.code == "begun"

    draft.answers["2"] = {"found": "สอดคล้อง", "advice": ""}
    draft.save()
    second = operations.submit(visit=draft, by=ours.supervisor)
    assert list(Visit.objects.visible_to(school).newest(school)) == [second]
    assert set(Visit.objects.visible_to(school)) == {first, second}
    assert "2" not in read(first, school).answers
    with pytest.raises(ValidationError) as refused:
        operations.correct(visit=first, reason="ฉบับเก่า", by=ours.supervisor)
    assert refused.value.code == "replaced"


def test_the_database_wants_a_reason_for_a_correction(world, ours):
    first = submitted(ours)
    with pytest.raises(IntegrityError, match="visit_corrected_with_a_reason"), transaction.atomic():
        make.VisitFactory(course=first.course, created_by=ours.supervisor, replaces=first, edition=2)


def test_another_province_neither_submits_nor_corrects(world, ours, theirs):
    for act in (operations.submit, operations.discard):
        with pytest.raises(ValidationError) as refused:
            act(visit=ours.draft, by=theirs.supervisor)
        assert refused.value.code == "gone"
    visit = submitted(ours)
    with pytest.raises(ValidationError):
        operations.correct(visit=visit, reason="ของเรา", by=theirs.supervisor)


def test_a_draft_comes_back_from_the_bin_unless_another_correction_was_begun(world, ours):
    first = submitted(ours)
    draft = operations.correct(visit=first, reason="แก้", by=ours.supervisor)
    operations.discard(visit=draft, by=ours.supervisor)
    assert not Visit.objects.visible_to(ours.supervisor).filter(pk=draft.pk)
    assert not Visit.objects.in_bin_of(world.users[Role.SCHOOL])
    binned = Visit.objects.in_bin_of(ours.supervisor).get()
    operations.take_back(visit=binned, by=ours.supervisor)
    operations.discard(visit=binned, by=ours.supervisor)
    operations.correct(visit=first, reason="แก้ใหม่", by=ours.supervisor)
    with pytest.raises(ValidationError) as refused:
        operations.take_back(visit=Visit.objects.in_bin_of(ours.supervisor).get(), by=ours.supervisor)
    assert refused.value.code == "begun"


def test_the_form_stands_in_print_order(world, ours):
    ours.draft.added = [
        {"text": "การตลาดออนไลน์", "proposal": 5, "found": "มีเพจ", "advice": "ถ่ายภาพให้ชัด"},
        {"text": "ความปลอดภัย", "found": "", "advice": ""},
    ]
    ours.draft.internal = [{"name": "นายก", "position": "ผอ."}, {"name": "", "position": ""}]
    ours.draft.knowledge_use = "ขายได้จริง"
    ours.draft.save()
    form = form_eleven(read(ours.draft, ours.supervisor), ours.supervisor)
    assert [row.number for row in form.rows] == ["1", "2", "3", "4", "5", "6", "7", "8", "8.1", "8.2"]
    assert (form.rows[0].found, form.rows[8].item, form.rows[8].proposed_by_school) == (
        "จัดตามแผน", "การตลาดออนไลน์", True,
    )  # fmt: skip
    assert [line.role for line in form.internal] == ["ประธานกรรมการ", "กรรมการ", "กรรมการ"]
    assert form.internal[0].name == "นายก"
    assert [part.text for part in form.added_parts] == ["ขายได้จริง", ""]
    assert form.signed_on is None and form.is_draft


def test_the_count_takes_added_items_as_the_eighth(world, ours):
    items = list(ours.draft.form.items.all())
    assert ours.draft.filled(items) == (1, 8)
    ours.draft.added = [{"text": "ก", "found": "ดี", "advice": ""}, {"text": "ข", "found": "", "advice": "เพิ่ม"}]
    ours.draft.answers["3"] = {"found": "", "advice": "ใช้ของจริง"}
    assert ours.draft.filled(items) == (3, 8)


def test_a_supervised_course_that_was_thrown_away_keeps_its_submitted_form(world, ours, theirs):
    visit = submitted(ours)
    soon = timezone.now() + timedelta(hours=1)
    unseen = world.make_course(make.CurriculumFactory(school=world.our_school))
    for course in (world.ours.course, world.theirs.course, unseen):
        Enrolment.objects.unscoped().filter(course=course).delete()
        course.binned_at = timezone.now()
        course.save()
    assert empty_visits(soon) == 1  # their draft
    empty_courses(soon)
    assert set(Course.objects.unscoped()) == {world.ours.course, world.attached.course}
    assert list(Visit.objects.visible_to(world.users[Role.SCHOOL])) == [visit]


def test_the_bin_lets_go_of_old_drafts_only(world, ours, theirs):
    operations.discard(visit=ours.draft, by=ours.supervisor)
    assert empty_visits(timezone.now() - timedelta(days=30)) == 0
    assert empty_visits(timezone.now()) == 1
    assert list(Visit.objects.unscoped()) == [theirs.draft]
