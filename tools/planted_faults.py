"""Plant faults in a copy of the tree, one at a time, and see that a test notices each.

    python tools/planted_faults.py [NAME …]

Each fault is a file, the words to find, what to put in their place, and the tests that must then fail.
Prints one line a fault; ends with 1 if any fault lived.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Fault:
    name: str
    path: str
    find: str
    put: str
    tests: str


FAULTS = (
    Fault(
        "a dropped permission",
        "trainees/views/people.py",
        "@requires(Can.REVEAL_IDS)\n",
        "",
        "tests/test_permission_matrix.py -k reveal",
    ),
    Fault(
        "a forgotten scope in a list",
        "courses/views/lists.py",
        "courses = Course.objects.visible_to(request.user)",
        "courses = Course.objects.all()",
        "tests/test_permission_matrix.py -k courses:list",
    ),
    Fault(
        "a scope walked around in a list",
        "courses/views/lists.py",
        "courses = Course.objects.visible_to(request.user)",
        "courses = Course.objects.unscoped()",
        "tests/test_permission_matrix.py -k 'courses:list and shows'",
    ),
    Fault(
        "a forgotten scope in a form choice",
        "offices/forms.py",
        "field.queryset = queryset.visible_to(user)",
        "pass",
        "tests/test_permission_matrix.py -k courses:create",
    ),
    Fault(
        "a forgotten scope in a job",
        "reports/tasks.py",
        'view = View(user, Office.parse(job.params["office"], user), ',
        "from offices.scoping import DEPARTMENT_EYES as all_; "
        'view = View(all_, Office.parse(job.params["office"], all_), ',
        "tests/reports",
    ),
    Fault(
        "a forgotten scope in an export",
        "courses/exports.py",
        "Course.objects.visible_to(user)",
        "Course.objects.all()",
        "tests/test_permission_matrix.py -k courses:export",
    ),
    Fault(
        "a forgotten scope in history",
        "courses/histories.py",
        "row.pgh_event_model.objects.visible_to(user)",
        "row.pgh_event_model.objects.all()",
        "tests/test_permission_matrix.py -k courses:detail",
    ),
    Fault(
        "a forgotten scope in a subquery",
        "trainees/filters.py",
        "Enrolment.objects.visible_to(self.user).filter(trainee=OuterRef",
        "Enrolment.objects.filter(trainee=OuterRef",
        "tests/trainees/test_register_list.py",
    ),
    Fault(
        "a route without a line",
        "courses/urls.py",
        "urlpatterns = [",
        'urlpatterns = [\n    path("unlisted/", lists.course_list, name="unlisted"),',
        "tests/test_permission_matrix.py -k matrix",
    ),
    Fault(
        "an open set joined with a sealed one",
        "offices/scoping.py",
        "            rhs._check()\n",
        "            pass\n",
        "tests/test_seal.py",
    ),
    Fault(
        "a child of another school's parent",
        "trainees/models/enrolments.py",
        '            SameSchool("trainee", name="enrolment_trainee_same_school"),\n',
        "",
        "tests/test_seal.py",
    ),
)


def main(names: list[str]) -> int:
    lived = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "tree"
        left_out = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", ".hypothesis", "node_modules")
        shutil.copytree(ROOT, copy, ignore=left_out)
        for fault in FAULTS:
            if not names or any(name in fault.name for name in names):
                noticed = _is_noticed(fault, copy)
                lived += not noticed
                print(f"{'noticed' if noticed else 'LIVED':8} {fault.name} ({fault.path})", flush=True)
    return 1 if lived else 0


def _is_noticed(fault: Fault, copy: Path) -> bool:
    target = copy / fault.path
    sound = target.read_text()
    if fault.find not in sound:
        raise SystemExit(f"{fault.path} no longer says {fault.find!r}: mend the fault “{fault.name}”.")
    target.write_text(sound.replace(fault.find, fault.put))
    try:
        command = f"{sys.executable} -m pytest -q -x -p no:cacheprovider {fault.tests}"
        done = subprocess.run(
            command, shell=True, cwd=copy, capture_output=True, env={**os.environ, "DEBUG": "true"}
        )
        return done.returncode == 1  # 1: a test failed; 2 and more: pytest itself could not run
    finally:
        target.write_text(sound)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
