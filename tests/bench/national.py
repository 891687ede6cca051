"""Speed at national volume: figures against plain SQL, the consolidated workbook, pages as people ask for them.

Run by `make bench`. It makes two databases of its own by `manage.py seed_national` (a tenth of the nation, and the
nation) and keeps them for the next run; `--small` measures the tenth alone. What is wanted: ratio of figures ≤ 3,
dashboards ≤ 500 ms, lists that do not grow with the rows.
"""

import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

VOLUMES = {"bench_100000": (6_000, 100_000), "bench_1000000": (60_000, 1_000_000)}
YEAR = 2569
TIMES = 20  # requests that a page is asked for, after two to warm up
MOST_RATIO, MOST_MS = 3, 500
PROVINCE, SCHOOL = "50", "1250070000"
TRIVIAL = ("Help (trivial)", "/help/")
DASHBOARDS = [
    ("Home", "/"),
    ("Indicators", f"/reports/indicators/?year={YEAR}"),
    ("Indicators over places", f"/reports/indicators/places/?year={YEAR}&indicator=1.1"),
]
LISTS = [
    ("Courses", "/courses/"),
    ("Courses, searched", "/courses/?q=ขนม"),
    ("Courses, last page", "/courses/?page=last"),
    ("A course", "/courses/{course}/"),
    ("Trainees", "/trainees/"),
    ("Trainees by name", "/trainees/?q=บุญ"),
    ("Trainees by two words", "/trainees/?q={name}"),
    ("Products", "/trainees/products/"),
    ("Rows behind 1.1", f"/reports/evidence/?year={YEAR}&indicator=1.1"),
]


def prepare():
    """As an installation runs: without DEBUG, which would keep every query in memory."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from config import development_keys

    os.environ |= development_keys.load(Path(os.environ.get("VAR_DIR") or ROOT / "var"))
    os.environ |= {"DEBUG": "false", "ALLOWED_HOSTS": "testserver", "SECURE_SSL_REDIRECT": "false"}
    import django
    from django.core.management import call_command
    from django.utils import translation

    django.setup()
    translation.activate("th")
    if "--child" not in sys.argv:
        call_command("collectstatic", interactive=False, verbosity=0)


def seed(database, courses, enrolments):
    from django.core.management import call_command

    began = time.monotonic()
    call_command("seed_national", database=database, courses=courses, enrolments=enrolments, keep=True)
    return time.monotonic() - began


def view_of(office):
    from offices.scoping import DEPARTMENT_EYES
    from reports.breakdowns import View
    from reports.offices import Office
    from reports.periods import Period

    return View(DEPARTMENT_EYES, Office.parse(office, DEPARTMENT_EYES), Period.of(YEAR))


def timed(work, *arguments):
    began = time.perf_counter()
    found = work(*arguments)
    return time.perf_counter() - began, found


def figures():
    """All indicators and breakdowns, ours against plain SQL; both must say the same."""
    from offices.clock import today
    from reports.offices import Level
    from tests.bench.agreement import differences
    from tests.bench.plain_sql import Asked, everything

    print(f"{'All ten indicators with all breakdowns':44} {'numbers':>9} {'ours s':>8} {'SQL s':>8} {'ratio':>6}")
    whole, rows = Level.WHOLE, []
    for office, level, label in (
        ("department", whole, "the nation, by province"),
        ("department", Level.PROVINCE, "each of 77 provinces"),
        ("department", Level.SCHOOL, "every school"),
        (f"province:{PROVINCE}", whole, "one province, by school"),
        (f"school:{SCHOOL}", whole, "one school"),
    ):
        view = view_of(office)
        asked = Asked(*view.period.bounds, today(), str(level), "" if office == "department" else office)
        theirs, plain = timed(everything, asked)
        own, counted = timed(ours, view, level)
        found = in_words(counted)
        wrong = differences(found, plain)
        assert not wrong, "\n".join([f"{label}: {len(wrong)} numbers differ", *wrong[:20]])
        numbers = sum(map(len, found.values()))
        rows.append((own, theirs))
        print(f"  {label:42} {numbers:9,} {own:8.2f} {theirs:8.2f} {own / theirs:6.2f}", flush=True)
    own, theirs = (sum(column) for column in zip(*rows, strict=True))
    print(f"  {'together':42} {'':9} {own:8.2f} {theirs:8.2f} {own / theirs:6.2f}  (wanted: {MOST_RATIO} at most)")


def ours(view, level):
    """As the program counts them for a page or a workbook: by indicator and place."""
    from reports.figures import count_all, count_all_by_place
    from reports.offices import Level

    if level is Level.WHOLE:
        return {each.indicator.code: {"": each} for each in count_all(view)}
    return count_all_by_place(view, level)


def in_words(counted):
    from tests.bench.agreement import in_plain_words

    found = {code: {} for code in counted}
    for code, places in counted.items():
        for place, each in places.items():
            found[code] |= in_plain_words(code, place, each)
    return found


def worker_works(database):
    """The two long works of a worker, each in a process of its own, with the most memory that it took."""
    print(f"{'Work of a worker':44} {'s':>9} {'MB file':>8} {'MB peak':>8}")
    for work, label in (("workbook", "consolidated workbook of the nation"), ("recount", "figures of the nation")):
        command = [sys.executable, __file__, "--child", work, database]
        said = json.loads(
            subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1]
        )
        size = f"{said['bytes'] / 1e6:8.1f}" if said["bytes"] else f"{'':8}"
        print(f"  {label:42} {said['seconds']:9.1f} {size} {said['peak'] / 1024:8.0f}", flush=True)


def child(work, database):
    """What a worker does, and what it took."""
    with standing_in(database):
        seconds, size = timed({"workbook": compile_workbook, "recount": recount_nation}[work])
    print(json.dumps({"seconds": seconds, "bytes": size, "peak": peak_of_this_process()}))


def peak_of_this_process():
    """The most memory it ever had, in kB; `getrusage` would tell that of whoever started it, if that was more."""
    said = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in said.splitlines() if line.startswith("VmHWM"))


def compile_workbook():
    from documents.renderers import RENDERERS
    from reports.consolidated import consolidated
    from reports.management.commands.compile_report import write

    with TemporaryDirectory() as folder:
        out = Path(folder) / "consolidated.xlsx"
        write(out, RENDERERS["xlsx"], consolidated(view_of("department"), by="bench"))
        return out.stat().st_size


def recount_nation():
    from reports.stored import recount

    recount(view_of("department"), thoroughly=True)
    return 0


@contextmanager
def standing_in(database):
    from config.national.place import inside

    with inside(database):
        yield


def people():
    """One of each office, who may sign in though this is no laptop's program."""
    from offices.models import User

    names = ("department", "province", "school")
    User.objects.filter(username__in=names, is_demo=True).update(is_demo=False)
    return [User.objects.get(username=name) for name in names]


def pages():
    """Milliseconds of the server for each page and office: half of the requests, and 19 of 20, took no longer."""
    from trainees.models import Trainee

    found = {}
    for user in people():
        recount_for(user)
        somebody = Trainee.objects.visible_to(user).filter(document_kind="national_id").order_by("pk")[40]
        course = somebody.enrolments.visible_to(user).values_list("course", flat=True)[0]
        name = f"{somebody.first_name} {somebody.surname[:4]}"
        for label, path in [TRIVIAL, *DASHBOARDS, *LISTS]:
            if user.school_id and "places" in path:
                continue
            address = path.format(course=course, name=name)
            found[user.username, label] = asked_for(user, address)
    return found


def recount_for(user):
    """What the worker counts when somebody first looks, so that a large office's figures stand ready."""
    from reports.breakdowns import View
    from reports.models import StoredFigures
    from reports.offices import Office
    from reports.periods import Period
    from reports.stored import recount
    from reports.versions import data_version

    view = View(user, Office.own(user), Period.of(YEAR))
    if not StoredFigures.objects.filter(office=str(view.office), data_version=data_version()).exists():
        recount(view, thoroughly=True)


def asked_for(user, path):
    from django.test import Client

    client = Client(headers={"accept-language": "th"})
    client.force_login(user, backend="offices.adapters.OfficeBackend")
    session = client.session
    session["fiscal_year"] = YEAR
    session.save()
    took = []
    for _ in range(TIMES + 2):
        seconds, response = timed(client.get, path)
        assert response.status_code == 200, f"{user.username} {path}: {response.status_code}"
        took.append(seconds * 1000)
    took = sorted(took[2:])
    return took[len(took) // 2], took[int(len(took) * 0.95) - 1]


def print_pages(by_volume):
    """All volumes beside one another, so that growth shows."""
    volumes = list(by_volume)
    heads = "".join(f" | {volume.removeprefix('bench_'):>9}: p50  p95 ratio" for volume in volumes)
    print(f"\n{'Server time of pages, ms':37}{heads} | growth")
    slow = []
    for key in by_volume[volumes[-1]]:
        who, label = key
        line = f"{who:11} {label:25}"
        for volume in volumes:
            p50, p95 = by_volume[volume][key]
            trivial, _p95 = by_volume[volume][who, TRIVIAL[0]]
            line += f" | {'':5}{p50:9.0f} {p95:4.0f} {p50 / trivial:5.1f}"
        growth = by_volume[volumes[-1]][key][0] / by_volume[volumes[0]][key][0]
        print(f"{line} | {growth:5.1f}")
        if label in dict(DASHBOARDS) and by_volume[volumes[-1]][key][1] > MOST_MS:
            slow.append(f"{who}: {label}")
    print(f"Dashboards over {MOST_MS} ms (p95): {', '.join(slow) or 'none'}")


def main():
    prepare()
    if "--child" in sys.argv:
        child(*sys.argv[2:4])
        return
    volumes = dict(list(VOLUMES.items())[:1]) if "--small" in sys.argv else VOLUMES
    for database, (courses, enrolments) in volumes.items():
        print(f"\nSeeding {database}: {courses:,} courses, {enrolments:,} enrolments")
        print(f"{seed(database, courses, enrolments):.0f} s")
    by_volume = {}
    for database in volumes:
        print(f"\n{database}")
        with standing_in(database):
            figures()
        worker_works(database)
        with standing_in(database):
            by_volume[database] = pages()
    print_pages(by_volume)
    print("Times are of this machine at this moment, with whatever else it was doing.")


if __name__ == "__main__":
    main()
