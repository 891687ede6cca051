"""Forms 8, 9 and 10: what they say of whom, how numbers are shown, and what is written down."""

import io
from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from pypdf import PdfReader

from offices.models import Disclosure
from offices.roles import Role
from tests import factories as make
from tests.documents.typesetting.readers import READERS, letters_of
from trainees.papers.layout import day_month_year, period
from trainees.papers.wording import wording

DAY = date(2026, 1, 16)
FORMS = (8, 9, 10)


def paper(client, course, number, **chosen):
    response = client.get(reverse("trainees:paper", args=[course.pk, number]), chosen)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    return b"".join(response.streaming_content)


def read(content):
    return letters_of("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))


def disclosed(world):
    return Disclosure.objects.visible_to(world.users[Role.SCHOOL])


@pytest.mark.parametrize("number", FORMS)
@pytest.mark.parametrize("reader", READERS)
def test_an_empty_form_has_every_printed_word_and_nobody_on_it(client, clerk, world, number, reader):
    found = letters_of(reader(paper(client, world.ours.course, number, filled="no")))
    words = wording(f"pt{number}", DAY)
    for key in ("box", "title", "programme", "note", "sign"):
        assert letters_of(words[key]) in found
    for label in words.get("columns", []):
        assert letters_of(label) in found
    assert letters_of(world.ours.trainee.full_name) not in found
    assert letters_of(world.ours.course.name) not in found


@pytest.mark.parametrize("number", FORMS)
def test_a_filled_form_names_course_and_people_but_no_stranger(client, clerk, world, number):
    found = read(paper(client, world.ours.course, number))
    assert letters_of(world.ours.trainee.full_name) in found
    assert letters_of(world.ours.course.name) in found
    assert letters_of("ศาลาประชาคม") in found
    assert letters_of(world.theirs.trainee.full_name) not in found
    stranger = client.get(reverse("trainees:paper", args=[world.theirs.course.pk, number]))
    assert stranger.status_code == 404


@pytest.mark.parametrize("number", [0, 7, 11])
def test_there_is_no_other_form_of_a_course(client, clerk, world, number):
    assert client.get(reverse("trainees:paper", args=[world.ours.course.pk, number])).status_code == 404
    in_full = reverse("trainees:paper_in_full", args=[world.ours.course.pk, number])
    assert client.post(in_full).status_code == 404


def test_the_list_of_applicants_says_what_form_8_asks(client, clerk, world):
    person = world.ours.trainee
    person.occupation_other = "ช่างทอผ้า"
    person.house_number, person.moo, person.subdistrict = "12", "4", world.subdistrict
    person.save()
    place = world.ours.enrolment
    place.education, place.occupation = "primary", "other"
    place.status, place.withdrawn_on = "withdrawn", DAY
    place.save()
    found = read(paper(client, world.ours.course, 8))
    for said in ("45", "ประถมศึกษา", "ช่างทอผ้า", "12 หมู่ที่ 4", "แม่ริม", "เชียงใหม่", "16 ม.ค. 2569", "ถอนตัว"):
        assert letters_of(said) in found
    assert letters_of("ศูนย์ส่งเสริมการเรียนรู้ระดับอำเภอ/เขตแม่ริมจังหวัดเชียงใหม่") in found


def test_a_school_that_is_no_district_centre_stands_by_its_own_name(client, world):
    client.force_login(world.attached_user)
    found = read(paper(client, world.attached.course, 8))
    assert letters_of("ศฝช.ทดสอบ") in found
    assert letters_of("ระดับอำเภอ/เขต") not in found


def test_numbers_are_masked_and_nothing_is_written_down(client, clerk, world):
    for number in (8, 10):
        found = read(paper(client, world.ours.course, number))
        assert letters_of(world.ours.trainee.masked_document) in found
        assert world.ours.trainee.document_number not in found.replace("-", "")
    assert not disclosed(world).exists()


@pytest.mark.parametrize("number", [8, 10])
def test_full_numbers_are_asked_for_once_more_and_written_down(client, clerk, world, people, number):
    people(2, on=world.ours.course)
    address = reverse("trainees:paper_in_full", args=[world.ours.course.pk, number])
    asked = client.get(address, {"thai_digits": "on", "responsible": "นางสาวกมลวรรณ"})
    assert asked["Content-Type"].startswith("text/html")
    assert "นางสาวกมลวรรณ" in asked.content.decode()
    assert not disclosed(world).exists()

    response = client.post(address, {"reason": "ส่งเบิกเงิน"})
    found = read(b"".join(response.streaming_content))

    assert response["Cache-Control"] == "private, no-store"
    assert world.ours.trainee.document_number in found.replace("-", "")
    line = disclosed(world).get()
    assert (line.act, line.rows, line.by) == (Disclosure.Act.EXPORT, 3, clerk)
    assert line.reason == f"แบบ พต. {number}: ส่งเบิกเงิน"


def test_an_empty_form_in_full_discloses_nobody(client, clerk, world):
    address = reverse("trainees:paper_in_full", args=[world.ours.course.pk, 8])
    assert client.post(address, {"filled": "no"})["Content-Type"] == "application/pdf"
    assert not disclosed(world).exists()


@pytest.mark.parametrize("role", [Role.PROVINCE, Role.DEPARTMENT])
def test_offices_above_print_masked_only(client, world, role):
    side = world.attached if role == Role.DEPARTMENT else world.ours
    client.force_login(world.users[role])
    assert letters_of(side.trainee.full_name) in read(paper(client, side.course, 8))
    address = reverse("trainees:paper_in_full", args=[side.course.pk, 8])
    assert client.post(address).status_code == 403
    assert "in-full" not in client.get(reverse("trainees:papers", args=[side.course.pk])).content.decode()


def test_a_strangers_full_numbers_do_not_exist(client, clerk, world):
    address = reverse("trainees:paper_in_full", args=[world.theirs.course.pk, 8])
    assert client.post(address).status_code == 404
    assert not Disclosure.objects.visible_to(world.strangers[Role.SCHOOL]).exists()


def test_other_documents_are_told_apart(client, clerk, world):
    person = make.TraineeFactory(school=world.our_school, first_name="อองซาน", number="1234567890123")
    person.document_kind, person.document_number = "work_permit", "WP998877"
    person.save()
    make.EnrolmentFactory(course=world.ours.course, trainee=person)
    response = client.post(reverse("trainees:paper_in_full", args=[world.ours.course.pk, 8]))
    found = read(b"".join(response.streaming_content))
    assert "WP998877" in found
    assert letters_of(str(person.get_document_kind_display())) in found


@pytest.mark.parametrize("how_many", [15, 40])
@pytest.mark.parametrize("number", FORMS)
def test_many_people_go_over_pages_under_repeated_heads(client, clerk, world, people, number, how_many):
    crowd = people(how_many, on=world.ours.course)
    pages = [
        letters_of(page.extract_text())
        for page in PdfReader(io.BytesIO(paper(client, world.ours.course, number))).pages
    ]
    whole = "".join(pages)
    assert all(letters_of(person.full_name) in whole for person in crowd)
    named = [page for page in pages if letters_of("นางสมศรี") in page]
    if how_many == 40:
        assert len(named) > 1
    words = wording(f"pt{number}", DAY)
    heads = words["columns"] if "columns" in words else [words["name"], words["signature"], words["came"]]
    assert all(letters_of(head) in page for page in named for head in heads)
    signed = [page for page in pages if letters_of(words["sign"]) in page]
    assert letters_of("นางสมศรี") in signed[0]  # nobody signs a page without a row on it


def test_each_time_sheet_has_two_days_and_the_instructor_has_one_of_all(client, clerk, world):
    course = world.ours.course
    course.instructor = "นางบุญเรือน"
    course.save()
    for day, starts in ((16, 9), (16, 13), (17, 9), (18, 9)):
        make.SessionFactory(
            course=course, held_on=DAY.replace(day=day), starts_at=time(starts), ends_at=time(starts + 3)
        )
    pages = [letters_of(page.extract_text()) for page in PdfReader(io.BytesIO(paper(client, course, 9))).pages]
    first, second, instructor = pages
    assert letters_of("วันที่16ม.ค.2569") in first and letters_of("วันที่17ม.ค.2569") in first
    assert letters_of("วันที่18ม.ค.2569") in second and letters_of("17ม.ค.2569") not in second
    assert letters_of("จำนวน9ชั่วโมง09.00น.") in first  # the days end at different times: left to be written
    assert letters_of("จำนวน3ชั่วโมง09.00น.ถึงเวลา12.00น.") in second
    assert instructor.count(letters_of("นางบุญเรือน")) == 3
    assert letters_of("จำนวน3วันจำนวน12ชั่วโมง") in instructor
    assert letters_of("-2-") not in "".join(pages)


def test_who_withdrew_signs_no_sheet(client, clerk, world):
    place = world.ours.enrolment
    place.status, place.withdrawn_on = "withdrawn", DAY
    place.save()
    assert letters_of(world.ours.trainee.full_name) not in read(paper(client, world.ours.course, 9))


def test_the_assessment_says_points_and_who_passed_by_the_rule_of_the_year(client, clerk, world, people):
    course = world.ours.course
    world.year.pass_percent = Decimal(65)
    world.year.save()
    good, weak = people(2, on=course)
    session = make.SessionFactory(course=course, hours=Decimal(8))
    points = {good.pk: (16, 30, "20.5"), weak.pk: (12, 24, 24), world.ours.trainee.pk: None}
    for place in course.enrolments.visible_to(clerk):
        if points[place.trainee_id]:
            make.AttendanceFactory(enrolment=place, session=session, hours=Decimal(8))
            knowledge, practice, quality = points[place.trainee_id]
            make.ResultFactory(enrolment=place, knowledge=knowledge, practice=practice, quality=quality)
    found = read(paper(client, course, 10))
    assert letters_of("163020.566.5ผ่าน") in found
    assert letters_of("12242460ไม่ผ่าน") in found
    assert letters_of("ไม่น้อยกว่าร้อยละ 65 และ") in found
    assert letters_of(world.ours.trainee.full_name) in found


def test_signers_are_printed_and_remembered(client, clerk, world):
    chosen = {
        "responsible": "นางสาวกมลวรรณ",
        "director": "นายสมชาย",
        "acting": "for_officer",
        "director_position": "ครู",
    }
    found = read(paper(client, world.ours.course, 10, **chosen))
    assert letters_of("(นางสาวกมลวรรณ)") in found
    assert letters_of("(นายสมชาย)") in found
    assert letters_of("รักษาราชการแทนผู้อำนวยการ สกร.ระดับอำเภอ/เขต") in found
    panel = client.get(reverse("trainees:papers", args=[world.ours.course.pk])).content.decode()
    assert "นางสาวกมลวรรณ" in panel


@pytest.mark.parametrize("language", ["th", "en"])
def test_papers_are_thai_in_either_language_and_in_the_digits_asked_for(client, clerk, world, language):
    client.cookies["django_language"] = language
    found = read(paper(client, world.ours.course, 8, thai_digits="on"))
    assert letters_of("๑๖ – ๑๗ มกราคม ๒๕๖๙") in found
    assert letters_of("แบบ พต. ๘") in found
    assert not set("0123456789") & set(found)


def test_what_a_wild_address_asks_for_is_refused_in_words(client, clerk, world):
    address = reverse("trainees:paper", args=[world.ours.course.pk, 8])
    response = client.get(address, {"filled": "maybe", "acting": "king", "director": "ก" * 500})
    assert response["Content-Type"].startswith("text/html")
    assert set(response.context["form"].errors) == {"filled", "acting", "director"}


def test_the_panel_asks_few_questions_of_the_database(client, clerk, world, people, django_assert_max_num_queries):
    people(40, on=world.ours.course)
    for number, most in ((8, 10), (9, 11), (10, 11)):
        with django_assert_max_num_queries(most):
            paper(client, world.ours.course, number)


@pytest.mark.parametrize(
    "first, last, said",
    [
        (date(2026, 1, 16), date(2026, 1, 16), "16 มกราคม 2569"),
        (date(2026, 1, 16), date(2026, 1, 18), "16 – 18 มกราคม 2569"),
        (date(2026, 1, 30), date(2026, 2, 2), "30 มกราคม – 2 กุมภาพันธ์ 2569"),
        (date(2025, 12, 30), date(2026, 1, 2), "30 ธันวาคม 2568 – 2 มกราคม 2569"),
    ],
)
def test_periods_are_written_short(first, last, said):
    assert period(first, last) == said
    assert " ".join(day_month_year(first, last)) == said


def test_a_long_course_of_fifteen_is_assessed_and_signed_on_one_page(client, clerk, world, people):
    people(14, on=world.ours.course)
    assessment, explanation = PdfReader(io.BytesIO(paper(client, world.ours.course, 10))).pages
    assert letters_of("ผู้อนุมัติ") in letters_of(assessment.extract_text())
    assert letters_of("คำอธิบายแบบประเมินผลการฝึกอบรม") in letters_of(explanation.extract_text())


def test_a_filled_form_names_who_held_the_office_on_its_day_though_somebody_else_does_today(client, clerk, world):
    school, course = world.our_school, world.ours.course
    make.SignerFactory(school=school, name="นายคนเก่า", ends_on=course.ends_on)
    make.SignerFactory(school=school, name="นางคนใหม่", starts_on=course.ends_on + timedelta(days=1))
    make.SignerFactory(school=school, signs_as="responsible", name="นางสาวรับผิดชอบ")
    make.SignerFactory(
        school=world.their_school, signs_as="responsible", name="นายคนนอก", starts_on=course.ends_on
    )
    for number in FORMS:
        found = read(paper(client, course, number))
        assert letters_of("(นางสาวรับผิดชอบ)" if number != 9 else "นางสาวรับผิดชอบ") in found
        assert (letters_of("(นายคนเก่า)") in found) == (number == 10)
        for wrong in ("นางคนใหม่", "นายคนนอก"):
            assert letters_of(wrong) not in found
        assert letters_of("นางสาวรับผิดชอบ") not in read(paper(client, course, number, filled="no"))
    typed = read(paper(client, course, 10, director="นายพิมพ์เอง"))
    assert letters_of("(นายพิมพ์เอง)") in typed and letters_of("นายคนเก่า") not in typed
    client.force_login(world.users[Role.PROVINCE])
    assert letters_of("(นายคนเก่า)") in read(paper(client, course, 10))


def test_who_acts_for_the_director_signs_with_their_own_position_and_the_words_of_acting(client, clerk, world):
    make.SignerFactory(
        school=world.our_school, name="นายแทน", position="ครูชำนาญการ", acting="for_officer", acts_for="ผู้อำนวยการ"
    )
    found = read(paper(client, world.ours.course, 10))
    for words in ("(นายแทน)", "ครูชำนาญการ", "รักษาราชการแทน"):
        assert letters_of(words) in found


def test_names_typed_for_an_earlier_paper_give_way_to_who_is_on_record(client, clerk, world):
    panel = reverse("trainees:papers", args=[world.ours.course.pk])
    paper(client, world.ours.course, 10, director="นายพิมพ์เอง", responsible="นางพิมพ์เอง")
    assert "นายพิมพ์เอง" in client.get(panel).text
    make.SignerFactory(school=world.our_school, name="นายในทะเบียน")
    page = client.get(panel).text
    assert "นายพิมพ์เอง" not in page and "นายในทะเบียน" in page
    assert "นางพิมพ์เอง" in page  # nobody is on record as responsible
