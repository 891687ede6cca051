"""The screens of jobs: mine are shown with what I can do about them, everybody else's do not exist."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone

from documents.files import keep, remove_expired
from documents.models import PrivateFile
from jobs.models import Job
from offices.roles import Role

KEYED = {"jobs:detail": "get", "jobs:download": "get", "jobs:cancel": "post", "jobs:retry": "post"}


@pytest.fixture
def clerk(world):
    return world.users[Role.SCHOOL]


@pytest.fixture
def signed_in(client, clerk):
    client.force_login(clerk)
    return client


def make_job(user, **facts):
    facts.setdefault("title", "รายงานรวม 2569")
    return Job.objects.create(
        kind="tests.jobs.work.count", requested_by=user, role=user.role, school=user.school,
        province=user.province, queued_at=timezone.now(), **facts,
    )  # fmt: skip


def done_job(user):
    kept = keep(user, "รายงาน.csv", BytesIO(b"figures"), "text/csv", timezone.now() + timedelta(days=1))
    return make_job(user, status="done", result=kept, gave_file=True, finished_at=timezone.now())


def running_job(user):
    lease = {"lease": "00000000-0000-0000-0000-000000000001", "lease_until": timezone.now()}
    return make_job(user, status="running", done=30, total=120, message="กำลังเขียนแผ่นงาน", **lease)


def body(response):
    return response.content.decode()


def test_the_list_shows_my_jobs_and_no_stranger_s(signed_in, world, clerk):
    make_job(clerk, title="งานของเรา")
    make_job(world.strangers[Role.SCHOOL], title="งานของเขา")
    make_job(world.users[Role.DEPARTMENT], title="งานของกรม")
    said = body(signed_in.get(reverse("jobs:list")))
    assert "งานของเรา" in said
    assert "งานของเขา" not in said
    assert "งานของกรม" not in said


def test_an_empty_list_says_what_will_stand_there(signed_in):
    assert "ยังไม่มีงานที่สั่งไว้" in body(signed_in.get(reverse("jobs:list")))


@pytest.mark.parametrize("rows", [25, 2500])
def test_the_list_costs_the_same_at_any_length(signed_in, clerk, rows, django_assert_max_num_queries):
    kept = keep(clerk, "x", BytesIO(b"x"), "text/plain")
    Job.objects.bulk_create(
        Job(kind="k", title=f"งาน {n}", requested_by=clerk, role=clerk.role, school=clerk.school,
            queued_at=timezone.now(), status="done", result=kept, gave_file=True)
        for n in range(rows)
    )  # fmt: skip
    signed_in.get(reverse("jobs:list"))
    with django_assert_max_num_queries(10):
        said = body(signed_in.get(reverse("jobs:list")))
    assert said.count('class="card"') == 25


@pytest.mark.parametrize("route", KEYED)
def test_jobs_of_others_do_not_exist(client, world, clerk, route):
    job = done_job(clerk)
    for stranger in (world.strangers[Role.SCHOOL], world.users[Role.PROVINCE], world.users[Role.DEPARTMENT]):
        client.force_login(stranger)
        assert getattr(client, KEYED[route])(reverse(route, args=[job.pk])).status_code == 404
    client.force_login(world.users[Role.ADMINISTRATOR])
    assert getattr(client, KEYED[route])(reverse(route, args=[job.pk])).status_code == 403
    job.refresh_from_db()
    assert (job.status, Job.objects.count()) == ("done", 1)


@pytest.mark.parametrize("route", KEYED)
def test_who_moved_to_another_office_does_not_take_jobs_along(signed_in, world, clerk, route):
    job = done_job(clerk)
    clerk.school = world.sister_school
    clerk.save()
    assert getattr(signed_in, KEYED[route])(reverse(route, args=[job.pk])).status_code == 404


def test_progress_polls_while_the_job_lives_and_then_stops_by_itself(signed_in, clerk):
    job = running_job(clerk)
    address = reverse("jobs:detail", args=[job.pk])
    fragment = signed_in.get(address, headers={"HX-Request": "true"})
    assert 'hx-trigger="every 2s"' in body(fragment)
    assert f'hx-get="{address}"' in body(fragment)
    assert 'value="30" max="120"' in body(fragment)
    assert "<html" not in body(fragment)
    assert "HX-Request" in fragment["Vary"]
    assert 'hx-trigger="every 2s"' in body(signed_in.get(address))

    Job.objects.filter(pk=job.pk).update(status="done", lease=None, lease_until=None)
    over = body(signed_in.get(address, headers={"HX-Request": "true"}))
    assert "hx-get" not in over
    assert "เสร็จแล้ว" in over


def test_a_result_is_downloaded_by_its_owner(signed_in, clerk):
    job = done_job(clerk)
    response = signed_in.get(reverse("jobs:download", args=[job.pk]))
    assert b"".join(response.streaming_content) == b"figures"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "attachment" in response["Content-Disposition"]
    response.close()


def test_a_removed_file_is_said_to_be_removed(signed_in, clerk, django_capture_on_commit_callbacks):
    job = done_job(clerk)
    PrivateFile.objects.update(expires_at=timezone.now())
    address = reverse("jobs:detail", args=[job.pk])
    for _before_and_after in range(2):
        assert "ไฟล์ถูกลบแล้วเพราะครบกำหนดเก็บ" in body(signed_in.get(address))
        assert signed_in.get(reverse("jobs:download", args=[job.pk])).status_code == 404
        with django_capture_on_commit_callbacks(execute=True):
            remove_expired()
    assert not PrivateFile.objects.exists()


def test_a_job_without_a_file_has_no_download(signed_in, clerk):
    job = make_job(clerk, status="done")
    assert "ดาวน์โหลด" not in body(signed_in.get(reverse("jobs:detail", args=[job.pk])))
    assert signed_in.get(reverse("jobs:download", args=[job.pk])).status_code == 404


def test_a_running_job_is_asked_to_stop_and_says_so(signed_in, clerk):
    job = running_job(clerk)
    said = body(signed_in.post(reverse("jobs:cancel", args=[job.pk]), follow=True))
    assert "กำลังหยุด" in said
    job.refresh_from_db()
    assert (job.status, job.cancel_requested) == ("running", True)


def test_what_is_over_cannot_be_cancelled(signed_in, clerk):
    job = done_job(clerk)
    assert "งานนี้จบไปก่อนแล้ว" in body(signed_in.post(reverse("jobs:cancel", args=[job.pk]), follow=True))
    job.refresh_from_db()
    assert job.status == "done"


def test_what_failed_says_why_and_can_be_asked_for_again(signed_in, clerk):
    job = make_job(clerk, status="failed", message="ไม่มีหลักสูตรในปีนี้", params={"to": 3})
    assert "ไม่มีหลักสูตรในปีนี้" in body(signed_in.get(reverse("jobs:detail", args=[job.pk])))
    response = signed_in.post(reverse("jobs:retry", args=[job.pk]))
    again = Job.objects.exclude(pk=job.pk).get()
    assert response.url == reverse("jobs:detail", args=[again.pk])
    assert (again.status, again.params, again.kind, again.school) == ("queued", {"to": 3}, job.kind, clerk.school)


def test_what_is_done_is_not_asked_for_again(signed_in, clerk):
    job = done_job(clerk)
    assert "สั่งซ้ำได้เฉพาะงานที่ไม่สำเร็จ" in body(signed_in.post(reverse("jobs:retry", args=[job.pk]), follow=True))
    assert Job.objects.count() == 1


def test_a_title_cannot_smuggle_markup(signed_in, clerk):
    make_job(clerk, title="<script>alert(1)</script>")
    assert "<script>alert" not in body(signed_in.get(reverse("jobs:list")))
