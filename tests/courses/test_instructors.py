"""The register of instructors: entry, numbers kept secret, who teaches what, replies, erasing, clashes."""

from datetime import time, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from courses import emptying, sessions, teaching
from courses.instructor_lists import RegisterBook
from courses.models import Answer, Instructor, Project, Survey, Teaching
from documents.renderers import RENDERERS
from offices.models import Disclosure
from offices.roles import Role
from tests import factories as make
from trainees.papers.facts import days, facts_of

LIST, CREATE = reverse("courses:instructors"), reverse("courses:instructor_create")
NUMBER = make.national_id(4711)
TYPED = {
    "title": "นาง", "first_name": "บุญเรือน", "surname": "แก้วจำลอง", "birth_year": "๒๕๒๓", "education": "ปริญญาตรี",
    "phone": "81-234-5678", "food": "islamic", "id_number": NUMBER, "bank": "กรุงไทย",
    "account_number": "123-4-56789-0", "expertise": "ขนมไทยโบราณ",
}  # fmt: skip


def of_ours(world):
    return Instructor.objects.visible_to(world.users[Role.SCHOOL])


def there(row, name="instructor"):
    return reverse(f"courses:{name}", args=[row.pk])


def ours(world, **facts):
    return make.InstructorFactory(school=world.our_school, **facts)


def said(response):
    return [str(message) for message in response.context["messages"]]


@pytest.fixture
def entered(world, clerk):
    clerk.post(CREATE, TYPED)
    return of_ours(world).get()


def test_an_instructor_is_entered_once_and_shown_with_masked_numbers(world, clerk, stranger, entered):
    assert (entered.full_name, entered.birth_year, entered.born_in) == ("นางบุญเรือน แก้วจำลอง", 1980, 2523)
    assert (entered.national_id, entered.bank_account, entered.phone) == (NUMBER, "1234567890", "081-234-5678")
    page = clerk.get(there(entered)).text
    assert "xxxxxxx890" in page and entered.masked_id in page
    assert NUMBER not in page and "1234567890" not in page and "2523" in page
    assert stranger.get(there(entered)).status_code == 404
    assert stranger.get(LIST).context["count"] == 0


def test_the_numbers_lie_encrypted_and_are_shown_by_a_logged_act_only(world, clerk, stranger, signed_in, entered):
    page = clerk.post(there(entered, "instructor_reveal"), {"reason": "ทำใบสำคัญรับเงิน"})
    assert "1234567890" in page.text and page.context["numbers"].national_id.replace("-", "") == NUMBER
    (log,) = Disclosure.objects.visible_to(world.users[Role.SCHOOL])
    assert (log.act, log.subject, log.subject_id, log.reason) == (
        "reveal", "courses.Instructor", entered.pk, "ทำใบสำคัญรับเงิน",
    )  # fmt: skip
    assert stranger.post(there(entered, "instructor_reveal")).status_code == 404
    assert signed_in(world.users[Role.PROVINCE]).post(there(entered, "instructor_reveal")).status_code == 403
    history = clerk.get(there(entered)).context["events"]
    assert not any(NUMBER in event.note or "1234567890" in event.note for event in history)


def test_a_number_left_empty_stays_and_the_same_id_is_entered_once(world, clerk, stranger, entered):
    clerk.post(there(entered, "instructor_edit"), TYPED | {"id_number": "", "account_number": "", "version": 1})
    assert of_ours(world).get().bank_account == "1234567890"
    twin = clerk.post(CREATE, TYPED | {"first_name": "อีกคน"})
    assert "บุญเรือน" in twin.context["form"].errors["id_number"][0]
    assert stranger.post(CREATE, TYPED).status_code == 302  # another register knows nothing of it


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"first_name": "123"}, "first_name"),
        ({"birth_year": "2600"}, "birth_year"),
        ({"birth_year": "ปีมะโรง"}, "birth_year"),
        ({"id_number": "1234567890123"}, "id_number"),
        ({"account_number": "12ก"}, "account_number"),
        ({"phone": "โทรหาได้"}, "phone"),
        ({"postal_code": "12"}, "postal_code"),
        ({"food": "halal"}, "food"),
    ],
)
def test_what_is_wrong_is_said_in_thai_beside_its_field(world, clerk, wrong, field):
    response = clerk.post(CREATE, TYPED | wrong)
    errors = response.context["form"].errors
    assert list(errors) == [field]
    assert any("\u0e00" <= letter <= "\u0e7f" for letter in errors[field][0])
    assert not of_ours(world).exists()


def test_who_teaches_is_said_by_the_register_and_else_by_the_words_on_the_course(world, clerk, stranger):
    user, course = world.users[Role.SCHOOL], world.ours.course
    course.instructor = "ครูสมใจ"
    course.save()
    assert teaching.taught_by(user, course) == ("ครูสมใจ",)
    first, second = ours(world, first_name="กานดา"), ours(world, first_name="ขวัญ")
    for person in (first, second):
        clerk.post(there(course, "teaching_add"), {"instructor": person.pk})
    assert teaching.taught_by(user, course) == (str(first), str(second))
    assert clerk.get(there(course, "detail")).context["taught_by"] == (str(first), str(second))
    assert facts_of(course, user).instructor == f"{first}, {second}"
    make.SessionFactory(course=course)
    make.SessionFactory(course=course, starts_at=time(13), ends_at=time(16), instructor="ผู้ใหญ่บ้าน")
    assert days(course, user)[0].instructors == (str(first), str(second), "ผู้ใหญ่บ้าน")
    assert "instructor" not in clerk.get(there(course, "edit")).context["form"].fields
    assert clerk.get(reverse("courses:list"), {"q": "กานดา"}).context["count"] == 1
    assert stranger.get(reverse("courses:list"), {"q": "กานดา"}).context["count"] == 0
    assert stranger.get(there(course, "teachings")).status_code == 404


def test_whoever_declines_no_longer_teaches_and_says_why_and_whom_instead(world, clerk, stranger):
    course, person = world.ours.course, ours(world)
    row = make.TeachingFactory(course=course, instructor=person)
    typed = {"letter_number": "ศธ ๐๗๐๐๕/๑๒", "invited_on": "02/01/2569", "replied_on": "05/01/2569", "version": 1}
    address = there(row, "teaching_edit")
    assert "reply" in clerk.post(address, typed).context["form"].errors
    early = typed | {"reply": "comes", "replied_on": "01/01/2569"}
    assert "replied_on" in clerk.post(address, early).context["form"].errors
    assert "reason" in clerk.post(address, typed | {"reply": "comes", "reason": "ติดงาน"}).context["form"].errors
    declined = typed | {"reply": "declined", "reason": "ติดราชการ", "suggested": "นายช่วง"}
    assert clerk.post(address, declined).status_code == 302
    page = clerk.get(there(course, "teachings")).text
    assert "ติดราชการ" in page and "นายช่วง" in page
    assert teaching.taught_by(world.users[Role.SCHOOL], course) == ()
    assert stranger.post(address, declined).status_code == 404


def test_an_instructor_taken_off_a_course_comes_back_unless_put_there_again(world, clerk, stranger):
    course, person = world.ours.course, ours(world)
    row = make.TeachingFactory(course=course, instructor=person)
    page = clerk.post(there(row, "teaching_bin"), follow=True)
    assert there(row, "teaching_restore") in page.text
    assert str(person) in clerk.get(reverse("courses:bin_list")).text
    assert stranger.post(there(row, "teaching_restore")).status_code == 404
    clerk.post(there(course, "teaching_add"), {"instructor": person.pk})
    refused = clerk.post(there(row, "teaching_restore"), follow=True)
    assert Teaching.objects.visible_to(world.users[Role.SCHOOL]).count() == 1
    assert said(refused)


def test_whoever_stands_on_a_course_stays_in_the_register(world, clerk, stranger):
    person = ours(world)
    row = make.TeachingFactory(course=world.ours.course, instructor=person)
    clerk.post(there(person, "instructor_bin"))
    assert of_ours(world).filter(pk=person.pk).exists()
    row.delete()
    page = clerk.post(there(person, "instructor_bin"), follow=True)
    assert there(person, "instructor_restore") in page.text
    assert stranger.post(there(person, "instructor_restore")).status_code == 404
    assert clerk.post(there(person, "instructor_restore")).url == there(person)


def test_a_new_instructor_is_put_on_the_course_in_passing(world, clerk, stranger):
    address = f"{CREATE}?course={world.ours.course.pk}"
    assert clerk.post(address, TYPED).url == there(world.ours.course, "teachings")
    assert teaching.taught_by(world.users[Role.SCHOOL], world.ours.course) == ("นางบุญเรือน แก้วจำลอง",)
    assert stranger.post(address, TYPED).status_code == 404


def test_one_instructor_on_two_courses_at_one_time_is_told_and_not_refused(world, clerk):
    user, course, person = world.users[Role.SCHOOL], world.ours.course, ours(world, first_name="กานดา")
    namesake = ours(world, first_name="กานดา")  # somebody else of the same name
    other = world.make_course(world.ours.curriculum, name="สานตะกร้า", venue="ที่อื่น")
    make.SessionFactory(course=course)
    make.SessionFactory(course=other, starts_at=time(11), ends_at=time(14))
    make.TeachingFactory(course=other, instructor=person)
    make.TeachingFactory(course=course, instructor=namesake)
    assert sessions.clashes(course, sessions.sessions_of(course, user), user) == []
    response = clerk.post(there(course, "teaching_add"), {"instructor": person.pk}, follow=True)
    assert any("สานตะกร้า" in text for text in said(response))
    (clash,) = sessions.clashes(course, sessions.sessions_of(course, user), user)
    assert (clash.instructor, clash.venue) == (str(person), "")


def test_the_words_of_one_course_clash_with_the_register_of_another(world):
    user, course, person = world.users[Role.SCHOOL], world.ours.course, ours(world)
    other = world.make_course(world.ours.curriculum, instructor=f" {person} ", venue="ที่อื่น")
    for each in (course, other):
        make.SessionFactory(course=each)
    make.TeachingFactory(course=course, instructor=person)
    (clash,) = sessions.clashes(course, sessions.sessions_of(course, user), user)
    assert clash.instructor == str(person)


def test_erasing_on_request_leaves_the_course_without_a_name_and_nothing_in_the_history(
    world, clerk, stranger, entered
):
    row = make.TeachingFactory(course=world.ours.course, instructor=entered)
    sent = {"reason": "หนังสือลงวันที่ 16/01/2569", "confirmed": "on"}
    address = there(entered, "instructor_erase")
    assert "การทำขนม" in clerk.post(address, sent).context["form"].non_field_errors()[0]  # still to be taught
    world.ours.course.status = "closed"
    world.ours.course.save()
    assert stranger.post(address, sent).status_code == 404
    assert clerk.post(address, sent).status_code == 302
    gone = of_ours(world).get()
    assert (gone.first_name, gone.national_id, gone.bank_account, gone.person_key) == ("", "", "", None)
    events = Instructor.pgh_event_model.objects.visible_to(world.users[Role.SCHOOL]).filter(pgh_obj_id=gone.pk)
    assert {(e.first_name, e.phone, e.national_id) for e in events} == {("", "", "")}
    assert Teaching.objects.visible_to(world.users[Role.SCHOOL]).filter(pk=row.pk).exists()
    assert "บุญเรือน" not in clerk.get(there(world.ours.course, "teachings")).text
    assert Disclosure.objects.visible_to(world.users[Role.SCHOOL]).get().act == "erase"
    assert clerk.get(there(gone, "instructor_edit")).status_code == 404


def test_the_file_masks_the_numbers_and_is_logged_for_each_school(world, entered):
    make.InstructorFactory(school=world.their_school, first_name="คนของเขา")
    file, register = BytesIO(), RegisterBook(world.users[Role.PROVINCE], {})
    RENDERERS["xlsx"].write(register.book, file)
    register.log(world.users[Role.PROVINCE])
    cells = {c.value for sheet in load_workbook(file).worksheets for row in sheet.iter_rows() for c in row}
    assert {"นางบุญเรือน แก้วจำลอง", entered.masked_id, "xxxxxxx890"} <= cells
    assert not any("คนของเขา" in str(value) or NUMBER in str(value) for value in cells)
    assert [(d.school, d.act, d.rows) for d in Disclosure.objects.visible_to(world.users[Role.DEPARTMENT])] == [
        (world.our_school, "export", 1)
    ]


@pytest.mark.parametrize("how_many", [25, 2500])
@pytest.mark.parametrize("role", [Role.SCHOOL, Role.DEPARTMENT])
def test_the_list_costs_ten_queries_at_any_volume(world, signed_in, django_assert_max_num_queries, how_many, role):
    Instructor.objects.bulk_create(
        Instructor(school=world.our_school, first_name=f"บุญมี {n}") for n in range(how_many)
    )
    client = signed_in(world.users[role])
    client.get(LIST, {"q": "บุญมี"})
    with django_assert_max_num_queries(10):
        response = client.get(LIST, {"q": "บุญมี"})
    assert response.context["count"] == how_many
    assert signed_in(world.strangers[Role.SCHOOL]).get(LIST, {"q": "บุญมี"}).context["count"] == 0


WILD = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60) | st.sampled_from(
    ["\x00", "1e400", "NaN", "9" * 5000, "๙" * 300, "😀" * 300]
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.dictionaries(st.sampled_from([*TYPED, "moo", "subdistrict", "version"]), WILD, min_size=1))
def test_whatever_is_typed_is_saved_or_answered_with_its_form(world, clerk, data):
    person = ours(world)
    for address in (CREATE, there(person, "instructor_edit")):
        response = clerk.post(address, TYPED | {"id_number": ""} | data)
        assert response.status_code == 302 or response.context["form"].errors


def test_a_closed_course_keeps_its_instructors(world, clerk):
    course, person = world.ours.course, ours(world)
    row = make.TeachingFactory(course=course, instructor=ours(world))
    course.status = "closed"
    course.save()
    for response in (
        clerk.post(there(course, "teaching_add"), {"instructor": person.pk}, follow=True),
        clerk.post(there(row, "teaching_edit"), {"reply": "declined", "version": 1}, follow=True),
        clerk.post(there(row, "teaching_bin"), follow=True),
    ):
        assert "ปิดแล้ว" in said(response)[0]
    (kept,) = Teaching.objects.visible_to(world.users[Role.SCHOOL])
    assert (kept, kept.reply) == (row, "")


def test_the_bins_of_teaching_are_emptied_children_first_and_what_is_used_stays(world):
    until = timezone.now()
    old = {"binned_at": until - timedelta(days=1)}
    make.ProjectFactory(school=world.our_school, fiscal_year=world.year, **old)
    carried = make.ProjectFactory(school=world.our_school, fiscal_year=world.year, **old)
    world.make_course(world.ours.curriculum, project=carried)
    person, gone = ours(world, **old), ours(world, **old)
    make.TeachingFactory(course=world.ours.course, instructor=person)
    make.TeachingFactory(course=world.ours.course, instructor=gone, **old)
    survey = make.SurveyFactory(school=world.our_school, fiscal_year=world.year, **old)
    answer = make.AnswerFactory(survey=survey, contact="ป้าศรี", has_contact=True)
    emptying.empty(until)
    models = (Project, Instructor, Survey)
    left = [list(model.objects.unscoped().values_list("pk", flat=True)) for model in models]
    assert left == [[carried.pk], [person.pk], []]
    events = Answer.pgh_event_model.objects.visible_to(world.users[Role.SCHOOL]).filter(pgh_obj_id=answer.pk)
    assert events.filter(pgh_label="delete").exists()
    assert {event.contact for event in events} == {""}
