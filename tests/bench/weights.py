"""What a visit weighs, measured by the browser: every byte over the line, compressed as it is served in earnest.

Run by `make bench`. The program runs as an installation does (hashed, compressed files), on the demo's data.
"""

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

KB = 1024
PORT = 8765  # of the program that is weighed, so that it may run beside another
FIRST, FIRST_WITH_CHARTS, LATER = 250, 550, 50  # kB: the promises
PAGES = [
    # name, who, address, the most that a first visit may weigh
    ("sign in", None, "/accounts/login/", FIRST),
    ("school's home", "school", "/", FIRST),
    ("courses", "school", "/courses/", FIRST),
    ("trainees", "school", "/trainees/", FIRST),
    ("indicators, with charts", "department", "/reports/indicators/", FIRST_WITH_CHARTS),
    ("department's home, with charts", "department", "/", FIRST_WITH_CHARTS),
    ("overview, with charts", "department", "/reports/indicators/places/", FIRST_WITH_CHARTS),
]


class Scales:
    """Adds up what a page's requests bring over the line, as Chromium counts it."""

    def __init__(self, page):
        self.bytes = 0
        line = page.context.new_cdp_session(page)
        line.send("Network.enable")
        line.on("Network.loadingFinished", self.weigh)

    def weigh(self, finished):
        self.bytes += finished["encodedDataLength"]


def weigh(browser, address, user, path):
    """Kilobytes of a first visit, and of a second with everything that may be kept."""
    from tools.screens import window

    page = window(browser, address, user, "desk", "light", "th")
    scales, weights = Scales(page), []
    for _visit in range(2):
        scales.bytes = 0
        page.goto(path, wait_until="networkidle")
        assert (user is None) == ("/login/" in page.url), f"{path} leads to {page.url}"
        weights.append(scales.bytes / KB)
    page.context.close()
    return weights


def prepare():
    """A laptop's keys and demo data, but files served as an installation serves them: hashed and compressed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    for command in (["migrate", "-v0"], ["load_geography"], ["seed_demo"]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    from config import development_keys

    os.environ |= development_keys.load(Path(os.environ.get("VAR_DIR") or ROOT / "var"))
    os.environ |= {"DEBUG": "false", "ALLOWED_HOSTS": "localhost,testserver", "SECURE_SSL_REDIRECT": "false"}


@contextmanager
def people(usernames):
    """Accounts with the places of the demo's, for a program that lets no demo account in; gone afterwards."""
    from offices.models import User

    made = {}
    for username in usernames:
        demo = User.objects.get(username=username)
        facts = {"name": demo.name, "role": demo.role, "school": demo.school, "province": demo.province}
        User.objects.filter(username=f"weighed-{username}").delete()
        made[username] = User.objects.create(username=f"weighed-{username}", **facts)
        made[username].set_unusable_password()
        made[username].save()
    try:
        yield made
    finally:
        for user in made.values():
            user.delete()


def main():
    prepare()
    address = f"http://localhost:{PORT}"
    from playwright.sync_api import sync_playwright

    from tools.screens import chromium, program

    with program(address), sync_playwright() as playwright:
        import django

        django.setup()
        browser = chromium(playwright)
        print(f"\n{'Page weights, kB over the line':34} {'first':>8} {'most':>6} {'later':>8} {'most':>6}")
        heavy = []
        with people({username for _name, username, _path, _most in PAGES if username}) as found:
            for name, username, path, most in PAGES:
                first, later = weigh(browser, address, found.get(username), path)
                print(f"{name:34} {first:8.1f} {most:6} {later:8.1f} {LATER:6}")
                if first > most or later > LATER:
                    heavy.append(name)
        browser.close()
    if heavy:
        sys.exit(f"Too heavy: {', '.join(heavy)}")


if __name__ == "__main__":
    main()
