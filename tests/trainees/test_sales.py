"""Sales by month: blank is not zero, nobody's newer value is overwritten in silence, sums are of what is known."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from offices.roles import Role
from offices.scoping import DEPARTMENT_EYES
from tests import factories as make
from trainees.models import Sale
from trainees.sales import SalesGrid, months_of


@pytest.fixture(autouse=True)
def day_in_june(monkeypatch):
    monkeypatch.setattr("trainees.sales.today", lambda: date(2026, 6, 15))


@pytest.fixture
def channel(world):
    """Open since January 2026."""
    return make.ChannelFactory(school=world.our_school)


@pytest.fixture
def send(client, world, channel):
    """Cells as (month, value, seen), by somebody; what was answered."""

    def sent(*cells, by=None, year=2569):
        client.force_login(by or world.users[Role.SCHOOL])
        body = {"cells": [dict(zip(("cell", "value", "seen"), cell, strict=True)) for cell in cells]}
        url = reverse("trainees:channel_sales_cells", args=[channel.pk, year])
        return client.post(url, json.dumps(body), content_type="application/json")

    return sent


def stored():
    return {f"{row.month:%Y-%m}": row.amount for row in Sale.objects.visible_to(DEPARTMENT_EYES)}


def answered(response):
    return [(cell["state"], cell["value"]) for cell in response.json()["cells"]]


def test_a_fiscal_year_has_the_months_from_october_to_september():
    months = months_of(2569)
    assert (months[0], months[-1], len(months)) == (date(2025, 10, 1), date(2026, 9, 1), 12)


def test_blank_is_not_zero(send):
    assert answered(send(("2026-02", "๑,๒๕๐.๕๐", ""), ("2026-03", "0", ""))) == [
        ("saved", "1,250.50"),
        ("saved", "0.00"),
    ]
    assert stored() == {"2026-02": Decimal("1250.50"), "2026-03": 0}
    assert answered(send(("2026-03", "", "0.00"))) == [("saved", "")]
    assert stored() == {"2026-02": Decimal("1250.50")}


@pytest.mark.parametrize("typed", ["-1", "1.005", "1,5", "มาก", "9" * 13, "1e9", "1,000,000,000,000"])
def test_what_cannot_be_baht_is_refused_with_the_reason(send, typed):
    (cell,) = send(("2026-02", typed, "")).json()["cells"]
    assert cell["state"] == "problem" and any("\u0e00" <= letter <= "\u0e7f" for letter in cell["message"])
    assert stored() == {}


@pytest.mark.parametrize("month", ["2025-12", "2026-07"])
def test_nothing_is_sold_before_it_opens_or_in_months_to_come(send, month):
    assert answered(send((month, "5", ""))) == [("problem", "")]
    assert stored() == {}


def test_a_newer_value_is_never_overwritten_in_silence(send, world, channel):
    colleague = make.UserFactory(username="colleague", name="ครูสมใจ", role=Role.SCHOOL, school=world.our_school)
    send(("2026-02", "100", ""), by=colleague)
    (cell,) = send(("2026-02", "200", "")).json()["cells"]
    assert (cell["state"], cell["value"], cell["who"]) == ("conflict", "100.00", "ครูสมใจ")
    assert stored() == {"2026-02": 100}
    assert answered(send(("2026-02", "200", "100.00"))) == [("saved", "200.00")]


def test_a_stranger_finds_no_channel_and_a_year_no_other_years_month(send, world):
    assert send(("2026-02", "5", ""), by=world.strangers[Role.SCHOOL]).status_code == 404
    assert send(("2026-02", "5", ""), by=world.users[Role.PROVINCE]).status_code == 403
    assert send(("2024-02", "5", "")).status_code == 404
    assert send(("2026-02", "5", ""), year=2600).status_code == 404
    assert send(("2026-02", "5", ""), year=99999).status_code == 404
    assert stored() == {}


def test_the_plain_form_saves_all_that_changed_or_nothing(clerk, client, channel):
    make.SaleFactory(channel=channel, month="2026-04-01", amount=70)
    url = reverse("trainees:channel_sales", args=[channel.pk, 2569])
    wrong = client.post(
        url, {"seen": '{"2026-04": "70.00"}', "c-2026-02": "5", "c-2026-03": "ห้า", "c-2026-04": "70.00"}
    )
    assert stored() == {"2026-04": 70}
    page = wrong.content.decode()
    assert 'value="5"' in page and "ห้า" in page and "มีนาคม 2569" in page
    client.post(url, {"seen": '{"2026-04": "70.00"}', "c-2026-02": "5", "c-2026-04": ""})
    assert stored() == {"2026-02": 5}


def test_sums_are_of_the_months_that_are_known(clerk, client, channel):
    for month, amount in (("2026-01-01", "100.25"), ("2026-02-01", "0"), ("2026-04-01", "50.50")):
        make.SaleFactory(channel=channel, month=month, amount=amount)
    make.SaleFactory(channel=channel, month="2025-09-01", amount="777.77")  # the year before
    totals = SalesGrid(channel, clerk, year=2569).totals()
    assert [(t.amount, t.known) for t in totals.quarters()] == [
        (None, 0), (Decimal("100.25"), 2), (Decimal("50.50"), 1), (None, 0),
    ]  # fmt: skip
    assert (totals.year().amount, totals.year().known) == (Decimal("150.75"), 3)
    client.post(reverse("offices:choose_year"), {"year": 2569})
    page = client.get(reverse("trainees:channel_detail", args=[channel.pk])).content.decode()
    assert "150.75" in page and "777.77" not in page


def test_dates_that_would_leave_sales_outside_are_refused(clerk, client, channel):
    make.SaleFactory(channel=channel, month="2026-02-01")
    typed = {"name": "ตลาด", "kind": "market", "address": "วัด", "opened_on": "1/1/2569"}
    edit = reverse("trainees:channel_edit", args=[channel.pk])
    for wrong, field in (({"opened_on": "1/3/2569"}, "opened_on"), ({"closed_on": "31/1/2569"}, "closed_on")):
        errors = client.post(edit, typed | {"version": channel.version} | wrong).context["form"].errors
        assert list(errors) == [field] and "กุมภาพันธ์ 2569" in errors[field][0]
    assert client.post(edit, typed | {"version": channel.version, "closed_on": "1/2/2569"}).status_code == 302
