"""Form 2 on the screen: everything it asks, what follows from it, and what is still missing."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.urls import reverse

from offices.models import AreaGroup
from offices.roles import Role
from offices.thai.phones import ZERO_RESTORED
from tests import factories as make
from trainees.gaps import EXPECTED, INCOMPLETE, gaps_of
from trainees.models import Trainee
from trainees.models.facts import PolicyGroup

NUMBER = make.national_id(880001)
LEAST = {"first_name": "ลำดวน", "document_kind": "national_id", "number": NUMBER, "sex": "female"}
WHOLE = LEAST | {
    "title": "แม่ชี",
    "surname": "แก้วมา",
    "birth_date": "๒๔๙๙",
    "nationality": "ไทย",
    "religion": "พุทธลับเฉพาะ",
    "education": "primary",
    "occupation": "other",
    "occupation_other": "ทอผ้า",
    "facts": ["womens_fund", "other_status"],
    "facts_other": "ผู้ป่วยติดเตียง",
    "house_number": "๑๒/๓",
    "moo": "๔",
    "village": "บ้านดอย",
    "subdistrict": "ตำบล500701",
    "phone": "๘๑๒๓๔๕๖๗๘",
    "consented_on": "16/01/2569",
}
SAID = {
    "reasons": ["earn", "other"],
    "reasons_other": "อยากอยู่กับลูก",
    "has_occupation": "True",
    "income_before": "๑๒,๐๐๐.๕๐",
    "heard_from": "ประชุมหมู่บ้าน",
}


def register(client, facts, course=None):
    url = reverse("trainees:create") + (f"?course={course.pk}" if course else "")
    return client.post(url, facts, follow=True)


def errors(response):
    assert response.status_code == 200
    return set(response.context["form"].errors)


@pytest.fixture
def newcomer(ours):
    """Who was registered by the test, as stored."""
    return lambda: ours.trainees().get(first_name="ลำดวน")


def test_everything_of_the_form_is_kept(clerk, client, newcomer, world):
    response = register(client, WHOLE)
    person = newcomer()
    assert (person.full_name, person.birth_date, person.birth_precision) == (
        "แม่ชีลำดวน แก้วมา", date(1956, 1, 1), "year",
    )  # fmt: skip
    assert (person.nationality, person.religion, person.education) == ("ไทย", "พุทธลับเฉพาะ", "primary")
    assert (person.occupation, person.occupation_other) == ("other", "ทอผ้า")
    assert (person.facts, person.facts_other) == (["womens_fund", "other_status"], "ผู้ป่วยติดเตียง")
    assert (person.house_number, person.moo, person.village) == ("12/3", "4", "บ้านดอย")
    assert (person.subdistrict, person.postcode, person.postal_code) == (world.subdistrict, "50000", "")
    assert (person.phone, person.consented_on) == ("0812345678", date(2026, 1, 16))
    assert str(ZERO_RESTORED) in [str(message) for message in response.context["messages"]]
    assert gaps_of(person) == []


def test_the_least_is_enough_and_the_rest_is_said_to_be_missing(clerk, client, newcomer):
    response = register(client, LEAST)
    person = newcomer()
    assert len(gaps_of(person)) == len(EXPECTED) - 1  # sex is asked of everybody
    missing = gaps_of(person)
    assert "วันเกิด" in missing
    assert ", ".join(missing) in response.text
    assert NUMBER not in response.text


def test_the_register_can_be_narrowed_to_those_about_whom_something_is_missing(clerk, client, newcomer, world):
    register(client, WHOLE)
    url = reverse("trainees:list")
    incomplete = client.get(url, {"gaps": "incomplete"}).text
    assert world.ours.trainee.full_name in incomplete and "ลำดวน" not in incomplete
    complete = client.get(url, {"gaps": "complete"}).text
    assert "ลำดวน" in complete and world.ours.trainee.full_name not in complete
    assert world.theirs.trainee.full_name not in incomplete + complete


@pytest.mark.parametrize("name", EXPECTED)
def test_each_gap_is_the_same_on_the_page_and_in_the_list(clerk, client, newcomer, ours, name):
    register(client, WHOLE)
    field = Trainee._meta.get_field(name)
    ours.trainees().filter(pk=newcomer().pk).update(**{name: None if field.null else ""})
    assert gaps_of(newcomer()) == [str(EXPECTED[name])]
    assert ours.trainees().filter(INCOMPLETE, pk=newcomer().pk).exists()


def test_religion_lies_encrypted_and_only_the_school_sees_it(clerk, client, newcomer, world):
    register(client, WHOLE)
    page = reverse("trainees:detail", args=[newcomer().pk])
    assert "พุทธลับเฉพาะ" in client.get(page).text
    with connection.cursor() as cursor:
        for table in ("trainees_trainee", "trainees_traineeevent"):
            cursor.execute(f"select count(*) from {table} where {table}::text like '%พุทธลับเฉพาะ%'")
            assert cursor.fetchone() == (0,)
    for role in (Role.PROVINCE, Role.DEPARTMENT):
        client.force_login(world.users[role])
        assert "พุทธลับเฉพาะ" not in client.get(page).text
    client.force_login(world.strangers[Role.SCHOOL])
    assert client.get(page).status_code == 404


def test_religion_and_number_are_marked_as_never_kept_by_the_browser(clerk, client):
    form = client.get(reverse("trainees:create")).context["form"]
    for name in ("religion", "number"):
        attrs = form.fields[name].widget.attrs
        assert "data-secret" in attrs and attrs["autocomplete"] == "off"
    assert "data-secret" not in form.fields["first_name"].widget.attrs


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"consented_on": ""}, "consented_on"),  # a religion without agreement
        ({"consented_on": "16/01/2600"}, "consented_on"),
        ({"occupation": "farmer"}, "occupation_other"),
        ({"facts": []}, "facts_other"),
        ({"postal_code": "5000"}, "postal_code"),
        ({"house_number": "9" * 31}, "house_number"),
        ({"phone": "ไม่มี"}, "phone"),
    ],
)
def test_what_does_not_agree_is_said_beside_its_field(clerk, client, ours, change, field):
    assert errors(register(client, WHOLE | change)) == {field}
    assert not ours.trainees().filter(first_name="ลำดวน").exists()


def test_a_monks_name_in_the_order_stands_before_his_surname_and_is_found(clerk, client, newcomer):
    register(client, WHOLE | {"title": "พระ", "monastic_name": "ฐิตสีโล", "sex": "male"})
    assert newcomer().full_name == "พระลำดวน ฐิตสีโล (แก้วมา)"
    assert "ฐิตสีโล" in client.get(reverse("trainees:list"), {"q": "ฐิตสี"}).text


def test_a_postal_code_of_its_own_is_kept_and_another_follows_the_subdistrict(clerk, client, newcomer, ours):
    register(client, WHOLE | {"postal_code": "๕๐๑๘๐"})
    assert (newcomer().postal_code, newcomer().postcode) == ("50180", "50180")
    ours.trainees().filter(pk=newcomer().pk).update(postal_code="")
    assert "12/3" in newcomer().address and newcomer().address.endswith("50000")


def test_person_and_application_are_asked_on_one_page(clerk, client, ours, world):
    page = client.get(reverse("trainees:create"), {"course": world.ours.course.pk})
    assert "อยากอยู่กับลูก" not in page.text and "reasons" in page.context["form"].fields
    assert "reasons" not in client.get(reverse("trainees:create")).context["form"].fields
    register(client, WHOLE | SAID, course=world.ours.course)
    place = ours.places().get(trainee__first_name="ลำดวน")
    assert (place.reasons, place.reasons_other) == (["earn", "other"], "อยากอยู่กับลูก")
    assert (place.has_occupation, place.income_before) == (True, Decimal("12000.50"))
    assert (place.heard_from, place.occupation, place.facts) == (
        "ประชุมหมู่บ้าน", "other", ["womens_fund", "other_status"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "kept"), [({}, (None, None)), ({"income_before": "0", "has_occupation": "False"}, (False, 0))]
)
def test_a_blank_income_is_not_zero(clerk, client, ours, world, typed, kept):
    register(client, LEAST | typed, course=world.ours.course)
    place = ours.places().get(trainee__first_name="ลำดวน")
    assert (place.has_occupation, place.income_before) == kept


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"income_before": "-1"}, "income_before"),
        ({"income_before": "1,5"}, "income_before"),
        ({"income_before": "99999999999"}, "income_before"),
        ({"reasons": ["earn"]}, "reasons_other"),
        ({"reasons": ["พูดเล่น"]}, "reasons"),
        ({"has_occupation": "maybe"}, "has_occupation"),
    ],
)
def test_a_wrong_application_registers_nobody(clerk, client, ours, world, change, field):
    response = register(client, LEAST | SAID | change, course=world.ours.course)
    assert field in errors(response)
    assert not ours.trainees().filter(first_name="ลำดวน").exists()


def change_application(client, place, **facts):
    typed = {"enrolled_on": "10/01/2569", "version": place.version} | SAID | facts
    return client.post(reverse("trainees:enrolment_edit", args=[place.pk]), typed, follow=True)


def test_an_application_can_be_changed_until_the_course_is_closed(clerk, client, ours, world, set_state):
    place = world.ours.enrolment
    change_application(client, place, occupation="trade", facts=["disabled"])
    place = ours.places().get(pk=place.pk)
    assert (place.occupation, place.facts, place.income_before) == ("trade", ["disabled"], Decimal("12000.50"))
    assert ours.trainees().get(pk=place.trainee_id).occupation == ""  # the register says what it said
    set_state(ours.course(), "closed")
    change_application(client, place, occupation="farmer")
    assert ours.places().get(pk=place.pk).occupation == "trade"


def test_what_an_application_says_for_itself_no_longer_follows_the_register(clerk, client, ours, world):
    place = world.ours.enrolment
    change_application(client, place, occupation="trade")
    person = ours.trainees().get(pk=place.trainee_id)
    facts = {"first_name": "สมศรี", "sex": "female", "occupation": "farmer", "education": "primary"}
    client.post(reverse("trainees:edit", args=[person.pk]), facts | {"version": person.version})
    place = ours.places().get(pk=place.pk)
    assert (place.occupation, place.education) == ("trade", "primary")


def test_a_stranger_changes_no_application(client, ours, world):
    client.force_login(world.strangers[Role.SCHOOL])
    url = reverse("trainees:enrolment_edit", args=[world.ours.enrolment.pk])
    assert client.get(url).status_code == client.post(url, SAID).status_code == 404
    assert ours.places().get(pk=world.ours.enrolment.pk).heard_from == ""


def test_what_follows_from_birth_and_address_is_shown_while_typing(clerk, client, world):
    AreaGroup.objects.get_or_create(code=AreaGroup.Code.SPECIAL_ECONOMIC)[0].provinces.add(world.our_province)
    answer = client.post(reverse("trainees:derived"), {"birth_date": "๒๔๙๐", "subdistrict": "ตำบล500701"})
    for group in PolicyGroup:
        derived = group in (PolicyGroup.ELDERLY, PolicyGroup.SPECIAL_ECONOMIC)
        assert (str(group.label) in answer.text) == derived
    assert world.our_province.name_th in answer.text and "50000" in answer.text
    assert client.get(reverse("trainees:derived")).status_code == 405  # a birth date stays out of addresses


@pytest.mark.parametrize("typed", [{}, {"birth_date": "เมื่อวาน", "subdistrict": "ดาวอังคาร"}])
def test_what_cannot_be_read_yet_derives_nothing(clerk, client, typed):
    answer = client.post(reverse("trainees:derived"), typed)
    assert answer.status_code == 200
    assert "<strong>" not in answer.text and "50000" not in answer.text


def test_the_form_of_a_known_person_shows_what_is_derived(clerk, client, newcomer):
    register(client, WHOLE)
    page = client.get(reverse("trainees:edit", args=[newcomer().pk]))
    assert page.context["derived"].groups == [PolicyGroup.ELDERLY.label]
    assert NUMBER not in page.text


def test_the_second_of_two_editors_sees_what_of_form_two_differs(clerk, client, newcomer, ours):
    register(client, WHOLE)
    person = newcomer()
    ours.trainees().filter(pk=person.pk).update(village="บ้านใหม่")
    typed = {name: value for name, value in WHOLE.items() if name not in ("document_kind", "number")}
    page = client.post(reverse("trainees:edit", args=[person.pk]), typed | {"version": person.version})
    assert [row.theirs for row in page.context["form"].conflict] == ["บ้านใหม่"]
    assert newcomer().village == "บ้านใหม่"
