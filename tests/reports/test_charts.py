"""Charts by place and by month: their tables, their files, and the way down from the nation to a course."""

import io
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from offices.roles import Role
from reports.models import Target
from tests import factories as make
from tests.reports.test_overview import OVERVIEW

pytestmark = pytest.mark.django_db

INDICATORS = reverse("reports:indicators")


@pytest.fixture
def two_months(world, running, come):
    """The same woman in January and in March, a man in March; a stranger in March."""
    woman = make.TraineeFactory(school=world.our_school, number=make.national_id(900031))
    come(running(world.ours, date(2026, 1, 16)), woman)
    march = running(world.ours, date(2026, 3, 2))
    come(march, woman)
    come(march, make.TraineeFactory(school=world.our_school, sex="male"))
    come(running(world.theirs, date(2026, 3, 2)))


def by_month(breakdown):
    return {part.code: figure.value for part, figure in breakdown.parts if figure.value}


def sheet(client, dimension, ending="xlsx", **asked):
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return client.post(f"{reverse('reports:chart_export', args=[dimension, ending])}?{query}")


def cells(response):
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    return [row for each in book.worksheets for row in each.iter_rows(values_only=True)]


def test_persons_by_month_are_counted_anew_and_say_so(world, client, two_months):
    client.force_login(world.users[Role.SCHOOL])
    page = client.get(INDICATORS, {"indicator": "1.1"})
    opened = page.context["opened"]
    assert by_month(opened.by_month) == {"2026-01": 1, "2026-03": 2}
    assert opened.total.value == 2
    text = page.content.decode()
    assert str(opened.indicator.across_time.label) in text
    assert 'data-bars="#table-month"' in text and 'id="table-month"' in text


def test_the_overview_shows_the_months_of_its_office_alone(world, client, two_months):
    for user, figures in [
        (world.users[Role.PROVINCE], {"2026-01": 1, "2026-03": 2}),
        (world.users[Role.DEPARTMENT], {"2026-01": 1, "2026-03": 3}),
        (world.strangers[Role.PROVINCE], {"2026-03": 1}),
    ]:
        client.force_login(user)
        assert by_month(client.get(OVERVIEW).context["overview"].by_month) == figures


def test_the_target_of_the_office_stands_beside_its_figure(world, client, two_months):
    Target.objects.create(fiscal_year=world.year, code="1.1", value=4, province=world.our_province)
    client.force_login(world.users[Role.PROVINCE])
    assert "เป้าหมาย 4 · บรรลุ 50.0% ของเป้าหมาย" in " ".join(client.get(OVERVIEW).content.decode().split())
    client.force_login(world.strangers[Role.PROVINCE])
    assert "เป้าหมาย 4 " not in client.get(OVERVIEW).content.decode()


def test_a_chart_is_a_file_with_the_figures_of_the_screen(world, client, two_months):
    Target.objects.create(fiscal_year=world.year, code="1.1", value=4, province=world.our_province)
    client.force_login(world.users[Role.DEPARTMENT])
    rows = cells(sheet(client, "place", indicator="1.1", year=2569))
    assert [row[1:] for row in rows if row[0] == "เชียงใหม่"] == [(2, 3, 4, 0.5)]
    text = str(rows)
    assert "ปีงบประมาณ 2569" in text and "ข้อมูล ณ" in text and world.users[Role.DEPARTMENT].name in text
    months = cells(sheet(client, "month", indicator="1.1", year=2569))
    assert [row[1:3] for row in months if row[0] == "มีนาคม 2569"] == [(3, 3)]


def test_every_breakdown_is_a_file_and_nothing_else_is(world, client, two_months):
    client.force_login(world.users[Role.SCHOOL])
    for breakdown in client.get(INDICATORS).context["opened"].breakdowns:
        assert cells(sheet(client, breakdown.dimension.code, indicator="1.1"))
    assert len([r for r in cells(sheet(client, "course", indicator="1.1")) if "การทำขนมไทย" in str(r[0])]) == 2
    assert sheet(client, "place", indicator="1.1").status_code == 404  # a school has no parts
    assert sheet(client, "nothing", indicator="1.1").status_code == 404
    assert sheet(client, "month", indicator="9.9").status_code == 404
    assert sheet(client, "month", "exe", indicator="1.1").status_code == 404


def test_where_nothing_is_known_yet_one_is_told_so(world, client):
    client.force_login(world.users[Role.DEPARTMENT])
    answer = sheet(client, "place", indicator="3.1", year=2569)
    assert answer.status_code == 302 and "indicator=3.1" in answer["Location"]
    assert "ยังไม่มีตัวเลข" in client.get(answer["Location"]).content.decode()


def test_a_stranger_takes_no_chart_of_ours_away(world, client, two_months):
    client.force_login(world.strangers[Role.PROVINCE])
    for office in ("province:50", "school:1250070000", "department"):
        assert sheet(client, "month", indicator="1.1", office=office).status_code == 404
    assert world.our_school.name not in str(cells(sheet(client, "place", indicator="1.1")))


def test_from_the_nation_each_link_leads_one_step_down(world, client, two_months):
    client.force_login(world.users[Role.DEPARTMENT])
    asked = {"indicator": "1.1", "year": 2569, "office": "department"}
    nation = {line.place.code: line for line in client.get(OVERVIEW, asked).context["overview"].lines}
    province = client.get(nation["50"].url)
    assert province.context["overview"].indicator.code == "1.1"
    assert province.context["way"] == [("ทั้งประเทศ", "department")]
    schools = {line.place.code: line for line in province.context["overview"].lines}
    school = client.get(schools["1250070000"].url)
    assert school.context["view"].office.key == "1250070000"
    assert school.context["way"] == [("ทั้งประเทศ", "department"), ("เชียงใหม่", "province:50")]
    assert len(school.context["of_courses"].breakdowns[0].parts) == 2


def test_the_line_of_attached_schools_leads_to_its_rows(world, client, running, come):
    come(running(world.attached))
    client.force_login(world.users[Role.DEPARTMENT])
    lines = {line.place.code: line for line in client.get(OVERVIEW).context["overview"].lines}
    page = client.get(lines["attached"].url)
    assert [row.record.school for row in page.context["table"].rows] == [world.attached_school]
    assert lines["90"].url and page.context["figure"].value == 1


def test_the_way_up_ends_where_ones_own_office_is(world, client, two_months):
    client.force_login(world.users[Role.PROVINCE])
    page = client.get(INDICATORS, {"office": "school:1250070000"})
    assert page.context["way"] == [("เชียงใหม่", "province:50")]
    assert client.get(INDICATORS).context["way"] == []
    client.force_login(world.users[Role.SCHOOL])
    assert client.get(INDICATORS).context["way"] == []
