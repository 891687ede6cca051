"""Ctrl-C that does not get lost.

Python raises KeyboardInterrupt wherever it happens to be. Inside a callback of an import or of the garbage
collector it is printed and dropped, and the program goes on. So it is also remembered, for `check()` to raise.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Sequence
from types import FrameType

ALL = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

_asked = False


def end_in_order() -> None:
    """manage.py begins with a Ctrl-C that ends it at once; from here on there is something to put away."""
    here = threading.current_thread() is threading.main_thread()
    if here and signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        signal.signal(signal.SIGINT, _interrupt)


def listen(numbers: Sequence[signal.Signals] = ALL) -> None:
    """Let all of these end us in order, also where a shell started us in the background, deaf to Ctrl-C."""
    for number in numbers:
        signal.signal(number, _interrupt)


def check() -> None:
    if _asked:
        raise KeyboardInterrupt


def _interrupt(number: int, frame: FrameType | None) -> None:
    global _asked
    _asked = True
    raise KeyboardInterrupt
