"""Need surveys: entry by staff, answers on a phone without signing in, what they come to, contacts, bin, file."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from courses import needs, survey_lists
from courses.models import Answer, Survey
from documents.renderers import RENDERERS
from offices.clock import today
from offices.models import Disclosure
from offices.roles import Role
from offices.scoping import DEPARTMENT_EYES
from tests import factories as make

LIST, CREATE = reverse("courses:surveys"), reverse("courses:survey_create")
TYPED = {
    "title": "ความต้องการปี ๒๕๖๙", "opens_on": "01/01/2569", "closes_on": "31/01/2569",
    "topics": "ช่างตัดผม\n ช่างตัดผม \nไข่เค็ม\n\n", "about": "ช่วยกันตอบ",
}  # fmt: skip


def there(row, name="survey"):
    return reverse(f"courses:{name}", args=[row.pk])


def stored():
    return list(Answer.objects.visible_to(DEPARTMENT_EYES).order_by("pk"))


@pytest.fixture
def survey(world):
    return make.SurveyFactory(
        school=world.our_school, fiscal_year=world.year, opens_on=date(2026, 1, 1), title="อยากเรียนอะไร"
    )


@pytest.fixture
def phone(survey):
    """A phone on which nobody is signed in, and the address in the survey's code."""
    token = needs.LINK.token(pk=survey.pk, school_id=survey.school_id)
    client = Client()
    client.url = reverse("courses:survey_answer", args=[token])
    return client


def test_a_survey_begins_with_the_topics_of_form_1_and_the_schools_curricula(world, clerk, stranger):
    offered = clerk.get(CREATE).context["form"]["topics"].value().split("\n")
    assert offered == [*needs.common_topics(), world.ours.curriculum.title]
    answer = clerk.post(CREATE, TYPED)
    made = Survey.objects.visible_to(world.users[Role.SCHOOL]).get()
    assert answer.url == there(made)
    assert (made.topics, made.fiscal_year, made.school) == (["ช่างตัดผม", "ไข่เค็ม"], world.year, world.our_school)
    assert stranger.get(there(made)).status_code == 404
    assert stranger.get(LIST).context["count"] == 0


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": "\u200b"}, "title"),
        ({"closes_on": "31/12/2568"}, "closes_on"),
        ({"opens_on": "01/01/2440", "closes_on": "02/01/2440"}, "opens_on"),
        ({"topics": "ก" * 151}, "topics"),
        ({"topics": "\n".join(map(str, range(61)))}, "topics"),
    ],
)
def test_what_is_wrong_with_a_survey_is_said_in_thai_beside_its_field(world, clerk, wrong, field):
    errors = clerk.post(CREATE, TYPED | wrong).context["form"].errors
    assert list(errors) == [field]
    assert any("\u0e00" <= letter <= "\u0e7f" for letter in errors[field][0])


def test_a_phone_shows_the_form_and_no_way_to_anything_else(world, phone, survey):
    make.AnswerFactory(survey=survey, topics=["ความลับของคนอื่น"])
    page = phone.get(phone.url)
    assert page.status_code == 200
    assert survey.title in page.text and "ช่างไฟฟ้าเบื้องต้น" in page.text
    assert "ความลับของคนอื่น" not in page.text and str(world.our_province) not in page.text
    links = set(re.findall(r'(?:href|action)="(/[^"]*)"', page.text))
    assert {link for link in links if not link.startswith("/static/")} == {reverse("set_language")}
    assert "sessionid" not in page.cookies


def test_an_answer_on_a_phone_is_kept_without_a_name_unless_one_is_given(world, phone, survey):
    sent = {
        "topics": ["ช่างไฟฟ้าเบื้องต้น"], "other_topics": "ตัดผม, ตัดผม\nทำขนม", "hours": "other", "hours_other": "๑๒",
        "days": ["weekend"], "reasons": ["skill", "earn"], "has_occupation": "no", "contact": "ป้าศรี 081-234-5678",
    }  # fmt: skip
    assert phone.post(phone.url, sent).url == f"{phone.url}?sent=1"
    assert "ขอบคุณ" in phone.get(f"{phone.url}?sent=1").text
    phone.post(phone.url, {"topics": ["การทำปุ๋ยหมัก"]})
    first, second = stored()
    assert first.topics == ["ช่างไฟฟ้าเบื้องต้น", "ตัดผม", "ทำขนม"]
    assert (first.hours_other, first.reasons, first.has_occupation) == (12, ["earn", "skill"], False)
    assert (first.source, first.answered_on, first.school) == ("phone", today(), world.our_school)
    assert (first.contact, first.has_contact) == ("ป้าศรี 081-234-5678", True)
    assert (second.contact, second.has_contact, second.hours, second.has_occupation) == ("", False, "", None)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"topics": []}, "topics"),
        ({"topics": ["ไม่ได้ให้เลือก"]}, "topics"),
        ({"other_topics": "ก" * 200}, "other_topics"),
        ({"hours": "long", "hours_other": "3"}, "hours_other"),
        ({"hours": "other", "hours_other": "มาก"}, "hours_other"),
        ({"reasons_other": "อยากรู้"}, "reasons_other"),
        ({"has_occupation": "maybe"}, "has_occupation"),
        ({"subdistrict": "999999"}, "subdistrict"),
    ],
)
def test_a_wrong_answer_is_told_on_the_phone_and_nothing_is_kept(phone, wrong, field):
    page = phone.post(phone.url, {"topics": ["การทำปุ๋ยหมัก"]} | wrong)
    assert list(page.context["form"].errors) == [field]
    assert stored() == []


def test_a_code_is_dead_when_its_survey_is_thrown_away_and_shut_when_it_is_over(world, clerk, phone, survey):
    survey.closes_on = today() - timedelta(days=1)
    survey.save()
    assert phone.post(phone.url, {"topics": ["การทำปุ๋ยหมัก"]}).status_code == 200
    assert "ตั้งแต่" in phone.get(phone.url).text
    clerk.post(there(survey, "survey_bin"))
    assert phone.get(phone.url).status_code == 404
    assert phone.get(phone.url[:-2] + "x/").status_code == 404
    assert stored() == []


def test_a_code_on_the_wall_serves_a_whole_meeting(phone, settings):
    cache.clear()
    settings.LINK_ASKS_PER_LINK, settings.LINK_ASKS_PER_ADDRESS = 2, 5
    asked = [phone.get(phone.url).status_code for _ in range(6)]
    assert asked == [200] * 5 + [429]


def test_staff_hang_up_a_code_and_enter_paper_one_after_the_other(world, clerk, stranger, survey):
    page = clerk.get(there(survey, "survey_code"))
    assert page.context["address"].startswith("http://testserver/courses/wish/")
    assert stranger.get(there(survey, "survey_code")).status_code == 404
    typed = {"answered_on": "20/01/2569", "topics": ["การทำปุ๋ยหมัก"], "subdistrict": world.subdistrict.pk}
    assert clerk.post(there(survey, "answer_add"), typed).url == there(survey, "answer_add")
    (answer,) = stored()
    assert (answer.source, answer.subdistrict, answer.answered_on) == (
        "paper",
        world.subdistrict,
        date(2026, 1, 20),
    )
    changed = typed | {"topics": [], "other_topics": "เลี้ยงไก่", "version": 1}
    assert clerk.post(there(answer, "answer_edit"), changed).status_code == 302
    assert stored()[0].topics == ["เลี้ยงไก่"]
    assert clerk.get(there(answer, "answer_edit")).context["form"]["other_topics"].value() == "เลี้ยงไก่"
    future = clerk.post(there(survey, "answer_add"), typed | {"answered_on": "01/01/2640"})
    assert "answered_on" in future.context["form"].errors
    assert stranger.post(there(answer, "answer_edit"), changed).status_code == 404


def test_wishes_are_counted_by_topic_and_hours_and_lead_to_a_course(world, clerk, stranger, signed_in, survey):
    curriculum = make.CurriculumFactory(school=world.our_school, title="ทำปลาร้า")
    for topics, hours in ((["ทำปลาร้า", "Latte Art"], "short"), (["ทำปลาร้า"], "long"), (["latte art"], "")):
        make.AnswerFactory(survey=survey, topics=topics, hours=hours, days=["weekend"], reasons=["earn"])
    make.AnswerFactory(survey=survey, topics=["ทำปลาร้า"], binned_at="2026-01-21T00:00Z")
    page = clerk.get(there(survey))
    found = page.context["results"]
    assert [(w.topic, w.people, w.by_hours()) for w in found.wishes] == [
        ("Latte Art", 2, [1, 0, 0, 1]),
        ("ทำปลาร้า", 2, [1, 1, 0, 0]),
    ]
    assert (found.answers, dict(found.days)["วันเสาร์–อาทิตย์"], found.with_occupation) == (3, 3, 0)
    link = re.findall(r'href="(/courses/new/\?[^"]*)"', page.text)[1].replace("&amp;", "&")
    form = clerk.get(link).context["form"]
    assert (form["name"].value(), form["curriculum"].value()) == ("ทำปลาร้า", str(curriculum.pk))
    assert form["needs_found"].value() == ["survey"]
    assert "/courses/new/" not in signed_in(world.users[Role.PROVINCE]).get(there(survey)).text
    assert stranger.get(there(survey, "answers")).status_code == 404


def test_contacts_are_shown_by_a_logged_act_and_erased_with_their_history(world, clerk, stranger, survey):
    answer = make.AnswerFactory(survey=survey, contact="ป้าศรี 081", has_contact=True)
    assert "ป้าศรี" not in clerk.get(there(survey)).text + clerk.get(there(survey, "answers")).text
    assert "ป้าศรี" in clerk.post(there(survey, "survey_contacts"), {"reason": "แจ้งวันเปิด"}).text
    (log,) = Disclosure.objects.visible_to(world.users[Role.SCHOOL])
    assert (log.act, log.rows, log.reason) == ("reveal", 1, "อยากเรียนอะไร: แจ้งวันเปิด")
    assert stranger.post(there(survey, "survey_forget_contacts")).status_code == 404
    clerk.post(there(survey, "survey_forget_contacts"))
    answer.refresh_from_db()
    events = Answer.pgh_event_model.objects.visible_to(world.users[Role.SCHOOL]).filter(pgh_obj_id=answer.pk)
    assert {event.contact for event in events} == {""} and (answer.contact, answer.has_contact) == ("", False)
    assert Disclosure.objects.visible_to(world.users[Role.SCHOOL]).first().act == "erase"


def test_survey_and_answer_go_into_the_bin_and_come_back(clerk, stranger, survey):
    answer = make.AnswerFactory(survey=survey)
    clerk.post(there(answer, "answer_bin"))
    assert clerk.get(there(survey)).context["results"].answers == 0
    clerk.post(there(survey, "survey_bin"))
    assert "อยู่ในถังขยะ" in clerk.post(there(answer, "answer_restore"), follow=True).text
    for row, name in ((survey, "survey_restore"), (answer, "answer_restore")):
        assert stranger.post(there(row, name)).status_code == 404
        clerk.post(there(row, name))
    assert clerk.get(there(survey)).context["results"].answers == 1


def test_the_file_has_the_answers_of_the_filter_and_no_contact(world, survey):
    make.AnswerFactory(survey=survey, topics=["ตัดผม", "ทำขนม"], contact="ป้าศรี", has_contact=True)
    make.AnswerFactory(survey=survey, topics=["ทำขนม"])
    file = BytesIO()
    RENDERERS["xlsx"].write(survey_lists.book(world.users[Role.SCHOOL], survey, {"topic": "ตัดผม"}), file)
    cells = [c.value for sheet in load_workbook(file).worksheets for row in sheet.iter_rows() for c in row]
    assert "ตัดผม, ทำขนม" in cells and "ทำขนม" not in cells
    assert not any("ป้าศรี" in str(value) for value in cells)


@pytest.mark.parametrize("how_many", [25, 2500])
def test_lists_cost_ten_queries_at_any_volume(world, clerk, survey, django_assert_max_num_queries, how_many):
    Survey.objects.bulk_create(
        Survey(
            school=world.our_school, fiscal_year=world.year, title=f"ครั้งที่ {n}", opens_on=today(), closes_on=today()
        )
        for n in range(how_many)
    )
    Answer.objects.bulk_create(
        Answer(survey=survey, school=world.our_school, answered_on=today(), topics=[f"เรื่อง {n % 30}"])
        for n in range(how_many)
    )
    clerk.get(LIST, {"q": "ครั้งที่"})
    for address, asked, most in (
        (LIST, {"q": "ครั้งที่"}, 10),
        (there(survey, "answers"), {}, 10),
        (there(survey), {}, 25),
    ):
        with django_assert_max_num_queries(most):
            response = clerk.get(address, asked)
        assert response.context.get("count", how_many) == how_many


WILD = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60) | st.sampled_from(
    ["\x00", "1e400", "NaN", "9" * 5000, "๙" * 300, "😀" * 300]
)
BOXES = [
    "topics",
    "other_topics",
    "hours",
    "hours_other",
    "days",
    "reasons",
    "time_of_day",
    "subdistrict",
    "contact",
]


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.dictionaries(st.sampled_from(BOXES), WILD, min_size=1))
def test_whatever_is_typed_on_a_phone_is_kept_or_answered_with_its_form(phone, settings, data):
    settings.LINK_ASKS_PER_ADDRESS = 10_000
    response = phone.post(phone.url, {"topics": ["การทำปุ๋ยหมัก"]} | data)
    assert response.status_code == 302 or response.context["form"].errors
