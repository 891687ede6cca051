"""Who may invite whom, and what an invitation's link is good for."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from offices.account_forms import InvitationForm
from offices.invitations import InvitationSpent, accept, invite, reissue, revoke
from offices.models import Invitation, User
from offices.permissions import GIVES
from offices.roles import Role

S, P, D, A = Role.SCHOOL, Role.PROVINCE, Role.DEPARTMENT, Role.ADMINISTRATOR
NEW_PASSWORD = "ข้าวเหนียวมะม่วง-2569"


def places(world):
    """Every role with every place there is."""
    return {
        "our school": {"role": S, "school": world.our_school},
        "sister school": {"role": S, "school": world.sister_school},
        "their school": {"role": S, "school": world.their_school},
        "attached school": {"role": S, "school": world.attached_school},
        "our province": {"role": P, "province": world.our_province},
        "their province": {"role": P, "province": world.their_province},
        "department": {"role": D},
        "administrator": {"role": A},
    }


MAY_INVITE_TO = {
    S: set(),
    P: {"our school", "sister school"},
    D: {"attached school", "our province", "their province"},
    A: {"our school", "sister school", "their school", "attached school", "our province", "their province",
        "department", "administrator"},
}  # fmt: skip
PLACE_NAMES = sorted(MAY_INVITE_TO[A])


@pytest.mark.parametrize("name", PLACE_NAMES)
@pytest.mark.parametrize("role", Role)
def test_nobody_gives_a_place_that_they_do_not_look_after(world, role, name):
    facts = places(world)[name]
    if name in MAY_INVITE_TO[role]:
        issued = invite(by=world.users[role], username="new", name="คนใหม่", **facts)
        assert accept(token=issued.token, password=NEW_PASSWORD).role == facts["role"]
    else:
        with pytest.raises(PermissionDenied):
            invite(by=world.users[role], username="new", name="คนใหม่", **facts)
        assert not Invitation.objects.exists()


@pytest.mark.parametrize("name", PLACE_NAMES)
@pytest.mark.parametrize("role", Role)
def test_an_attacker_posting_other_places_gets_nothing(client, world, role, name):
    facts = places(world)[name]
    client.force_login(world.users[role])
    typed = {
        "role": facts["role"],
        "school": facts["school"].code if "school" in facts else "",
        "province": facts["province"].pk if "province" in facts else "",
        "username": "new",
        "name": "คนใหม่",
    }
    response = client.post(reverse("offices:invite"), typed)
    if role == S:
        assert response.status_code == 403
    else:
        assert response.status_code == 200
    made = list(Invitation.objects.all())
    if name in MAY_INVITE_TO[role]:
        assert [(i.role, i.school, i.province) for i in made] == [
            (facts["role"], facts.get("school"), facts.get("province"))
        ]
    else:
        assert made == []


def test_a_role_cannot_be_given_with_the_place_of_another(client, world):
    client.force_login(world.users[A])
    for typed in (
        {"role": S, "province": "50"},
        {"role": S},
        {"role": P, "school": world.our_school.code},
        {"role": D, "school": world.our_school.code},
        {"role": A, "province": "50"},
        {"role": "janitor"},
    ):
        response = client.post(reverse("offices:invite"), {"username": "new", "name": "คนใหม่", **typed})
        assert response.status_code == 200
        assert response.context["form"].errors
    assert not Invitation.objects.exists()


def test_a_form_offers_only_the_places_that_its_user_looks_after(world):
    offered = InvitationForm(world.users[P]).fields
    assert set(offered["school"].queryset) == {world.our_school, world.sister_school}
    assert "province" not in offered and "role" not in offered
    offered = InvitationForm(world.users[D]).fields
    assert set(offered["school"].queryset) == {world.attached_school}
    assert set(offered["province"].queryset) == {world.our_province, world.their_province}
    assert [value for value, _ in offered["role"].choices] == ["", S, P]
    assert not GIVES[S]


def test_user_names_are_unique_in_any_case(client, world):
    client.force_login(world.users[P])
    typed = {"username": "SCHOOL2", "name": "คนใหม่", "school": world.our_school.code}
    response = client.post(reverse("offices:invite"), typed)
    assert "username" in response.context["form"].errors
    client.post(reverse("offices:invite"), typed | {"username": "new"})
    response = client.post(reverse("offices:invite"), typed | {"username": "NEW"})
    assert "username" in response.context["form"].errors
    assert Invitation.objects.count() == 1


def test_an_invited_person_chooses_a_password_and_is_signed_in(client, world):
    client.force_login(world.users[P])
    typed = {"username": "somchai", "name": "สมชาย", "school": world.our_school.code}
    page = client.post(reverse("offices:invite"), typed).content.decode()
    (link,) = re.findall(r"http://testserver(/offices/invitation/[\w-]+/)", page)
    assert "somchai" in page and "25" in page
    client.logout()
    assert "somchai" in client.get(link).content.decode()
    weak = client.post(link, {"new_password1": "1234", "new_password2": "1234"})
    assert weak.status_code == 200 and not User.objects.filter(username="somchai").exists()
    response = client.post(link, {"new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD})
    assert response.url == "/"
    somchai = User.objects.get(username="somchai")
    assert client.session["_auth_user_id"] == str(somchai.pk)
    assert (somchai.role, somchai.school, somchai.check_password(NEW_PASSWORD)) == (S, world.our_school, True)
    assert not somchai.is_superuser and not somchai.is_staff


def test_a_link_works_once(client, world):
    issued = invite(by=world.users[P], username="new", name="คนใหม่", role=S, school=world.our_school)
    link = reverse("offices:accept_invitation", args=[issued.token])
    accept(token=issued.token, password=NEW_PASSWORD)
    assert client.get(link).status_code == 410
    again = client.post(link, {"new_password1": NEW_PASSWORD + "x", "new_password2": NEW_PASSWORD + "x"})
    assert again.status_code == 410
    assert User.objects.get(username="new").check_password(NEW_PASSWORD)
    with pytest.raises(InvitationSpent):
        accept(token=issued.token, password=NEW_PASSWORD)
    with pytest.raises(InvitationSpent):
        reissue(invitation=issued.invitation, by=world.users[P])


def test_a_link_runs_out(client, world, settings):
    issued = invite(by=world.users[P], username="new", name="คนใหม่", role=S, school=world.our_school)
    days = issued.invitation.expires_at - timezone.now()
    assert timedelta(days=settings.INVITATION_DAYS) - days < timedelta(minutes=1)
    Invitation.objects.update(expires_at=timezone.now())
    assert client.get(reverse("offices:accept_invitation", args=[issued.token])).status_code == 410
    with pytest.raises(InvitationSpent):
        accept(token=issued.token, password=NEW_PASSWORD)


def test_a_revoked_or_replaced_link_is_dead(client, world):
    issued = invite(by=world.users[P], username="new", name="คนใหม่", role=S, school=world.our_school)
    revoke(invitation=issued.invitation, by=world.users[P])
    assert client.get(reverse("offices:accept_invitation", args=[issued.token])).status_code == 410
    anew = reissue(invitation=issued.invitation, by=world.users[P])
    assert client.get(reverse("offices:accept_invitation", args=[issued.token])).status_code == 404
    assert accept(token=anew.token, password=NEW_PASSWORD).username == "new"


def test_a_guessed_link_does_not_exist(client, world):
    assert client.get(reverse("offices:accept_invitation", args=["x" * 43])).status_code == 404


def test_the_database_does_not_hold_the_link(world):
    issued = invite(by=world.users[P], username="new", name="คนใหม่", role=S, school=world.our_school)
    assert issued.token not in str(Invitation.objects.values().get())
    assert "token_hash" not in {f.name for f in Invitation.pgh_event_model._meta.get_fields()}


def test_a_stranger_cannot_see_revoke_or_renew_our_invitation(client, world):
    issued = invite(by=world.users[P], username="new", name="คนใหม่", role=S, school=world.our_school)
    for stranger in (world.strangers[P], world.users[D]):
        client.force_login(stranger)
        assert "คนใหม่" not in client.get(reverse("offices:invitations")).content.decode()
        for name in ("offices:revoke_invitation", "offices:reissue_invitation"):
            assert client.post(reverse(name, args=[issued.invitation.pk])).status_code == 404
    with pytest.raises(PermissionDenied):
        revoke(invitation=issued.invitation, by=world.strangers[P])
    assert Invitation.objects.waiting().count() == 1


def test_mail_is_sent_only_where_there_is_an_address(
    client, world, mailoutbox, django_capture_on_commit_callbacks
):
    client.force_login(world.users[P])
    typed = {"name": "คนใหม่", "school": world.our_school.code}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("offices:invite"), typed | {"username": "one"})
        client.post(reverse("offices:invite"), typed | {"username": "two", "email": "two@example.org"})
    (mail,) = mailoutbox
    assert mail.to == ["two@example.org"]
    (token,) = re.findall(r"/offices/invitation/([\w-]+)/", mail.body)
    assert accept(token=token, password=NEW_PASSWORD).username == "two"


def test_who_invited_stands_in_the_history(world):
    issued = invite(by=world.users[P], username="new", name="คนใหม่", role=S, school=world.our_school)
    event = Invitation.pgh_event_model.objects.get(pgh_obj=issued.invitation)
    assert event.pgh_context.metadata == {"user": world.users[P].pk, "act": "account.invite"}
