"""For whoever watches the servers: is it alive, is it ready. Details stay in the log."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from jobs.health import worker_is_alive

log = logging.getLogger(__name__)


@login_not_required
@transaction.non_atomic_requests  # a broken database must not keep it from answering
@never_cache
@require_GET
def alive(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@transaction.non_atomic_requests  # a broken database must not keep it from answering
@never_cache
@require_GET
def ready(request: HttpRequest) -> JsonResponse:
    """200 when database, migrations, Redis and a worker all answer; else 503. Each with its seconds."""
    checks = {name: _timed(name, check) for name, check in CHECKS.items()}
    ok = all(result["ok"] for result in checks.values())
    return JsonResponse({"ready": ok, "checks": checks}, status=200 if ok else 503)


def _timed(name: str, check: Callable[[], bool]) -> dict[str, object]:
    began = time.monotonic()
    try:
        ok = check()
    except Exception:  # whatever is broken, the answer is "not ready"; the reason goes to the log
        log.exception("Readiness check %s failed", name)
        ok = False
    return {"ok": ok, "seconds": round(time.monotonic() - began, 3)}


def _database() -> bool:
    connection.ensure_connection()
    return connection.is_usable()


def _migrations() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _redis() -> bool:
    cache.set("readyz", "ok", 5)
    return cache.get("readyz") == "ok"


CHECKS: dict[str, Callable[[], bool]] = {
    "database": _database,
    "migrations": _migrations,
    "redis": _redis,
    "worker": worker_is_alive,
}
