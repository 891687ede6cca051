"""The Django admin: for administrators with the second step, and for nothing of the schools' business."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from offices.admin import site
from offices.models import School, User
from offices.owned import SchoolOwned
from offices.roles import Role

REFERENCE = {"User", "School", "Membership", "Province", "District", "Subdistrict", "AreaGroup", "FiscalYear",
             "CourseType"}  # fmt: skip


@pytest.fixture
def administrator(client, world):
    user = world.users[Role.ADMINISTRATOR]
    Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    client.force_login(user)
    return user


@pytest.mark.parametrize("role", [Role.SCHOOL, Role.PROVINCE, Role.DEPARTMENT])
def test_the_admin_does_not_exist_for_others(client, world, role):
    user = world.users[role]
    user.is_staff = user.is_superuser = True  # even so
    user.save()
    Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    client.force_login(user)
    assert client.get("/admin/").status_code == 404
    assert client.get(reverse("admin:offices_user_changelist")).status_code == 404


def test_an_administrator_without_the_second_step_is_led_to_it(client, world):
    client.force_login(world.users[Role.ADMINISTRATOR])
    response = client.get("/admin/")
    assert response.url == reverse("mfa_activate_totp")
    assert client.post(reverse("admin:offices_school_add"), {"code": "1"}).status_code == 302
    assert not School.objects.visible_to(world.users[Role.DEPARTMENT]).filter(code="1").exists()


def test_a_stranger_is_led_to_sign_in(client, db):
    page = client.get("/admin/", follow=True)
    assert page.redirect_chain[-1] == (f"{reverse('account_login')}?next=/admin/", 302)


def test_a_passkey_alone_does_not_open_the_admin(client, world):
    user = world.users[Role.ADMINISTRATOR]
    Authenticator.objects.create(user=user, type="webauthn", data={})
    client.force_login(user)
    assert client.get("/admin/").status_code == 302


def test_only_accounts_and_reference_data_are_registered():
    registered = {model.__name__ for model in site._registry}
    assert registered == REFERENCE
    assert [m.__name__ for m in site._registry if issubclass(m, SchoolOwned)] == ["Membership"]
    assert {m._meta.app_label for m in site._registry} == {"offices"}


def test_every_page_of_it_opens_and_shows_no_password(client, world, administrator):
    assert client.get("/admin/").status_code == 200
    for model in site._registry:
        name = f"admin:offices_{model._meta.model_name}"
        page = client.get(reverse(f"{name}_changelist"))
        assert page.status_code == 200
        row = site._registry[model].get_queryset(page.wsgi_request).first()
        if row is not None:
            page = client.get(reverse(f"{name}_change", args=[row.pk]))
            assert page.status_code == 200, name
            assert "argon2" not in page.content.decode() and "md5$" not in page.content.decode()


def test_a_school_is_changed_and_its_code_stays_its_own(client, world, administrator):
    url = reverse("admin:offices_school_change", args=[world.our_school.pk])
    page = client.get(url)
    fields = page.context["adminform"].form.initial
    sent = {k: v for k, v in fields.items() if v is not None} | {"name": "ชื่อใหม่"}
    for inline in page.context["inline_admin_formsets"]:
        sent |= {f"{inline.formset.prefix}-TOTAL_FORMS": 0, f"{inline.formset.prefix}-INITIAL_FORMS": 0}
    assert client.post(url, sent | {"code": world.their_school.code}).status_code == 200
    assert client.post(url, sent).status_code == 302
    school = School.objects.visible_to(world.users[Role.DEPARTMENT]).get(pk=world.our_school.pk)
    assert (school.name, school.code) == ("ชื่อใหม่", world.our_school.code)


def test_an_account_is_changed_without_its_password_or_rank(client, world, administrator):
    user = world.users[Role.SCHOOL]
    url = reverse("admin:offices_user_change", args=[user.pk])
    sent = {"username": "school", "name": "ชื่อใหม่", "role": "school", "school": world.sister_school.pk,
            "is_superuser": "on", "is_staff": "on", "password": "x", "is_demo": "on"}  # fmt: skip
    assert client.post(url, sent).status_code == 302
    changed = User.objects.get(pk=user.pk)
    assert (changed.name, changed.school) == ("ชื่อใหม่", world.sister_school)
    assert not changed.is_superuser and not changed.is_staff and not changed.is_demo
    assert changed.password == user.password
    assert client.post(url, sent | {"role": "province"}).status_code == 200  # a role without its place


def test_nobody_changes_their_own_role_there(client, world, administrator):
    url = reverse("admin:offices_user_change", args=[administrator.pk])
    client.post(url, {"username": "administrator", "name": "ก", "role": "department"})
    assert User.objects.get(pk=administrator.pk).role == Role.ADMINISTRATOR
    assert client.post(reverse("admin:offices_user_delete", args=[administrator.pk])).status_code == 403
