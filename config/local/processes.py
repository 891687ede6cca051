"""Finding, starting and ending server processes, by what the kernel knows, not by what a file remembers."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

_children: list[subprocess.Popen[bytes]] = []


def running(programs: Sequence[str], mark: str) -> list[int]:
    """Processes of these programs whose command line holds `mark`; a dead one not yet reaped has none."""
    reap()
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            with contextlib.suppress(OSError):
                line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                if mark in line and (entry / "comm").read_text().strip() in programs:
                    found.append(int(entry.name))
    return found


def start(
    command: Sequence[str | Path],
    *,
    log: Path,
    environment: Mapping[str, str],
    user: int | None = None,
    group: int | None = None,
) -> subprocess.Popen[bytes]:
    """Start a server in a session of its own: Ctrl-C in the terminal is for us, not for the database."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            env=environment,
            user=user,
            group=group,
            extra_groups=None if user is None else [],
            start_new_session=True,
        )
    _children.append(process)
    return process


def run_whole(
    command: Sequence[str | Path],
    *,
    environment: Mapping[str, str],
    user: int | None = None,
    group: int | None = None,
) -> tuple[int, str]:
    """Run a program that starts others; its code and what it said. Interrupted, none of them is left."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd="/",
        env=environment,
        user=user,
        group=group,
        extra_groups=None if user is None else [],
        start_new_session=True,
    )
    with process:
        try:
            said, _ = process.communicate()
        except BaseException:
            _kill_session(process)
            raise
    return process.returncode, said


def _kill_session(leader: subprocess.Popen[str]) -> None:
    def empty() -> bool:
        try:
            os.killpg(leader.pid, signal.SIGKILL)
        except ProcessLookupError:
            return True
        return False

    leader.kill()
    leader.wait()
    until(empty, seconds=5)


def reap() -> None:
    _children[:] = [child for child in _children if child.poll() is None]


def wait_for_children() -> None:
    """A process loses its command line a moment before it can be reaped."""
    for child in _children:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(5)
    reap()


def let_go() -> None:
    """The servers stay for others: our end must not be reported as forgetting them."""
    reap()
    for child in _children:
        child.returncode = 0
    _children.clear()


def until(happened: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not happened():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def end(find: Callable[[], list[int]], signals: Sequence[tuple[signal.Signals, float]]) -> None:
    """Ask with each signal in turn, waiting so many seconds, until none of what `find` finds is left."""
    for number, seconds in signals:
        for pid in find():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
        if until(lambda: not find(), seconds):
            return


def last_lines(log: Path, count: int = 15) -> str:
    with contextlib.suppress(OSError):
        return "\n".join(log.read_text(errors="replace").splitlines()[-count:])
    return ""
