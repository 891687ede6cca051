"""Erasure on request: nothing tells who it was any more, and every past figure stays."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as relaxed
from hypothesis import strategies as st

from offices.models import Disclosure
from offices.roles import Role
from offices.scoping import DEPARTMENT_EYES
from tests import factories as make
from trainees import privacy
from trainees.ages import age_band, age_band_case, age_on
from trainees.models import Enrolment, Trainee
from trainees.policy import POLICY_Q
from trainees.tasks import empty_bins

NUMBER = make.national_id(770123)
TOLD = ["ลำดวนลับ", "แก้วมาลับ", "ฉายาลับ", "12/34ลับ", "บ้านลับ", "0812349999", "ทอผ้าลับ", "ป่วยลับ", "เหตุลับ",
        "ได้ยินลับ", "คุณวุฒิลับ", "ย้ายลับ", "เลขลับผิด", "หมายเหตุลับ", "ความเห็นลับ", "หลักฐานลับ", "บันทึกลับ"]  # fmt: skip
ASKED = "หนังสือลงวันที่ 16/01/2569"


@pytest.fixture
def course(world, set_state):
    """A closed course of our school."""
    return set_state(
        world.make_course(world.ours.curriculum, starts_on=date(2026, 2, 1), ends_on=date(2026, 2, 2)), "closed"
    )


@pytest.fixture
def person(world, clerk, course, ours):
    """Somebody about whom everything is known, with a history, on a closed course."""
    row = make.TraineeFactory(
        school=world.our_school, number=NUMBER, title="แม่ชี", first_name=TOLD[0], surname=TOLD[1],
        monastic_name=TOLD[2], house_number=TOLD[3], village=TOLD[4], phone=TOLD[5], occupation="other",
        occupation_other=TOLD[6], facts=["disabled", "other_status"], facts_other=TOLD[7], religion="พุทธ",
        nationality="ไทย", education="primary", birth_date=date(1966, 7, 9), subdistrict=world.subdistrict,
        consented_on=date(2026, 1, 1),
    )  # fmt: skip
    place = make.EnrolmentFactory(
        course=course, trainee=row, first_attended_on=date(2026, 2, 1), facts=["disabled"], education="primary",
        occupation="other", subdistrict=world.subdistrict, reasons=["earn", "other"], reasons_other=TOLD[8],
        heard_from=TOLD[9], income_before=Decimal("54321.98"), qualification=TOLD[10], status="withdrawn",
        withdrawn_on=date(2026, 2, 2), withdrawal_reason=TOLD[11],
    )  # fmt: skip
    make.SatisfactionFactory(enrolment=place, item_1=4, remarks={"1": TOLD[13]}, comment=TOLD[14])
    make.FollowUpFactory(enrolment=place, uses=["earn"], added_income=1500, evidence=TOLD[15], note=TOLD[16])
    make.FollowUpFactory(enrolment=place, wave=90, note=TOLD[16]).delete()
    row.phone = "0812349999"
    row.save()
    return ours.trainees().get(pk=row.pk)


def erase(client, person, **more):
    """Both steps, as they are clicked."""
    url = reverse("trainees:erase", args=[person.pk])
    asked = client.post(url, {"reason": ASKED})
    return asked, client.post(url, {"reason": ASKED, "step": "erase", "confirmed": "on"} | more, follow=True)


def everything_stored():
    """Every row of every table, as text."""
    with connection.cursor() as cursor:
        cursor.execute("select table_name from information_schema.tables where table_schema = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'select t::text from "{table}" t')
            yield from ((table, row) for (row,) in cursor.fetchall())


def test_nothing_that_was_told_is_left_anywhere(client, person, clerk, world):
    url = reverse("trainees:mend_id", args=[person.pk])
    client.post(url, {"document_kind": "national_id", "number": make.national_id(770124), "reason": TOLD[12]})
    before = [word for word in TOLD if any(word in row for _table, row in everything_stored())]
    assert before == TOLD
    keys = {str(key) for key in history(person).values_list("person_key", flat=True)}
    assert len(keys) == 2
    erase(client, person)
    sought = [*TOLD, *keys, "54321.98", "1966-07-09"]
    left = {(table, word) for table, row in everything_stored() for word in sought if word in row}
    assert left == set()
    assert {(event.document_number, event.religion, event.nationality) for event in history(person)} == {
        ("", "", "")
    }


def history(person):
    return Trainee.pgh_event_model.objects.visible_to(DEPARTMENT_EYES).filter(pgh_obj_id=person.pk)


def test_who_did_it_and_why_stands_in_the_log_and_in_the_history(client, person, clerk, world):
    erase(client, person)
    (log,) = Disclosure.objects.visible_to(clerk)
    assert (log.act, log.subject, log.subject_id, log.by, log.reason) == (
        "erase", "trainees.Trainee", person.pk, clerk, ASKED,
    )  # fmt: skip
    page = client.get(reverse("trainees:detail", args=[person.pk]))
    assert page.context["events"][0].what == "ลบข้อมูลตามคำขอ"
    assert ASKED in page.context["events"][0].note
    assert not Disclosure.objects.visible_to(world.strangers[Role.SCHOOL]).exists()


def figures():
    """What reports count, by everything that they break it down by."""
    rows = Enrolment.objects.visible_to(DEPARTMENT_EYES).counted().entrants().annotate(band=age_band_case())
    facts = rows.values_list(
        "trainee__sex", "band", "education", "occupation", "subdistrict", "course", "facts", "reasons"
    )
    groups = {group: rows.filter(q).count() for group, q in POLICY_Q.items()}
    return Counter(map(str, facts)), groups


def test_past_figures_stay_as_they_were(client, person, clerk):
    before = figures()
    assert sum(before[0].values()) == 1
    erase(client, person)
    assert figures() == before


def test_only_distinct_persons_may_rise(client, person, clerk, world, set_state):
    other = set_state(world.make_course(world.ours.curriculum), "closed")
    make.EnrolmentFactory(course=other, trainee=person, first_attended_on=other.starts_on)
    places = Enrolment.objects.visible_to(clerk).filter(trainee=person)
    assert set(places.values_list("trainee__person_key", flat=True)) == {person.person_key}
    erase(client, person)
    assert list(places.values_list("trainee__person_key", flat=True)) == [None, None]


def test_it_takes_two_steps(client, person, clerk, ours):
    url = reverse("trainees:erase", args=[person.pk])
    assert person.full_name in client.get(url).text
    assert "reason" in client.post(url, {"reason": " "}).context["form"].errors
    asked = client.post(url, {"reason": ASKED})
    assert asked.context["confirming"] and ASKED in asked.text
    unsure = client.post(url, {"reason": ASKED, "step": "erase"})
    assert "confirmed" in unsure.context["form"].errors
    assert ours.trainees().get(pk=person.pk).first_name == TOLD[0]
    erase(client, person)
    assert ours.trainees().get(pk=person.pk).erased_at


@pytest.mark.parametrize("state", ["draft", "open", "running", "completed"])
def test_nobody_is_erased_while_on_a_course_that_is_not_over(
    client, person, clerk, ours, course, set_state, state
):
    set_state(course, state)
    asked, _done = erase(client, person)
    assert course.name in asked.context["refused"]
    assert "confirming" not in asked.context
    assert ours.trainees().get(pk=person.pk).first_name == TOLD[0]
    assert not Disclosure.objects.visible_to(clerk).exists()


def test_what_lies_in_bins_is_erased_as_well(client, person, clerk, world, set_state):
    binned, gone = (world.make_course(world.ours.curriculum) for _ in range(2))
    place = make.EnrolmentFactory(course=binned, trainee=person, heard_from="ถังลับ")
    place.binned_at = timezone.now()
    place.save()
    make.EnrolmentFactory(course=gone, trainee=person, heard_from="ถังลับ")
    gone.binned_at = timezone.now()
    gone.save()
    erase(client, person)
    assert not [row for _table, row in everything_stored() if "ถังลับ" in row]


def test_whoever_was_thrown_away_for_good_leaves_no_data_in_the_history(
    client, person, clerk, ours, world, settings
):
    long_ago = timezone.now() - timedelta(days=settings.BIN_DAYS, minutes=1)
    Enrolment.objects.visible_to(clerk).filter(trainee=person).update(binned_at=long_ago)
    ours.trainees().filter(pk=person.pk).update(binned_at=long_ago)
    theirs = make.TraineeFactory(school=world.their_school, first_name="ของเขา", binned_at=timezone.now())
    empty_bins()
    left = {(table, word) for table, row in everything_stored() for word in [*TOLD, "1966-07-09"] if word in row}
    assert left == set()
    assert [event.pgh_label for event in history(person).order_by("pgh_id")][-1] == "delete"
    assert set(history(theirs).values_list("first_name", flat=True)) == {"ของเขา"}


def test_whoever_is_erased_has_no_name_and_cannot_be_changed_found_or_enrolled(client, person, clerk, world):
    erase(client, person)
    page = client.get(reverse("trainees:detail", args=[person.pk]))
    assert "(ลบข้อมูลตามคำขอแล้ว)" in page.text
    assert reverse("trainees:edit", args=[person.pk]) not in page.text
    for name in ("edit", "mend_id", "erase"):
        assert client.get(reverse(f"trainees:{name}", args=[person.pk])).status_code == 404
    assert client.post(reverse("trainees:reveal", args=[person.pk])).status_code == 404
    assert person not in client.get(reverse("trainees:list")).context["table"].data.data
    found = client.post(reverse("trainees:candidates", args=[world.ours.course.pk]), {"q": "ลำดวน"})
    assert found.context["candidates"] == []
    url = reverse("trainees:enrol", args=[world.ours.course.pk])
    assert "people" in client.post(url, {"people": person.pk}).context["enrol_form"].errors


def test_the_same_person_can_be_entered_anew(client, person, clerk, ours):
    erase(client, person)
    typed = {"first_name": "ลำดวน", "document_kind": "national_id", "number": NUMBER, "sex": "female"}
    client.post(reverse("trainees:create"), typed)
    assert ours.trainees().get(first_name="ลำดวน").pk != person.pk


def test_a_second_erasure_finds_nobody(client, person, clerk):
    erase(client, person)
    with pytest.raises(privacy.ValidationError):
        privacy.erase(trainee=person, reason=ASKED, by=clerk)
    assert Disclosure.objects.visible_to(clerk).count() == 1


@pytest.mark.parametrize("who", ["stranger", "province", "department"])
def test_nobody_but_the_school_erases(client, person, clerk, ours, world, who):
    user = world.strangers[Role.SCHOOL] if who == "stranger" else world.users[who]
    client.force_login(user)
    _asked, done = erase(client, person)
    assert done.status_code == (404 if who == "stranger" else 403)
    if who == "stranger":
        with pytest.raises(privacy.ValidationError):
            privacy.erase(trainee=person, reason=ASKED, by=user)
    assert ours.trainees().get(pk=person.pk).first_name == TOLD[0]


def test_the_row_of_another_school_for_the_same_document_stays(client, person, clerk, world):
    theirs = make.TraineeFactory(school=world.their_school, number=NUMBER)
    erase(client, person)
    row = Trainee.objects.visible_to(world.strangers[Role.SCHOOL]).get(pk=theirs.pk)
    assert (row.document_number, row.person_key) == (NUMBER, theirs.person_key)


DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))


@relaxed(max_examples=300)
@given(
    birth=st.dates(date(1930, 1, 1), date(2020, 12, 31)), days=st.lists(DAYS, max_size=4), year_only=st.booleans()
)
def test_a_coarse_birth_keeps_every_age_band_and_is_no_real_birthday(birth, days, year_only):
    precision = "year" if year_only else "day"
    born, exactly = privacy.coarse_birth(birth, precision, days)
    assert [age_band(age_on(day, born, exactly)) for day in days] == [
        age_band(age_on(day, birth, precision)) for day in days
    ]
    assert abs(born.year - birth.year) <= 1 or exactly == "day"
    assert exactly == "day" or (born.month, born.day) == (1, 1)


def test_nobody_knows_a_birth_that_was_not_known():
    assert privacy.coarse_birth(None, "day", [date(2026, 1, 1)]) == (None, "year")


def test_the_notice_says_how_long_and_no_clock_erases(client, clerk, world, settings):
    url = reverse("trainees:notice")
    assert settings.RETENTION_YEARS is None
    settings.RETENTION_YEARS = 7
    assert "7 ปี" in client.get(url).text
    client.force_login(world.strangers[Role.SCHOOL])
    assert world.our_school.name not in client.get(url).text


def test_the_notice_of_a_day_is_the_one_that_was_shown_then(monkeypatch):
    old, new = (date(2025, 10, 1), "a.html"), (date(2026, 10, 1), "b.html")
    monkeypatch.setattr(privacy, "NOTICES", (old, new))
    assert privacy.notice_of(date(2026, 9, 30)) == old
    assert privacy.notice_of(date(2026, 10, 1)) == new
    assert privacy.notice_of(date(2020, 1, 1)) == old
