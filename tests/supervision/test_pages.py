"""The screens: the form on a phone's page, the list, the panel, the proposals, for the right eyes only."""

from datetime import date

import pytest
from django.urls import reverse

from offices.roles import Role
from supervision import operations
from supervision.forms import VisitForm
from supervision.models import ProposedItem, Visit
from tests import factories as make


def url(name, row):
    return reverse(f"supervision:{name}", args=[row.pk])


def now(visit, user):
    return Visit.objects.visible_to(user).get(pk=visit.pk)


def boxes(visit, user, filled, **typed):
    visit = now(visit, user)
    return filled(VisitForm(user, instance=visit, items=list(visit.form.items.all())), **typed)


def test_a_supervisor_begins_on_the_course_page(client, world, ours):
    client.force_login(ours.supervisor)
    panel = client.get(url("course", world.ours.course), headers={"HX-Request": "true"})
    assert url("begin", world.ours.course) in panel.content.decode()
    assert client.get(url("begin", world.theirs.course)).status_code == 404
    answer = client.post(url("begin", world.ours.course), {"stage": "during", "visited_on": "๑๖/๐๑/๒๕๖๙"})
    visit = Visit.objects.visible_to(ours.supervisor).order_by("-pk").first()
    assert answer["Location"] == url("edit", visit)
    assert (visit.visited_on, visit.supervisor_name) == (date(2026, 1, 16), ours.supervisor.name)


def test_what_is_typed_is_kept_item_by_item(client, world, ours, filled):
    client.force_login(ours.supervisor)
    sent = boxes(
        ours.draft, ours.supervisor, filled, item_2_found="สอดคล้อง\r\nทุกกิจกรรม", item_2_advice="เพิ่มสื่อ",
        added_0_text="ความปลอดภัย", added_0_found="มีถังดับเพลิง", inner_0_name="นายก", recommendations="ต่อยอด",
        product_quality="ได้มาตรฐาน",
    )  # fmt: skip
    assert client.post(url("edit", ours.draft), sent).status_code == 302
    visit = now(ours.draft, ours.supervisor)
    assert visit.answers["1"] == {"found": "จัดตามแผน", "advice": ""}
    assert visit.answers["2"] == {"found": "สอดคล้อง\nทุกกิจกรรม", "advice": "เพิ่มสื่อ"}
    assert visit.added == [{"text": "ความปลอดภัย", "found": "มีถังดับเพลิง", "advice": ""}]
    assert visit.internal[0] == {"name": "นายก", "position": ""}
    assert (visit.recommendations, visit.product_quality) == ("ต่อยอด", "ได้มาตรฐาน")
    page = client.get(url("edit", ours.draft)).content.decode()
    assert "สอดคล้อง\nทุกกิจกรรม" in page and "กรอกแล้ว 3 จาก 8 ข้อ" in page


def test_a_draft_saves_itself_and_says_how_far_it_is(client, world, ours, theirs, filled):
    client.force_login(ours.supervisor)
    answer = client.post(
        url("autosave", ours.draft), boxes(ours.draft, ours.supervisor, filled, item_4_found="ชัดเจน")
    )
    assert "กรอกแล้ว 2 จาก 8 ข้อ" in answer.content.decode()
    assert f'value="{now(ours.draft, ours.supervisor).version}"' in answer.content.decode()
    assert now(ours.draft, ours.supervisor).answers["4"]["found"] == "ชัดเจน"
    assert client.post(url("autosave", theirs.draft), {}).status_code == 404


def test_a_second_writer_is_told_and_nothing_is_lost(client, world, ours, filled):
    client.force_login(ours.supervisor)
    mine = boxes(ours.draft, ours.supervisor, filled, item_1_found="ของฉัน")
    colleague = boxes(ours.draft, ours.supervisor, filled, item_1_found="ของเพื่อน", item_5_found="ร่วมดี")
    client.post(url("edit", ours.draft), colleague)
    assert "มีผู้อื่นแก้ไข" in client.post(url("autosave", ours.draft), mine).content.decode()
    page = client.post(url("edit", ours.draft), mine)
    form = page.context["form"]
    assert {(line.mine, line.theirs) for line in form.conflict} == {("ของฉัน", "ของเพื่อน"), ("–", "ร่วมดี")}
    assert now(ours.draft, ours.supervisor).answers["1"]["found"] == "ของเพื่อน"
    client.post(url("edit", ours.draft), mine | {"version": form["version"].value()})
    assert now(ours.draft, ours.supervisor).answers["1"]["found"] == "ของฉัน"


def test_submitting_freezes_and_the_school_reads(client, world, ours, filled):
    client.force_login(world.users[Role.SCHOOL])
    assert client.get(url("detail", ours.draft)).status_code == 404
    client.force_login(ours.supervisor)
    sent = boxes(ours.draft, ours.supervisor, filled, item_1_found="จัดครบทุกกิจกรรม", submit="1")
    assert client.post(url("edit", ours.draft), sent)["Location"] == url("detail", ours.draft)
    assert client.get(url("edit", ours.draft))["Location"] == url("detail", ours.draft)
    late = client.post(url("autosave", ours.draft), sent | {"item_1_found": "แก้ทีหลัง"})
    assert "ยังไม่ได้บันทึก" in late.content.decode()
    client.force_login(world.users[Role.SCHOOL])
    page = client.get(url("detail", ours.draft)).content.decode()
    assert "จัดครบทุกกิจกรรม" in page and "แก้ทีหลัง" not in page
    client.force_login(world.strangers[Role.SCHOOL])
    assert client.get(url("detail", ours.draft)).status_code == 404


def test_who_writes_on_while_a_colleague_submits_still_has_every_word(client, world, ours, theirs, filled):
    client.force_login(ours.supervisor)
    mine = boxes(ours.draft, ours.supervisor, filled, item_1_found="ของฉัน")
    operations.submit(visit=ours.draft, by=ours.supervisor)
    page = client.post(url("edit", ours.draft), mine)
    assert page.status_code == 200 and "ของฉัน" in page.content.decode()
    assert [(line.mine, line.theirs) for line in page.context["form"].conflict] == [("ของฉัน", "จัดตามแผน")]
    assert now(ours.draft, ours.supervisor).answers["1"]["found"] == "จัดตามแผน"
    client.force_login(theirs.supervisor)
    assert client.post(url("edit", ours.draft), mine).status_code == 404


def test_submitting_too_early_keeps_what_was_typed(client, world, ours, filled):
    client.force_login(ours.supervisor)
    sent = boxes(ours.draft, ours.supervisor, filled, supervisor_name="", item_7_found="วัดผลแล้ว", submit="1")
    page = client.post(url("edit", ours.draft), sent)
    assert page.status_code == 200 and "supervisor_name" in page.context["form"].errors
    visit = now(ours.draft, ours.supervisor)
    assert not visit.is_submitted and visit.answers["7"]["found"] == "วัดผลแล้ว"
    again = sent | {"supervisor_name": "ศน.", "version": page.context["form"]["version"].value()}
    client.post(url("edit", ours.draft), again)
    assert now(ours.draft, ours.supervisor).is_submitted


def test_the_school_proposes_and_the_form_takes_it_in(client, world, ours, theirs, filled):
    school = world.users[Role.SCHOOL]
    client.force_login(school)
    client.post(url("propose", world.ours.course), {"text": "การตลาดออนไลน์"})
    item = ProposedItem.objects.visible_to(school).get()
    again = client.post(url("propose", world.ours.course), {"text": "การตลาดออนไลน์"})
    assert "เสนอไว้แล้ว" in again.content.decode()
    assert client.post(url("propose", world.theirs.course), {"text": "ก"}).status_code == 404

    client.force_login(ours.supervisor)
    sent = boxes(ours.draft, ours.supervisor, filled, added_0_text="เขียนใหม่", added_0_found="มีเพจ")
    assert sent["added_0_proposal"] == item.pk
    client.post(url("edit", ours.draft), sent)
    kept = [{"text": "การตลาดออนไลน์", "found": "มีเพจ", "advice": "", "proposal": item.pk}]
    assert now(ours.draft, ours.supervisor).added == kept

    client.force_login(world.strangers[Role.SCHOOL])
    assert client.post(url("withdraw_proposal", item)).status_code == 404
    client.force_login(school)
    client.post(url("withdraw_proposal", item))
    assert not ProposedItem.objects.visible_to(school)
    client.force_login(ours.supervisor)
    client.post(url("edit", ours.draft), boxes(ours.draft, ours.supervisor, filled))
    assert now(ours.draft, ours.supervisor).added == kept


def test_anothers_proposal_is_not_taken_in_by_its_number(client, world, ours, theirs, filled):
    foreign = make.ProposedItemFactory(
        course=world.theirs.course, proposed_by=world.strangers[Role.SCHOOL], text="ลับ"
    )
    client.force_login(ours.supervisor)
    sent = boxes(ours.draft, ours.supervisor, filled, added_0_text="ของเรา", added_0_proposal=foreign.pk)
    client.post(url("edit", ours.draft), sent)
    assert now(ours.draft, ours.supervisor).added == [{"text": "ของเรา", "found": "", "advice": ""}]


def test_a_correction_asks_for_its_reason_and_the_list_shows_the_newest(client, world, ours, filled):
    operations.submit(visit=ours.draft, by=ours.supervisor)
    client.force_login(ours.supervisor)
    assert client.post(url("correct", ours.draft), {"reason": " "}).status_code == 200
    answer = client.post(url("correct", ours.draft), {"reason": "จดวันผิด"})
    draft = Visit.objects.visible_to(ours.supervisor).get(replaces=ours.draft)
    assert answer["Location"] == url("edit", draft)
    assert client.get(url("correct", ours.draft))["Location"] == url("edit", draft)
    client.post(url("edit", draft), boxes(draft, ours.supervisor, filled, item_1_found="จดถูกแล้ว", submit="1"))
    client.force_login(world.users[Role.SCHOOL])
    table = client.get(reverse("supervision:list")).context["table"]
    assert [row.record.pk for row in table.rows] == [draft.pk]
    page = client.get(url("detail", draft)).content.decode()
    assert url("detail", ours.draft) in page and "จดวันผิด" in page
    assert "จดถูกแล้ว" not in client.get(url("detail", ours.draft)).content.decode()


def test_a_draft_thrown_away_comes_back_by_undo(client, world, ours, theirs):
    client.force_login(ours.supervisor)
    page = client.post(url("discard", ours.draft), follow=True)
    assert url("restore", ours.draft) in page.content.decode()
    client.force_login(theirs.supervisor)
    assert client.post(url("restore", ours.draft)).status_code == 404
    client.force_login(ours.supervisor)
    assert client.post(url("restore", ours.draft))["Location"] == url("edit", ours.draft)


def test_the_list_narrows_and_comes_back_as_it_was_left(client, world, ours, theirs):
    done = make.VisitFactory(
        course=world.ours.course, created_by=ours.supervisor, stage="after", visited_on=date(2026, 2, 1)
    )
    operations.submit(visit=done, by=ours.supervisor)
    client.force_login(ours.supervisor)
    address = reverse("supervision:list")

    def found(query):
        return {row.record.pk for row in client.get(address + query, follow=True).context["table"].rows}

    assert found("?clear=1") == {done.pk, ours.draft.pk}
    assert found("?status=submitted") == {done.pk}
    assert found("?stage=during") == {ours.draft.pk}
    assert found("") == {ours.draft.pk}
    assert found("?q=ไม่มีวิชานี้") == set()
    assert found("?year=all") == {done.pk, ours.draft.pk}
    client.force_login(world.users[Role.DEPARTMENT])
    assert found("?clear=1") == {done.pk}
    assert found("?province=50") == {done.pk}
    assert found("?province=90") == set()


def test_what_is_still_to_be_written_is_listed_in_every_year(client, world, ours, theirs):
    world.ours.course.fiscal_year = make.FiscalYearFactory(year=2568)
    world.ours.course.save()
    done = make.VisitFactory(course=world.ours.course, created_by=ours.supervisor)
    operations.submit(visit=done, by=ours.supervisor)
    client.force_login(ours.supervisor)
    address = reverse("supervision:list")
    assert [row.record for row in client.get(address).context["table"].rows] == [ours.draft]
    assert {row.record for row in client.get(address, {"year": "all"}).context["table"].rows} == {ours.draft, done}


@pytest.mark.parametrize("number", [25, 2500])
def test_the_list_asks_few_questions_at_any_volume(client, world, ours, number, django_assert_max_num_queries):
    version = ours.draft.form
    Visit.objects.bulk_create(
        make.VisitFactory.build_batch(number, course=world.ours.course, created_by=ours.supervisor, form=version)
    )
    client.force_login(ours.supervisor)
    address = reverse("supervision:list") + "?sort=course"
    client.get(address)  # the session remembers the filter
    with django_assert_max_num_queries(10):
        page = client.get(address)
    assert page.context["count"] == number + 1


def test_home_names_the_form_to_finish_to_its_office_only(client, world, ours, theirs):
    client.force_login(ours.supervisor)
    page = client.get(reverse("home")).content.decode()
    assert url("edit", ours.draft) in page and url("edit", theirs.draft) not in page
    client.force_login(world.users[Role.DEPARTMENT])
    assert url("edit", ours.draft) not in client.get(reverse("home")).content.decode()
