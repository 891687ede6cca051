"""Whether anybody is there to do the work."""

from __future__ import annotations

from typing import Final

from celery import current_app

PATIENCE: Final = 1.0  # seconds; a living worker answers in a few hundredths


def worker_is_alive() -> bool:
    """Ask all workers of this installation; the first answer is enough. A busy one answers too."""
    try:
        return bool(current_app.control.ping(timeout=PATIENCE, limit=1))
    except OSError:  # kombu's own errors of a broker that is away are of this kind
        return False
