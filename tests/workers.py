"""A real Celery worker, and a real beat, for tests: on the test database and the real Redis, ended by their pids.

Take the fixture `worker` (or `start_worker`, `start_beat` to have several, or to kill one) in a test whose rows
are committed: `transactional_db` or `live_server`. Work of the tests themselves stands in tests/jobs/work.py.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import override_settings
from redis import Redis
from redis.exceptions import RedisError

from config import celery_app
from config.local import celery_broker_url, redis_cache_url

ROOT = Path(__file__).resolve().parent.parent
PREFIX = f"test-{os.getpid()}:"  # of this run's messages: neither a laptop's worker nor another run takes them
QUICK = {"JOBS_LEASE_SECONDS": "3", "JOBS_HEARTBEAT_SECONDS": "0.4", "JOBS_RESEND_SECONDS": "2"}
MOST = 30  # seconds that anything may take to happen


def pytest_configure(config):
    if process := os.environ.get("PYTEST_XDIST_WORKER"):
        keep_apart(int(process.removeprefix("gw")))
    celery_app.conf.broker_transport_options = {
        **settings.CELERY_BROKER_TRANSPORT_OPTIONS,
        "global_keyprefix": PREFIX,
    }


def keep_apart(number):
    """Processes that test side by side share one Redis: each has its own two databases there, to clear at will."""
    url = urlsplit(settings.REDIS_URL)
    database = 2 * (number + 1)
    by_path = f"unix://{url.path}?db={database}"
    address = by_path if url.scheme == "unix" else urlunsplit(url._replace(path=f"/{database}"))
    os.environ["REDIS_URL"] = address
    cache = {**settings.CACHES["default"], "LOCATION": redis_cache_url(address)}
    override_settings(REDIS_URL=address, CACHES={"default": cache}).enable()
    celery_app.conf.broker_url = celery_broker_url(address)


def pytest_unconfigure(config):
    """Leave no message behind in a Redis that others use."""
    with contextlib.suppress(RedisError, OSError), Redis.from_url(settings.REDIS_URL) as redis:
        for key in redis.scan_iter(match=f"{PREFIX}*"):
            redis.unlink(key)


def forget_messages():
    """What an earlier test sent, or a killed worker never acknowledged, must not reach the workers of the next."""
    with Redis.from_url(settings.REDIS_URL) as redis:
        for key in (celery_app.conf.task_default_queue, "unacked", "unacked_index"):
            redis.unlink(f"{PREFIX}{key}")


class Program:
    """One process of ours, with its log."""

    def __init__(self, arguments, log, **variables):
        self.log = log
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", "config", *arguments],
                cwd=ROOT,
                env=_environment(variables),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def kill(self):
        """As a crash of the machine would: the whole program, with its children, at once."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def until(happened, seconds=MOST):
    """Wait until something is so; its last answer, true or not."""
    deadline = time.monotonic() + seconds
    while not (answer := happened()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return answer


def ended(job, seconds=MOST):
    """The job once it is over."""

    def is_over():
        job.refresh_from_db()
        return job.is_over

    assert until(is_over, seconds), f"still {job.status} after {seconds} s, attempt {job.attempts}"
    return job


@pytest.fixture
def start_worker(transactional_db, tmp_path_factory):
    """Start a worker that takes one job at a time; says when it is ready."""
    forget_messages()
    yield from _programs(
        tmp_path_factory, "worker", ["worker", "--concurrency", "1", "--loglevel", "INFO"], " ready."
    )


@pytest.fixture
def start_beat(transactional_db, tmp_path_factory):
    """Start the clock that wakes `jobs.tasks.recover_abandoned`."""
    schedule = tmp_path_factory.mktemp("beat") / "schedule"
    yield from _programs(
        tmp_path_factory, "beat", ["beat", "--loglevel", "INFO", "--schedule", str(schedule)], "beat: Starting..."
    )


@pytest.fixture
def worker(start_worker):
    return start_worker()


def _programs(tmp_path_factory, name, arguments, ready):
    programs = []

    def start(**variables):
        log = tmp_path_factory.mktemp(name) / f"{name}.log"
        own = (
            ["--include", "tests.jobs.work", "-n", f"{PREFIX[:-1]}-{len(programs)}@%h"] if name == "worker" else []
        )
        program = Program([*arguments, *own], log, **variables)
        programs.append(program)
        assert until(lambda: ready in log.read_text() or program.process.poll() is not None), log.read_text()
        assert program.process.poll() is None, log.read_text()
        return program

    yield start
    for program in programs:
        program.kill()


def _environment(variables):
    """Ours, with the test database; quick limits unless others are given."""
    given = urlsplit(os.environ["DATABASE_URL"])
    database = given._replace(path=f"/{connection.settings_dict['NAME']}")
    return {
        **os.environ,
        **QUICK,
        "DATABASE_URL": urlunsplit(database),
        "BROKER_PREFIX": PREFIX,
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "PYTHONUNBUFFERED": "1",
        **variables,
    }
