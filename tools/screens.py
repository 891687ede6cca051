"""Pictures of every screen, from the running program on its demo data, and the few that the README shows.

    tools/screens.py                     every screen, light and dark, phone and desk, Thai and English
    tools/screens.py --only courses      those whose name holds a word
    tools/screens.py --look desk.light   those of some looks, such as phone, dark.th or desk.light.en
    tools/screens.py --as province       those of one role
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
SIGNED_OUT = ("account_login", "account_reset_password", "account_reset_password_done", "gallery")
# One's own account: the same for everybody.
OWN = (
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
)
UP_WITHIN = 240  # seconds
TALLEST = 16000  # pixels; Chromium draws no higher picture
# Keys of addresses that answer with a file.
FILES = {"sheet", "ending", "picture", "product_picture", "standard_paper", "enclosure", "job_without_result"}
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


def screens(user) -> tuple[dict[str, str], list[str]]:
    """Every address that `user` may open, by the name of its route; and the routes for which there is no row."""
    from django.urls import reverse

    from tests.permissions.matrix import MATRIX
    from tools.screen_rows import OF_THE_PAST, keys_for

    keys, found, without = keys_for(user), {}, []
    for name, line in MATRIX.items():
        if user.role not in line.get or line.key in FILES:
            continue
        key = "past_course" if name in OF_THE_PAST else line.key
        if key in keys:
            found[name] = reverse(name, kwargs=keys[key])
        else:
            without.append(name)
    if user.username == PEOPLE[0]:
        found |= {name: reverse(name) for name in OWN}
    return found, without


@contextmanager
def signed_out() -> Iterator[dict[str, str]]:
    """Every address that opens without signing in, by the name of its route."""
    from django.urls import reverse

    from offices.models import User
    from tools.screen_rows import invitation, opened_by_link

    by_link = opened_by_link(User.objects.get(username="school"))
    with invitation(by=User.objects.get(username="province")) as token:
        by_link["offices:accept_invitation"] = token
        yield {name: reverse(name) for name in SIGNED_OUT} | {
            name: reverse(name, args=[token]) for name, token in by_link.items()
        }


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
    if not whole:
        page.screenshot(path=target)
        return True
    # A window as high as the page: what sticks to its foot then covers nothing.
    window = page.viewport_size
    for _turn in range(2):  # a frame that is a share of the window grows with it
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": window["width"], "height": min(max(height, window["height"]), TALLEST)})
    page.screenshot(path=target)
    page.set_viewport_size(window)
    return True


def every_screen(browser, address: str, into: Path, only: str, look: str, who: str) -> int:
    from offices.models import User

    if not only and not look and not who:
        shutil.rmtree(into, ignore_errors=True)
    taken = 0
    if not who:
        with signed_out() as pages:
            taken += each_look(browser, address, into / "nobody", None, pages, only, look)
    for username in [who] if who else PEOPLE:
        user = User.objects.get(username=username)
        pages, without = screens(user)
        taken += each_look(browser, address, into / username, user, pages, only, look)
        if without:
            print(f"{username}: the demo has no row for {', '.join(without)}", flush=True)
    return taken


def each_look(browser, address: str, into: Path, user, pages: dict[str, str], only: str, look: str) -> int:
    """Pictures of one person's pages; `only` is a part of the name of a route, `look` of that of a look."""
    taken = 0
    for size, theme, language in product(SIZES, THEMES, LANGUAGES):
        name_of_look = f"{size}.{theme}.{language}"
        if look not in name_of_look:
            continue
        page = window(browser, address, user, size, theme, language)
        for name, url in pages.items():
            if only in name:
                taken += take(page, url, into / f"{name.replace(':', '-')}.{name_of_look}.png")
        page.context.close()
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
    asked.add_argument("--look", default="", help="a part of size.theme.language")
    asked.add_argument("--as", dest="who", default="", choices=PEOPLE, help="one who signs in")
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
            taken = every_screen(browser, options.address, into, options.only, options.look, options.who)
        browser.close()
    print(f"{taken} pictures in {into}")


if __name__ == "__main__":
    main()
