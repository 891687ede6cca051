"""The roster panel, opening and waivers, as the browser meets them."""

from datetime import date

import pytest
from django.urls import reverse

from courses.panels import move_to, panels
from offices.roles import Role
from tests import factories as make
from trainees.models import Enrolment, Waiver


def at(name, pk):
    return reverse(f"trainees:{name}", args=[pk])


def told(response):
    return " ".join(str(message) for message in response.context["messages"])


def test_the_course_page_knows_the_roster_and_who_judges_the_opening():
    assert "trainees:roster" in [panel.url_name for panel in panels()]
    assert move_to("running").url_name == "trainees:course_open"


@pytest.mark.parametrize("role", [Role.SCHOOL, Role.PROVINCE, Role.DEPARTMENT])
def test_the_roster_is_read_masked_by_all_above_and_changed_by_the_school(client, world, role):
    client.force_login(world.users[role])
    response = client.get(at("roster", world.ours.course.pk))
    assert world.ours.trainee.full_name in response.text
    assert world.ours.trainee.document_number not in response.text
    assert (at("enrol", world.ours.course.pk) in response.text) is False
    assert (at("withdraw", world.ours.enrolment.pk) in response.text) == (role == Role.SCHOOL)
    posted = client.post(at("enrol", world.ours.course.pk), {"people": world.ours.trainee.pk})
    assert (posted.status_code == 403) == (role != Role.SCHOOL)


def test_the_panel_is_a_part_of_the_page(clerk, client, world):
    fragment = client.get(at("roster", world.ours.course.pk), headers={"HX-Request": "true"})
    assert "<html" not in fragment.text and world.ours.trainee.full_name in fragment.text
    assert "HX-Request" in fragment.headers["Vary"]


def test_the_roster_costs_few_queries(clerk, client, world, people, django_assert_max_num_queries):
    people(60, on=world.ours.course)
    with django_assert_max_num_queries(10):
        response = client.get(at("roster", world.ours.course.pk))
    assert len(response.context["rows"]) == 61


@pytest.mark.parametrize("part", [False, True])
def test_people_are_searched_in_the_own_register_and_ticked(clerk, client, world, part, people):
    one, other = people(2)
    make.TraineeFactory(school=world.their_school, first_name=one.first_name)
    headers = {"HX-Request": "true"} if part else {}
    response = client.post(at("candidates", world.ours.course.pk), {"q": "สมศรี"}, headers=headers)
    found = response.context["candidates"]
    assert {one, other} <= set(found) and world.ours.trainee not in found
    assert {person.school_id for person in found} == {world.our_school.pk}
    by_number = client.post(at("candidates", world.ours.course.pk), {"q": one.document_number})
    assert by_number.context["candidates"] == [one]
    theirs = world.theirs.trainee.document_number
    assert client.post(at("candidates", world.ours.course.pk), {"q": theirs}).context["candidates"] == []


def test_several_people_are_put_on_the_course_at_once(clerk, client, world, people, ours):
    ticked = [person.pk for person in people(5)]
    client.post(at("enrol", world.ours.course.pk), {"people": ticked})
    assert ours.places().filter(course=world.ours.course).count() == 6


def test_nobody_elses_people_can_be_put_on_the_course(clerk, client, world, ours):
    for wrong in (world.theirs.trainee.pk, 10**30, "x", ""):
        response = client.post(at("enrol", world.ours.course.pk), {"people": [wrong]})
        assert response.status_code == 200 and response.context["enrol_form"].errors
    assert ours.places().count() == 1


def test_a_clash_is_told_and_the_person_is_on_the_course_all_the_same(clerk, client, world, ours):
    other = world.make_course(world.ours.curriculum, name="อีกหลักสูตร")
    response = client.post(at("enrol", other.pk), {"people": [world.ours.trainee.pk]}, follow=True)
    assert world.ours.course.name in told(response)
    assert ours.places().filter(course=other).exists()


def test_a_late_joiner_is_asked_since_when(clerk, client, world, people, set_state, ours):
    course = set_state(world.ours.course, "running")
    (person,) = people(1)
    response = client.post(at("enrol", course.pk), {"people": person.pk})
    assert set(response.context["enrol_form"].errors) == {"joined_on"}
    client.post(at("enrol", course.pk), {"people": person.pk, "joined_on": "17/01/2569"})
    assert ours.places().get(trainee=person).first_attended_on == date(2026, 1, 17)


def test_withdrawing_removing_and_marking_can_all_be_undone(clerk, client, world, set_state, ours):
    course, place = set_state(world.ours.course, "running"), world.ours.enrolment
    client.post(at("withdraw", place.pk), {"withdrawn_on": "17/01/2569", "reason": "ย้ายบ้าน"})
    assert ours.places().get(pk=place.pk).withdrawal_reason == "ย้ายบ้าน"
    client.post(at("take_back", place.pk))
    assert ours.places().get(pk=place.pk).status == "enrolled"
    client.post(at("mark_came", course.pk), {"came": [place.pk], "on": "16/01/2569"})
    assert ours.places().get(pk=place.pk).first_attended_on == date(2026, 1, 16)
    client.post(at("unmark_came", place.pk))
    assert ours.places().get(pk=place.pk).first_attended_on is None
    client.post(at("enrolment_remove", place.pk))
    assert not ours.places().exists()
    assert world.ours.trainee.full_name in client.get(reverse("trainees:bin_list")).text
    client.post(at("enrolment_restore", place.pk))
    assert ours.places().get() == place


def test_a_place_has_its_own_skill_purpose(clerk, client, world, ours):
    place = world.ours.enrolment
    facts = {"enrolled_on": "12/01/2569", "skill_purpose": "re_skill", "version": place.version}
    client.post(at("enrolment_edit", place.pk), facts)
    assert ours.places().get(pk=place.pk).skill_purpose == "re_skill"
    stale = client.post(at("enrolment_edit", place.pk), facts | {"skill_purpose": "up_skill"})
    assert stale.status_code == 200 and ours.places().get(pk=place.pk).skill_purpose == "re_skill"


def test_a_strangers_course_and_places_do_not_exist(clerk, client, world):
    for name in ("roster", "mark_came", "course_open"):
        assert client.get(at(name, world.theirs.course.pk)).status_code == 404
    for name in ("enrol", "candidates", "mark_came", "course_open", "waiver_ask"):
        assert client.post(at(name, world.theirs.course.pk)).status_code == 404
    for name in (
        "withdraw",
        "take_back",
        "enrolment_remove",
        "enrolment_restore",
        "unmark_came",
        "enrolment_edit",
    ):
        assert client.post(at(name, world.theirs.enrolment.pk)).status_code == 404
    assert Enrolment.objects.visible_to(world.strangers[Role.SCHOOL]).get() == world.theirs.enrolment


def test_the_opening_ticks_everybody_and_opens(clerk, client, world, people, set_state, ours):
    course = set_state(world.ours.course, "open")
    people(5, on=course)
    page = client.get(at("course_open", course.pk))
    keys = page.context["ticked"]
    assert len(keys) == 6
    response = client.post(at("course_open", course.pk), {"came": keys[1:], "first_day": "๑๖/๐๑/๒๕๖๙"})
    assert response.status_code == 302
    assert ours.course().status == "running"
    assert ours.places().entrants().count() == 5


def test_too_few_people_are_told_exactly_and_the_province_may_let_them(client, world, people, set_state, ours):
    Waiver.objects.visible_to(ours.user).delete()
    course = set_state(world.ours.course, "open")
    people(4, on=course)
    client.force_login(ours.user)
    url = at("course_open", course.pk)
    page = client.get(url)
    assert page.context["judgement"].verdict.reason in page.text
    assert {"8", "5", "6"} <= set(page.context["judgement"].verdict.reason)
    refused = client.post(url, {"came": [], "first_day": "16/01/2569"})
    assert refused.status_code == 200 and ours.course().status == "open"
    assert client.post(at("waiver_ask", course.pk), {"reason": " "}).status_code == 200
    client.post(at("waiver_ask", course.pk), {"reason": "หมู่บ้านบนดอย"})
    waiver = Waiver.objects.visible_to(ours.user).get()
    assert client.get(reverse("trainees:waivers")).context["page"].object_list[0] == waiver
    assert client.get(at("waiver_decide", waiver.pk)).status_code == 403

    for stranger in (world.users[Role.DEPARTMENT], world.strangers[Role.PROVINCE]):
        client.force_login(stranger)
        assert waiver not in client.get(reverse("trainees:waivers")).context["page"].object_list
        assert client.post(at("waiver_decide", waiver.pk), {"decision": "accept"}).status_code == 404

    client.force_login(world.users[Role.PROVINCE])
    without_reason = client.post(at("waiver_decide", waiver.pk), {"decision": "refuse"})
    assert set(without_reason.context["form"].errors) == {"note"}
    client.post(at("waiver_decide", waiver.pk), {"decision": "accept", "note": "เห็นชอบ"})

    client.force_login(ours.user)
    keys = client.get(url).context["ticked"]
    client.post(url, {"came": keys, "first_day": "16/01/2569"})
    assert ours.course().status == "running"


def test_the_department_decides_for_a_school_without_a_province(client, world):
    client.force_login(world.users[Role.DEPARTMENT])
    listed = client.get(reverse("trainees:waivers")).context["page"].object_list
    assert list(listed) == [world.attached.waiver]
    client.post(at("waiver_decide", world.attached.waiver.pk), {"decision": "refuse", "note": "รวมกลุ่มก่อน"})
    world.attached.waiver.refresh_from_db()
    assert (world.attached.waiver.decision, world.attached.waiver.decided_by) == (
        "refused",
        world.users[Role.DEPARTMENT],
    )
