"""Curricula, need surveys and the names of money as files: the rows of the list, for whoever sees them."""

from decimal import Decimal

import pytest
from django.urls import reverse

from courses import tasks
from courses.views import files
from jobs.models import Job
from offices.roles import Role
from tests import factories as make


def text_of(answer):
    return b"".join(answer.streaming_content).decode("utf-8-sig")


def rows(text):
    return [line.split(",") for line in text.split("\r\n\r\n")[0].split("\r\n")[1:]]


def to(name, ending="csv"):
    return reverse(name, args=[ending])


def test_curricula_go_into_a_file_narrowed_and_ordered_as_the_list(world, clerk, stranger, signed_in):
    make.CurriculumFactory(
        school=world.our_school, title="ช่างไฟ", trade_group="industry", hours_theory=Decimal("2.5"),
        hours_practice=Decimal("5.5"), value_chain=["upstream", "downstream"], aims="ซ่อมได้",
    )  # fmt: skip
    make.CurriculumFactory(school=world.our_school, title="ก่ออิฐ", trade_group="industry")
    asked = to("courses:curriculum_export") + "?trade_group=industry&sort=-title"
    found = rows(text_of(clerk.post(asked)))
    assert [row[2] for row in found] == ["ช่างไฟ", "ก่ออิฐ"]
    assert found[0][5:8] == ["2.5", "5.5", "8.0"] and "→" in found[0][8] and "ซ่อมได้" in found[0]
    everything = rows(text_of(clerk.post(to("courses:curriculum_export"))))
    assert {row[2]: row[9] for row in everything}[world.ours.curriculum.title] == "1"
    theirs = text_of(stranger.post(asked))
    assert "ช่างไฟ" not in theirs and world.our_school.name not in theirs
    department = text_of(signed_in(world.users[Role.DEPARTMENT]).post(to("courses:curriculum_export")))
    assert world.ours.curriculum.title in department and world.theirs.curriculum.title in department


def test_need_surveys_go_into_a_file_with_how_many_answered(world, clerk, stranger):
    survey = make.SurveyFactory(
        school=world.our_school, fiscal_year=world.year, title="อยากเรียนอะไร", topics=["ตัดผม"]
    )
    make.SurveyFactory(school=world.their_school, fiscal_year=world.year, title="ของเขา")
    make.AnswerFactory(survey=survey, contact="ป้าศรี 0812345678", has_contact=True)
    make.AnswerFactory(survey=survey)
    text = text_of(clerk.post(to("courses:survey_export")))
    ((code, school, title, _from, _until, answers, topics),) = rows(text)
    assert (code, school, title, answers, topics) == (
        world.our_school.code, world.our_school.name, "อยากเรียนอะไร", "2", "ตัดผม",
    )  # fmt: skip
    assert "ป้าศรี" not in text
    assert "อยากเรียนอะไร" not in text_of(stranger.post(to("courses:survey_export")))
    assert rows(text_of(clerk.post(to("courses:survey_export") + "?q=ไม่มี"))) in ([], [[""]])


def test_many_curricula_and_surveys_become_jobs(world, clerk, stranger, monkeypatch):
    make.SurveyFactory(school=world.our_school, fiscal_year=world.year, title="อยากเรียนอะไร")
    monkeypatch.setattr(files, "MOST_AT_ONCE", 0)
    clerk.post(to("courses:curriculum_export"))
    clerk.post(to("courses:survey_export"))
    for job, task, words in zip(
        Job.objects.order_by("pk"),
        (tasks.export_curricula, tasks.export_surveys),
        (world.ours.curriculum.title, "อยากเรียนอะไร"),
        strict=True,
    ):
        with task.work(job).file.open() as file:
            assert words in file.read().decode("utf-8-sig")
        assert stranger.get(reverse("jobs:detail", args=[job.pk])).status_code == 404


def test_the_names_of_money_go_into_one_file_of_three_tables(world, money, clerk, stranger):
    make.RateFactory(expense_line=money.speakers, what="วิทยากรภายนอก", most=Decimal("600.00"))
    for reader in (clerk, stranger):  # names are everybody's
        text = text_of(reader.post(to("money:name_export")))
        tables = text.split("\r\n\r\n")
        assert money.line.item in tables[0] and money.materials.name in tables[1]
        assert "วิทยากรภายนอก,600.00" in tables[2]


@pytest.mark.parametrize("name", ["courses:curriculum_export", "courses:survey_export", "money:name_export"])
def test_no_other_kind_of_file_exists(clerk, stranger, name):
    for reader in (clerk, stranger):
        assert reader.post(to(name, "exe")).status_code == 404


@pytest.mark.parametrize("wild", ["%00", "9" * 40, "-1", "%ED%A0%80", "1e400", "%27%3B--", "%F0%9F%98%80" * 60])
def test_wild_filters_of_lists_and_files_are_answered(world, signed_in, wild):
    department = signed_in(world.users[Role.DEPARTMENT])
    names = ["q", "trade_group", "fit", "province", "school", "sort", "page", "unknown"]
    query = "?" + "&".join(f"{name}={wild}" for name in names)
    for kind, page in (("curriculum", "curricula"), ("survey", "surveys")):
        assert department.get(reverse(f"courses:{page}") + query).status_code == 200
        assert department.post(to(f"courses:{kind}_export") + query).status_code == 200
