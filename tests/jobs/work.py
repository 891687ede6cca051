"""Work for tests: as slow, refused, faulty or deadly as they ask. The worker of tests/workers.py knows it."""

import os
import signal
import time
from io import BytesIO

from django.utils.translation import gettext_noop as _

from courses.models import Course
from documents.files import keep
from jobs.queue import JobRefused, background
from offices.permissions import Can


@background(_("My jobs"), Can.WATCH_OWN_JOBS)
def count(job):
    """Count to params["to"], slowly; the file tells which attempt made it, and what it saw."""
    for number in range(1, job.params["to"] + 1):
        time.sleep(job.params.get("pause", 0.02))
        job.progress(number, job.params["to"], "กำลังนับ")
    seen = Course.objects.visible_to(job.requested_by).values_list("school__name", flat=True)
    text = "\n".join([f"attempt {job.attempts}", *seen])
    return keep(job.requested_by, "รายงาน 2569.txt", BytesIO(text.encode()), "text/plain")


@background(_("My jobs"), Can.WATCH_OWN_JOBS)
def keep_and_sleep(job):
    """Keep a file, then hear nothing of the world for a while."""
    kept = keep(job.requested_by, "half.txt", BytesIO(b"half"), "text/plain")
    time.sleep(job.params["seconds"])
    return kept


@background(_("My jobs"), Can.WATCH_OWN_JOBS)
def die(job):
    os.kill(os.getpid(), signal.SIGKILL)


@background(_("My jobs"), Can.WATCH_OWN_JOBS)
def refuse(job):
    keep(job.requested_by, "half.txt", BytesIO(b"half"), "text/plain")
    raise JobRefused("ปีงบประมาณ 2569 ยังไม่มีหลักสูตร")


@background(_("My jobs"), Can.WATCH_OWN_JOBS)
def fail(job):
    raise RuntimeError("secret details")


@background(_("Indicators"), Can.COMPILE_REPORTS)
def compile_something(job):
    job.progress(1, 1)


@background(_("My jobs"), Can.WATCH_OWN_JOBS)
def sign(job):
    """Change a row, so that its history tells who did it."""
    course = Course.objects.visible_to(job.requested_by).get(pk=job.params["course"])
    course.venue = "วัดป่า"
    course.save(update_fields=["venue"])
