"""The composition root. Celery's app is imported here, so that every shared task knows it."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
