"""Web, worker and beat as child processes that end with us, however we end."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError

from config.local import interrupts

NO_LECTURE = "ignore:You're running the worker with superuser"  # a container's only user is root
PATIENCE = 10  # seconds that a process may take to finish what it is doing
TOO_SHORT = 10  # seconds; what ends sooner than this would only end again


class Supervisor:
    """Use as a context: everything started inside has ended when it closes."""

    def __init__(self, too_short: float = TOO_SHORT) -> None:
        self.too_short = too_short
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self._started: dict[str, tuple[float, Callable[[], subprocess.Popen[bytes]]]] = {}

    def __enter__(self) -> Supervisor:
        return self

    def __exit__(self, *reason: object) -> None:
        with _deaf():
            self._end_all()

    def start(self, name: str, *module_and_arguments: str, log: Path | None = None) -> None:
        """Start a Python module in a session of its own: Ctrl-C is for us, and we pass on what must end."""
        command = [*_tied_to_us(), sys.executable, "-W", NO_LECTURE, "-m", *module_and_arguments]
        self._begin(name, partial(_begun, command, log))

    def _begin(self, name: str, begun: Callable[[], subprocess.Popen[bytes]]) -> None:
        self._started[name] = time.monotonic(), begun
        self.children[name] = begun()

    def check(self) -> None:
        """Raise if we are asked to end, or if one of them has: the others are of no use without it."""
        interrupts.check()
        for name, child in self.children.items():
            if child.poll() is not None:
                raise _ended(name, child)

    def watch(self, say: Callable[[str], object]) -> None:
        """Until we are asked to end. Whoever dies meanwhile, by `kill -9` for instance, is started again."""
        while True:
            interrupts.check()
            for name, child in self.children.items():
                if child.poll() is not None:
                    self._start_again(name, child, say)
            time.sleep(0.5)

    def _start_again(self, name: str, dead: subprocess.Popen[bytes], say: Callable[[str], object]) -> None:
        since, begun = self._started[name]
        if time.monotonic() - since < self.too_short:
            raise _ended(name, dead)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(dead.pid, signal.SIGKILL)  # what it left of its own children
        self._begin(name, begun)
        say(f"The {name} ended by itself (code {dead.returncode}) and was started again.")

    def _end_all(self) -> None:
        for number, seconds in ((signal.SIGTERM, PATIENCE), (signal.SIGKILL, PATIENCE)):
            for child in self.children.values():
                with contextlib.suppress(ProcessLookupError):
                    if number is signal.SIGKILL:  # also what a killed process has left of its own children
                        os.killpg(child.pid, number)
                    elif child.poll() is None:
                        child.send_signal(number)
            deadline = time.monotonic() + seconds
            for child in self.children.values():
                with contextlib.suppress(subprocess.TimeoutExpired):
                    child.wait(max(0.1, deadline - time.monotonic()))


def _ended(name: str, child: subprocess.Popen[bytes]) -> CommandError:
    return CommandError(f"The {name} ended by itself (code {child.returncode}); see the lines above.")


def _begun(command: list[str], log: Path | None) -> subprocess.Popen[bytes]:
    with contextlib.ExitStack() as files:
        output = files.enter_context(log.open("ab")) if log else None
        return subprocess.Popen(
            command,
            cwd=settings.BASE_DIR,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )


def start_worker(supervisor: Supervisor, log: Path | None = None) -> None:
    supervisor.start(
        "worker", "celery", "--quiet", "-A", "config.celery", "worker", "--concurrency=2", "--loglevel=WARNING",
        "--without-gossip", "--without-mingle", f"--hostname=worker{os.getpid()}@%h", log=log,
    )  # fmt: skip


@contextlib.contextmanager
def _deaf() -> Iterator[None]:
    """A second Ctrl-C while they end would leave some of them behind."""
    before = {number: signal.signal(number, signal.SIG_IGN) for number in interrupts.ALL}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _tied_to_us() -> list[str]:
    """Where util-linux is at hand the kernel ends them even after our `kill -9`."""
    return ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []
