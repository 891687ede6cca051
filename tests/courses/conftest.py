"""Whoever looks at courses, signed in."""

import pytest
from django.test import Client

from offices.roles import Role


@pytest.fixture
def signed_in():
    """A browser in which `user` is signed in."""

    def sign_in(user) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def clerk(world, signed_in):
    """The browser of our school's staff."""
    return signed_in(world.users[Role.SCHOOL])


@pytest.fixture
def stranger(world, signed_in):
    """The browser of another school's staff, in another province."""
    return signed_in(world.strangers[Role.SCHOOL])


@pytest.fixture
def typed(world):
    """What is typed into the form of a right course; change what matters."""
    return {
        "curriculum": world.ours.curriculum.pk,
        "name": "การทำขนมครก",
        "hours": "๘",
        "skill_purpose": "new_skill",
        "learning_mode": "group",
        "starts_on": "16/01/2569",
        "ends_on": "17/01/2569",
        "fiscal_year": "",
        "venue": "ศาลาประชาคม",
        "subdistrict": "",
        "instructor": "ครูสมใจ",
    }
