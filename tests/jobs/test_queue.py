"""Asking for a job: what is recorded, who may, and that a worker hears of it only after commit."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from jobs import queue
from jobs.models import Job
from offices.roles import Role
from tests.jobs import work


def test_what_is_asked_for_is_recorded_with_office_and_language(world):
    clerk = world.users[Role.SCHOOL]
    with translation.override("en"):
        job = queue.enqueue(work.count, clerk, to=3)
    assert (job.kind, job.title, job.params) == ("tests.jobs.work.count", "My jobs", {"to": 3})
    assert (job.role, job.school, job.province, job.language) == ("school", world.our_school, None, "en")
    assert list(Job.objects.of(clerk)) == [job]
    assert not Job.objects.of(world.strangers[Role.SCHOOL]).exists()
    assert queue.enqueue(work.count, clerk, title="อีกงาน", to=1).title == "อีกงาน"


def test_who_may_not_cannot_ask(world):
    with pytest.raises(PermissionDenied):
        queue.enqueue(work.count, world.users[Role.ADMINISTRATOR], to=3)
    closed = world.users[Role.DEPARTMENT]
    closed.is_active = False
    with pytest.raises(PermissionDenied):
        queue.enqueue(work.count, closed, to=3)
    assert not Job.objects.exists()


def test_a_worker_hears_of_it_only_after_commit(world, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        job = queue.enqueue(work.count, world.users[Role.SCHOOL], to=3)
    (callback,) = callbacks
    assert callback.args == ("tests.jobs.work.count", [job.pk])


def test_the_work_itself_can_be_called_without_a_worker(world):
    clerk = world.users[Role.SCHOOL]
    job = queue.enqueue(work.count, clerk, to=2)
    kept = work.count.work(job)
    assert (job.done, job.total) == (2, 2)
    with kept.file.open() as file:
        said = file.read().decode()
    assert world.our_school.name in said
    assert world.their_school.name not in said
