"""The visits of the list as a file, as each office sees them."""

import pytest
from django.test import Client
from django.urls import reverse

from courses.views import files
from jobs.models import Job
from offices.roles import Role
from supervision import operations
from supervision.tasks import export_visits
from tests import factories as make


def file_of(user, query="", ending="csv"):
    client = Client()
    client.force_login(user)
    answer = client.post(reverse("supervision:export", args=[ending]) + query)
    return b"".join(answer.streaming_content).decode("utf-8-sig") if answer.status_code == 200 else answer


def rows(text):
    return [line.split(",") for line in text.split("\r\n\r\n")[0].split("\r\n")[1:]]


def test_each_office_takes_away_the_visits_that_it_sees(world, ours, theirs):
    make.VisitFactory(
        course=world.ours.course, created_by=ours.supervisor, office=world.our_province, stage="after",
        visited_on="2026-01-17", supervisor_name="นางนิเทศ", recommendations="ต่อยอดบรรจุภัณฑ์",
    )  # fmt: skip
    found = rows(file_of(ours.supervisor, "?sort=visited_on"))
    assert [row[0] for row in found] == ["2026-01-16", "2026-01-17"]
    assert found[1][6] == "นางนิเทศ" and "ต่อยอดบรรจุภัณฑ์" in found[1]
    assert [row[6] for row in rows(file_of(ours.supervisor, "?q=นางนิเทศ"))] == ["นางนิเทศ"]
    school = world.users[Role.SCHOOL]
    assert world.ours.course.name not in file_of(school)  # drafts are the supervising office's
    operations.submit(visit=ours.draft, by=ours.supervisor)
    assert len(rows(file_of(school))) == 1
    stranger = file_of(theirs.supervisor)
    assert world.theirs.course.name in stranger and world.ours.course.name not in stranger


def test_many_visits_become_a_job_and_no_other_kind_of_file_exists(world, ours, theirs, monkeypatch):
    assert file_of(ours.supervisor, ending="exe").status_code == 404
    monkeypatch.setattr(files, "MOST_AT_ONCE", 0)
    assert file_of(ours.supervisor).status_code == 302
    job = Job.objects.get()
    with export_visits.work(job).file.open() as file:
        text = file.read().decode("utf-8-sig")
    assert world.ours.course.name in text and world.theirs.course.name not in text
    client = Client()
    client.force_login(theirs.supervisor)
    assert client.get(reverse("jobs:detail", args=[job.pk])).status_code == 404


@pytest.mark.parametrize("wild", ["%00", "9" * 40, "-1", "%ED%A0%80", "1e400", "%27%3B--"])
def test_wild_filters_are_answered(world, ours, theirs, wild):
    query = "?" + "&".join(
        f"{n}={wild}" for n in ("q", "status", "stage", "year", "province", "school", "sort", "page")
    )
    for user in (ours.supervisor, theirs.supervisor, world.users[Role.DEPARTMENT]):
        assert isinstance(file_of(user, query), str)
        client = Client()
        client.force_login(user)
        assert client.get(reverse("supervision:list") + query).status_code == 200
