"""The lists of offices as files: what their reader sees on the screen, narrowed as there, and nobody else's."""

from datetime import date

import pytest
from django.urls import reverse

from documents import office_export_views
from offices.models import Disclosure, Invitation
from offices.numbers import take_number
from offices.roles import Role
from tests import factories as make
from tests.offices.test_disclosures import made
from tests.permissions.rows import invitation_for

S, P, D, A = Role.SCHOOL, Role.PROVINCE, Role.DEPARTMENT, Role.ADMINISTRATOR


def file_of(client, user, what, query="", ending="csv"):
    client.force_login(user)
    sent = client.post(reverse(f"documents:{what}_export", args=[ending]) + query)
    return b"".join(sent.streaming_content).decode("utf-8-sig") if sent.status_code == 200 else sent.status_code


def lines(text):
    """The rows of the first table, without its head and what the file says of itself."""
    return text.split("\r\n\r\n")[0].split("\r\n")[1:]


def test_accounts_go_into_a_file_as_the_list_is_narrowed_and_without_addresses(client, world):
    clerk = world.users[S]
    clerk.email = "kroo@example.org"
    clerk.save()
    make.UserFactory(username="gone", name="ครูที่ย้าย", role=S, school=world.our_school, is_active=False)
    everybody = file_of(client, world.users[P], "accounts")
    assert clerk.name in everybody and "ครูที่ย้าย" in everybody and "kroo@" not in everybody
    assert world.strangers[S].name not in everybody and world.strangers[P].name not in everybody
    assert [
        line.split(",")[0] for line in lines(file_of(client, world.users[P], "accounts", "?state=closed"))
    ] == ["ครูที่ย้าย"]
    assert file_of(client, world.users[S], "accounts") == 403


def test_invitations_tell_where_each_stands(client, world):
    ours = invitation_for(world, P, world.our_school)
    invitation_for(world, A, world.their_school)
    Invitation.objects.filter(pk=ours.pk).update(revoked_at=ours.expires_at)
    (line,) = lines(file_of(client, world.users[P], "invitations"))
    assert ours.username in line and "ยกเลิก" in line


def test_schools_go_into_a_file_with_the_province_of_today(client, world):
    department = lines(file_of(client, world.users[D], "schools"))
    assert len(department) == 4
    assert any("ศฝช.ทดสอบ" in line and "ขึ้นตรง" in line for line in department)
    ours = file_of(client, world.users[P], "schools")
    assert world.our_school.name in ours and world.their_school.name not in ours
    assert len(lines(file_of(client, world.users[D], "schools", f"?province={world.their_province.pk}"))) == 1


def test_a_file_has_the_order_of_the_list_on_screen(client, world):
    by_code = [line.split(",")[0] for line in lines(file_of(client, world.users[D], "schools", "?sort=code"))]
    assert by_code == sorted(by_code) and len(by_code) == 4
    backwards = lines(file_of(client, world.users[D], "schools", "?sort=-code"))
    assert [line.split(",")[0] for line in backwards] == by_code[::-1]


@pytest.mark.parametrize(
    ("what", "sort"),
    [
        ("accounts", "username"), ("invitations", "-invited_at"), ("signers", "name"), ("numbers", "-text"),
        ("disclosures", "at"), ("circulars", "-subject"),
    ],
)  # fmt: skip
def test_each_list_is_ordered_by_its_own_columns(client, world, what, sort):
    officer = world.users[D]
    make.NumberSeriesFactory()
    for number, school in enumerate((world.our_school, world.sister_school)):
        made(school, officer)
        invitation_for(world, D, school)
        make.SignerFactory(school=school)
        make.CircularFactory(made_by=officer)
        take_number(kind="letter", on=date(2026, 1, 5), by=officer, purpose=f"เรื่องที่ {number}")
    reader = world.users[P] if what == "invitations" else officer  # each invites only those below
    orders = [lines(file_of(client, reader, what, f"?sort={way}")) for way in (sort, _other_way(sort))]
    assert len(orders[0]) >= 2
    assert orders[0] == orders[1][::-1]


def _other_way(sort):
    return sort.removeprefix("-") if sort.startswith("-") else f"-{sort}"


def test_the_log_goes_into_a_file_until_it_is_too_long_to_wait_for(client, world, monkeypatch):
    made(world.our_school, world.users[D], reason="ตรวจบัตร")
    made(world.their_school, world.users[D], reason="เรื่องของเขา")
    text = file_of(client, world.users[S], "disclosures")
    assert "ตรวจบัตร" in text and "เรื่องของเขา" not in text
    assert "ตรวจบัตร" not in file_of(client, world.strangers[S], "disclosures")
    monkeypatch.setattr(office_export_views, "MOST_DISCLOSURES", 0)
    assert file_of(client, world.users[S], "disclosures") == 302
    assert file_of(client, world.users[S], "disclosures", "?act=erase").startswith("เมื่อ")
    assert Disclosure.objects.visible_to(world.users[D]).count() == 2


def test_years_and_holidays_go_into_files_for_everybody(client, world):
    make.HolidayFactory(name="วันครู")
    make.HolidayFactory(name="ปีหน้า", day="2027-01-16")
    for user in (*world.users.values(), *world.strangers.values()):
        (holiday,) = lines(file_of(client, user, "holidays"))
        assert holiday == "2026-01-16,วันครู"
        years = lines(file_of(client, user, "years"))
        assert [line.split(",")[0] for line in years] == ["2569", "2569"]  # a short and a long course type
        assert years[0].split(",")[1:3] == ["2025-10-01", "2026-09-30"]


@pytest.mark.parametrize("what", ["accounts", "invitations", "schools", "years", "holidays", "disclosures"])
@pytest.mark.parametrize("ending", ["exe", "%00", "x" * 300])
def test_no_other_kind_of_file_exists(client, world, what, ending):
    client.force_login(world.users[D])
    assert client.post(f"/files/{what}.{ending}").status_code == 404


WILD = ["%00", "9" * 40, "-1", "%ED%A0%80", "%27%22%3E", "1e400", "%F0%9F%98%80" * 50]


@pytest.mark.parametrize("wild", WILD)
def test_wild_filters_narrow_to_nothing_or_are_left_out(client, world, wild):
    made(world.our_school, world.users[D])
    names = ["words", "role", "school", "province", "state", "kind", "act", "since", "until", "sort", "page", "x"]
    query = "?" + "&".join(f"{name}={wild}" for name in names)
    for what in ("accounts", "invitations", "schools", "disclosures"):
        assert isinstance(file_of(client, world.users[D], what, query), str)
        assert client.get(reverse(f"offices:{what}") + query).status_code == 200
