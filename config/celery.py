"""The Celery app and its schedule."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("config")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    "take up or fail abandoned jobs": {
        "task": "jobs.tasks.recover_abandoned",
        "schedule": 5.0,
        "options": {"expires": 10},  # a night without a worker leaves no heap of them
    },
    "remove expired files": {"task": "jobs.tasks.remove_expired_files", "schedule": 3600.0},
    "remind of circulars": {
        "task": "documents.tasks.remind_of_circulars",
        "schedule": crontab(hour="8", minute="0"),  # in Bangkok, when offices open
        "options": {"expires": 8 * 3600},
    },
    "empty the bins": {"task": "trainees.tasks.empty_bins", "schedule": 6 * 3600.0},
    "empty the bin of visits": {"task": "supervision.tasks.empty_bin", "schedule": 6 * 3600.0},
}
