"""Jobs in a real worker process: killed, stopped, deaf, refused, and asked to stop."""

import os
import signal
import time
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models.functions import Now

from documents.models import PrivateFile
from jobs import queue
from jobs.health import worker_is_alive
from jobs.models import Job
from jobs.tasks import recover_abandoned
from offices.roles import Role
from tests.jobs import work
from tests.workers import ended, until

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def clerk(transactional_db, world):
    return world.users[Role.SCHOOL]


def bytes_on_disk():
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def text_of(job):
    with job.result.file.open() as file:
        return file.read().decode()


def running(job):
    """Once it has shown some progress."""

    def got_on():
        job.refresh_from_db()
        return job.status == Job.Status.RUNNING and job.done

    assert until(got_on)


def took(worker, job):
    """Whether this worker's log tells that it was handed the job's message."""
    return f"Task {job.kind}[" in worker.log.read_text()


def abandoned(job):
    return until(lambda: Job.objects.filter(pk=job.pk, status="running", lease_until__lt=Now()).exists())


def test_a_job_is_done_with_the_eyes_of_who_asked(world, clerk, worker):
    job = ended(queue.enqueue(work.count, clerk, to=3))

    assert (job.status, job.done, job.total, job.attempts) == ("done", 3, 3, 1)
    text = text_of(job)
    assert world.our_school.name in text
    assert world.their_school.name not in text
    assert job.result.expires_at is not None
    assert list(PrivateFile.objects.of(clerk)) == [job.result]
    assert not PrivateFile.objects.of(world.strangers[Role.SCHOOL]).exists()


def test_progress_is_seen_while_the_work_has_saved_nothing_yet(world, clerk, worker):
    job = queue.enqueue(work.count, clerk, to=200, pause=0.05)
    running(job)
    assert job.message == "กำลังนับ"
    assert job.total == 200
    assert not PrivateFile.objects.exists()
    assert queue.cancel(job, by=clerk)
    assert ended(job, 5).status == "cancelled"
    assert bytes_on_disk() == []


def test_a_stranger_cannot_cancel_a_job(world, clerk, worker):
    job = queue.enqueue(work.count, clerk, to=40, pause=0.05)
    running(job)
    assert not queue.cancel(job, by=world.strangers[Role.SCHOOL])
    assert not queue.cancel(job, by=world.users[Role.DEPARTMENT])
    assert ended(job).status == "done"


def test_a_waiting_job_is_cancelled_at_once_and_never_begun(clerk, start_worker):
    job = queue.enqueue(work.count, clerk, to=3)
    assert queue.cancel(job, by=clerk)
    after = queue.enqueue(work.count, clerk, to=1)
    start_worker()
    assert ended(after).status == "done"
    job.refresh_from_db()
    assert (job.status, job.attempts) == ("cancelled", 0)


def test_what_a_killed_worker_left_is_taken_up_by_another(clerk, start_worker):
    first = start_worker()
    job = queue.enqueue(work.count, clerk, to=40, pause=0.1)
    running(job)
    first.kill()
    assert abandoned(job)

    start_worker()
    recover_abandoned()

    assert ended(job).status == "done"
    assert job.attempts == 2
    assert text_of(job).startswith("attempt 2")
    assert len(bytes_on_disk()) == 1


def test_beat_notices_by_itself_and_a_deadly_job_ends_after_two_attempts(clerk, worker, start_beat):
    job = queue.enqueue(work.die, clerk)
    start_beat()
    assert ended(job).status == "failed"
    assert job.attempts == 2
    assert job.message == "โปรแกรมที่ทำงานนี้หยุดกลางคันสองครั้ง ระบบบันทึกปัญหาไว้แล้ว"
    assert ended(queue.enqueue(work.count, clerk, to=1)).status == "done"


def test_a_dead_worker_is_noticed_while_all_others_are_busy(clerk, start_worker):
    first, _second = start_worker(), start_worker()
    jobs = [queue.enqueue(work.count, clerk, to=400, pause=0.05) for _ in range(2)]
    for job in jobs:
        running(job)
    first.kill()
    assert until(lambda: {*Job.objects.values_list("status", flat=True)} == {"queued", "running"})


@pytest.mark.slow
def test_with_the_limits_of_real_life_a_killed_worker_is_noticed_within_40_seconds(
    clerk, start_worker, start_beat
):
    real = {"JOBS_LEASE_SECONDS": "20", "JOBS_HEARTBEAT_SECONDS": "5", "JOBS_RESEND_SECONDS": "60"}  # settings.py
    first, second = start_worker(**real), start_worker(**real)
    start_beat(**real)
    job = queue.enqueue(work.count, clerk, to=100, pause=0.1)
    running(job)
    taker, other = (first, second) if took(first, job) else (second, first)
    taker.kill()
    killed = time.monotonic()
    noticed = until(lambda: Job.objects.filter(pk=job.pk, attempts=2).exists(), 40)
    assert noticed, f"{Job.objects.values().get(pk=job.pk)}\n{other.log.read_text()[-3000:]}"
    assert time.monotonic() - killed < 40
    assert ended(job).status == "done"


def test_a_worker_that_lost_its_lease_leaves_no_trace(clerk, start_worker):
    deaf = start_worker()
    job = queue.enqueue(work.keep_and_sleep, clerk, seconds=3)
    assert until(bytes_on_disk)  # in the midst of its work
    os.killpg(deaf.process.pid, signal.SIGSTOP)
    assert abandoned(job)
    start_worker()
    recover_abandoned()
    assert until(lambda: Job.objects.filter(pk=job.pk, attempts=2).exists())
    os.killpg(deaf.process.pid, signal.SIGCONT)

    assert ended(job).status == "done"
    assert until(lambda: "another attempt holds it" in deaf.log.read_text())
    assert list(PrivateFile.objects.all()) == [job.result]
    assert len(bytes_on_disk()) == 1
    job.refresh_from_db()
    assert (job.status, job.attempts) == ("done", 2)


def test_a_lost_message_is_sent_again(clerk, worker, settings):
    job = Job.objects.create(
        kind=work.count.name, title="x", params={"to": 1}, requested_by=clerk, role=clerk.role,
        school=clerk.school, queued_at=Now(),
    )  # fmt: skip
    settings.JOBS_RESEND_SECONDS = 60
    recover_abandoned()
    time.sleep(1)
    job.refresh_from_db()
    assert job.status == "queued"
    settings.JOBS_RESEND_SECONDS = 0.5
    recover_abandoned()
    recover_abandoned()
    assert ended(job).status == "done"
    assert job.attempts == 1


def test_reasons_are_told_in_words_and_faults_only_to_the_log(clerk, worker):
    refused = ended(queue.enqueue(work.refuse, clerk))
    assert (refused.status, refused.message) == ("failed", "ปีงบประมาณ 2569 ยังไม่มีหลักสูตร")
    failed = ended(queue.enqueue(work.fail, clerk))
    assert (failed.status, failed.message) == ("failed", "ระบบขัดข้อง ได้บันทึกปัญหานี้ไว้แล้ว")
    assert "secret details" in worker.log.read_text()
    assert not PrivateFile.objects.exists()
    assert bytes_on_disk() == []


def test_the_rights_are_those_of_now(world, clerk, start_worker):
    closed = queue.enqueue(work.count, world.users[Role.PROVINCE], to=1)
    moved = queue.enqueue(work.count, clerk, to=1)
    demoted = queue.enqueue(work.compile_something, world.strangers[Role.SCHOOL])
    world.users[Role.PROVINCE].is_active = False
    world.users[Role.PROVINCE].save()
    clerk.school = world.sister_school
    clerk.save()
    other = world.strangers[Role.SCHOOL]
    Job.objects.filter(pk=demoted.pk).update(role=Role.ADMINISTRATOR, school=None)
    other.role, other.school = Role.ADMINISTRATOR, None
    other.save()
    start_worker()

    assert ended(closed).message == "บัญชีผู้ใช้ที่สั่งงานนี้ถูกปิดแล้ว"
    assert ended(moved).message == "บัญชีของท่านย้ายไปหน่วยงานอื่นแล้ว กรุณาสั่งใหม่จากหน่วยงานปัจจุบัน"
    assert ended(demoted).message == "ท่านไม่มีสิทธิ์ทำรายการนี้แล้ว"
    assert {closed.status, moved.status, demoted.status} == {"failed"}


def test_history_tells_who_asked(world, clerk, worker):
    job = ended(queue.enqueue(work.sign, clerk, course=world.ours.course.pk))
    assert job.status == "done"
    events = apps.get_model("courses.CourseEvent").objects.visible_to(clerk)
    event = events.filter(pgh_obj=world.ours.course).order_by("pgh_id").last()
    assert event.venue == "วัดป่า"
    assert event.pgh_context.metadata["user"] == clerk.pk
    assert event.pgh_context.metadata["job"] == job.pk
    assert ended(queue.enqueue(work.sign, clerk, course=world.theirs.course.pk)).status == "failed"


def test_a_living_worker_is_told_from_none(start_worker):
    assert not worker_is_alive()
    program = start_worker()
    assert worker_is_alive()
    program.kill()
    assert not worker_is_alive()
