"""Entering, changing and copying a course: what is believed, what is refused and where it says so."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.models import Course
from offices.roles import Role
from tests import factories as make

CREATE = reverse("courses:create")


def ours(world):
    return Course.objects.visible_to(world.users[Role.SCHOOL])


def newest(world):
    return ours(world).order_by("-pk").first()


def errors(response):
    assert response.status_code == 200
    return response.context["form"].errors


def test_a_school_enters_a_course_and_its_type_follows_from_the_hours(world, clerk, stranger, typed):
    response = clerk.post(CREATE, typed)
    course = newest(world)
    assert response.url == reverse("courses:detail", args=[course.pk])
    assert (course.name, course.hours, course.course_type) == ("การทำขนมครก", Decimal(8), world.short)
    assert (course.starts_on, course.ends_on) == (date(2026, 1, 16), date(2026, 1, 17))
    assert (course.school, course.fiscal_year, course.status) == (world.our_school, world.year, "draft")
    assert course.created_by == world.users[Role.SCHOOL]
    assert course.name_order
    assert stranger.get(response.url).status_code == 404


def test_an_empty_name_and_empty_hours_are_those_of_the_curriculum(world, clerk, stranger, typed):
    clerk.post(CREATE, typed | {"name": " \u200b ", "hours": ""})
    course = newest(world)
    assert (course.name, course.hours) == (world.ours.curriculum.title, Decimal(8))
    assert course.name not in stranger.get(reverse("courses:list")).content.decode()


@pytest.mark.parametrize(
    ("hours", "code"),
    [
        ("2.5", "too_short"),
        ("๙.๕", "between"),
        ("0", "zero"),
        ("-1", "negative"),
        ("10,000", "too_long"),
        ("7.25", "step"),
        ("แปด", "not_a_number"),
        ("NaN", "not_a_number"),
        ("1e400", "not_a_number"),
        ("Infinity", "not_a_number"),
    ],
)
def test_wrong_hours_are_refused_beside_the_field_and_what_was_typed_stays(
    world, clerk, stranger, typed, hours, code
):
    before = ours(world).count()
    response = clerk.post(CREATE, typed | {"hours": hours})
    assert [e.code for e in errors(response).as_data()["hours"]] == [code]
    page = response.content.decode()
    message = errors(response)["hours"][0]
    assert page.count(message) == 2  # in the summary and beside the field
    assert any("\u0e00" <= letter <= "\u0e7f" for letter in message)
    assert f'value="{hours}"' in page and 'value="การทำขนมครก"' in page
    assert ours(world).count() == before
    assert Course.objects.visible_to(world.strangers[Role.SCHOOL]).count() == 1


def test_the_last_day_cannot_lie_before_the_first(world, clerk, stranger, typed):
    response = clerk.post(CREATE, typed | {"ends_on": "15/01/2569"})
    assert [e.code for e in errors(response).as_data()["ends_on"]] == ["order"]
    assert set(errors(response)) == {"ends_on"}
    assert "15/01/2569" not in stranger.get(CREATE).content.decode()


@pytest.mark.parametrize("day", ["16/01/2580", "16/01/2500", "1/10/2569"])
def test_a_first_day_outside_the_known_years_is_refused_with_its_year(world, clerk, stranger, typed, day):
    response = clerk.post(CREATE, typed | {"starts_on": day, "ends_on": day})
    assert "2569" in errors(response)["starts_on"][0]
    assert stranger.get(CREATE).context["form"].errors == {}


def test_a_course_may_run_over_the_end_of_september_and_is_paid_by_its_first_days_year(
    world, clerk, stranger, typed
):
    clerk.post(CREATE, typed | {"starts_on": "29/09/2569", "ends_on": "2/10/2569"})
    course = newest(world)
    assert (course.ends_on, course.fiscal_year_id) == (date(2026, 10, 2), 2569)
    assert stranger.get(reverse("courses:detail", args=[course.pk])).status_code == 404


def test_the_year_that_pays_can_be_chosen_and_its_rules_judge(world, clerk, stranger, typed):
    following = make.FiscalYearFactory(year=2570)
    make.CourseTypeFactory(fiscal_year=following, least_hours=1, most_hours=5, group_size=4)
    response = clerk.post(CREATE, typed | {"fiscal_year": "2570"})
    assert [e.code for e in errors(response).as_data()["hours"]] == ["beyond"]
    clerk.post(CREATE, typed | {"fiscal_year": "2570", "hours": "5"})
    assert (newest(world).fiscal_year_id, newest(world).course_type.group_size) == (2570, 4)
    assert Course.objects.visible_to(world.strangers[Role.SCHOOL]).count() == 1


def test_another_schools_curriculum_cannot_be_chosen(world, clerk, stranger, typed):
    response = clerk.post(CREATE, typed | {"curriculum": world.theirs.curriculum.pk})
    assert "curriculum" in errors(response)
    assert world.theirs.curriculum.title not in response.content.decode()
    assert world.ours.curriculum.title not in stranger.get(CREATE).content.decode()


WILD = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40),
    st.sampled_from(
        [
            "\x00",
            "a\x00b",
            "1e400",
            "NaN",
            "-Infinity",
            "9" * 5000,
            "๙" * 30,
            "😀" * 300,
            "' OR 1=1 --",
            "-0",
            "\u202e",
        ]
    ),
    st.integers().map(str),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.dictionaries(st.sampled_from(["curriculum", "name", "hours", "skill_purpose", "learning_mode",
                                             "starts_on", "ends_on", "fiscal_year", "venue", "subdistrict",
                                             "instructor", "version"]), WILD, min_size=1))  # fmt: skip
def test_whatever_is_typed_is_saved_or_answered_with_its_form(world, clerk, stranger, typed, data):
    for address in (CREATE, reverse("courses:edit", args=[world.ours.course.pk])):
        response = clerk.post(address, typed | data)
        assert response.status_code == 302 or errors(response)
    assert clerk.get(reverse("courses:classify"), data).status_code == 200
    assert clerk.get(reverse("courses:subdistricts"), data).status_code == 200
    assert stranger.post(reverse("courses:edit", args=[world.ours.course.pk]), typed | data).status_code == 404


def changed(world, typed, **more):
    """What a browser sends from the edit form of our course as it stands now."""
    version = ours(world).get(pk=world.ours.course.pk).version
    return typed | {"version": str(version), "fiscal_year": "2569"} | more


def test_a_course_is_changed_and_its_history_says_what_was_changed(world, clerk, stranger, typed):
    address = reverse("courses:edit", args=[world.ours.course.pk])
    assert clerk.post(address, changed(world, typed, hours="12")).status_code == 302
    course = ours(world).get(pk=world.ours.course.pk)
    assert (course.hours, course.course_type) == (Decimal(12), world.long)
    told = clerk.get(reverse("courses:history", args=[course.pk])).context["events"]
    assert "8 → 12" in told[0].note
    assert told[0].who == world.users[Role.SCHOOL].name
    assert stranger.get(reverse("courses:history", args=[course.pk])).status_code == 404


def test_the_second_of_two_editors_is_told_sees_the_difference_and_loses_nothing(
    world, clerk, stranger, typed, signed_in
):
    colleague_user = make.UserFactory(username="colleague", role=Role.SCHOOL, school=world.our_school)
    colleague = signed_in(colleague_user)
    address = reverse("courses:edit", args=[world.ours.course.pk])
    mine, theirs = changed(world, typed, venue="วัดป่าแดด"), changed(world, typed, venue="โรงเรียนบ้านแม่สา")
    assert colleague.post(address, theirs).status_code == 302

    response = clerk.post(address, mine)
    form = response.context["form"]
    assert [tuple(d) for d in form.conflict] == [("สถานที่จัดอบรม", "วัดป่าแดด", "โรงเรียนบ้านแม่สา")]
    assert form.changed_by == colleague_user.name
    assert 'value="วัดป่าแดด"' in response.content.decode()
    assert ours(world).get(pk=world.ours.course.pk).venue == "โรงเรียนบ้านแม่สา"

    again = mine | {"version": form["version"].value()}
    assert clerk.post(address, again).status_code == 302
    assert ours(world).get(pk=world.ours.course.pk).venue == "วัดป่าแดด"
    assert stranger.post(address, again).status_code == 404


def test_a_conflict_over_the_day_shows_both_days_in_the_buddhist_era(world, clerk, stranger, typed):
    address = reverse("courses:edit", args=[world.ours.course.pk])
    stale = changed(world, typed, starts_on="14/01/2569")
    clerk.post(address, changed(world, typed))
    differences = clerk.post(address, stale).context["form"].conflict
    assert [(d.mine, d.theirs) for d in differences] == [("14 ม.ค. 2569", "16 ม.ค. 2569")]
    assert stranger.get(address).status_code == 404


@pytest.mark.parametrize(
    ("state", "still_free"),
    [
        ("running", {"name", "venue", "starts_on", "ends_on", "skill_purpose", "subdistrict", "instructor"}),
        ("completed", {"name", "venue", "subdistrict", "instructor"}),
    ],
)
def test_once_training_has_begun_the_rule_cannot_be_bent(world, clerk, stranger, typed, state, still_free):
    course = world.ours.course
    course.status = state
    course.save()
    address = reverse("courses:edit", args=[course.pk])
    form = clerk.get(address).context["form"]
    always = {"project", "needs_found", "needs_found_other"}  # what the rule does not look at
    assert {f.name for f in form.visible_fields() if not f.field.disabled} == still_free | always
    clerk.post(address, changed(world, typed, hours="30", learning_mode="individual", venue="วัดใหม่"))
    after = ours(world).get(pk=course.pk)
    assert (after.hours, after.learning_mode, after.course_type) == (Decimal(8), "group", world.short)
    assert after.venue == "วัดใหม่"
    assert stranger.get(address).status_code == 404


@pytest.mark.parametrize("state", ["closed", "cancelled"])
def test_a_course_that_is_over_cannot_be_changed(world, clerk, stranger, typed, state):
    course = world.ours.course
    course.status, course.status_reason = state, "เหตุ"
    course.save()
    address = reverse("courses:edit", args=[course.pk])
    for response in (clerk.get(address), clerk.post(address, changed(world, typed))):
        assert response.url == reverse("courses:detail", args=[course.pk])
    assert ours(world).get(pk=course.pk).venue == "ศาลาประชาคม"
    assert stranger.get(address).status_code == 404


@pytest.mark.parametrize("state", ["running", "closed"])
def test_what_was_typed_while_a_colleague_moved_the_course_on_is_shown_and_not_saved(
    world, clerk, stranger, typed, state
):
    address = reverse("courses:edit", args=[world.ours.course.pk])
    stale = changed(world, typed, hours="๓๐", venue="วัดใหม่")
    Course.objects.visible_to(world.users[Role.SCHOOL]).filter(pk=world.ours.course.pk).update(status=state)
    response = clerk.post(address, stale)
    assert response.status_code == 200
    shown = {(line.mine, line.theirs) for line in response.context["form"].conflict}
    assert shown >= {("30", "8"), ("วัดใหม่", "ศาลาประชาคม")}
    again = stale | {"version": response.context["form"]["version"].value()}
    assert clerk.post(address, again).url == reverse("courses:detail", args=[world.ours.course.pk])
    after = ours(world).get(pk=world.ours.course.pk)
    assert (after.hours, after.venue) == (Decimal(8), "วัดใหม่" if state == "running" else "ศาลาประชาคม")
    assert stranger.post(address, stale).status_code == 404


def test_the_state_cannot_be_typed_into_the_form(world, clerk, stranger, typed):
    clerk.post(CREATE, typed | {"status": "closed", "school": world.their_school.pk, "course_type": world.long.pk})
    course = newest(world)
    assert (course.status, course.school, course.course_type) == ("draft", world.our_school, world.short)
    assert Course.objects.visible_to(world.strangers[Role.SCHOOL]).count() == 1


def test_a_copy_begins_with_the_facts_of_the_course_and_without_its_days(world, clerk, stranger, typed):
    clerk.post(CREATE, typed | {"subdistrict": "500701"})
    course = newest(world)
    assert clerk.get(reverse("courses:copy_last")).url == reverse("courses:copy", args=[course.pk])
    response = clerk.get(reverse("courses:copy", args=[course.pk]))
    form = response.context["form"]
    assert (form["name"].value(), form["hours"].value(), form["venue"].value()) == (
        "การทำขนมครก",
        "8",
        "ศาลาประชาคม",
    )
    assert "แม่ริม" in form["subdistrict"].value()
    assert not form["starts_on"].value() and not form["ends_on"].value()
    assert f'action="{CREATE}"' in response.content.decode()
    assert stranger.get(reverse("courses:copy", args=[course.pk])).status_code == 404


def test_a_new_curriculum_in_passing_loses_nothing_that_was_typed(world, clerk, stranger, typed):
    left = clerk.post(
        CREATE, typed | {"curriculum": "", "hours": "7.5", "starts_on": "ยังไม่แน่", "new_curriculum": "1"}
    )
    assert left.url == f"{reverse('courses:curriculum_create')}?next={CREATE}"
    back = clerk.post(
        left.url, {"title": "การตัดผม", "hours_practice": "10", "trade_group": "commerce", "fit": "general"}
    )
    form = clerk.get(back.url).context["form"]
    assert (form["hours"].value(), form["starts_on"].value(), form["name"].value()) == (
        "7.5",
        "ยังไม่แน่",
        "การทำขนมครก",
    )
    chosen = world.ours.curriculum.__class__.objects.visible_to(world.users[Role.SCHOOL]).get(
        pk=form["curriculum"].value()
    )
    assert chosen.title == "การตัดผม"
    assert "การตัดผม" not in stranger.get(CREATE).content.decode()


def test_the_way_back_from_a_curriculum_never_leads_to_another_site(world, clerk, stranger):
    typed = {"title": "การตัดผม", "hours_practice": "10", "trade_group": "commerce", "fit": "general"}
    address = reverse("courses:curriculum_create") + "?next=https://example.com/"
    for client in (clerk, stranger):
        assert client.post(address, typed).url.startswith(reverse("courses:curricula"))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"hours": "8"}, "6"),
        ({"hours": "๑๐"}, "15"),
        ({"hours": "9.5"}, "9.5"),
        ({"hours": "แปด"}, "ตัวเลข"),
    ],
)
def test_the_type_is_said_while_the_hours_are_typed(world, clerk, stranger, query, said):
    page = clerk.get(reverse("courses:classify"), query | {"starts_on": "16/01/2569"}).content.decode()
    assert said in page
    assert "<html" not in page
    assert stranger.get(reverse("courses:classify"), query).status_code == 200


def test_the_type_of_anothers_curriculum_is_not_told(world, clerk, stranger):
    query = {"curriculum": world.ours.curriculum.pk, "fiscal_year": "2569"}
    assert str(world.short) in clerk.get(reverse("courses:classify"), query).content.decode()
    assert str(world.short) not in stranger.get(reverse("courses:classify"), query).content.decode()
