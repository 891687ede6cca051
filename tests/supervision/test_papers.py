"""Form 11 on paper: the official page as printed, what we add after it, and who may print it."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from offices.clock import today
from offices.roles import Role
from supervision import operations
from supervision.models import FormVersion
from tests.documents.typesetting.readers import READERS, letters_of

LONG = "ผู้เรียนทุกคนลงมือทำด้วยตนเองและช่วยกันแก้ปัญหา " * 60


def pages(content):
    return [letters_of(page.extract_text()) for page in PdfReader(io.BytesIO(content)).pages]


def paper(client, visit, **chosen):
    response = client.get(reverse("supervision:paper", args=[visit.pk]), chosen)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    return b"".join(response.streaming_content)


def write_up(visit, **facts):
    for name, value in facts.items():
        setattr(visit, name, value)
    visit.save()
    return visit


@pytest.mark.parametrize("reader", READERS)
def test_the_empty_form_has_every_printed_word(client, world, reader):
    client.force_login(world.users[Role.PROVINCE])
    response = client.get(reverse("supervision:empty_paper"))
    found = letters_of(reader(b"".join(response.streaming_content)))
    version = FormVersion.objects.valid_on(today())
    unseen = {"from", "to"}  # the dotted dates of the page have words of their own
    for words in (text for key, text in version.wording.items() if key not in unseen):
        assert letters_of(words) in found
    for item in version.items.all():
        assert letters_of(f"{item.position}. {item.text}") in found
    assert len(pages(reader and b"".join(client.get(reverse("supervision:empty_paper")).streaming_content))) == 1


def test_the_filled_form_says_what_was_seen_and_adds_the_rest_on_a_page_of_its_own(client, ours):
    visit = write_up(
        ours.draft,
        answers={"1": {"found": "จัดครบตามแผน", "advice": "ทำต่อไป"}},
        added=[{"text": "การตลาดออนไลน์", "found": "ยังไม่มี", "advice": ""}],
        recommendations="นัดติดตามใน 30 วัน",
        internal=[{"name": "นายประเสริฐ", "position": "ผู้อำนวยการ"}],
        knowledge_use="ทำขายที่ตลาดนัด",
    )
    client.force_login(ours.supervisor)
    official, added = pages(paper(client, visit))
    for said in ("จัดครบตามแผน", "ทำต่อไป", "8.1. การตลาดออนไลน์", "นัดติดตามใน 30 วัน", "นายประเสริฐ", "ศึกษานิเทศก์"):
        assert letters_of(said) in official
    assert letters_of(ours.side.course.name) in official
    assert "☑" in official
    assert letters_of("ทำขายที่ตลาดนัด") in added and letters_of("ทำขายที่ตลาดนัด") not in official
    assert letters_of("แบบ พต. 11") not in added


def test_long_findings_go_over_pages_under_the_repeated_head(client, ours):
    visit = write_up(ours.draft, answers={"1": {"found": LONG, "advice": LONG}}, recommendations=LONG)
    client.force_login(ours.supervisor)
    found = pages(paper(client, visit))
    assert len(found) > 3
    assert "".join(found).count(letters_of(LONG.strip())[-40:]) >= 1
    assert letters_of("สภาพที่พบ") in found[1]


def test_a_draft_says_so_and_the_submitted_form_does_not(client, ours):
    client.force_login(ours.supervisor)
    assert letters_of("ฉบับร่าง") in pages(paper(client, ours.draft))[0]
    items = list(ours.draft.form.items.all())
    answers = {str(item.position): {"found": "ดี", "advice": ""} for item in items}
    operations.submit(visit=write_up(ours.draft, answers=answers, recommendations="ดี"), by=ours.supervisor)
    ours.draft.refresh_from_db()
    assert letters_of("ฉบับร่าง") not in "".join(pages(paper(client, ours.draft)))


def test_digits_are_thai_if_asked(client, ours):
    client.force_login(ours.supervisor)
    official, _added = pages(paper(client, ours.draft, thai_digits="on"))
    assert letters_of("แบบ พต. ๑๑") in official
    assert not set("0123456789") & set(official)


def test_a_draft_and_anothers_form_do_not_exist_for_who_may_not_see_them(client, world, ours, theirs):
    client.force_login(ours.supervisor)
    assert client.get(reverse("supervision:paper", args=[theirs.draft.pk])).status_code == 404
    client.force_login(world.users[Role.SCHOOL])
    assert client.get(reverse("supervision:paper", args=[ours.draft.pk])).status_code == 404
