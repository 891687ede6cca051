"""Where our servers keep their data and their sockets."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
LONGEST_SOCKET_PATH = 107  # sun_path of unix(7), less its final zero
SHORT = Path("/tmp")  # noqa: S108 - not $TMPDIR: every program must find the same sockets; the folder is checked
OUTSIDE = Path("/var/tmp")  # noqa: S108 - outlives a restart of the machine; the folder is checked


@dataclass(frozen=True)
class Places:
    """The folders of one VAR_DIR; `name` tells its servers from all others on the machine."""

    var: Path

    @classmethod
    def of_this_project(cls) -> Places:
        places = cls(Path(os.environ.get("VAR_DIR") or PROJECT / "var").resolve())
        places.logs.mkdir(parents=True, exist_ok=True)
        return places

    @property
    def name(self) -> str:
        key = hashlib.sha256(os.fsencode(self.var)).hexdigest()[:10]
        return f"community-career-{os.getuid()}-{key}"

    @property
    def cluster(self) -> Path:
        """PostgreSQL's data, or a link to it where it had to be laid outside (see postgres.py)."""
        return self.var / "pg"

    @property
    def outside(self) -> Path:
        return OUTSIDE / self.name

    @property
    def logs(self) -> Path:
        return self.var / "log"

    @property
    def sockets(self) -> Path:
        here = self.var / "run"
        fits = len(os.fsencode(here / ".s.PGSQL.5432.lock")) <= LONGEST_SOCKET_PATH
        return here if fits else SHORT / self.name

    @property
    def postgres_sockets(self) -> Path:
        return self.outside / "run" if self.cluster.is_symlink() else self.sockets

    @property
    def redis_socket(self) -> Path:
        return self.sockets / "redis.sock"


def private(folder: Path, owner: int | None = None) -> Path:
    """Make a folder that only `owner` (we, if none) may enter; refuse one that another has laid there."""
    owner = os.geteuid() if owner is None else owner
    if not folder.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if owner != os.geteuid():
            os.chown(folder, owner, -1)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner:
        raise RuntimeError(f"{folder} belongs to somebody else: remove it, or set VAR_DIR to another folder.")
    if stat.S_IMODE(found.st_mode) != 0o700:
        folder.chmod(0o700)
    return folder
