"""Assessing products by a year's checklist: every point asked, nothing written over, mistakes taken back."""

from datetime import date

import pytest
from django.db import InternalError, transaction
from django.urls import reverse

from offices.roles import Role
from offices.scoping import DEPARTMENT_EYES
from tests import factories as make
from trainees.models import Assessment, Product, Verdict
from trainees.products.standing import Standing, with_standing


@pytest.fixture(autouse=True)
def in_march(monkeypatch):
    for module in ("trainees.forms.products", "trainees.views.assessments"):
        monkeypatch.setattr(f"{module}.today", lambda: date(2026, 3, 15))


@pytest.fixture
def product(world, set_state):
    return make.ProductFactory(course=set_state(world.ours.course, "completed"))


@pytest.fixture
def points(world):
    """Two that must be met, and one that need not."""
    texts = (("สะอาด ปลอดภัย", True), ("มีฉลาก", True), ("มีเรื่องเล่าของชุมชน", False))
    return [make.ChecklistItemFactory(fiscal_year=world.year, text=t, is_required=r) for t, r in texts]


def page_of(product, name="product_assess"):
    return reverse(f"trainees:{name}", args=[product.pk])


def typed(client, product, points, *answers, **more):
    seen = client.get(page_of(product)).context["form"]["seen"].value()
    said = {f"met_{point.pk}": answer for point, answer in zip(points, answers, strict=False)}
    return {"assessed_on": "๑/๓/๒๕๖๙", "assessor": "นางสาวปราณี มั่นคง", "seen": seen} | said | more


def stored():
    return list(Assessment.objects.visible_to(DEPARTMENT_EYES))


def standing(product):
    (found,) = with_standing(Product.objects.visible_to(DEPARTMENT_EYES).filter(pk=product.pk), DEPARTMENT_EYES)
    return Standing.of(found.latest_is_met)


@pytest.mark.parametrize(
    ("answers", "is_met"),
    [
        (("yes", "yes", "yes"), True), (("yes", "yes", "no"), True), (("yes", "no", "yes"), False),
        (("no", "yes", "yes"), False), (("no", "no", "no"), False),
    ],
)  # fmt: skip
def test_a_product_meets_the_checklist_when_all_required_points_are_met(
    clerk, client, world, product, points, answers, is_met
):
    assert standing(product) == Standing.NEVER
    sent = typed(client, product, points, *answers, assessor_position="ศึกษานิเทศก์", note="ดี\r\nมาก")
    answer = client.post(page_of(product), sent | {f"remark_{points[1].pk}": " ฉลากเล็ก\u200b "})
    assert answer.url == f"{page_of(product, 'product')}#assessments"
    (made,) = stored()
    assert (made.is_met, made.assessed_on, made.entered_by) == (is_met, date(2026, 3, 1), clerk)
    assert (made.school, made.fiscal_year, made.note) == (world.our_school, world.year, "ดี\nมาก")
    told = [(v.text, v.is_required, v.is_met, v.remark) for v in Verdict.objects.visible_to(clerk)]
    remarks = ("", "ฉลากเล็ก", "")
    expected = zip(points, answers, remarks, strict=True)
    assert told == [(p.text, p.is_required, a == "yes", r) for p, a, r in expected]
    assert standing(product) == Standing.of(is_met)


@pytest.mark.parametrize(
    ("wrong", "value"),
    [
        ("assessed_on", ""), ("assessed_on", "16/3/2569"), ("assessed_on", "15/1/2569"),
        ("assessed_on", "เมื่อวาน"), ("assessor", " \u200b "), ("assessor", "ก" * 151),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_and_nothing_is_saved(clerk, client, product, points, wrong, value):
    sent = typed(client, product, points, "yes", "no", "yes", **{wrong: value})
    response = client.post(page_of(product), sent | {f"remark_{points[0].pk}": "เก็บไว้"})
    assert list(response.context["form"].errors) == [wrong] and stored() == []
    assert "เก็บไว้" in response.content.decode() and "error-summary" in response.content.decode()


@pytest.mark.parametrize("answer", ["", "maybe", None])
def test_every_point_must_be_answered_and_a_blank_is_no_no(clerk, client, product, points, answer):
    sent = typed(client, product, points, "yes", "yes", "yes") | {f"met_{points[2].pk}": answer or ""}
    response = client.post(page_of(product), sent)
    assert list(response.context["form"].errors) == [f"met_{points[2].pk}"] and stored() == []


def test_without_a_checklist_nothing_can_be_assessed_and_the_page_says_why(clerk, client, world, product):
    page = client.get(page_of(product))
    assert (
        page.context["form"] is None
        and "2569" in page.content.decode()
        and "กรมยังไม่ได้กำหนด" in page.content.decode()
    )
    assert client.post(page_of(product), {"assessed_on": "1/3/2569", "assessor": "ก"}).status_code == 200
    assert stored() == []
    assert client.get(page_of(product), {"year": "2999"}).context["form"] is None
    client.force_login(world.strangers[Role.SCHOOL])
    assert client.get(page_of(product)).status_code == 404


def test_a_product_is_assessed_by_the_checklist_of_the_year_of_that_day(clerk, client, world, product, points):
    following = make.FiscalYearFactory(year=2570)
    make.ChecklistItemFactory(fiscal_year=following, text="เกณฑ์ใหม่")
    response = client.get(page_of(product), {"year": "2570"})
    assert [tab["label"] for tab in response.context["tabs"]] == ["2570", "2569"]
    point = response.context["form"].points[0]
    sent = {"assessed_on": "1/3/2569", "assessor": "ก", "seen": response.context["form"]["seen"].value()}
    refused = client.post(f"{page_of(product)}?year=2570", sent | {f"met_{point.pk}": "yes"})
    assert "2569" in refused.context["form"].errors["assessed_on"][0] and stored() == []


def test_whoever_began_before_the_checklist_changed_is_told_and_may_send_again(clerk, client, product, points):
    sent = typed(client, product, points, "yes", "yes", "yes")
    points[0].text = "สะอาด ปลอดภัย ไม่มีสารปนเปื้อน"
    points[0].save()
    response = client.post(page_of(product), sent)
    assert response.context["form"].non_field_errors() and stored() == []
    sent["seen"] = response.context["form"]["seen"].value()
    assert client.post(page_of(product), sent).status_code == 302
    assert Verdict.objects.visible_to(clerk).first().text == points[0].text


def test_the_newest_day_counts_whenever_it_was_entered(clerk, client, product, points):
    client.post(page_of(product), typed(client, product, points, "yes", "yes", "yes"))
    client.post(page_of(product), typed(client, product, points, "no", "no", "no", assessed_on="1/2/2569"))
    assert standing(product) == Standing.MET and len(stored()) == 2
    page = client.get(page_of(product, "product"))
    assert [each.is_met for each in page.context["assessments"]] == [True, False]
    assert page.context["standing"] == Standing.MET


def test_a_mistake_is_taken_back_with_a_reason_and_still_shown(clerk, client, world, product, points):
    client.post(page_of(product), typed(client, product, points, "no", "no", "no", assessed_on="1/2/2569"))
    client.post(page_of(product), typed(client, product, points, "yes", "yes", "yes"))
    wrong = stored()[0]
    take_back = reverse("trainees:assessment_take_back", args=[wrong.pk])
    assert client.post(take_back, {"reason": " "}).context["form"].errors["reason"]
    answer = client.post(take_back, {"reason": "บันทึกผิดผลิตภัณฑ์"}, follow=True)
    page = answer.content.decode()
    assert "บันทึกผิดผลิตภัณฑ์" in page and reverse("trainees:assessment_restore", args=[wrong.pk]) in page
    assert wrong not in stored() and standing(product) == Standing.NOT_MET
    assert answer.context["standing"] == Standing.NOT_MET and len(answer.context["assessments"]) == 2
    assert client.post(take_back, {"reason": "อีกครั้ง"}).status_code == 404
    client.force_login(world.strangers[Role.SCHOOL])
    for name in ("assessment_take_back", "assessment_restore"):
        assert client.post(reverse(f"trainees:{name}", args=[wrong.pk]), {"reason": "ก"}).status_code == 404
    client.force_login(clerk)
    client.post(reverse("trainees:assessment_restore", args=[wrong.pk]))
    assert wrong in stored() and standing(product) == Standing.MET


def test_the_database_itself_lets_nobody_write_over_an_assessment(clerk, client, product, points):
    client.post(page_of(product), typed(client, product, points, "no", "no", "no"))
    for rows, change in (
        (Assessment.objects.visible_to(clerk), {"is_met": True}),
        (Assessment.objects.visible_to(clerk), {"assessor": "คนอื่น"}),
        (Verdict.objects.visible_to(clerk), {"is_met": True}),
    ):
        with pytest.raises(InternalError, match="written_once"), transaction.atomic():
            rows.update(**change)
    assert standing(product) == Standing.NOT_MET
