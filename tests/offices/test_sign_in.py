"""Signing in: by user name, on invitation only, with limits; a new password by mail."""

import re

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.urls import NoReverseMatch, reverse

from offices.models import User
from offices.roles import Role
from tests import factories as make

NEW_PASSWORD = "ข้าวเหนียวมะม่วง-2569"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


def sign_in(client, login, password=make.PASSWORD):
    client.post(reverse("account_login"), {"login": login, "password": password})
    return client.get(reverse("offices:me")).status_code == 200


def test_one_signs_in_by_user_name_and_out(client, world):
    assert sign_in(client, "school")
    client.post(reverse("account_logout"))
    assert client.get(reverse("offices:me")).status_code == 302
    assert not sign_in(client, "school", "wrong")
    assert not sign_in(client, "nobody")


def test_a_demo_account_signs_in_only_where_debug_is_on(client, world, settings):
    User.objects.filter(username="school").update(is_demo=True)
    settings.DEBUG = False
    assert not sign_in(client, "school")
    settings.DEBUG = True
    assert sign_in(client, "school")
    settings.DEBUG = False
    assert client.get(reverse("offices:me")).status_code == 302  # an open session ends, too


UNUSED = ("signup/ email/ confirm-email/ social/connections/ password/set/ 3rdparty/ login/code/ "
          "2fa/webauthn/login/ 2fa/webauthn/signup/")  # fmt: skip


@pytest.mark.parametrize("path", UNUSED.split())
def test_signing_up_and_what_we_do_not_use_does_not_exist(client, world, path):
    client.force_login(world.users[Role.SCHOOL])
    assert client.get(f"/accounts/{path}").status_code == 404
    assert client.post(f"/accounts/{path}", {"username": "x"}).status_code == 404


def test_no_name_leads_to_signing_up():
    for name in ("account_signup", "account_email", "socialaccount_connections", "mfa_signup_webauthn"):
        with pytest.raises(NoReverseMatch):
            reverse(name)


def test_guessing_is_stopped_even_with_the_right_password_at_last(client, world):
    for _ in range(6):
        assert not sign_in(client, "school", "wrong")
    assert not sign_in(client, "school")


def test_a_link_for_a_new_password_comes_by_mail_and_names_the_user(client, world, mailoutbox):
    User.objects.filter(username__in=["school", "school2"]).update(email="shared@example.org")
    client.post(reverse("account_reset_password"), {"email": "shared@example.org"})
    assert len(mailoutbox) == 2  # staff who share an address each get theirs
    mail = next(m for m in mailoutbox if re.search(r"\bschool\b", m.body))
    (link,) = re.findall(r"http://testserver(/\S+)", mail.body)
    page = client.get(link, follow=True)
    client.post(page.request["PATH_INFO"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert sign_in(client, "school", NEW_PASSWORD)
    assert User.objects.get(username="school2").check_password(make.PASSWORD)


def test_an_unknown_address_gets_no_mail_and_the_same_answer(client, world, mailoutbox):
    User.objects.filter(username="school").update(email="known@example.org")
    known = client.post(reverse("account_reset_password"), {"email": "known@example.org"})
    unknown = client.post(reverse("account_reset_password"), {"email": "unknown@example.org"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [m.to for m in mailoutbox] == [["known@example.org"]]


def test_a_closed_account_gets_no_link_by_mail(client, world, mailoutbox):
    User.objects.filter(username="school").update(email="a@example.org", is_active=False)
    client.post(reverse("account_reset_password"), {"email": "a@example.org"})
    assert mailoutbox == []


def test_one_changes_ones_own_password_and_reach(client, world):
    assert sign_in(client, "school")
    typed = {"oldpassword": make.PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert client.post(reverse("account_change_password"), typed | {"oldpassword": "x"}).status_code == 200
    assert client.post(reverse("account_change_password"), typed).url == reverse("offices:me")
    client.post(reverse("offices:me"), {"position": "ครู", "phone": "053", "email": "", "role": "administrator"})
    user = User.objects.get(username="school")
    assert user.check_password(NEW_PASSWORD)
    assert (user.position, user.role) == ("ครู", Role.SCHOOL)
    assert User.objects.get(username="school2").position == ""


def test_the_second_step_is_asked_for_and_recovery_codes_help_once(client, world):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import (
        TOTP,
        format_hotp_value,
        generate_totp_secret,
        hotp_value,
        yield_hotp_counters_from_time,
    )

    secret = generate_totp_secret()
    TOTP.activate(world.users[Role.SCHOOL], secret)
    codes = RecoveryCodes.activate(world.users[Role.SCHOOL])
    assert not sign_in(client, "school")
    counter = next(iter(yield_hotp_counters_from_time()))
    client.post(reverse("mfa_authenticate"), {"code": format_hotp_value(hotp_value(secret, counter))})
    assert client.get(reverse("offices:me")).status_code == 200
    spare = codes.get_unused_codes()[0]
    for works in (True, False):
        client.post(reverse("account_logout"))
        cache.clear()
        sign_in(client, "school")
        client.post(reverse("mfa_authenticate"), {"code": spare})
        assert (client.get(reverse("offices:me")).status_code == 200) == works


def test_the_first_administrator_is_made_once(db, monkeypatch):
    monkeypatch.setenv("FIRST_PASSWORD", "1234")
    with pytest.raises(CommandError):
        call_command("create_first_administrator", "admin", name="ผู้ดูแล")
    assert not User.objects.exists()
    monkeypatch.setenv("FIRST_PASSWORD", NEW_PASSWORD)
    call_command("create_first_administrator", "admin", name="ผู้ดูแล", verbosity=0)
    assert User.objects.get().role == Role.ADMINISTRATOR
    with pytest.raises(CommandError):
        call_command("create_first_administrator", "second", name="คนที่สอง")
