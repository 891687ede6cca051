"""Closing, reopening and handing over accounts, and a new password without mail."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from courses.models import Course
from offices.handover import close, hand_over, issue_reset, reopen
from offices.invitations import accept
from offices.models import Invitation, User
from offices.roles import Role
from tests import factories as make

S, P, D, A = Role.SCHOOL, Role.PROVINCE, Role.DEPARTMENT, Role.ADMINISTRATOR
NEW_PASSWORD = "ข้าวเหนียวมะม่วง-2569"

LOOKS_AFTER = {
    S: set(),
    P: {"school"},
    D: {"attached", "province", "province2"},
    A: {"school", "school2", "attached", "province", "province2", "department"},
}


@pytest.mark.parametrize("role", Role)
def test_each_office_reaches_only_the_accounts_it_looks_after(client, world, role):
    client.force_login(world.users[role])
    for account in User.objects.all():
        mine = account.username in LOOKS_AFTER[role]
        for name in ("account", "close_account", "reset_account", "hand_over_account"):
            status = client.get(reverse(f"offices:{name}", args=[account.pk])).status_code
            assert status == (403 if role == S else 200 if mine else 404), (name, account.username)
        if not mine:
            for act in (
                lambda a: close(account=a, by=world.users[role], reason="x"),
                lambda a: issue_reset(account=a, by=world.users[role]),
                lambda a: hand_over(account=a, by=world.users[role], username="n", name="n"),
            ):
                with pytest.raises(PermissionDenied):
                    act(account)
    assert User.objects.filter(is_active=False).count() == 0


def test_closing_ends_open_sessions_at_once(client, world):
    client.post(reverse("account_login"), {"login": "school", "password": make.PASSWORD})
    assert client.get(reverse("offices:me")).status_code == 200
    close(account=world.users[S], by=world.users[P], reason="ย้ายไปที่อื่น")
    assert client.get(reverse("offices:me")).status_code == 302
    client.post(reverse("account_login"), {"login": "school", "password": make.PASSWORD})
    assert client.get(reverse("offices:me")).status_code == 302


def test_reopening_brings_back_neither_session_nor_password(client, world):
    client.post(reverse("account_login"), {"login": "school", "password": make.PASSWORD})
    close(account=world.users[S], by=world.users[P], reason="ผิดคน")
    link = reopen(account=world.users[S], by=world.users[P])
    assert client.get(reverse("offices:me")).status_code == 302
    client.post(reverse("account_login"), {"login": "school", "password": make.PASSWORD})
    assert "_auth_user_id" not in client.session
    _choose_password(client, link)
    client.post(reverse("account_login"), {"login": "school", "password": NEW_PASSWORD})
    assert client.session["_auth_user_id"] == str(world.users[S].pk)


def _choose_password(client, link):
    form = client.get(link, follow=True)
    return client.post(form.request["PATH_INFO"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})


def test_a_reason_is_asked_and_kept(client, world):
    client.force_login(world.users[P])
    url = reverse("offices:close_account", args=[world.users[S].pk])
    assert client.post(url, {"reason": ""}).context["form"].errors
    assert User.objects.get(username="school").is_active
    client.post(url, {"reason": "เกษียณอายุราชการ"})
    assert not User.objects.get(username="school").is_active
    page = client.get(reverse("offices:account", args=[world.users[S].pk])).content.decode()
    assert "เกษียณอายุราชการ" in page
    with pytest.raises(ValidationError):
        close(account=world.users[S], by=world.users[P], reason="อีกครั้ง")


def test_handing_over_closes_one_and_invites_the_other_and_loses_no_row(client, world):
    client.force_login(world.users[P])
    url = reverse("offices:hand_over_account", args=[world.users[S].pk])
    page = client.post(url, {"username": "heir", "name": "ผู้มาแทน"}).content.decode()
    (token,) = re.findall(r"/offices/invitation/([\w-]+)/", page)
    leaver = User.objects.get(username="school")
    assert not leaver.is_active
    heir = accept(token=token, password=NEW_PASSWORD)
    leaver.refresh_from_db()
    assert leaver.succeeded_by == heir
    assert (heir.role, heir.school) == (S, world.our_school)
    assert list(Course.objects.visible_to(heir)) == [world.ours.course]
    assert not Course.objects.visible_to(leaver).exists()
    with pytest.raises(ValidationError):
        hand_over(account=leaver, by=world.users[P], username="third", name="อีกคน")


def test_a_successor_whose_name_is_taken_leaves_everything_as_it_was(client, world):
    client.force_login(world.users[P])
    url = reverse("offices:hand_over_account", args=[world.users[S].pk])
    response = client.post(url, {"username": "SCHOOL2", "name": "ผู้มาแทน"})
    assert "username" in response.context["form"].errors
    assert User.objects.get(username="school").is_active
    assert not Invitation.objects.exists()


def test_a_reset_link_from_the_office_above_works_once(client, world):
    client.force_login(world.users[P])
    page = client.post(reverse("offices:reset_account", args=[world.users[S].pk])).content.decode()
    (link,) = re.findall(r"http://testserver(/accounts/password/reset/key/[\w-]+/)", page)
    client.logout()
    _choose_password(client, link)
    assert User.objects.get(username="school").check_password(NEW_PASSWORD)
    assert client.get(link, follow=True).context["token_fail"]


def test_a_lost_telephone_can_be_taken_out_of_the_sign_in(world):
    for user in (world.users[S], world.strangers[S]):
        Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    issue_reset(account=world.users[S], by=world.users[P])
    assert Authenticator.objects.count() == 2
    issue_reset(account=world.users[S], by=world.users[P], remove_second_step=True)
    assert [a.user for a in Authenticator.objects.all()] == [world.strangers[S]]


def test_nobody_closes_their_own_account(client, world):
    client.force_login(world.users[A])
    url = reverse("offices:close_account", args=[world.users[A].pk])
    assert client.post(url, {"reason": "x"}).status_code == 404
    with pytest.raises(PermissionDenied):
        close(account=world.users[A], by=world.users[A], reason="x")
    assert User.objects.get(username="administrator").is_active


def test_the_list_shows_ones_own_accounts_and_filters_them(client, world):
    client.force_login(world.users[D])
    url = reverse("offices:accounts")

    def names(**asked):
        return {row.username for row in client.get(url, asked or {"role": ""}).context["table"].data}

    assert names() == {"attached", "province", "province2"}
    assert names(role="school") == {"attached"}
    assert names(province="90") == {"province2"}
    assert names(words="PROVINCE2") == {"province2"}
    close(account=world.strangers[P], by=world.users[D], reason="x")
    assert names(state="closed") == {"province2"}
    client.force_login(world.users[P])
    page = client.get(url).content.decode()
    assert world.their_school.name not in page and world.their_province.name_th not in page
