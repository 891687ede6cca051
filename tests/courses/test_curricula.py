"""A school's curricula: who sees them, entry, the count of courses made from them, the bin."""

from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.models import Curriculum
from offices.roles import Role
from tests import factories as make

LIST, CREATE = reverse("courses:curricula"), reverse("courses:curriculum_create")
TYPED = {
    "title": "การตัดผม",
    "hours_theory": "๒",
    "hours_practice": "8.5",
    "trade_group": "commerce",
    "fit": "general",
}


def titles(response) -> list[str]:
    return [row.record.title for row in response.context["table"].page.object_list]


def of_ours(world):
    return Curriculum.objects.visible_to(world.users[Role.SCHOOL])


def there(curriculum, name="curriculum_edit"):
    return reverse(f"courses:{name}", args=[curriculum.pk])


def test_everyone_sees_the_curricula_of_their_own_place_only(world, clerk, stranger, signed_in):
    assert titles(clerk.get(LIST)) == [world.ours.curriculum.title]
    assert titles(stranger.get(LIST)) == [world.theirs.curriculum.title]
    assert titles(signed_in(world.users[Role.PROVINCE]).get(LIST)) == [world.ours.curriculum.title]
    assert len(titles(signed_in(world.users[Role.DEPARTMENT]).get(LIST))) == 3


def test_a_curriculum_is_entered_and_then_offered_to_courses(world, clerk, stranger):
    answer = clerk.post(CREATE, TYPED | {"aims": "มีรายได้"})
    made = of_ours(world).get(title="การตัดผม")
    assert answer.url == there(made, "curriculum")
    assert (made.hours_theory, made.hours_practice, made.hours) == (Decimal(2), Decimal("8.5"), Decimal("10.5"))
    assert made.school == world.our_school and made.title_order
    assert "การตัดผม" in clerk.get(reverse("courses:create")).content.decode()
    assert "การตัดผม" not in stranger.get(reverse("courses:create")).content.decode()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "\u200b"}, "title"),
        ({"title": "ก" * 201}, "title"),
        ({"hours_theory": "-1"}, "hours_theory"),
        ({"hours_theory": "สอง"}, "hours_theory"),
        ({"hours_theory": "", "hours_practice": ""}, "hours_practice"),
        ({"hours_practice": "1000000"}, "hours_practice"),
        ({"trade_group": "space"}, "trade_group"),
    ],
)
def test_what_is_wrong_is_said_in_thai_beside_its_field(world, clerk, stranger, wrong, field):
    response = clerk.post(CREATE, TYPED | wrong)
    errors = response.context["form"].errors
    assert list(errors) == [field]
    assert any("\u0e00" <= letter <= "\u0e7f" for letter in errors[field][0])
    assert of_ours(world).count() == 1
    assert titles(stranger.get(LIST)) == [world.theirs.curriculum.title]


WILD = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60) | st.sampled_from(
    ["\x00", "1e400", "NaN", "9" * 5000, "๙" * 300, "😀" * 300]
)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.dictionaries(st.sampled_from([*TYPED, "aims", "version"]), WILD, min_size=1))
def test_whatever_is_typed_is_saved_or_answered_with_its_form(world, clerk, stranger, data):
    for address in (CREATE, there(world.ours.curriculum)):
        response = clerk.post(address, TYPED | data)
        assert response.status_code == 302 or response.context["form"].errors
    assert stranger.post(there(world.ours.curriculum), TYPED | data).status_code == 404


def test_the_second_of_two_editors_sees_the_difference(world, clerk, stranger):
    curriculum = world.ours.curriculum
    seen = str(of_ours(world).get(pk=curriculum.pk).version)
    assert clerk.post(there(curriculum), TYPED | {"version": seen, "title": "ของเขา"}).status_code == 302
    form = clerk.post(there(curriculum), TYPED | {"version": seen, "title": "ของฉัน"}).context["form"]
    assert [(d.mine, d.theirs) for d in form.conflict] == [("ของฉัน", "ของเขา")]
    assert of_ours(world).get(pk=curriculum.pk).title == "ของเขา"
    assert stranger.post(there(curriculum), TYPED | {"version": seen}).status_code == 404


def test_a_curriculum_says_how_many_courses_were_made_from_it_and_stays_while_it_is_used(world, clerk, stranger):
    curriculum = world.ours.curriculum
    world.make_course(curriculum)
    (row,) = clerk.get(LIST).context["table"].page.object_list
    assert row.record.used == 2
    page = clerk.post(there(curriculum, "curriculum_bin"), follow=True)
    assert "2" in next(str(message) for message in page.context["messages"])
    assert of_ours(world).filter(pk=curriculum.pk).exists()
    assert stranger.post(there(curriculum, "curriculum_bin")).status_code == 404


def test_an_unused_curriculum_goes_into_the_bin_and_comes_back(world, clerk, stranger):
    unused = make.CurriculumFactory(school=world.our_school, title="ไม่ใช้แล้ว")
    page = clerk.post(there(unused, "curriculum_bin"), follow=True)
    assert there(unused, "curriculum_restore") in page.content.decode()
    assert "ไม่ใช้แล้ว" in clerk.get(reverse("courses:bin_list")).content.decode()
    assert "ไม่ใช้แล้ว" not in clerk.get(reverse("courses:create")).content.decode()
    assert stranger.post(there(unused, "curriculum_restore")).status_code == 404
    clerk.post(there(unused, "curriculum_restore"))
    assert "ไม่ใช้แล้ว" in titles(clerk.get(LIST))


@pytest.mark.parametrize("rows", [25, 2500])
@pytest.mark.parametrize("role", [Role.SCHOOL, Role.PROVINCE, Role.DEPARTMENT])
def test_the_list_costs_ten_queries_at_any_volume(world, signed_in, django_assert_max_num_queries, rows, role):
    Curriculum.objects.bulk_create(
        Curriculum(school=world.our_school, title=f"การทอผ้า {n}", trade_group="commerce", hours_practice=5)
        for n in range(rows)
    )
    client = signed_in(world.users[role])
    client.get(LIST, {"q": "ทอผ้า"})
    with django_assert_max_num_queries(10):
        response = client.get(LIST, {"q": "ทอผ้า"})
    assert response.context["count"] == rows
    assert signed_in(world.strangers[Role.SCHOOL]).get(LIST, {"q": "ทอผ้า"}).context["count"] == 0


def test_province_and_department_read_and_never_write(world, signed_in, stranger):
    for role in (Role.PROVINCE, Role.DEPARTMENT):
        reader = signed_in(world.users[role])
        assert there(world.ours.curriculum) not in reader.get(LIST).content.decode()
        assert reader.get(CREATE).status_code == 403
        assert reader.post(there(world.ours.curriculum), TYPED).status_code == 403
    assert stranger.get(there(world.ours.curriculum)).status_code == 404
