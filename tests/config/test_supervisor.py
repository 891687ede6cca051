"""What `make run` does when one of its programs dies."""

import pytest
from django.core.management import CommandError

from config.management.supervisor import Supervisor


class Enough(Exception):
    """The test has seen what it waited for."""


def heard(said):
    def say(line):
        said.append(line)
        raise Enough

    return say


def serve(supervisor, tmp_path):
    supervisor.start("web", "http.server", "0", "--bind=127.0.0.1", log=tmp_path / "web.log")
    return supervisor.children["web"]


def test_a_killed_program_is_started_again_and_ends_with_the_others(tmp_path):
    said = []
    with Supervisor(too_short=0) as supervisor:
        first = serve(supervisor, tmp_path)
        first.kill()
        with pytest.raises(Enough):
            supervisor.watch(heard(said))
        second = supervisor.children["web"]
        assert second.pid != first.pid and second.poll() is None
    assert said == ["The web ended by itself (code -9) and was started again."]
    assert second.poll() is not None


def test_a_program_that_dies_at_once_ends_all_and_says_so(tmp_path):
    with pytest.raises(CommandError, match="The web ended by itself"), Supervisor() as supervisor:
        serve(supervisor, tmp_path).kill()
        supervisor.watch(heard([]))
