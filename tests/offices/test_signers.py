"""Signers by day: whose name a paper of that day carries, and whose list that is."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from offices.clock import today
from offices.models import Signer
from offices.roles import Role
from offices.signers import holder_of
from tests import factories as make

DAY = date(2026, 1, 16)
LIST = reverse("offices:signers")


@pytest.fixture
def clerk(client, world):
    client.force_login(world.users[Role.SCHOOL])
    return world.users[Role.SCHOOL]


def said(**facts):
    return {
        "signs_as": "director",
        "name": "นางสาวดวงใจ สมมุติ",
        "position": "ผู้อำนวยการ",
        "acting": "",
        "acts_for": "",
        "starts_on": "1/10/2568",
        "ends_on": "",
    } | facts


def test_of_several_on_a_day_whoever_began_last_signs_and_earlier_days_keep_their_signer(world, clerk):
    school = world.our_school
    make.SignerFactory(school=school, name="นายคนเก่า", starts_on=date(2020, 1, 1))
    make.SignerFactory(school=school, name="นางคนใหม่", starts_on=date(2026, 2, 1))
    make.SignerFactory(
        school=school, name="นายคนแทน", starts_on=date(2026, 2, 5), ends_on=date(2026, 2, 6),
        position="ครูชำนาญการ", acting="for_officer", acts_for="ผู้อำนวยการ",
    )  # fmt: skip

    def name_on(day):
        holder = holder_of("director", day, clerk, school=school)
        return holder and holder.name

    assert name_on(date(2019, 12, 31)) is None
    assert name_on(date(2026, 1, 31)) == "นายคนเก่า"
    assert name_on(date(2026, 2, 4)) == "นางคนใหม่"
    assert name_on(date(2026, 2, 6)) == "นายคนแทน"
    assert name_on(date(2026, 2, 7)) == "นางคนใหม่"
    holder = holder_of("director", date(2026, 2, 5), clerk, school=school)
    assert holder.lines == ("(นายคนแทน)", "ครูชำนาญการ", "รักษาราชการแทนผู้อำนวยการ")


def test_each_office_has_its_own_and_a_stranger_learns_of_none(world, clerk):
    school, province = world.our_school, world.our_province
    make.SignerFactory(school=school, name="ของเรา")
    make.SignerFactory(school=world.sister_school, name="ของโรงเรียนพี่น้อง")
    make.SignerFactory(province=province, name="ของจังหวัด")
    make.SignerFactory(name="ของกรม")
    officer = world.users[Role.PROVINCE]
    assert holder_of("director", DAY, officer, province=province).name == "ของจังหวัด"
    assert holder_of("director", DAY, officer, school=school).name == "ของเรา"
    assert holder_of("director", DAY, clerk, school=world.sister_school) is None
    assert holder_of("director", DAY, clerk) is None
    assert holder_of("director", DAY, world.users[Role.DEPARTMENT]).name == "ของกรม"
    for stranger in world.strangers.values():
        assert holder_of("director", DAY, stranger, school=school) is None
    assert holder_of("registrar", DAY, clerk, school=school) is None


def test_a_signer_is_entered_changed_ended_thrown_away_and_taken_back(client, world, clerk):
    assert client.post(reverse("offices:new_signer"), said()).status_code == 302
    signer = Signer.objects.visible_to(clerk).get()
    assert (signer.school, signer.province, signer.starts_on) == (world.our_school, None, date(2025, 10, 1))
    changed = said(version=signer.version, acting="in_position", acts_for="ผู้อำนวยการ", position="ครู")
    client.post(reverse("offices:edit_signer", args=[signer.pk]), changed)
    signer.refresh_from_db()
    assert (signer.acting, signer.acts_for) == ("in_position", "ผู้อำนวยการ")
    client.post(
        reverse("offices:end_signer", args=[signer.pk]), {"version": signer.version, "ends_on": "๓๑/๑/๒๕๖๙"}
    )
    signer.refresh_from_db()
    assert signer.ends_on == date(2026, 1, 31)
    client.post(reverse("offices:bin_signer", args=[signer.pk]))
    assert not Signer.objects.visible_to(clerk).exists()
    assert holder_of("director", DAY, clerk, school=world.our_school) is None
    assert signer.name in client.get(reverse("offices:signer_bin")).text
    client.post(reverse("offices:restore_signer", args=[signer.pk]))
    assert holder_of("director", DAY, clerk, school=world.our_school).name == signer.name


@pytest.mark.parametrize("wrong, field", [
    ({"ends_on": "1/9/2568"}, "ends_on"),
    ({"acting": "for_officer"}, "acts_for"),
    ({"acts_for": "ผู้อำนวยการ"}, "acting"),
    ({"name": "\u200b \u00a0"}, "name"),
    ({"signs_as": "king"}, "signs_as"),
    ({"starts_on": "31/2/2569"}, "starts_on"),
    ({"position": "ก" * 201}, "position"),
])  # fmt: skip
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_stored(client, clerk, wrong, field):
    page = client.post(reverse("offices:new_signer"), said(**wrong))
    assert field in page.context["form"].errors
    assert "นางสาวดวงใจ" in page.text or field == "name"
    assert not Signer.objects.visible_to(clerk).exists()


def test_the_database_refuses_an_acting_form_without_its_position(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        make.SignerFactory(school=world.our_school, acting="for_officer")
    signer = make.SignerFactory.build(school=world.our_school, ends_on=date(2000, 1, 1))
    with pytest.raises(ValidationError):
        signer.validate_constraints()


def test_an_office_above_reads_the_signers_below_but_does_not_change_them(client, world):
    ours = make.SignerFactory(school=world.our_school)
    own = make.SignerFactory(province=world.our_province)
    client.force_login(world.users[Role.PROVINCE])
    page = client.get(LIST)
    assert ours.name in page.text and own.name in page.text
    assert reverse("offices:edit_signer", args=[own.pk]) in page.text
    assert reverse("offices:edit_signer", args=[ours.pk]) not in page.text
    assert client.get(reverse("offices:edit_signer", args=[ours.pk])).status_code == 404
    assert client.post(reverse("offices:bin_signer", args=[ours.pk])).status_code == 404
    client.force_login(world.strangers[Role.PROVINCE])
    assert ours.name not in client.get(LIST).text


def test_the_list_says_who_signs_on_a_day_and_goes_into_a_file(client, world, clerk):
    make.SignerFactory(school=world.our_school, name="นายคนเก่า", ends_on=DAY)
    make.SignerFactory(school=world.our_school, name="=นางคนใหม่", starts_on=DAY + timedelta(days=1))
    page = client.get(LIST, {"on": "16/1/2569"}).text
    assert "นายคนเก่า" in page and "นางคนใหม่" not in page
    sent = client.post(reverse("documents:signers_export", args=["csv"]) + "?on=17/1/2569")
    found = b"".join(sent.streaming_content).decode("utf-8-sig")
    assert "นางคนใหม่" in found and "นายคนเก่า" not in found
    assert client.post(reverse("documents:signers_export", args=["exe"])).status_code == 404


def test_the_list_costs_no_more_with_many_signers(client, world, django_assert_max_num_queries):
    Signer.objects.bulk_create(make.SignerFactory.build_batch(2_500, school=world.our_school, starts_on=today()))
    client.force_login(world.users[Role.PROVINCE])
    with django_assert_max_num_queries(10):
        client.get(LIST)
