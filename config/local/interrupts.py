"""Ctrl-C that does not get lost.

Python raises KeyboardInterrupt wherever it happens to be. Inside a callback of an import or of the garbage
collector it is printed and dropped, and the program goes on. So it is also remembered, for `check()` to raise.
"""

from __future__ import annotations

import os
import re
import signal
import threading
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

ALL = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

_asked = False
_make: int | None = None  # which started us and still listens to Ctrl-C itself


def end_in_order() -> None:
    """manage.py begins with a Ctrl-C that ends it at once; from here on there is something to put away."""
    here = threading.current_thread() is threading.main_thread()
    if here and signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        signal.signal(signal.SIGINT, _interrupt)


def listen(numbers: Sequence[signal.Signals] = ALL) -> None:
    """Let all of these end us in order, also where a shell started us in the background, deaf to Ctrl-C."""
    global _make
    for number in numbers:
        signal.signal(number, _interrupt)
    parent = os.getppid()
    _make = parent if _is_make_that_listens(parent) else None


def check() -> None:
    if _asked or _make_was_told_alone():
        raise KeyboardInterrupt


def _make_was_told_alone() -> bool:
    """A terminal tells every program of its line. Told alone, make only waits for us, deaf from then on."""
    return _make is not None and os.getppid() == _make and not _is_make_that_listens(_make)


def _is_make_that_listens(pid: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False
    caught = re.search(r"^SigCgt:\s*(\w+)$", status, re.MULTILINE)
    heard = caught is not None and int(caught[1], 16) >> (signal.SIGINT - 1) & 1
    return status.startswith("Name:\tmake\n") and bool(heard)


def _interrupt(number: int, frame: FrameType | None) -> None:
    global _asked
    _asked = True
    raise KeyboardInterrupt
