"""One course on one page: what it shows, what may be done now, moving it, throwing it away and taking it back."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from courses import life, panels
from courses.models import Course
from offices.roles import Role
from tests import factories as make

State = Course.Status


def here(course, name="detail"):
    return reverse(f"courses:{name}", args=[course.pk])


def stored(world):
    return Course.objects.visible_to(world.users[Role.SCHOOL]).get(pk=world.ours.course.pk)


def put(course, state):
    course.status = state
    course.status_reason = "เหตุ" if state in ("cancelled", "postponed") else ""
    course.save()
    return course


def test_whoever_sees_the_place_reads_the_course_and_a_stranger_finds_nothing(world, clerk, stranger, signed_in):
    for role in (Role.SCHOOL, Role.PROVINCE, Role.DEPARTMENT):
        page = signed_in(world.users[role]).get(here(world.ours.course))
        assert page.context["course"] == world.ours.course
        assert "16 ม.ค. 2569" in page.content.decode()
    for other in (stranger, signed_in(world.strangers[Role.PROVINCE]), signed_in(world.attached_user)):
        for name in ("detail", "history"):
            assert other.get(here(world.ours.course, name)).status_code == 404


@pytest.mark.parametrize("role", [Role.PROVINCE, Role.DEPARTMENT])
def test_province_and_department_read_and_never_write(world, signed_in, stranger, typed, role):
    reader = signed_in(world.users[role])
    page = reader.get(here(world.ours.course)).content.decode()
    assert here(world.ours.course, "copy") not in page
    assert reader.get(here(world.ours.course, "copy")).status_code == 403
    for name in ("move", "edit", "bin"):
        assert here(world.ours.course, name) not in page
        assert reader.post(here(world.ours.course, name), typed | {"to": "approved"}).status_code == 403
        assert stranger.post(here(world.ours.course, name), typed).status_code == 404
    assert stored(world).status == State.DRAFT


@pytest.mark.parametrize("state", State)
def test_the_page_offers_just_the_steps_that_may_follow(world, clerk, stranger, state):
    course = put(world.ours.course, state)
    page = clerk.get(here(course))
    assert [way["step"].to for way in page.context["ways"]] == [step.to for step in life.steps_from(state)]
    assert (here(course, "bin") in page.content.decode()) == (state in life.MAY_BE_BINNED)
    assert (here(course, "edit") in page.content.decode()) == (state not in Course.OVER)
    assert stranger.get(here(course)).status_code == 404


def test_the_rule_meter_counts_the_people_on_the_roster(world, clerk, stranger):
    page = clerk.get(here(world.ours.course))
    assert page.context["people"] == 1
    assert "8 ชั่วโมง · 1 จาก 6 คน" in page.content.decode()
    assert stranger.get(here(world.theirs.course)).context["people"] == 1


def test_panels_of_higher_floors_are_loaded_and_linked(world, clerk, stranger):
    roster = reverse("trainees:roster", args=[world.ours.course.pk])
    page = clerk.get(here(world.ours.course)).content.decode()
    assert f'hx-get="{roster}"' in page and f'href="{roster}"' in page
    assert stranger.get(roster).status_code == 404


def test_a_course_page_costs_25_queries_at_most(world, clerk, stranger, django_assert_max_num_queries):
    course = world.ours.course
    for state in (*life.WAY[1:4], State.OPEN, *life.WAY[3:5], State.RUNNING) * 3:
        life.move(course, state, by=world.users[Role.SCHOOL], reason="ทดสอบ") if life.step_between(
            course.status, state
        ) else None
    other = make.CurriculumFactory(school=world.our_school)
    course.curriculum, course.subdistrict = other, world.subdistrict
    course.save()
    with django_assert_max_num_queries(25):
        page = clerk.get(here(course))
    assert page.context["more_events"]
    assert str(other) in page.context["events"][0].note
    assert stranger.get(here(course)).status_code == 404


def test_a_school_moves_its_course_on(world, clerk, stranger):
    move = here(world.ours.course, "move")
    assert stranger.post(move, {"to": "approved"}).status_code == 404
    assert clerk.post(move, {"to": "approved", "seen": "draft"}).url == here(world.ours.course)
    assert stored(world).status == State.APPROVED
    newest = clerk.get(here(world.ours.course)).context["events"][0]
    assert newest.what == "สถานะ: ฉบับร่าง → อนุมัติแล้ว"
    assert newest.who == world.users[Role.SCHOOL].name


def test_opening_the_training_is_judged_where_the_people_are(world, clerk, stranger):
    course = put(world.ours.course, State.OPEN)
    judged = reverse(panels.move_to("running").url_name, args=[course.pk])
    assert clerk.post(here(course, "move"), {"to": "running", "seen": "open"}).url == judged
    assert stored(world).status == State.OPEN
    assert judged in clerk.get(here(course)).content.decode()
    assert stranger.post(here(course, "move"), {"to": "running"}).status_code == 404


def test_a_completed_course_goes_back_to_running_without_being_judged_again(world, clerk, stranger):
    course = put(world.ours.course, State.COMPLETED)
    clerk.post(here(course, "move"), {"to": "running", "seen": "completed", "reason": "ยังอบรมไม่ครบ"})
    assert (stored(world).status, stored(world).status_reason) == (State.RUNNING, "ยังอบรมไม่ครบ")
    assert stranger.get(here(course, "move") + "?to=running").status_code == 404


def test_cancelling_asks_for_the_reason_beside_its_field_and_keeps_it(world, clerk, stranger):
    move = here(world.ours.course, "move")
    assert clerk.get(f"{move}?to=cancelled").context["step"].to == State.CANCELLED
    response = clerk.post(move, {"to": "cancelled", "seen": "draft", "reason": " "})
    assert response.context["form"].errors["reason"] == ["โปรดระบุเหตุผล"]
    too_long = clerk.post(move, {"to": "cancelled", "seen": "draft", "reason": "ก" * 501})
    assert "reason" in too_long.context["form"].errors and "ก" * 501 in too_long.content.decode()
    assert stored(world).status == State.DRAFT
    clerk.post(move, {"to": "cancelled", "seen": "draft", "reason": "ไม่มีผู้สมัคร"})
    assert (stored(world).status, stored(world).status_reason) == (State.CANCELLED, "ไม่มีผู้สมัคร")
    assert "ไม่มีผู้สมัคร" in clerk.get(here(world.ours.course)).content.decode()
    assert stranger.post(move, {"to": "draft", "reason": "x"}).status_code == 404


def test_a_page_that_shows_an_older_state_moves_nothing(world, clerk, stranger):
    put(world.ours.course, State.APPROVED)
    move = here(world.ours.course, "move")
    response = clerk.post(move, {"to": "cancelled", "seen": "draft", "reason": "ซ้ำ"})
    assert "อนุมัติแล้ว" in response.context["form"].non_field_errors()[0]
    assert "ซ้ำ" in response.content.decode()
    assert stored(world).status == State.APPROVED
    assert stranger.post(move, {"to": "cancelled"}).status_code == 404


@pytest.mark.parametrize("to", ["", "\x00", "nowhere", "closed", "draft", "๑", "a" * 9999])
def test_a_move_that_is_no_move_is_answered_and_changes_nothing(world, clerk, stranger, to):
    move = here(world.ours.course, "move")
    assert clerk.post(move, {"to": to, "seen": to, "reason": "\x00"}).status_code == 200
    assert clerk.get(move, {"to": to}).url == here(world.ours.course)
    assert stored(world).status == State.DRAFT
    assert stranger.post(move, {"to": to}).status_code == 404


@pytest.mark.parametrize("state", State)
def test_only_drafts_approved_and_cancelled_courses_go_into_the_bin(world, clerk, stranger, state):
    course = put(world.ours.course, state)
    response = clerk.post(here(course, "bin"), follow=True)
    gone = not Course.objects.visible_to(world.users[Role.SCHOOL]).filter(pk=course.pk).exists()
    assert gone == (state in ("draft", "approved", "cancelled"))
    said = [str(message) for message in response.context["messages"]]
    assert said and (("ทิ้งไม่ได้" in said[0]) != gone)
    assert stranger.post(here(course, "bin")).status_code == 404


def test_throwing_away_is_undone_by_one_button(world, clerk, stranger):
    course = world.ours.course
    page = clerk.post(here(course, "bin"), follow=True)
    assert here(course, "restore") in page.content.decode()
    assert course.name not in [row.record.name for row in page.context["table"].page.object_list]
    assert clerk.get(here(course)).status_code == 404
    assert stranger.post(here(course, "restore")).status_code == 404
    assert clerk.post(here(course, "restore")).url == here(course)
    told = [event.what for event in clerk.get(here(course)).context["events"]]
    assert told[:2] == ["นำกลับจากถังขยะ", "ทิ้งลงถังขยะ"]


def test_the_bin_says_until_when_and_forgets_after_thirty_days(world, clerk, stranger):
    course = world.ours.course
    clerk.post(here(course, "bin"))
    page = clerk.get(reverse("courses:bin_list"))
    ((row, until),) = page.context["sections"][0].rows
    assert row == course and until - row.binned_at == timedelta(days=30)
    assert course.name not in stranger.get(reverse("courses:bin_list")).content.decode()
    course.refresh_from_db()
    course.binned_at = timezone.now() - timedelta(days=31)
    course.save()
    assert clerk.get(reverse("courses:bin_list")).context["sections"] == []
    assert clerk.post(here(course, "restore")).status_code == 404


def test_the_bin_names_everything_of_each_kind_as_its_own_page_does(world, clerk, stranger):
    course, school, now = world.ours.course, world.our_school, timezone.now()
    erased = {"first_name": "", "surname": "", "erased_at": now}
    person = make.InstructorFactory(school=school)
    survey = make.SurveyFactory(school=school, fiscal_year=world.year)
    thrown = [
        course,
        make.CurriculumFactory(school=school),
        make.ProjectFactory(school=school, fiscal_year=world.year),
        make.InstructorFactory(school=school),
        make.InstructorFactory(school=school, **erased),
        make.TeachingFactory(course=world.make_course(world.ours.curriculum), instructor=person),
        make.SurveyFactory(school=school, fiscal_year=world.year),
        make.AnswerFactory(survey=survey, topics=["ช่างตัดผม", "ทำ “ไข่เค็ม”"]),
    ]
    for number, row in enumerate(thrown):
        row.binned_at = now - timedelta(minutes=number)
        row.save()
    shown = [
        (heading, binned.row, str(binned.row), binned.row.binned_at)
        for heading, _route, rows in clerk.get(reverse("courses:bin_list")).context["sections"]
        for binned in rows
    ]
    assert [(row, name, at) for _h, row, name, at in shown] == [(row, str(row), row.binned_at) for row in thrown]
    assert len({heading for heading, *_rest in shown}) == 7
    assert stranger.get(reverse("courses:bin_list")).context["sections"] == []


def test_a_course_does_not_come_back_without_its_curriculum(world, clerk, stranger):
    course, curriculum = world.ours.course, world.ours.curriculum
    clerk.post(here(course, "bin"))
    clerk.post(reverse("courses:curriculum_bin", args=[curriculum.pk]))
    page = clerk.post(here(course, "restore"), follow=True)
    assert "หลักสูตร" in [str(message) for message in page.context["messages"]][-1]
    assert clerk.get(here(course)).status_code == 404
    clerk.post(reverse("courses:curriculum_restore", args=[curriculum.pk]))
    assert clerk.post(here(course, "restore")).url == here(course)
    assert stranger.post(reverse("courses:curriculum_restore", args=[curriculum.pk])).status_code == 404


def test_a_key_beyond_all_numbers_is_not_found(world, clerk, stranger):
    for name in ("detail", "history", "edit", "copy"):
        assert clerk.get(reverse(f"courses:{name}", args=[10**40])).status_code == 404
        assert stranger.get(reverse(f"courses:{name}", args=[10**40])).status_code == 404
