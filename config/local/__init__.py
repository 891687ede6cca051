"""A real PostgreSQL and a real Redis for a laptop, when no address is given.

`provide()` fills in DATABASE_URL and REDIS_URL; the servers stop when the last program that uses them leaves.
"""

from __future__ import annotations

import os

from config.local import interrupts, lifetime, postgres, redis
from config.local.addresses import celery_broker_url, redis_cache_url
from config.local.places import Places

__all__ = ["celery_broker_url", "provide", "redis_cache_url"]


def provide() -> None:
    """Set DATABASE_URL and REDIS_URL where they are unset, by finding or starting servers of our own.

    Programs that we start inherit the addresses, hence manage no servers themselves.
    """
    interrupts.end_in_order()
    servers = [
        server
        for variable, server in (("DATABASE_URL", postgres), ("REDIS_URL", redis))
        if not os.environ.get(variable)
    ]
    if not servers:
        return
    places = Places.of_this_project()
    lifetime.hold(places, on_last_exit=[postgres.stop, redis.stop])
    with lifetime.alone(places):
        if postgres in servers:
            os.environ["DATABASE_URL"] = postgres.start(places)
        if redis in servers:
            os.environ["REDIS_URL"] = redis.start(places)
