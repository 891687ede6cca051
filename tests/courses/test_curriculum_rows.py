"""The structure of a curriculum (form 3): rows typed, ordered, added up, taken out, copied; nothing lost."""

from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.models import Curriculum, Topic
from offices.roles import Role
from tests import factories as make

CREATE = reverse("courses:curriculum_create")
TYPED = {"title": "การทอผ้า", "trade_group": "industry", "fit": "community"}


def page_of(curriculum, name="curriculum"):
    return reverse(f"courses:{name}", args=[curriculum.pk])


def rows(*lines, **more) -> dict[str, str]:
    """What the rows of the form send."""
    sent = {"topics-TOTAL_FORMS": str(len(lines)), "topics-INITIAL_FORMS": "0"}
    for number, line in enumerate(lines):
        sent |= {f"topics-{number}-{name}": value for name, value in line.items()}
    return sent | more


def line(title, theory="", practice="", **more):
    return {"title": title, "hours_theory": theory, "hours_practice": practice, **more}


def topics_of(world, curriculum) -> list[Topic]:
    return list(Topic.objects.visible_to(world.users[Role.SCHOOL]).filter(curriculum=curriculum))


def stored(world, title="การทอผ้า") -> Curriculum:
    return Curriculum.objects.visible_to(world.users[Role.SCHOOL]).get(title=title)


@pytest.fixture
def weaving(world):
    """A curriculum of ours with three rows, 2 hours of theory and 6 of practice."""
    curriculum = make.CurriculumFactory(
        school=world.our_school, title="การทอผ้า", hours_theory=Decimal(2), hours_practice=Decimal(6)
    )
    for position, (title, theory, practice) in enumerate((("เส้นใย", 1, 1), ("ย้อมสี", 1, 2), ("ทอ", 0, 3)), 1):
        make.TopicFactory(
            curriculum=curriculum, position=position, title=title, hours_theory=theory, hours_practice=practice
        )
    return curriculum


def sent_back(world, curriculum, **changes) -> dict[str, str]:
    """What the open form holds, as the browser would send it."""
    fresh = stored(world, curriculum.title)
    lines = [
        line(t.title, str(t.hours_theory), str(t.hours_practice), row=str(t.pk), position=str(t.position))
        for t in topics_of(world, curriculum)
    ]
    hours = {"hours_theory": str(fresh.hours_theory), "hours_practice": str(fresh.hours_practice)}
    return TYPED | hours | rows(*lines) | {"version": str(fresh.version)} | changes


def test_everything_of_form_3_is_entered_and_shown(world, clerk, stranger):
    facts = TYPED | {
        "duration": "๒ วัน", "background": "ชุมชนปลูกฝ้าย", "principles": "เรียนรู้จากการทำ", "aims": "ทอผ้าได้",
        "target": "กลุ่มสตรี 15 คน", "media": "กี่ทอผ้า", "assessment": "ชิ้นงาน", "completion": "เรียนครบ 80%",
        "value_chain": ["downstream", "upstream"], "local_wisdom": "ผ้าตีนจก",
        "digital_use": "ออกแบบลายด้วย AI", "qualification_standard": "ช่างทอผ้า ระดับ 1",
    }  # fmt: skip
    answer = clerk.post(
        CREATE, facts | rows(line("เส้นใย", "๑", "๒.๕", objective="รู้จัก", content="ฝ้าย", process="ดู"))
    )
    made = stored(world)
    assert answer.url == page_of(made)
    assert made.value_chain == ["upstream", "downstream"]  # in the order of the chain, not of the ticks
    assert (made.hours_theory, made.hours_practice) == (1, Decimal("2.5"))  # left empty: what the rows add up to
    shown = clerk.get(answer.url).content.decode()
    for words in (*facts["duration"].split(), "ชุมชนปลูกฝ้าย", "กี่ทอผ้า", "เรียนครบ 80%", "ต้นน้ำ → ปลายน้ำ", "ผ้าตีนจก",
                  "ออกแบบลายด้วย AI", "ช่างทอผ้า ระดับ 1", "รู้จัก", "3.5 ชั่วโมง"):  # fmt: skip
        assert words in shown
    assert stranger.get(answer.url).status_code == 404


def test_hours_that_do_not_agree_are_told_with_both_figures(world, clerk, stranger, weaving):
    assert clerk.get(page_of(weaving)).context["disagreements"] == []
    clerk.post(page_of(weaving, "curriculum_edit"), sent_back(world, weaving, hours_practice="๗.๕"))
    (told,) = clerk.get(page_of(weaving)).context["disagreements"]
    assert "ปฏิบัติ" in told and "7.5" in told and "6" in told
    assert told in clerk.get(page_of(weaving)).content.decode()
    assert stranger.post(page_of(weaving, "curriculum_edit"), {}).status_code == 404


def test_rows_follow_their_numbers_and_a_moved_row_goes_where_it_was_sent(world, clerk, stranger, weaving):
    edit = page_of(weaving, "curriculum_edit")
    clerk.post(edit, sent_back(world, weaving, **{"topics-2-position": "๑"}))
    assert [(t.position, t.title) for t in topics_of(world, weaving)] == [(1, "ทอ"), (2, "เส้นใย"), (3, "ย้อมสี")]
    clerk.post(edit, sent_back(world, weaving, **{"topics-0-position": "3"}))
    assert [t.title for t in topics_of(world, weaving)] == ["เส้นใย", "ย้อมสี", "ทอ"]
    assert stranger.post(edit, sent_back(world, weaving)).status_code == 404


def test_a_row_is_taken_out_and_another_added_in_its_midst(world, clerk, stranger, weaving):
    sent = sent_back(world, weaving, **{"topics-0-DELETE": "on"})
    sent |= {"topics-TOTAL_FORMS": "5", "topics-3-title": "ขาย", "topics-3-position": "3", "topics-4-title": " "}
    clerk.post(page_of(weaving, "curriculum_edit"), sent)
    assert [(t.position, t.title) for t in topics_of(world, weaving)] == [(1, "ย้อมสี"), (2, "ขาย"), (3, "ทอ")]
    assert all(t.school_id == world.our_school.pk for t in topics_of(world, weaving))
    assert "โครงสร้าง" in clerk.get(page_of(weaving)).context["events"][0].what
    assert stranger.get(page_of(weaving)).status_code == 404


def test_all_that_is_wrong_is_told_at_once_and_nothing_typed_is_lost(world, clerk, stranger, weaving):
    before = [(t.title, t.hours_practice) for t in topics_of(world, weaving)]
    wrong = {"title": "", "topics-0-title": "", "topics-1-hours_theory": "สอง", "topics-2-content": "เนื้อหาใหม่"}
    response = clerk.post(page_of(weaving, "curriculum_edit"), sent_back(world, weaving, **wrong))
    form, forms = response.context["form"], response.context["rows"].forms
    assert list(form.errors) == ["title"]
    assert [list(row.errors) for row in forms] == [["title"], ["hours_theory"], []]
    summary = response.content.decode().split('class="error-summary"')[1].split("</div>")[0]
    for target in ("#id_title", "#id_topics-0-title", "#id_topics-1-hours_theory"):
        assert f'href="{target}"' in summary
    assert "แถวที่ 2" in summary
    assert "สอง" in response.content.decode() and "เนื้อหาใหม่" in response.content.decode()
    assert [(t.title, t.hours_practice) for t in topics_of(world, weaving)] == before
    assert stranger.get(page_of(weaving, "curriculum_edit")).status_code == 404


def test_of_two_editors_of_rows_the_second_sees_what_differs(world, clerk, stranger, weaving):
    edit = page_of(weaving, "curriculum_edit")
    first = sent_back(world, weaving, **{"topics-1-title": "ย้อมคราม"})
    second = sent_back(world, weaving, **{"topics-1-title": "ย้อมครั่ง"})
    clerk.post(edit, first)
    form = clerk.post(edit, second).context["form"]
    assert [(d.mine, d.theirs) for d in form.conflict] == [("ย้อมครั่ง · 1 + 2", "ย้อมคราม · 1 + 2")]
    assert form.changed_by == world.users[Role.SCHOOL].name
    assert topics_of(world, weaving)[1].title == "ย้อมคราม"
    clerk.post(edit, second | {"version": form["version"].value()})
    assert topics_of(world, weaving)[1].title == "ย้อมครั่ง"
    assert stranger.post(edit, second).status_code == 404


def test_a_row_that_somebody_added_unseen_stays(world, clerk, stranger, weaving):
    sent = sent_back(world, weaving)
    make.TopicFactory(curriculum=weaving, position=4, title="ของเพื่อน")
    clerk.post(page_of(weaving, "curriculum_edit"), sent)
    assert [t.title for t in topics_of(world, weaving)][-1] == "ของเพื่อน"
    assert stranger.get(page_of(weaving)).status_code == 404


def test_a_key_of_anothers_row_touches_nothing_of_theirs(world, clerk, stranger, weaving):
    theirs = make.TopicFactory(curriculum=world.theirs.curriculum, position=1, title="ของโรงเรียนอื่น")
    sent = sent_back(world, weaving, **{"topics-0-row": str(theirs.pk), "topics-0-title": "ยึดมา"})
    clerk.post(page_of(weaving, "curriculum_edit"), sent)
    kept = Topic.objects.visible_to(world.strangers[Role.SCHOOL]).get(pk=theirs.pk)
    assert (kept.title, kept.curriculum_id) == ("ของโรงเรียนอื่น", world.theirs.curriculum.pk)
    assert "ยึดมา" not in stranger.get(page_of(world.theirs.curriculum)).content.decode()


def test_saving_unchanged_rows_changes_nothing(world, clerk, stranger, weaving):
    clerk.post(page_of(weaving, "curriculum_edit"), sent_back(world, weaving))  # the classification changes once
    before = stored(world).version, [t.version for t in topics_of(world, weaving)]
    clerk.post(page_of(weaving, "curriculum_edit"), sent_back(world, weaving))
    assert (stored(world).version, [t.version for t in topics_of(world, weaving)]) == before
    assert stranger.get(page_of(weaving)).status_code == 404


def test_more_than_a_hundred_rows_are_refused(world, clerk, stranger):
    response = clerk.post(CREATE, TYPED | rows(*[line(f"เรื่อง {n}", "1") for n in range(101)]))
    assert "100" in response.context["rows"].non_form_errors()[0]
    assert not Topic.objects.visible_to(world.users[Role.SCHOOL]).exists()
    assert stranger.get(reverse("courses:curricula")).context["count"] == 1


def test_a_copy_is_filled_with_the_rows_and_leaves_the_first_alone(world, clerk, stranger, weaving):
    response = clerk.get(page_of(weaving, "curriculum_copy"))
    assert response.context["form"]["title"].value() == "การทอผ้า"
    forms = response.context["rows"].forms
    assert [row["title"].value() for row in forms][:4] == ["เส้นใย", "ย้อมสี", "ทอ", None]
    assert [row["row"].value() for row in forms] == [None] * 6
    lines = [line(row["title"].value(), "1", "1") for row in forms[:3]]
    clerk.post(response.context["action"], TYPED | {"title": "การทอผ้า 2"} | rows(*lines))
    assert len(topics_of(world, stored(world, "การทอผ้า 2"))) == len(topics_of(world, weaving)) == 3
    assert stranger.get(page_of(weaving, "curriculum_copy")).status_code == 404


def test_the_page_says_where_a_curriculum_is_used(world, clerk, stranger, weaving):
    course = world.make_course(weaving, name="ทอผ้ารุ่น 1")
    page = clerk.get(page_of(weaving))
    assert page.context["used"] == 1 and list(page.context["courses"]) == [course]
    assert page_of(weaving) in clerk.get(reverse("courses:detail", args=[course.pk])).content.decode()
    assert stranger.get(page_of(weaving)).status_code == 404


def test_province_and_department_read_the_page_only(world, signed_in, stranger, weaving):
    for role in (Role.PROVINCE, Role.DEPARTMENT):
        page = signed_in(world.users[role]).get(page_of(weaving)).content.decode()
        assert "ย้อมสี" in page and page_of(weaving, "curriculum_edit") not in page
        assert page_of(weaving, "curriculum_copy") not in page
    assert stranger.get(page_of(weaving)).status_code == 404


@pytest.mark.parametrize("many", [3, 100])
def test_page_and_form_cost_the_same_at_any_volume(world, clerk, stranger, django_assert_max_num_queries, many):
    curriculum = world.ours.curriculum
    for position in range(1, many + 1):
        make.TopicFactory(curriculum=curriculum, position=position)
    for name in ("curriculum", "curriculum_edit", "curriculum_copy"):
        clerk.get(page_of(curriculum, name))
        with django_assert_max_num_queries(12):
            clerk.get(page_of(curriculum, name))
        assert stranger.get(page_of(curriculum, name)).status_code == 404


WILD = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40) | st.sampled_from(
    ["\x00", "1e400", "NaN", "-1", "9" * 5000, "๙" * 300, "on"]
)
NAMES = ["TOTAL_FORMS", "INITIAL_FORMS", "MAX_NUM_FORMS"] + [
    f"{n}-{name}"
    for n in (0, 1)
    for name in ("row", "position", "title", "content", "hours_theory", "hours_practice", "DELETE")
]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.dictionaries(st.sampled_from([f"topics-{name}" for name in NAMES]), WILD, min_size=1))
def test_whatever_rows_are_sent_are_saved_or_answered_with_their_form(world, clerk, stranger, data):
    curriculum = world.ours.curriculum
    for address in (CREATE, page_of(curriculum, "curriculum_edit")):
        response = clerk.post(address, TYPED | {"hours_practice": "8"} | rows(line("ก", "1"), line("ข")) | data)
        errors = response.context and (response.context["form"].errors or not response.context["rows"].is_valid())
        assert response.status_code == 302 or errors
    assert stranger.post(page_of(curriculum, "curriculum_edit"), TYPED | data).status_code == 404
