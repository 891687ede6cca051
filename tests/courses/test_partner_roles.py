"""What partners do: parts in courses with their evidence, and curricula that they helped to design."""

import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from courses.models import CoDesigner, CoursePartner
from offices.roles import Role
from offices.scoping import DEPARTMENT_EYES
from tests import factories as make

PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


@pytest.fixture
def partner(world):
    return make.PartnerFactory(province=world.our_province, name="โรงแรมดอยงาม")


@pytest.fixture
def part(world, partner):
    return make.CoursePartnerFactory(course=world.ours.course, partner=partner)


def add_to(course):
    return reverse("courses:course_partner_add", args=[course.pk])


def at(name, row):
    return reverse(f"courses:{name}", args=[row.pk])


def parts():
    return CoursePartner.objects.visible_to(DEPARTMENT_EYES)


def paper(content=PDF, name="หนังสือ ขอความร่วมมือ.pdf"):
    return SimpleUploadedFile(name, content)


def read(answer) -> bytes:
    return b"".join(answer.streaming_content)


def test_a_partner_gets_a_part_in_a_course_with_its_evidence(world, clerk, stranger, partner, signed_in):
    course = world.ours.course
    typed = {"partner": partner.pk, "role": "workplace", "note": "ฝึก 2 วัน", "evidence": paper()}
    assert clerk.post(add_to(course), typed).status_code == 302
    row = parts().get()
    assert (row.role, row.note, row.school) == ("workplace", "ฝึก 2 วัน", world.our_school)
    for reader in (clerk, signed_in(world.users[Role.PROVINCE]), signed_in(world.users[Role.DEPARTMENT])):
        sent = reader.get(at("course_partner_evidence", row))
        assert read(sent) == PDF and "attachment" in sent["Content-Disposition"]
        assert partner.name in reader.get(at("course_partners", course)).content.decode()
    panel = clerk.get(at("course_partners", course), headers={"HX-Request": "true"}).content.decode()
    assert partner.name in panel and "<html" not in panel
    assert stranger.get(at("course_partner_evidence", row)).status_code == 404
    assert stranger.post(add_to(course), typed).status_code == 404


def test_a_partner_of_another_register_cannot_be_named(world, clerk, stranger, partner):
    typed = {"partner": partner.pk, "role": "venue", "note": ""}
    theirs = make.PartnerFactory(province=world.their_province)
    assert (
        "partner" in clerk.post(add_to(world.ours.course), typed | {"partner": theirs.pk}).context["form"].errors
    )
    assert partner.name not in stranger.get(add_to(world.theirs.course)).content.decode()
    assert "partner" in stranger.post(add_to(world.theirs.course), typed).context["form"].errors
    assert not parts()


def test_a_partner_has_each_part_once_and_several_parts(world, clerk, stranger, part):
    typed = {"partner": part.partner_id, "role": "training", "note": ""}
    answer = clerk.post(add_to(world.ours.course), typed)
    assert answer.context["form"].non_field_errors()
    assert clerk.post(add_to(world.ours.course), typed | {"role": "venue"}).status_code == 302
    other = parts().get(role="venue")
    change = typed | {"version": other.version}
    assert clerk.post(at("course_partner_edit", other), change).context["form"].errors
    assert stranger.post(at("course_partner_edit", other), change).status_code == 404


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\x00",
        b"%PDF-1.4 cut off",
        b"%PDF-1.4\n<< /OpenAction << /S /JavaScript >> >>\n%%EOF",
        b"<html>",
    ],
)
def test_hostile_evidence_is_refused_and_nothing_is_saved(world, clerk, stranger, partner, content):
    typed = {"partner": partner.pk, "role": "venue", "note": "", "evidence": paper(content)}
    assert list(clerk.post(add_to(world.ours.course), typed).context["form"].errors) == ["evidence"]
    assert stranger.post(add_to(world.ours.course), typed).status_code == 404
    assert not parts()


def test_evidence_is_replaced_and_taken_away_with_its_bytes(
    world, clerk, stranger, part, django_capture_on_commit_callbacks
):
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(picture, "PNG")

    def change(**typed):
        part.refresh_from_db()
        form = {"partner": part.partner_id, "role": part.role, "note": "", "version": part.version}
        with django_capture_on_commit_callbacks(execute=True):
            assert clerk.post(at("course_partner_edit", part), form | typed).status_code == 302
        part.refresh_from_db()
        return part.evidence.name

    first = change(evidence=paper())
    second = change(evidence=paper(picture.getvalue(), "ภาพ.png"))
    assert not default_storage.exists(first) and default_storage.exists(second)
    assert part.evidence_name == "ภาพ.jpg"
    assert change(note="เพิ่ม") == second
    assert change(without_evidence="on") == ""
    assert not default_storage.exists(second)
    assert clerk.get(at("course_partner_evidence", part)).status_code == 404
    assert stranger.get(at("course_partner_evidence", part)).status_code == 404


def test_a_part_is_taken_out_and_put_back(world, clerk, stranger, part):
    page = clerk.post(at("course_partner_bin", part), follow=True)
    assert at("course_partner_restore", part) in page.content.decode()
    assert not parts()
    assert stranger.post(at("course_partner_restore", part)).status_code == 404
    again = make.CoursePartnerFactory(course=world.ours.course, partner=part.partner)
    clerk.post(at("course_partner_restore", part))
    assert list(parts()) == [again]
    again.delete()
    clerk.post(at("course_partner_restore", part))
    assert list(parts()) == [part]


def test_a_new_partner_can_be_entered_in_passing(world, clerk, stranger):
    page = clerk.get(add_to(world.ours.course)).content.decode()
    way = f"{reverse('courses:partner_create')}?next={add_to(world.ours.course)}"
    assert way in page
    answer = clerk.post(way, {"name": "วัดป่าแดด", "kind": "civil"})
    assert answer.url.startswith(f"{add_to(world.ours.course)}?partner=")
    chosen = clerk.get(answer.url).context["form"]["partner"].value()
    assert answer.url.endswith(f"={chosen}")
    outside = clerk.post(
        f"{reverse('courses:partner_create')}?next=https://evil.example/", {"name": "ก", "kind": "civil"}
    )
    assert outside.url.startswith("/courses/partners/")
    assert stranger.get(answer.url).status_code == 404


def test_who_helped_to_design_a_curriculum_stands_on_its_page(world, clerk, stranger, signed_in, partner):
    curriculum = world.ours.curriculum
    add, typed = (
        at("co_designer_add", curriculum),
        {"partner": partner.pk, "role": "เสนอเนื้อหา", "worked_on": "๑๖/๐๑/๒๕๖๙"},
    )
    assert clerk.post(add, typed).url == at("curriculum", curriculum)
    row = CoDesigner.objects.visible_to(DEPARTMENT_EYES).get()
    assert str(row.worked_on) == "2026-01-16"
    assert partner.name in signed_in(world.users[Role.PROVINCE]).get(at("curriculum", curriculum)).content.decode()
    clerk.post(at("co_designer_edit", row), typed | {"role": "ตรวจ", "version": row.version})
    assert "ตรวจ" in clerk.get(at("curriculum", curriculum)).content.decode()
    clerk.post(at("co_designer_bin", row), follow=True)
    assert partner.name not in clerk.get(at("curriculum", curriculum)).content.decode()
    clerk.post(at("co_designer_restore", row), follow=True)
    assert partner.name in clerk.get(at("curriculum", curriculum)).content.decode()
    for act in ("co_designer_edit", "co_designer_bin", "co_designer_restore"):
        assert stranger.post(at(act, row), typed).status_code == 404
    assert "role" in clerk.post(add, typed | {"role": " "}).context["form"].errors
