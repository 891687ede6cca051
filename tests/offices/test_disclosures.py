"""Who saw personal data: told to the school whose people they are, and to the offices above it."""

from django.urls import reverse

from offices.models import Disclosure
from offices.roles import Role


def made(school, by, **facts):
    return Disclosure.objects.create(
        school=school, by=by, **{"act": "reveal", "subject": "trainees.Trainee", "reason": "ตรวจบัตร", **facts}
    )


def shown(client, user, **asked):
    client.force_login(user)
    response = client.get(reverse("offices:disclosures"), asked or {"act": ""})
    return response, {row.pk for row in response.context["table"].data}


def test_a_school_sees_who_saw_its_people_and_no_others(client, world):
    ours = made(world.our_school, world.users[Role.DEPARTMENT])
    theirs = made(world.their_school, world.strangers[Role.SCHOOL], reason="เรื่องของเขา")
    page, rows = shown(client, world.users[Role.SCHOOL])
    assert rows == {ours.pk}
    assert "ตรวจบัตร" in page.content.decode() and "เรื่องของเขา" not in page.content.decode()
    assert shown(client, world.strangers[Role.SCHOOL])[1] == {theirs.pk}
    assert shown(client, world.users[Role.PROVINCE])[1] == {ours.pk}
    assert shown(client, world.users[Role.DEPARTMENT])[1] == {ours.pk, theirs.pk}


def test_the_administrator_sees_no_personal_business(client, world):
    client.force_login(world.users[Role.ADMINISTRATOR])
    assert client.get(reverse("offices:disclosures")).status_code == 403


def test_filters_find_by_act_person_and_thai_day(client, world):
    seen = made(world.our_school, world.users[Role.SCHOOL])
    taken = made(world.our_school, world.users[Role.PROVINCE], act="export", rows=12)
    user = world.users[Role.DEPARTMENT]
    assert shown(client, user, act="export")[1] == {taken.pk}
    assert shown(client, user, words=world.users[Role.SCHOOL].name)[1] == {seen.pk}
    assert shown(client, user, school=world.their_school.pk)[1] == set()
    assert shown(client, user, until="1/1/2500")[1] == set()
    assert shown(client, user, since="1/1/2500")[1] == {seen.pk, taken.pk}


def test_a_list_is_found_again_as_it_was_left(client, world):
    user = world.users[Role.SCHOOL]
    shown(client, user, act="export")
    url = reverse("offices:disclosures")
    assert client.get(url).url == f"{url}?act=export"
    assert client.get(url, headers={"referer": f"http://testserver{url}?act=export"}).status_code == 200
    assert client.get(url).status_code == 200  # cleared
