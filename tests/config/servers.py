"""Programs that use our servers as any command does, each test in a folder of its own."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from config.local.places import Places

PROJECT = Path(__file__).resolve().parents[2]
USE = "from config import local; local.provide(); import os; print(os.environ['DATABASE_URL'], flush=True); "


def hear_ctrl_c():
    """As in a terminal: whoever runs the tests in the background has made SIGINT deaf for all below."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


class Servers:
    """The servers of one VAR_DIR, seen from outside."""

    def __init__(self, var):
        self.places = Places(var)
        self.users = []

    @property
    def var(self):
        return self.places.var

    def environment(self, **more):
        kept = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REDIS_URL"}}
        return {**kept, "VAR_DIR": str(self.var), "PYTHONPATH": str(PROJECT), **more}

    def begin(self, code=USE, **environment):
        """A program that runs until its standard input is closed, if `code` does not end before."""
        user = subprocess.Popen(
            [sys.executable, "-W", "error", "-c", code],
            env=self.environment(**environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=hear_ctrl_c,
        )
        self.users.append(user)
        return user

    def stay(self, **environment):
        """A program that has the servers and keeps them until it is told to go."""
        user = self.begin(USE + "import sys; sys.stdin.read()", **environment)
        user.url = user.stdout.readline().strip()
        assert user.url, user.stderr.read()
        return user

    def use(self, code="", **environment):
        """A program that comes, does `code` and goes; returns what it printed after the address."""
        user = self.begin(USE + code, **environment)
        printed, errors = user.communicate(timeout=60)
        assert (user.returncode, errors) == (0, ""), errors
        return printed.split("\n", 1)[1]

    def sql(self, statement):
        code = (
            "import psycopg2; c = psycopg2.connect(os.environ['DATABASE_URL']); c.autocommit = True; "
            f"k = c.cursor(); k.execute({statement!r}); print(k.fetchone() if k.description else '')"
        )
        return self.use(code).strip()

    def manage(self, *arguments, **environment):
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=PROJECT,
            env=self.environment(DEBUG="true", **environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def processes(self):
        """Every living process that has to do with this folder, but for the programs begun here."""
        found = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdecimal():
                try:
                    line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                except OSError:
                    continue
                if str(self.var) in line or self.places.name in line:
                    found[int(entry.name)] = line
        return found

    def pid_of(self, program):
        (pid,) = (pid for pid, line in self.processes().items() if program in line and ": " not in line)
        return pid

    def clear(self):
        for user in self.users:
            user.kill()
            user.communicate()
        for pid in self.processes():
            os.kill(pid, signal.SIGKILL)
        for place in (self.places.outside, self.places.sockets):
            shutil.rmtree(place, ignore_errors=True)


def go(user):
    """Let a program leave, and wait until it has."""
    printed, errors = user.communicate(timeout=60)
    assert (user.returncode, errors) == (0, ""), errors
    return printed
