import errno
import os
import socket
import time
from http.client import HTTPConnection, HTTPException

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from config.local import interrupts
from config.management import demo
from config.management.supervisor import Supervisor, start_worker

SECONDS_TO_COME_UP = 60


class Command(BaseCommand):
    help = "Run everything: database, Redis, web, worker and beat. The environment variable PORT chooses the port."

    def handle(self, *args, **options):
        interrupts.listen()
        up = False
        try:
            with Supervisor() as supervisor:
                port = chosen_port()
                self.bring_up(supervisor, port)
                up = True
                if settings.DEBUG:
                    lay_out_report(supervisor, self.stdout.write)
                connections.close_all()
                supervisor.watch(self.stdout.write)
        except KeyboardInterrupt:
            self.stdout.write("Stopped.")
            if not up:
                raise CommandError("It was still starting.", returncode=130) from None

    def bring_up(self, supervisor, port):
        say = self.stdout.write
        demo.prepare(say)
        supervisor.check()
        if not settings.DEBUG:
            call_command("collectstatic", interactive=False, verbosity=0)
        start_worker(supervisor)
        start_beat(supervisor, port)
        start_web(supervisor, port)
        wait_until_it_answers(port, supervisor)
        say(f"\nReady: http://localhost:{port} (Ctrl-C stops everything)")
        if settings.DEBUG:
            for label, username, password in demo.SIGN_INS:
                say(f"  {label}: {username} / {password}")


def lay_out_report(supervisor, say):
    """A slow computer is no reason not to start: the report is then found among the jobs when it is ready."""
    try:
        say(f"Consolidated report: {demo.report(supervisor.check, say)}")
    except demo.NotReady as late:
        say(f"{late} The worker goes on; look under “My jobs” as department.")


def chosen_port():
    """PORT, or 8000, if it is free."""
    try:
        port = int(os.environ.get("PORT") or 8000)
    except ValueError:
        raise CommandError(f"PORT must be a number, not {os.environ['PORT']!r}.") from None
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            line.bind(("127.0.0.1", port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise CommandError(f"Port {port} cannot be used: {error.strerror}.") from None
            raise CommandError(
                f"Port {port} is taken by another program. Stop it, or choose another: PORT={port + 1} make run"
            ) from None
    return port


def start_web(supervisor, port):
    supervisor.start(
        "web", "gunicorn", "config.wsgi", f"--bind=127.0.0.1:{port}", "--workers=2", "--threads=4",
        "--graceful-timeout=5", "--no-control-socket", "--log-level=warning",
        *(["--reload"] if settings.DEBUG else []),
    )  # fmt: skip


def start_beat(supervisor, port):
    supervisor.start(
        "beat", "celery", "--quiet", "-A", "config.celery", "beat", "--loglevel=WARNING", "--pidfile=",
        f"--schedule={settings.VAR_DIR / f'beat-schedule-{port}'}",
    )  # fmt: skip


def wait_until_it_answers(port, supervisor):
    deadline = time.monotonic() + SECONDS_TO_COME_UP
    while True:
        supervisor.check()
        line = HTTPConnection("localhost", port, timeout=5)
        try:
            line.request("GET", "/healthz")
            line.getresponse()
            return
        except (OSError, HTTPException):  # it listens before it can answer
            if time.monotonic() > deadline:
                raise CommandError(f"The web server does not answer on port {port}.") from None
            time.sleep(0.1)
        finally:
            line.close()
