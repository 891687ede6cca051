from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from offices.models import Disclosure
from offices.roles import Role
from tests import factories as make
from trainees.models import Enrolment, Trainee

NUMBER = make.national_id(990001)


@pytest.fixture
def typed():
    """What is typed for a new person; change what a test is about."""

    def facts(**more):
        return {
            "title": "นาง",
            "first_name": "ลำดวน",
            "surname": "แก้วมา",
            "document_kind": "national_id",
            "number": NUMBER,
            "sex": "female",
            "birth_date": "16/01/2509",
        } | more

    return facts


def register(client, facts, course=None):
    url = reverse("trainees:create") + (f"?course={course.pk}" if course else "")
    return client.post(url, facts, follow=True)


def errors(response):
    assert response.status_code == 200
    return set(response.context["form"].errors)


def test_a_new_person_is_registered_masked_and_recognised(clerk, client, typed, ours):
    response = register(client, typed(facts=["disabled", "prisoner"], occupation="farmer"))
    person = ours.trainees().get(first_name="ลำดวน")
    assert (person.birth_date, person.birth_precision) == (date(1966, 1, 16), "day")
    assert person.facts == ["disabled", "prisoner"]
    assert person.document_number == NUMBER
    assert NUMBER not in response.text
    assert person.masked_document in response.text
    assert person.masked_document.startswith("x-xxxx-xxxxx-")


@pytest.mark.parametrize("shape", ["thai", "dashed", "thai dashed"])
def test_a_number_is_read_in_thai_digits_and_with_dashes(clerk, client, typed, ours, shape):
    number = (
        f"{NUMBER[0]}-{NUMBER[1:5]}-{NUMBER[5:10]}-{NUMBER[10:12]}-{NUMBER[12]}" if "dashed" in shape else NUMBER
    )
    if "thai" in shape:
        number = number.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    register(client, typed(number=number))
    assert ours.trainees().get(first_name="ลำดวน").document_number == NUMBER


def test_a_lost_leading_zero_is_put_back_and_said(clerk, client, typed, ours):
    response = register(client, typed(number=NUMBER.removeprefix("0")))
    assert ours.trainees().get(first_name="ลำดวน").document_number == NUMBER
    assert len(list(response.context["messages"])) == 2


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"number": "1234567890123"}, "number"),
        ({"number": ""}, "number"),
        ({"document_kind": "none", "number": ""}, "no_document_reason"),
        ({"document_kind": "none"}, "document_kind"),
        ({"sex": ""}, "sex"),
        ({"first_name": " "}, "first_name"),
        ({"first_name": "๑๒๓"}, "first_name"),
        ({"birth_date": "16/01/2600"}, "birth_date"),
        ({"birth_date": "2401"}, "birth_date"),
        ({"phone": "โทรหาผู้ใหญ่บ้าน"}, "phone"),
        ({"subdistrict": "ไม่มีที่นี่"}, "subdistrict"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(clerk, client, typed, ours, change, field):
    response = register(client, typed(**change))
    assert errors(response) == {field}
    assert "แก้วมา" in response.text
    assert not ours.trainees().filter(first_name="ลำดวน").exists()


def test_only_the_year_of_birth_is_kept_as_just_that(clerk, client, typed, ours):
    register(client, typed(birth_date="๒๔๙๙"))
    person = ours.trainees().get(first_name="ลำดวน")
    assert (person.birth_date, person.birth_precision) == (date(1956, 1, 1), "year")
    page = client.get(reverse("trainees:edit", args=[person.pk]))
    assert 'value="2499"' in page.text


def test_a_person_without_a_document_or_a_surname_is_taken_with_a_reason(clerk, client, typed, ours):
    register(client, typed(document_kind="none", number="", no_document_reason="บัตรหาย", surname=""))
    person = ours.trainees().get(first_name="ลำดวน")
    assert (person.person_key, person.no_document_reason) == (None, "บัตรหาย")


def test_the_same_document_is_told_with_a_way_to_the_row(clerk, client, typed, world):
    twin = world.ours.trainee
    response = register(client, typed(number=twin.document_number))
    assert errors(response) == {"number"}
    assert reverse("trainees:detail", args=[twin.pk]) in response.text


def test_nothing_is_said_of_the_same_document_in_another_school(clerk, client, typed, world, ours):
    response = register(client, typed(number=world.theirs.trainee.document_number))
    assert ours.trainees().filter(first_name="ลำดวน").exists()
    assert world.theirs.trainee.first_name not in response.text


def test_somebody_much_alike_is_shown_and_can_be_confirmed(clerk, client, typed, ours, world):
    make.TraineeFactory(
        school=world.our_school, first_name="ลำดวน", surname="แก้วมา", birth_date=date(1966, 1, 16), title="นางสาว"
    )
    stranger = make.TraineeFactory(school=world.their_school, first_name="ลำดวน", surname="แก้วมา", title="แม่ชี")
    response = register(client, typed())
    assert errors(response) == {"different_person"}
    assert "นางสาวลำดวน" in response.text
    assert stranger.full_name not in response.text
    register(client, typed(different_person="on"))
    assert ours.trainees().filter(first_name="ลำดวน").count() == 2


def test_a_person_is_registered_and_enrolled_in_one_go(clerk, client, typed, world, ours, set_state):
    register(client, typed(), course=world.ours.course)
    assert ours.places().filter(course=world.ours.course, trainee__first_name="ลำดวน").exists()
    course = set_state(world.ours.course, "running")
    other = typed(number=make.national_id(990002), first_name="บัวผัน", surname="", joined_on="20/01/2569")
    assert errors(register(client, other, course=course)) == {"joined_on"}
    assert not ours.trainees().filter(first_name="บัวผัน").exists()
    register(client, other | {"joined_on": "17/01/2569"}, course=course)
    assert ours.places().get(trainee__first_name="บัวผัน").first_attended_on == date(2026, 1, 17)


def test_nobody_is_enrolled_on_another_schools_course_in_one_go(clerk, client, world):
    for key in (world.theirs.course.pk, 10**30, "x"):
        assert client.get(reverse("trainees:create"), {"course": key}).status_code == 404


def edit_facts(person, **more):
    return {
        "title": person.title,
        "first_name": person.first_name,
        "surname": person.surname,
        "sex": person.sex,
        "birth_date": "01/05/2523",
        "version": person.version,
    } | more


def test_editing_changes_the_person_and_the_applications_that_follow(clerk, client, world, ours):
    person = world.ours.trainee
    url = reverse("trainees:edit", args=[person.pk])
    page = client.get(url)
    assert person.document_number not in page.text and person.masked_document in page.text
    client.post(url, edit_facts(person, first_name="แก้ว", occupation="farmer", subdistrict="500701"))
    person = ours.trainees().get(pk=person.pk)
    assert (person.first_name, person.document_number) == ("แก้ว", world.ours.trainee.document_number)
    assert person.name_order.startswith("กแ")
    assert ours.places().get(trainee=person).occupation == "farmer"
    assert ours.places().get(trainee=person).subdistrict == world.subdistrict


def test_the_second_of_two_editors_is_told_and_loses_nothing(clerk, client, world, ours):
    person = world.ours.trainee
    seen = edit_facts(person, surname="ของฉัน")
    ours.trainees().filter(pk=person.pk).update(surname="ของเพื่อน")
    response = client.post(reverse("trainees:edit", args=[person.pk]), seen)
    assert response.status_code == 200
    assert "ของฉัน" in response.text and "ของเพื่อน" in response.text
    assert ours.trainees().get(pk=person.pk).surname == "ของเพื่อน"


def test_mending_a_wrong_id_keeps_enrolments_and_stands_in_history(clerk, client, world, ours):
    person, before = world.ours.trainee, world.ours.trainee.person_key
    url = reverse("trainees:mend_id", args=[person.pk])
    client.post(url, {"document_kind": "national_id", "number": NUMBER, "reason": "อ่านเลขผิด"})
    mended = ours.trainees().get(pk=person.pk)
    assert mended.document_number == NUMBER and mended.person_key != before
    assert ours.places().get(trainee=mended) == world.ours.enrolment
    page = client.get(reverse("trainees:detail", args=[person.pk]))
    assert "อ่านเลขผิด" in page.text and NUMBER not in page.text


def test_mending_into_somebody_elses_document_is_refused(clerk, client, world, people, ours):
    (other,) = people(1)
    url = reverse("trainees:mend_id", args=[world.ours.trainee.pk])
    facts = {"document_kind": "national_id", "number": other.document_number, "reason": "x"}
    assert errors(client.post(url, facts)) == {"number"}
    assert ours.trainees().get(pk=world.ours.trainee.pk).document_number == world.ours.trainee.document_number
    their_number = world.theirs.trainee.document_number
    assert client.post(url, facts | {"number": their_number}).status_code == 302


def test_a_number_is_shown_in_full_once_and_logged(clerk, client, world):
    person = world.ours.trainee
    response = client.post(reverse("trainees:reveal", args=[person.pk]), {"reason": "พิมพ์ใบเสร็จ"})
    assert person.document_number in response.text
    assert "no-store" in response.headers["Cache-Control"]
    (log,) = Disclosure.objects.visible_to(clerk)
    assert (log.act, log.subject, log.subject_id, log.by, log.reason) == (
        "reveal", "trainees.Trainee", person.pk, clerk, "พิมพ์ใบเสร็จ",
    )  # fmt: skip
    assert person.document_number not in client.get(reverse("trainees:detail", args=[person.pk])).text
    assert not Disclosure.objects.visible_to(world.strangers[Role.SCHOOL]).exists()


@pytest.mark.parametrize("role", [Role.PROVINCE, Role.DEPARTMENT])
def test_offices_above_see_people_masked_and_cannot_reveal(client, world, role):
    client.force_login(world.users[role])
    person = world.ours.trainee
    assert person.masked_document in client.get(reverse("trainees:detail", args=[person.pk])).text
    assert client.post(reverse("trainees:reveal", args=[person.pk])).status_code == 403
    assert not Disclosure.objects.visible_to(world.users[Role.DEPARTMENT]).exists()


def test_a_stranger_finds_nobody(client, world):
    client.force_login(world.strangers[Role.SCHOOL])
    person = world.ours.trainee
    for name in ("detail", "edit", "mend_id"):
        assert client.get(reverse(f"trainees:{name}", args=[person.pk])).status_code == 404
    for name in ("reveal", "bin", "restore", "mend_id", "edit"):
        assert client.post(reverse(f"trainees:{name}", args=[person.pk])).status_code == 404


def test_the_bin_gives_back_and_says_why_not(clerk, client, world, people, ours):
    on_course = client.post(reverse("trainees:bin", args=[world.ours.trainee.pk]), follow=True)
    assert world.ours.course.name in str(next(iter(on_course.context["messages"])))
    (person,) = people(1)
    client.post(reverse("trainees:bin", args=[person.pk]))
    assert person not in ours.trainees()
    assert person.full_name in client.get(reverse("trainees:bin_list")).text
    client.post(reverse("trainees:restore", args=[person.pk]))
    assert person in ours.trainees()


def test_old_bins_are_emptied_children_first_and_history_stays(clerk, world, people, settings):
    from courses.models import Course, Curriculum
    from trainees.models import Waiver
    from trainees.tasks import empty_bins

    old, young = people(2)
    long_ago = timezone.now() - timedelta(days=settings.BIN_DAYS, minutes=1)
    eyes = world.users[Role.DEPARTMENT]
    for model, keys in (
        (Trainee, [old.pk, world.theirs.trainee.pk]),
        (Course, [world.ours.course.pk, world.theirs.course.pk]),
        (Curriculum, [world.ours.curriculum.pk]),
    ):
        model.objects.visible_to(eyes).filter(pk__in=keys).update(binned_at=long_ago)
    Trainee.objects.visible_to(eyes).filter(pk=young.pk).update(binned_at=timezone.now())
    empty_bins()
    assert set(Trainee.objects.in_bin_of(eyes)) == {young}
    assert not Course.objects.in_bin_of(eyes).exists() and not Curriculum.objects.in_bin_of(eyes).exists()
    assert set(Enrolment.objects.visible_to(eyes)) == {world.attached.enrolment}
    assert set(Waiver.objects.visible_to(eyes)) == {world.attached.waiver}
    assert world.theirs.curriculum in Curriculum.objects.visible_to(eyes)
    history = Trainee.pgh_event_model.objects.visible_to(clerk).filter(pgh_obj_id=old.pk)
    assert history.order_by("pgh_id").last().pgh_label == "delete"
