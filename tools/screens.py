"""Pictures of every screen, from the running program on its demo data, and the few that the README shows.

    tools/screens.py                     every screen, light and dark, phone and desk, Thai and English
    tools/screens.py --only courses      those whose name holds a word
    tools/screens.py --pictures          docs/pictures, small

Pictures are put under var/screens/. If nothing answers at --address, the program is started and stopped again.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs in this thread

SIZES = {"desk": (1280, 900), "phone": (390, 844)}
LANGUAGES = ("th", "en")
THEMES = ("light", "dark")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PEOPLE = ("school", "province", "department", "administrator")
SIGNED_OUT = {
    "sign-in": "/accounts/login/",
    "forgotten": "/accounts/password/reset/",
    "components": "/gallery/",
}
UP_WITHIN = 240  # seconds
TALLEST = 6000
FILES = {"sheet", "ending", "picture", "job_without_result"}  # keys of addresses that answer with a file
YEAR = 2569  # the demo's year full of life

# name of the file: who, route, size, theme, whether to its very end, and the year looked at
PICTURES = {
    "department-home": ("department", "home", "desk", "light", True, YEAR),
    "course": ("school", "courses:detail", "desk", "light", False, YEAR),
    "course-phone": ("school", "courses:detail", "phone", "dark", False, YEAR),
    "board": ("school", "courses:board", "desk", "light", False, YEAR + 1),
    "indicators": ("department", "reports:indicators", "desk", "light", False, YEAR),
    "home-phone": ("school", "home", "phone", "light", False, YEAR),
}


@contextmanager
def program(address: str) -> Iterator[None]:
    """The program at `address`: the one that runs, or one of our own for as long as needed."""
    if answers(address):
        yield
        return
    port = str(urlsplit(address).port or 80)
    own = subprocess.Popen([sys.executable, "manage.py", "run"], cwd=ROOT, env={**os.environ, "PORT": port})
    try:
        deadline = time.monotonic() + UP_WITHIN
        while not answers(address):
            if own.poll() is not None or time.monotonic() > deadline:
                sys.exit("The program did not start.")
            time.sleep(1)
        yield
    finally:
        own.terminate()
        own.wait()


def answers(address: str) -> bool:
    try:
        with urlopen(f"{address}/healthz", timeout=5):
            return True
    except (URLError, OSError):
        return False


def chromium(playwright):
    """The machine's own browser."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        sys.exit("No Chromium on this machine; get it with: apt-get install chromium (as root)")
    return playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])


def keys_for(user) -> dict[str, dict[str, object]]:
    """For each kind of key in the permission matrix, a row that `user` may see and that has something to show."""
    from django.db.models import Q

    from courses.models import Course, CoursePhoto, Curriculum, Session
    from jobs.models import Job
    from offices.models import FiscalYear, School, User
    from supervision.models import Visit
    from trainees.models import Channel, Enrolment, Group, Product, Publicity, Trainee, Waiver

    courses = Course.objects.visible_to(user)
    course = first(courses.filter(status="running")) or first(courses)
    enrolments = Enrolment.objects.visible_to(user).filter(course=course)
    submitted = Q(status="submitted")
    found = {
        "course": course,
        "session": first(Session.objects.visible_to(user).filter(course=course)),
        "photo": first(CoursePhoto.objects.visible_to(user)),
        "curriculum": first(Curriculum.objects.visible_to(user)),
        "trainee": first(enrolments.order_by("pk"), "trainee") or first(Trainee.objects.visible_to(user)),
        "enrolment": first(enrolments),
        "waiver": first(Waiver.objects.decided_by(user)) or first(Waiver.objects.visible_to(user)),
        "visit": first(Visit.objects.decided_by(user).exclude(submitted)),
        "submitted_visit": first(Visit.objects.decided_by(user).newest(user).filter(submitted))
        or first(Visit.objects.visible_to(user).filter(submitted)),
        "product": first(Product.objects.visible_to(user)),
        "channel": first(Channel.objects.visible_to(user).filter(sales__isnull=False)),
        "publicity": first(Publicity.objects.visible_to(user)),
        "group": first(Group.objects.visible_to(user)),
        "job": first(Job.objects.of(user)),
        "account": first(User.objects.looked_after_by(user)),
        "school": first(School.objects.visible_to(user)),
        "year": first(FiscalYear.objects.order_by("-pk")),
        **rows_with_others(user),
    }
    keys: dict[str, dict[str, object]] = {name: {"pk": pk} for name, pk in found.items() if pk is not None}
    if course is not None:
        keys["paper"] = {"pk": course, "number": 8}
    return keys | {"": {}}


def first(rows, name: str = "pk") -> object:
    return rows.values_list(name, flat=True).first()


def rows_with_others(user) -> dict[str, object]:
    """Partners and what they do; a fair that the user's office has joined, and what is shown there."""
    from courses.models import CoDesigner, CoursePartner, Fair, FairPart, Partner
    from trainees.models import ContestEntry, Exhibit

    parts = CoursePartner.objects.visible_to(user)
    joined = first(FairPart.objects.own_of(user).filter(fair__status="held"), "fair")
    return {
        "partner": first(parts, "partner") or first(Partner.objects.visible_to(user)),
        "course_partner": first(parts),
        "co_designer": first(CoDesigner.objects.visible_to(user)),
        "any_fair": joined,
        "joined_fair": joined,
        "own_fair": first(Fair.objects.organised_by(user)),
        "exhibit": first(Exhibit.objects.visible_to(user)),
        "contest_entry": first(ContestEntry.objects.visible_to(user)),
    }


def screens(user) -> tuple[dict[str, str], list[str]]:
    """Every address that `user` may open, by the name of its route; and the routes for which there is no row."""
    from django.urls import reverse

    from tests.test_permission_matrix import MATRIX

    keys, found, without = keys_for(user), {}, []
    for name, line in MATRIX.items():
        if user.role not in line.get or line.key in FILES:
            continue
        if line.key in keys:
            found[name] = reverse(name, kwargs=keys[line.key])
        else:
            without.append(name)
    return found, without


def window(browser, address: str, user, size: str, theme: str, language: str, year: int = YEAR):
    """A page of a signed-in `user`; nobody when None."""
    from django.conf import settings
    from django.test import Client

    width, height = SIZES[size]
    context = browser.new_context(
        base_url=address, viewport={"width": width, "height": height}, color_scheme=theme,
        locale="th-TH" if language == "th" else "en-GB", reduced_motion="reduce",
    )  # fmt: skip
    cookies = {settings.LANGUAGE_COOKIE_NAME: language}
    if user:
        visitor = Client()
        visitor.force_login(user)
        visitor.post("/offices/years/choose/", {"year": year})
        cookies[settings.SESSION_COOKIE_NAME] = visitor.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
    return context.new_page()


def take(page, url: str, target: Path, *, whole: bool = True) -> bool:
    """One picture; False for what is no page: a file, a piece of one, or an address that only takes orders."""
    from playwright.sync_api import Error

    try:
        response = page.goto(url)
    except Error:
        return False
    is_page = "text/html" in response.headers.get("content-type", "") and "<html" in response.text()
    if response.status != 200 or not is_page:
        return False
    page.wait_for_selector(".htmx-request", state="detached")  # what a page fetches by itself
    page.evaluate("document.fonts.ready")
    target.parent.mkdir(parents=True, exist_ok=True)
    height = page.evaluate("document.documentElement.scrollHeight")
    page.screenshot(path=target, full_page=whole and height <= TALLEST)
    return True


def every_screen(browser, address: str, into: Path, only: str) -> int:
    from offices.models import User

    shutil.rmtree(into, ignore_errors=True)
    taken = 0
    for username in (None, *PEOPLE):
        user = User.objects.get(username=username) if username else None
        pages, without = screens(user) if user else (SIGNED_OUT, [])
        pages = {name: url for name, url in pages.items() if only in name}
        for size, theme, language in product(SIZES, THEMES, LANGUAGES):
            page = window(browser, address, user, size, theme, language)
            for name, url in pages.items():
                file = f"{name.replace(':', '-')}.{size}.{theme}.{language}.png"
                taken += take(page, url, into / (username or "nobody") / file)
            page.context.close()
        if without:
            print(f"{username}: the demo has no row for {', '.join(without)}")
    return taken


def pictures(browser, address: str, into: Path) -> int:
    from offices.models import User

    for name, (username, route, size, theme, whole, year) in PICTURES.items():
        user = User.objects.get(username=username)
        page = window(browser, address, user, size, theme, "th", year)
        take(page, screens(user)[0][route], into / f"{name}.png", whole=whole)
        page.context.close()
    return len(PICTURES)


def main() -> None:
    from playwright.sync_api import sync_playwright

    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--address", default=f"http://localhost:{os.environ.get('PORT') or 8000}")
    asked.add_argument("--only", default="", help="a word in the name of the route")
    asked.add_argument("--pictures", action="store_true", help="those of the README, into docs/pictures")
    options = asked.parse_args()
    with program(options.address), sync_playwright() as playwright:
        import django
        from django.conf import settings

        django.setup()
        browser = chromium(playwright)
        if options.pictures:
            into = ROOT / "docs" / "pictures"
            taken = pictures(browser, options.address, into)
        else:
            into = settings.VAR_DIR / "screens"
            taken = every_screen(browser, options.address, into, options.only)
        browser.close()
    print(f"{taken} pictures in {into}")


if __name__ == "__main__":
    main()
