"""The last one out switches off the light.

Every program that called `provide()` holds a shared lock on one file; the kernel drops it however that
program ends.
Whoever leaves and can then lock the file alone was the last, and stops the servers.
"""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from types import FrameType

from config.local import processes
from config.local.places import Places


@contextlib.contextmanager
def alone(places: Places) -> Iterator[None]:
    """One starter or stopper at a time; two first starts must not both make a cluster."""
    places.var.mkdir(parents=True, exist_ok=True)  # somebody may have cleared it away meanwhile
    with (places.var / "servers.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def hold(places: Places, *, on_last_exit: Sequence[Callable[[Places], None]]) -> None:
    """Count this process among the users until it ends."""
    with alone(places):
        users = (places.var / "users.lock").open("a")
        fcntl.flock(users, fcntl.LOCK_SH)
    holder = os.getpid()

    def leave() -> None:
        if os.getpid() != holder:  # a fork of us: it shares our lock and our exit functions, not our duty
            return
        with _undisturbed(), alone(places), users:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                processes.let_go()
                return
            for stop in on_last_exit:
                stop(places)
            processes.wait_for_children()

    atexit.register(leave)
    _leave_in_order_when_asked_to_end()


def _leave_in_order_when_asked_to_end() -> None:
    """SIGTERM and a closed terminal would end Python without its exit functions."""
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, _exit)


def _exit(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """A second Ctrl-C while the servers stop would leave them behind."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
