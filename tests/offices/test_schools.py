"""Schools: seen by place, moved from a day on, opened and closed."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from courses.models import Course
from offices.models import Membership, School
from offices.moving import move_school
from offices.roles import Role
from offices.scoping import DEPARTMENT_EYES
from tests import factories as make

P, D, A = Role.PROVINCE, Role.DEPARTMENT, Role.ADMINISTRATOR


@pytest.fixture
def day(monkeypatch):
    """Stand on a day."""

    def stand(on):
        for module in ("offices.scoping", "offices.lists"):
            monkeypatch.setattr(f"{module}.today", lambda: on)

    stand(date(2026, 2, 1))
    return stand


def test_each_office_lists_its_schools_and_no_others(client, world):
    def listed(user):
        client.force_login(user)
        return {row.name for row in client.get(reverse("offices:schools")).context["table"].data}

    assert listed(world.users[P]) == {world.our_school.name, world.sister_school.name}
    assert listed(world.strangers[P]) == {world.their_school.name}
    assert len(listed(world.users[D])) == len(listed(world.users[A])) == 4


def test_a_province_sees_no_strangers_school_and_no_other_provinces_name(client, world, day):
    client.force_login(world.strangers[P])
    assert client.get(reverse("offices:school", args=[world.our_school.pk])).status_code == 404
    move_school(school=world.our_school, to=world.their_province, since=date(2026, 1, 1), by=world.users[D])
    page = client.get(reverse("offices:school", args=[world.our_school.pk]))
    assert page.status_code == 200
    assert world.our_province.name_th not in page.content.decode().replace(world.our_school.name, "")


def test_filters_find_schools_by_province_kind_and_words(client, world):
    client.force_login(world.users[D])

    def found(**asked):
        return {row.name for row in client.get(reverse("offices:schools"), asked).context["table"].data}

    assert found(province="50") == {world.our_school.name, world.sister_school.name}
    assert found(province="null") == {world.attached_school.name}
    assert found(kind="attached") == {world.attached_school.name}
    assert found(words="1290010000") == {world.their_school.name}
    assert found(words="แม่ริม") == {world.our_school.name}


def test_a_school_moves_in_the_middle_of_a_year(client, world, day):
    client.force_login(world.users[D])
    url = reverse("offices:move_school", args=[world.our_school.pk])
    response = client.post(url, {"to": "90", "since": "๑/๓/๒๕๖๙"})
    assert response.status_code == 302
    rows = Membership.objects.visible_to(DEPARTMENT_EYES).filter(school=world.our_school).order_by("starts_on")
    assert [(m.province_id, m.starts_on, m.ends_on) for m in rows] == [
        ("50", date(1900, 1, 1), date(2026, 2, 28)),
        ("90", date(2026, 3, 1), None),
    ]
    assert world.ours.course in Course.objects.visible_to(world.users[P])
    day(date(2026, 3, 1))
    assert world.ours.course not in Course.objects.visible_to(world.users[P])
    assert world.ours.course in Course.objects.visible_to(world.strangers[P])
    context = client.get(reverse("offices:school", args=[world.our_school.pk])).context
    assert context["school"].province_name == "สงขลา"


def test_a_school_leaves_its_province_for_the_department(world, day):
    move_school(school=world.our_school, to=None, since=date(2026, 1, 1), by=world.users[D])
    assert world.ours.course not in Course.objects.visible_to(world.users[P])
    assert world.ours.waiver in type(world.ours.waiver).objects.decided_by(world.users[D])


def test_a_move_before_a_known_move_is_refused_with_its_day(client, world, day):
    move_school(school=world.our_school, to=world.their_province, since=date(2026, 3, 1), by=world.users[D])
    client.force_login(world.users[D])
    url = reverse("offices:move_school", args=[world.our_school.pk])
    response = client.post(url, {"to": "", "since": "1/3/2569"})
    assert "1 มี.ค. 2569" in str(response.context["form"].non_field_errors())
    response = client.post(url, {"to": "90", "since": "1/4/2569"})
    assert response.context["form"].non_field_errors()
    assert Membership.objects.visible_to(DEPARTMENT_EYES).filter(school=world.our_school).count() == 2


def test_only_the_department_and_the_administrator_move_schools(client, world):
    client.force_login(world.users[P])
    url = reverse("offices:move_school", args=[world.our_school.pk])
    assert client.post(url, {"to": "90", "since": "1/3/2569"}).status_code == 403
    with pytest.raises(PermissionDenied):
        move_school(school=world.our_school, to=None, since=date(2026, 3, 1), by=world.users[P])


def test_a_new_school_stands_in_its_province_in_thai_order(client, world):
    client.force_login(world.users[A])
    typed = {"code": "1250020000", "name": "สกร.ระดับอำเภอจอมทอง", "kind": "district", "province": "50"}
    response = client.post(reverse("offices:new_school"), typed)
    assert response.status_code == 302
    school = School.objects.visible_to(world.users[P]).get(code="1250020000")
    assert school.name_order
    response = client.post(reverse("offices:new_school"), typed)
    assert "code" in response.context["form"].errors
    assert School.objects.visible_to(world.users[D]).filter(code="1250020000").count() == 1


def test_a_school_closes_and_opens_again(client, world):
    client.force_login(world.users[D])
    school = make.SchoolFactory(name="ปิดแล้ว", opened_on=date(2026, 1, 1))
    url = reverse("offices:close_school", args=[school.pk])
    assert client.post(url, {"closed_on": "31/12/2568"}).context["form"].errors
    client.post(url, {"closed_on": "30/9/2569"})
    assert School.objects.visible_to(world.users[D]).get(pk=school.pk).closed_on == date(2026, 9, 30)
    client.post(reverse("offices:reopen_school", args=[school.pk]))
    assert School.objects.visible_to(world.users[D]).get(pk=school.pk).closed_on is None
    event = School.pgh_event_model.objects.filter(pgh_obj_id=school.pk).order_by("-pgh_id").first()
    assert event.pgh_context.metadata["act"] == "school.reopen"
