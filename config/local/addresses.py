"""One REDIS_URL, in the spelling that each of its clients understands."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit, urlunsplit


def celery_broker_url(url: str) -> str:
    """The broker: the database that the URL names, 0 when it names none."""
    parts = urlsplit(url)
    if parts.scheme != "unix":
        return url
    return f"redis+socket://{parts.path}?virtual_host={_database(url)}"


def redis_cache_url(url: str) -> str:
    """The cache and the rate limits: the database after the broker's, so that clearing it loses no job."""
    parts = urlsplit(url)
    number = _database(url) + 1
    if parts.scheme == "unix":
        return f"unix://{parts.path}?db={number}"
    return urlunsplit(parts._replace(path=f"/{number}"))


def _database(url: str) -> int:
    parts = urlsplit(url)
    if parts.scheme == "unix":
        return int(parse_qs(parts.query).get("db", ["0"])[0])
    return int(parts.path.strip("/") or "0")
