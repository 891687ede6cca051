"""The requests to open with fewer people: narrowed, and as a file, for the school and for who decides."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from courses.views import files
from jobs.models import Job
from offices.roles import Role
from tests import factories as make
from trainees.tasks import export_waivers

LIST = reverse("trainees:waivers")


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def file_of(user, query="", ending="csv"):
    answer = browser(user).post(reverse("trainees:waiver_export", args=[ending]) + query)
    return b"".join(answer.streaming_content).decode("utf-8-sig") if answer.status_code == 200 else answer


@pytest.fixture
def refused(world):
    """A second request of our school, about another course, that the province refused."""
    course = world.make_course(world.ours.curriculum, name="ช่างปูน")
    return make.WaiverFactory(
        course=course, requested_by=world.users[Role.SCHOOL], decision="refused", decision_note="รวมกลุ่มได้",
        decided_by=world.users[Role.PROVINCE], decided_at=timezone.now(), reason="บ้านไกล",
    )  # fmt: skip


def test_the_list_is_narrowed_by_words_and_decision(world, refused):
    province = browser(world.users[Role.PROVINCE])
    assert list(province.get(LIST).context["page"]) == [world.ours.waiver, refused]
    for asked, found in (
        ({"decision": "waiting"}, [world.ours.waiver]),
        ({"q": "บ้านไกล"}, [refused]),
        ({"q": "ช่างปูน", "decision": "accepted"}, []),
    ):
        page = province.get(LIST, asked)
        assert list(page.context["page"]) == found
        rows = province.get(LIST, asked, headers={"HX-Request": "true"}).text
        assert "<html" not in rows and ("ช่างปูน" in rows) == (refused in found)
    assert refused.reason not in browser(world.strangers[Role.PROVINCE]).get(LIST).text


def test_the_file_has_the_rows_of_the_list(world, refused):
    text = file_of(world.users[Role.SCHOOL], "?decision=refused")
    (line, *_rest) = text.split("\r\n")[1:]
    assert "ช่างปูน" in line and "รวมกลุ่มได้" in line and world.users[Role.PROVINCE].name in line
    assert world.ours.course.name not in text
    assert "ช่างปูน" in file_of(world.users[Role.PROVINCE])
    for stranger in (*world.strangers.values(), world.users[Role.DEPARTMENT]):  # the province decides, not they
        assert "ช่างปูน" not in file_of(stranger)
    assert file_of(world.users[Role.SCHOOL], ending="exe").status_code == 404


def test_many_requests_become_a_job(world, refused, monkeypatch):
    monkeypatch.setattr(files, "MOST_AT_ONCE", 0)
    assert file_of(world.users[Role.PROVINCE]).status_code == 302
    job = Job.objects.get()
    with export_waivers.work(job).file.open() as file:
        assert "ช่างปูน" in file.read().decode("utf-8-sig")
    assert browser(world.strangers[Role.PROVINCE]).get(reverse("jobs:detail", args=[job.pk])).status_code == 404


@pytest.mark.parametrize("wild", ["%00", "9" * 40, "-1", "%ED%A0%80", "1e400"])
def test_wild_filters_are_answered(world, refused, wild):
    query = "?" + "&".join(f"{name}={wild}" for name in ("q", "decision", "page", "sort", "x"))
    for user in (world.users[Role.PROVINCE], world.strangers[Role.SCHOOL]):
        assert browser(user).get(LIST + query).status_code == 200
        assert isinstance(file_of(user, query), str)
