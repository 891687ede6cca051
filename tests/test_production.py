"""Without DEBUG nothing is guessed."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.contrib.auth import authenticate

from offices.roles import Role
from tests.factories import PASSWORD

ROOT = Path(__file__).resolve().parent.parent
GIVEN = {
    "DEBUG": "false",
    "SECRET_KEY": "x" * 60 + "0123456789",
    "FIELD_KEYS": Fernet.generate_key().decode(),
    "HASH_KEY": "y" * 50,
    "ALLOWED_HOSTS": "career.example.org",
    "DATABASE_URL": "postgres://nobody@localhost/none",
    "REDIS_URL": "redis://localhost/0",
}


def start(**environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "VAR_DIR") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", "import django; django.setup()"],
        cwd=ROOT,
        env={**kept, "DJANGO_SETTINGS_MODULE": "config.settings", **environment},
        capture_output=True,
        text=True,
    )


def test_it_starts_when_all_is_given():
    assert start(**GIVEN).returncode == 0


@pytest.mark.parametrize("name", ["SECRET_KEY", "FIELD_KEYS", "HASH_KEY", "ALLOWED_HOSTS"])
def test_it_refuses_to_start_without_a_secret_or_its_hosts(name):
    done = start(**{key: value for key, value in GIVEN.items() if key != name})
    assert done.returncode != 0
    assert f"Set the environment variable {name}." in done.stderr


def test_an_unknown_value_fails_loudly():
    assert "DEBUG must be true or false" in start(**{**GIVEN, "DEBUG": "maybe"}).stderr


def test_a_demo_account_opens_nothing_where_debug_is_off(world, settings, client):
    user = world.users[Role.SCHOOL]
    user.is_demo = True
    user.save(update_fields=["is_demo"])
    settings.DEBUG = True
    assert authenticate(username="school", password=PASSWORD) == user
    settings.DEBUG = False
    assert authenticate(username="school", password=PASSWORD) is None
    client.force_login(user)
    assert client.get("/").status_code == 302
    assert authenticate(username="school2", password=PASSWORD) == world.strangers[Role.SCHOOL]


def test_the_readme_names_every_variable_that_the_settings_read():
    settings, readme = (ROOT / "config/settings.py").read_text(), (ROOT / "README.md").read_text()
    read = set(re.findall(r'(?:env|env_flag|env_list|environ\.get)\(\s*"([A-Z_]+)"', settings))
    assert len(read) > 15
    assert {name for name in read if f"`{name}`" not in readme} == set()
