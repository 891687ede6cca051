"""What whoever watches the servers is told."""

from django.core.cache import cache


def test_alive_answers_anybody_without_a_query(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")


def test_ready_names_what_is_missing_and_nothing_else(client, db):
    cache.clear()
    response = client.get("/readyz")
    answer = response.json()
    assert response.status_code == 503
    assert answer["ready"] is False
    assert {name: check["ok"] for name, check in answer["checks"].items()} == {
        "database": True,
        "migrations": True,
        "redis": True,
        "worker": False,
    }
    assert all(set(check) == {"ok", "seconds"} for check in answer["checks"].values())
