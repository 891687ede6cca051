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
UP_WITHIN = 240  # seconds
TALLEST = 6000
YEAR = 2569  # the demo's year full of life

# name of the file: who, route, size, theme, and whether to its very end
PICTURES = {
    "department-home": ("department", "home", "desk", "light", True),
    "course": ("school", "courses:detail", "desk", "light", False),
    "course-phone": ("school", "courses:detail", "phone", "dark", False),
    "board": ("school", "courses:board", "desk", "light", False),
    "indicators": ("department", "reports:indicators", "desk", "light", False),
    "home-phone": ("school", "home", "phone", "light", False),
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


def rows_for(user) -> dict[str, object]:
    """For each kind of key, a row that `user` may see and that has something to show."""
    from courses.models import Course, Curriculum
    from jobs.models import Job
    from offices.models import School, User
    from trainees.models import Assessment, Enrolment, Product, Trainee, Waiver

    def first(rows):
        return rows.values_list("pk", flat=True).first()

    if user.role == "administrator":
        return {
            "account": first(User.objects.looked_after_by(user)),
            "school": first(School.objects.visible_to(user)),
        }
    courses = Course.objects.visible_to(user)
    course = first(courses.filter(status="running")) or first(courses)
    enrolments = Enrolment.objects.visible_to(user).filter(course=course)
    return {
        "course": course,
        "curriculum": first(Curriculum.objects.visible_to(user)),
        "trainee": first(enrolments.values_list("trainee", flat=True).order_by("pk"))
        or first(Trainee.objects.visible_to(user)),
        "enrolment": first(enrolments),
        "waiver": first(Waiver.objects.visible_to(user)),
        "assessment": first(Assessment.objects.visible_to(user)),
        "product": first(Product.objects.visible_to(user).filter(makers__isnull=False, assessments__isnull=False)),
        "job": first(Job.objects.of(user)),
        "account": first(User.objects.looked_after_by(user)),
        "school": first(School.objects.visible_to(user)),
    }


def key_of(route: str, rows: dict[str, object]) -> object:
    """The key of a row that this route is about, told by the words of its name; None for what we cannot know."""
    from offices.models import FiscalYear

    app, _colon, noun = route.rpartition(":")
    if "year" in noun:
        return FiscalYear.objects.values_list("pk", flat=True).last()
    words = {
        "courses": ("curriculum", "course"),
        "trainees": ("enrolment", "waiver", "assessment", "product", "trainee"),
        "offices": ("account", "school"), "jobs": ("job",),
    }.get(app, ())  # fmt: skip
    if app == "trainees" and noun in {"mark_came", "course_open", "course_products", "roster"}:
        return rows.get("course")
    if app == "trainees" and noun == "withdraw":
        return rows.get("enrolment")
    return rows.get(next((word for word in words if word in noun), words[-1] if words else ""))


def screens(user) -> dict[str, str]:
    """Every address that `user` may open, by the name of its route."""
    from django.urls import URLResolver, get_resolver, reverse

    from offices.permissions import may

    found, rows = {}, rows_for(user)

    def walk(resolver, prefix):
        for entry in resolver.url_patterns:
            if isinstance(entry, URLResolver):
                walk(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
                continue
            permission = getattr(entry.callback, "requires", None)
            if permission is None or not may(user, permission):
                continue
            name, keys = f"{prefix}{entry.name}", list(entry.pattern.converters)
            if not keys:
                found[name] = reverse(name)
            elif len(keys) == 1 and (key := key_of(name, rows)) is not None:
                found[name] = reverse(name, args=[key])

    walk(get_resolver(), "")
    return found


def window(browser, address: str, user, size: str, theme: str, language: str):
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
        visitor.post("/offices/years/choose/", {"year": YEAR})
        cookies[settings.SESSION_COOKIE_NAME] = visitor.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
    return context.new_page()


def take(page, url: str, target: Path, *, whole: bool = True) -> bool:
    """One picture; False for what is no page: a file, a piece of one, or an address that only takes orders."""
    from playwright.sync_api import Error

    try:
        response = page.goto(url, wait_until="networkidle")
    except Error:
        return False
    if response.status != 200 or "<html" not in response.text():
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    height = page.evaluate("document.documentElement.scrollHeight")
    tall = whole and height <= TALLEST
    page.screenshot(path=target, full_page=tall)
    return True


def every_screen(browser, address: str, into: Path, only: str) -> int:
    from offices.models import User

    shutil.rmtree(into, ignore_errors=True)
    taken = 0
    for username in (None, *PEOPLE):
        user = User.objects.get(username=username) if username else None
        pages = screens(user) if user else {"sign-in": "/accounts/login/", "components": "/gallery/"}
        pages = {name: url for name, url in pages.items() if only in name}
        for size, theme, language in product(SIZES, THEMES, LANGUAGES):
            page = window(browser, address, user, size, theme, language)
            for name, url in pages.items():
                file = f"{name.replace(':', '-')}.{size}.{theme}.{language}.png"
                taken += take(page, url, into / (username or "nobody") / file)
            page.context.close()
    return taken


def pictures(browser, address: str, into: Path) -> int:
    from offices.models import User

    for name, (username, route, size, theme, whole) in PICTURES.items():
        user = User.objects.get(username=username)
        page = window(browser, address, user, size, theme, "th")
        take(page, screens(user)[route], into / f"{name}.png", whole=whole)
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
        path = next(
            found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))
        )
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        if options.pictures:
            into, taken = (
                ROOT / "docs" / "pictures",
                pictures(browser, options.address, ROOT / "docs" / "pictures"),
            )
        else:
            into = settings.VAR_DIR / "screens"
            taken = every_screen(browser, options.address, into, options.only)
        browser.close()
    print(f"{taken} pictures in {into}")


if __name__ == "__main__":
    main()
