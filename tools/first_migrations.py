"""Make the first migrations anew from the models, as long as nobody has installed anything.

`python tools/first_migrations.py` replaces every migration of ours. What is added to models comes last and at once
(offices/laying.py), the constraints that look at another table's unique pair (SameSchool) at its very end.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OURS = ("offices", "documents", "jobs", "courses", "trainees", "supervision", "reports")
NO_SERVERS = {"DATABASE_URL": "postgresql:///none", "REDIS_URL": "unix:///none", "DEBUG": "true"}
OPERATIONS = re.compile(r"(?<=    operations = \[\n).*(?=^    \]$)", re.MULTILINE | re.DOTALL)
OPERATION = re.compile(r"^        \S.*?^        \),\n", re.MULTILINE | re.DOTALL)
EXTENSIONS = "        BtreeGistExtension(),\n        TrigramExtension(),\n"
TOGETHER = "from offices.laying import AllAtOnce\n"
IMPORTS = "from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension\n"


def main() -> None:
    for path in _ours():
        path.unlink()
    _python("-W", "ignore", "manage.py", "makemigrations", "--verbosity", "0")
    _tidy()
    for path in _ours():
        path.write_text(_in_order(path.read_text(encoding="utf-8"), first=path.parts[-3] == "offices"))
    _tidy()


def _in_order(text: str, *, first: bool) -> str:
    """The models, then all that is added to them."""
    operations = OPERATION.findall(OPERATIONS.search(text)[0])
    made = [each for each in operations if "CreateModel(" in each.partition("\n")[0]]
    added = sorted((each for each in operations if each not in made), key=lambda each: "SameSchool(" in each)
    together = f"        AllAtOnce([{''.join(added)}]),\n" if added else ""
    text = OPERATIONS.sub(lambda _: (EXTENSIONS if first else "") + "".join(made) + together, text)
    return TOGETHER + (IMPORTS if first else "") + text


def _ours() -> list[Path]:
    return sorted(path for app in OURS for path in (ROOT / app / "migrations").glob("0*.py"))


def _tidy() -> None:
    _python("-m", "ruff", "check", "--fix", "--quiet", *map(str, _ours()))
    _python("-m", "ruff", "format", "--quiet", *map(str, _ours()))


def _python(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, env={**os.environ, **NO_SERVERS})


if __name__ == "__main__":
    main()
