"""The lists of a fiscal year: points of the product checklist, levels of satisfaction, days of asking."""

import pytest
from django.urls import reverse

from offices.models import ChecklistItem, FiscalYear, SatisfactionBand
from offices.roles import Role
from offices.years import rules_version
from tests import factories as make
from tests.offices.test_years import rules
from trainees.models import Verdict

YEAR = reverse("offices:year", args=[2569])
EDIT = reverse("offices:edit_year", args=[2569])


@pytest.fixture
def department(client, world):
    client.force_login(world.users[Role.DEPARTMENT])
    return client


def rows(prefix, *lines, stored=0):
    """What the rows of one list send; the first `stored` of them were there before."""
    sent = {f"{prefix}-TOTAL_FORMS": str(len(lines)), f"{prefix}-INITIAL_FORMS": str(stored)}
    for number, line in enumerate(lines):
        sent |= {f"{prefix}-{number}-{name}": value for name, value in line.items()}
    return sent


def save(client, *lists, **more):
    sent = rules(client, **more)
    for each in lists:
        sent |= each
    return client.post(EDIT, sent)


def points():
    return [(item.position, item.text, item.is_required) for item in ChecklistItem.objects.all()]


def bands():
    return [(str(band.least_mean), band.label) for band in SatisfactionBand.objects.all()]


def test_a_year_is_shipped_without_points_and_levels_and_says_so(client, world, department):
    assert points() == bands() == []
    page = department.get(YEAR).content.decode()
    assert "ยังประเมินผลิตภัณฑ์ในปีนี้ไม่ได้" in page and "30, 90, 180" in page
    client.force_login(world.strangers[Role.SCHOOL])
    assert client.get(YEAR).status_code == 200 and client.get(EDIT).status_code == 403


def test_points_are_entered_in_the_order_of_their_numbers_and_blank_rows_are_left_out(department):
    lines = [
        {"position": "๒", "text": " สะอาด\u200b ปลอดภัย ", "is_required": "on"},
        {"position": "1", "text": "มีฉลาก"},
        {"position": "", "text": "มีเรื่องเล่าของชุมชน", "is_required": "on"},
        {"is_required": "on"},
    ]
    assert save(department, rows("points", *lines)).status_code == 302
    assert points() == [(1, "มีฉลาก", False), (2, "สะอาด ปลอดภัย", True), (3, "มีเรื่องเล่าของชุมชน", True)]
    page = department.get(YEAR).content.decode()
    assert page.index("มีฉลาก") < page.index("สะอาด ปลอดภัย")


def test_points_are_moved_changed_and_taken_out_and_verdicts_keep_their_words(world, department):
    first, second, third = (make.ChecklistItemFactory(fiscal_year=world.year, position=n) for n in (1, 2, 3))
    assessment = make.AssessmentFactory(
        product=make.ProductFactory(course=world.ours.course), fiscal_year=world.year, is_met=True,
        entered_by=world.users[Role.SCHOOL],
    )  # fmt: skip
    facts = {"school": world.our_school, "assessment": assessment, "is_required": True, "is_met": True}
    said = Verdict.objects.create(item=first, position=1, text=first.text, **facts)
    lines = [
        {"id": first.pk, "position": "1", "text": first.text, "is_required": "on", "DELETE": "on"},
        {"id": second.pk, "position": "2", "text": "ข้อใหม่", "is_required": "on"},
        {"id": third.pk, "position": "1", "text": third.text, "is_required": "on"},
    ]
    assert save(department, rows("points", *lines, stored=3)).status_code == 302
    assert points() == [(1, third.text, True), (2, "ข้อใหม่", True)]
    said.refresh_from_db()
    assert (said.item, said.text) == (None, first.text)


@pytest.mark.parametrize(
    ("prefix", "lines"),
    [
        ("points", [{"text": "ไม่บังคับ"}]),
        ("points", [{"text": "ก" * 301, "is_required": "on"}]),
        ("points", [{"text": "มีฉลาก", "position": "ศูนย์", "is_required": "on"}]),
        ("points", [{"text": f"ข้อ {n}", "is_required": "on"} for n in range(61)]),
        ("bands", [{"least_mean": "4.5", "label": "มาก"}, {"least_mean": "4.50", "label": "มากที่สุด"}]),
        ("bands", [{"least_mean": "5.01", "label": "มากที่สุด"}]),
        ("bands", [{"least_mean": "4", "label": ""}]),
        ("bands", [{"least_mean": "", "label": "มาก"}]),
    ],
)
def test_rows_that_cannot_be_are_refused_in_words_and_nothing_is_saved(department, prefix, lines):
    response = save(department, rows(prefix, *lines), pass_percent="70")
    assert response.status_code == 200 and "error-summary" in response.content.decode()
    assert lines[0].get("text", lines[0].get("label")) in response.content.decode()
    assert points() == bands() == [] and FiscalYear.objects.get().pass_percent == 60


def test_levels_of_satisfaction_exchange_their_means(world, department):
    high = SatisfactionBand.objects.create(fiscal_year=world.year, least_mean="4.51", label="มากที่สุด")
    low = SatisfactionBand.objects.create(fiscal_year=world.year, least_mean="3.51", label="มาก")
    lines = [
        {"id": high.pk, "least_mean": "๓.๕๑", "label": "มากที่สุด"},
        {"id": low.pk, "least_mean": "4.51", "label": "มาก"},
    ]
    assert save(department, rows("bands", *lines, stored=2)).status_code == 302
    assert bands() == [("4.51", "มาก"), ("3.51", "มากที่สุด")]


@pytest.mark.parametrize("typed, days", [("90, 30", [30, 90]), ("๓๐ ๙๐,180 30", [30, 90, 180]), ("365", [365])])
def test_days_of_asking_are_read_as_people_type_them(department, typed, days):
    assert save(department, follow_up_days=typed).status_code == 302
    assert FiscalYear.objects.get().follow_up_days == days


@pytest.mark.parametrize(
    "typed", ["", "สามสิบ", "0", "-30", "30.5", "9999", ",,", " ".join(map(str, range(1, 12)))]
)
def test_days_that_cannot_be_are_refused_beside_their_box(department, typed):
    response = save(department, follow_up_days=typed)
    assert response.context["form"].errors["follow_up_days"]
    assert FiscalYear.objects.get().follow_up_days == [30, 90, 180]


def test_the_next_year_begins_with_the_same_points_levels_and_days(world, department):
    FiscalYear.objects.update(follow_up_days=[60])
    make.ChecklistItemFactory(fiscal_year=world.year, position=1, text="มีฉลาก", is_required=False)
    SatisfactionBand.objects.create(fiscal_year=world.year, least_mean="4.51", label="มากที่สุด")
    department.post(reverse("offices:next_year"), {"after": "2569"})
    following = FiscalYear.objects.get(year=2570)
    assert following.follow_up_days == [60]
    assert [(p.text, p.is_required) for p in following.checklist_items.all()] == [("มีฉลาก", False)]
    assert [band.label for band in following.satisfaction_bands.all()] == ["มากที่สุด"]
    assert (ChecklistItem.objects.count(), SatisfactionBand.objects.count()) == (2, 2)


def test_every_change_of_a_list_is_a_change_of_the_rules(world):
    seen = [rules_version(world.year)]
    point = make.ChecklistItemFactory(fiscal_year=world.year)
    seen.append(rules_version(world.year))
    point.text = "เปลี่ยน"
    point.save()
    seen.append(rules_version(world.year))
    SatisfactionBand.objects.create(fiscal_year=world.year, least_mean="4.51", label="มากที่สุด")
    seen.append(rules_version(world.year))
    point.delete()
    seen.append(rules_version(world.year))
    assert seen == sorted(set(seen))


def test_a_row_that_somebody_else_took_out_meanwhile_is_told_and_then_stands_anew(world, department):
    point = make.ChecklistItemFactory(fiscal_year=world.year, position=1, text="มีฉลาก")
    line = {"id": point.pk, "position": "1", "text": "มีฉลากภาษาไทย", "is_required": "on"}
    mine = rules(department) | rows("points", line, stored=1)
    point.delete()
    response = department.post(EDIT, mine)
    assert response.context["form"].non_field_errors() and "มีฉลากภาษาไทย" in response.content.decode()
    mine["version"] = response.context["form"]["version"].value()
    assert department.post(EDIT, mine).status_code == 302
    assert points() == [(1, "มีฉลากภาษาไทย", True)]
