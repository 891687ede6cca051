"""Every route against every role, with rows of one's own and of others: what the matrix says is what happens."""

from contextlib import contextmanager

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from courses.models import Course, Curriculum
from offices.scoping import DEPARTMENT_EYES
from tests.permissions.line import ALL, P, S
from tests.permissions.matrix import MATRIX, OPEN, OWN_TESTS, PLACED
from tests.permissions.rows import kwargs_for
from trainees.models import Enrolment, Trainee


def walk(resolver: URLResolver, prefix: str = "") -> dict[str, URLPattern]:
    found = {}
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            found |= walk(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
        else:
            found[f"{prefix}{entry.name}"] = entry
    return found


ROUTES = {
    name: route
    for name, route in walk(get_resolver()).items()
    if name not in OPEN and not name.startswith(OWN_TESTS)
}


def ask(world, role: str, name: str, method: str, *, ours: bool = True):
    """The answer to one request of a role, in a browser of its own."""
    client = Client()
    client.force_login(world.users[role])
    kwargs = kwargs_for(world, role, MATRIX[name].key, ours=ours)
    says = MATRIX[name].says
    if isinstance(says, str):
        return client.generic(method, reverse(name, kwargs=kwargs), says, content_type="application/json")
    return getattr(client, method)(reverse(name, kwargs=kwargs), dict(says))


def cases(of_role) -> list:
    """Each route with the roles and methods in question: a world is made once a route, and left as it was."""
    found = []
    for name, line in MATRIX.items():
        asked = [(r, m) for m in ("get", "post") for r in sorted(ALL) if of_role(line, m, r)]
        if asked:
            found.append(pytest.param(name, asked, id=name))
    return found


@contextmanager
def undone(name, role, method):
    """Whatever one request changes is as it was before the next; a failure says whose request it was."""
    with transaction.atomic():
        try:
            yield
        except AssertionError as fault:
            raise AssertionError(f"{method} {name} as {role}: {fault}") from fault
        finally:
            transaction.set_rollback(True)


def test_every_route_is_in_the_matrix_and_every_line_has_a_route():
    assert set(MATRIX) == set(ROUTES)


def test_every_route_declares_its_permission():
    assert [name for name, route in ROUTES.items() if not hasattr(route.callback, "requires")] == []


@pytest.mark.parametrize("name, asked", cases(lambda line, m, role: role in getattr(line, m)))
def test_who_may_does_not_meet_a_wall(world, name, asked):
    # A file that is not there yet is the one thing that one's own job may lack.
    expected = {404} if MATRIX[name].key == "job_without_result" else {200, 302}
    for role, method in asked:
        with undone(name, role, method):
            response = ask(world, role, name, method)
            if response.streaming:
                response.getvalue()  # reading to the end closes the file behind it
            assert response.status_code in expected


@pytest.mark.parametrize(
    "name, asked", cases(lambda line, m, role: getattr(line, m) and role not in getattr(line, m))
)
def test_who_may_not_is_refused_whoever_owns_the_row(world, name, asked):
    for role, method in asked:
        for ours in (True, False):
            with undone(name, role, method):
                assert ask(world, role, name, method, ours=ours).status_code == 403


@pytest.mark.parametrize("name, asked", cases(lambda line, m, role: not getattr(line, m)))
def test_a_method_that_a_route_does_not_offer_does_nothing(world, name, asked):
    for role, method in asked:
        with undone(name, role, method):
            assert ask(world, role, name, method).status_code in {403, 405}


@pytest.mark.parametrize(
    "name, asked",
    cases(
        lambda line, m, role: (
            role in getattr(line, m)
            and line.key in PLACED
            and (role in {S, P} or "job" in line.key or line.key == "waiver")
        )
    ),
)
def test_other_places_rows_do_not_exist(world, name, asked):
    for role, method in asked:
        with undone(name, role, method):
            before = everything(world)
            assert ask(world, role, name, method, ours=False).status_code == 404
            if not MATRIX[name].key.startswith(("binned_", "wave_of_person")):  # made ready for the act
                assert everything(world) == before


def everything(world) -> list:
    """All business rows as they are, to see that a refused act changed none."""
    models = (Curriculum, Course, Trainee, Enrolment)
    return [list(m.objects.visible_to(DEPARTMENT_EYES).order_by("pk").values()) for m in models]


@pytest.mark.parametrize("name, asked", cases(lambda line, m, role: m == "get" and role in line.get & {S, P}))
def test_no_page_shows_another_place(world, name, asked):
    theirs = [world.theirs.trainee.full_name, world.theirs.curriculum.title, world.strangers[S].name]
    for role, method in asked:
        with undone(name, role, method):
            response = ask(world, role, name, method)
            content = b"".join(response.streaming_content) if response.streaming else response.content
            others = [world.their_school, world.attached_school, world.their_province]
            if role == S:
                others.append(world.sister_school)
            for words in (*(str(place) for place in others), *theirs):
                assert words not in content.decode("utf-8", "ignore"), words


def test_nobody_gets_in_without_signing_in(world, client):
    for name, line in MATRIX.items():
        if line.get:
            with undone(name, "nobody", "get"):
                response = client.get(reverse(name, kwargs=kwargs_for(world, S, line.key)))
                assert response.status_code == 302
                assert response["Location"].startswith(reverse("account_login"))
