"""Running numbers: two at once get two, each year begins anew where it shall, none is given twice."""

import threading
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError
from django.urls import reverse

from offices.clock import today
from offices.models import GivenNumber, NumberSeries
from offices.numbers import next_number, take_number
from offices.roles import Role
from tests import factories as make

DAY = date(2026, 1, 16)
AT_ONCE = 8


@pytest.fixture
def clerk(client, world):
    client.force_login(world.users[Role.SCHOOL])
    return world.users[Role.SCHOOL]


def series_of(world, **facts):
    return make.NumberSeriesFactory(school=world.our_school, **facts)


def taken(by, on=DAY, **facts):
    return take_number(kind="letter", on=on, by=by, **facts).text


@pytest.mark.django_db(transaction=True)
def test_two_at_once_get_two_numbers(transactional_db, world):
    clerk = world.users[Role.SCHOOL]
    series_of(world)
    ready, found = threading.Barrier(AT_ONCE), []

    def take():
        try:
            ready.wait()
            found.append(taken(clerk))
        finally:
            connection.close()

    threads = [threading.Thread(target=take) for _each in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [f"ศธ 07005/{number}" for number in range(1, AT_ONCE + 1)]
    assert GivenNumber.objects.own_of(clerk).count() == AT_ONCE


def test_a_number_that_was_not_used_after_all_leaves_no_gap(world, clerk):
    series_of(world)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        taken(clerk)
        raise ZeroDivisionError
    assert taken(clerk) == "ศธ 07005/1"


@pytest.mark.parametrize("restarts, with_year, expected", [
    ("calendar", True, ["0001/2568", "0002/2568", "0001/2569", "0003/2568"]),
    ("fiscal", True, ["0001/2568", "0001/2569", "0002/2569", "0002/2568"]),
    ("never", False, ["0001", "0002", "0003", "0004"]),
])  # fmt: skip
def test_numbers_begin_again_by_calendar_year_by_fiscal_year_or_never(world, clerk, restarts, with_year, expected):
    series_of(world, prefix="", digits=4, restarts=restarts, with_year=with_year)
    days = [date(2025, 9, 30), date(2025, 10, 1), DAY, date(2025, 9, 29)]  # a paper may be numbered late
    assert [taken(clerk, on=day) for day in days] == expected


def test_a_number_typed_in_is_kept_and_passed_over_but_moves_nothing_on(world, clerk):
    series = series_of(world)
    assert taken(clerk) == "ศธ 07005/1"
    assert taken(clerk, typed=" ศธ ๐๗๐๐๕/๓ ") == "ศธ ๐๗๐๐๕/๓"
    assert taken(clerk, typed="ศธ 07005/9999") == "ศธ 07005/9999"
    assert taken(clerk, typed="ศธ 07005/ว 12") == "ศธ 07005/ว 12"
    assert [taken(clerk), taken(clerk)] == ["ศธ 07005/2", "ศธ 07005/4"]
    assert next_number(series, DAY, clerk) == "ศธ 07005/5"
    for again in ("ศธ 07005/3", "ศธ 07005/2", "ศธ 07005/ว 12", "ศธ 07005/003"):
        with pytest.raises(ValidationError, match=r"ใช้ไปแล้ว|given already"):
            taken(clerk, typed=again)


def test_each_office_counts_for_itself(world, clerk):
    series_of(world)
    make.NumberSeriesFactory(province=world.our_province, prefix="จ ")
    make.NumberSeriesFactory(prefix="กรม ")
    assert taken(clerk) == "ศธ 07005/1"
    assert taken(world.users[Role.PROVINCE]) == "จ 1"
    assert taken(world.users[Role.DEPARTMENT]) == "กรม 1"
    with pytest.raises(ValidationError, match=r"กำหนด|not set"):
        taken(world.strangers[Role.SCHOOL])
    with pytest.raises(ValidationError):
        take_number(kind="ktb", on=DAY, by=clerk)
    assert not GivenNumber.objects.visible_to(world.strangers[Role.PROVINCE]).exists()


def test_what_was_given_stays(world, clerk):
    series_of(world)
    given = take_number(kind="letter", on=DAY, by=clerk, purpose="เชิญวิทยากร")
    for change in (
        lambda: GivenNumber.objects.own_of(clerk).update(text="1"),
        given.delete,
        lambda: NumberSeries.objects.own_of(clerk).delete(),
    ):
        with pytest.raises((DatabaseError, ProtectedError)), transaction.atomic():
            change()
    assert GivenNumber.objects.own_of(clerk).get().purpose == "เชิญวิทยากร"


def settings_of(**facts):
    return {"prefix": "ศธ 07005/", "restarts": "calendar", "digits": "๓", "begun_at": "41"} | facts


def test_an_office_sets_its_numbers_and_takes_up_the_paper_register(client, world, clerk):
    address = reverse("offices:set_number", args=["letter"])
    assert client.post(address, settings_of()).status_code == 302
    page = client.get(reverse("offices:numbers")).text
    assert "ศธ 07005/042" in page
    client.post(
        reverse("offices:take_number", args=["letter"]),
        {"given_on": today().strftime("%d/%m/%Y"), "purpose": "ขอใช้สถานที่", "typed": ""},
    )
    page = client.get(reverse("offices:numbers")).text
    assert "ขอใช้สถานที่" in page and "ศธ 07005/043" in page
    series = NumberSeries.objects.own_of(clerk).get()
    refused = client.post(address, settings_of(version=series.version))
    assert "begun_at" in refused.context["form"].errors
    assert client.post(address, settings_of(version=series.version, begun_at="99")).status_code == 302
    assert "ศธ 07005/100" in client.get(reverse("offices:numbers")).text
    client.force_login(world.strangers[Role.SCHOOL])
    assert "07005" not in client.get(reverse("offices:numbers")).text


@pytest.mark.parametrize("wrong, field", [
    ({"digits": "9"}, "digits"), ({"digits": "สาม"}, "digits"), ({"begun_at": "-1"}, "begun_at"),
    ({"restarts": "never", "with_year": "on"}, "with_year"), ({"begun_at": ""}, "begun_at"),
    ({"begun_at": "99999999999"}, "begun_at"),
])  # fmt: skip
def test_wrong_settings_are_refused_at_their_field(client, clerk, wrong, field):
    page = client.post(reverse("offices:set_number", args=["letter"]), settings_of(**wrong))
    assert field in page.context["form"].errors
    assert not NumberSeries.objects.own_of(clerk).exists()


def test_a_number_cannot_be_taken_before_it_is_set_and_no_other_kind_exists(client, clerk):
    take = reverse("offices:take_number", args=["letter"])
    page = client.post(take, {"given_on": "16/1/2569", "purpose": "หนังสือ", "typed": ""})
    assert page.context["form"].errors
    assert "หนังสือ" in page.text
    for name in ("offices:take_number", "offices:set_number"):
        assert client.get(reverse(name, args=["joke"])).status_code == 404


def test_the_register_costs_no_more_with_many_numbers(client, world, clerk, django_assert_max_num_queries):
    series = series_of(world)
    GivenNumber.objects.bulk_create(
        GivenNumber(
            series=series, school=world.our_school, period=2569, number=number, text=f"ศธ 07005/{number}",
            given_on=DAY, purpose="หนังสือ", given_by=clerk,
        )
        for number in range(1, 2_501)
    )  # fmt: skip
    with django_assert_max_num_queries(10):
        client.get(reverse("offices:numbers"))
    sent = client.post(reverse("documents:numbers_export", args=["csv"]) + "?words=2500")
    assert "ศธ 07005/2500" in b"".join(sent.streaming_content).decode("utf-8-sig")
