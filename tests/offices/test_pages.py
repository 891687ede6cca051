"""Every page of accounts, schools and years opens for its people, in Thai and in English."""

import pytest
from django.urls import reverse

from offices.models import Disclosure
from offices.roles import Role
from tests import factories as make


def opened(client, user, name, *args, language="th"):
    client.force_login(user)
    return client.get(reverse(name, args=args), headers={"accept-language": language})


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("role", Role)
def test_every_role_opens_its_pages(client, world, role, language):
    user = world.users[role]
    managers = {Role.PROVINCE, Role.DEPARTMENT, Role.ADMINISTRATOR}
    editors = {Role.DEPARTMENT, Role.ADMINISTRATOR}
    account = {
        Role.PROVINCE: world.users[Role.SCHOOL],
        Role.DEPARTMENT: world.users[Role.PROVINCE],
        Role.ADMINISTRATOR: world.users[Role.DEPARTMENT],
    }.get(role, world.users[Role.SCHOOL])
    pages = [
        ("offices:me", (), set(Role)),
        ("offices:accounts", (), managers),
        ("offices:account", (account.pk,), managers),
        ("offices:close_account", (account.pk,), managers),
        ("offices:reset_account", (account.pk,), managers),
        ("offices:hand_over_account", (account.pk,), managers),
        ("offices:invitations", (), managers),
        ("offices:invite", (), managers),
        ("offices:schools", (), managers),
        ("offices:school", (world.our_school.pk,), managers),
        ("offices:new_school", (), editors),
        ("offices:move_school", (world.our_school.pk,), editors),
        ("offices:close_school", (world.our_school.pk,), editors),
        ("offices:years", (), set(Role)),
        ("offices:year", (2569,), set(Role)),
        ("offices:edit_year", (2569,), {Role.DEPARTMENT}),
        ("offices:disclosures", (), {Role.SCHOOL, Role.PROVINCE, Role.DEPARTMENT}),
    ]
    for name, args, allowed in pages:
        response = opened(client, user, name, *args, language=language)
        assert (response.status_code, name) == (200 if role in allowed else 403, name)


@pytest.mark.parametrize("language", ["th", "en"])
def test_pages_of_signing_in_open(client, world, language):
    for name in ("account_login", "account_reset_password", "account_reset_password_done", "account_inactive",
                 "account_reset_password_from_key_done"):  # fmt: skip
        assert client.get(reverse(name), headers={"accept-language": language}).status_code == 200
    client.post(reverse("account_login"), {"login": "school", "password": make.PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": make.PASSWORD})
    for name in ("account_change_password", "account_reauthenticate", "account_logout", "mfa_index",
                 "mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn"):  # fmt: skip
        response = client.get(reverse(name), headers={"accept-language": language})
        assert (response.status_code, response.headers.get("location")) == (200, None), name


def test_pages_hold_no_script_and_no_style_of_their_own(client, world):
    client.post(reverse("account_login"), {"login": "department", "password": make.PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": make.PASSWORD})
    for url in (reverse("mfa_index"), reverse("mfa_activate_totp"), reverse("offices:edit_year", args=[2569])):
        page = client.get(url).content.decode()
        assert " style=" not in page
        assert "onclick" not in page


def test_lists_cost_at_most_ten_queries_at_any_volume(client, world, django_assert_max_num_queries):
    from offices.models import Invitation, School, User

    department, administrator = world.users[Role.DEPARTMENT], world.users[Role.ADMINISTRATOR]
    for volume in (25, 2500):
        User.objects.bulk_create(
            User(username=f"p{volume}-{n}", name=f"คน {n}", role=Role.PROVINCE, province=world.our_province)
            for n in range(volume)
        )
        School.objects.bulk_create(School(code=f"B{volume}-{n}", name=f"โรงเรียน {n}") for n in range(volume))
        Invitation.objects.bulk_create(
            Invitation(username=f"i{volume}-{n}", name=f"คน {n}", role=Role.PROVINCE, province=world.our_province,
                       token_hash=f"{volume}-{n}", invited_by=department, expires_at="2030-01-01T00:00Z")
            for n in range(volume)
        )  # fmt: skip
        Disclosure.objects.bulk_create(
            Disclosure(
                school=world.our_school, act="reveal", subject="trainees.Trainee", subject_id=n, by=department
            )
            for n in range(volume)
        )
        for user, names in ((department, ("accounts", "invitations", "schools", "disclosures", "years")),
                            (administrator, ("accounts", "invitations", "schools"))):  # fmt: skip
            client.force_login(user)
            for name in names:
                client.get(reverse(f"offices:{name}"))  # the first visit of a session stores it
                with django_assert_max_num_queries(10):
                    assert client.get(reverse(f"offices:{name}")).status_code == 200
