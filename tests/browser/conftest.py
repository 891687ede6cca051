"""A real Chromium, driven by Playwright against the program on a real port, in Thai like its users."""

import os
import shutil
import threading
import time

import pytest
from django.core.signals import request_finished, request_started

from tests.workers import until

# Playwright's synchronous API runs an event loop in this thread; the ORM is used beside it, never inside.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip


# Whoever leaves a page while it asks for news breaks the question off.
BROKEN_OFF = ("htmx:sendAbort", "htmx:afterRequest")


def is_a_fault(said):
    return said.type == "error" and not said.text.startswith(BROKEN_OFF)


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=20_000)  # a busy machine is not a fault of the program
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    assert path, "no Chromium on this machine; get it with: apt-get install chromium (as root)"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


class Underway:
    """How many requests the program works at, but for those that the test itself makes."""

    QUIET = 0.1  # seconds without any, after which no more come of a window that was closed

    def __init__(self):
        self.lock, self.asked, self.changed_at = threading.Lock(), 0, time.monotonic()

    def begin(self, **_said):
        self._count(1)

    def end(self, **_said):
        self._count(-1)

    def _count(self, by):
        if threading.current_thread() is not threading.main_thread():
            with self.lock:
                self.asked, self.changed_at = self.asked + by, time.monotonic()

    def is_none(self):
        with self.lock:
            return self.asked == 0 and time.monotonic() - self.changed_at > self.QUIET


@pytest.fixture
def underway():
    counting = Underway()
    request_started.connect(counting.begin)
    request_finished.connect(counting.end)
    yield counting
    request_started.disconnect(counting.begin)
    request_finished.disconnect(counting.end)


@pytest.fixture
def someone(chromium, live_server, underway):
    """Give me a browser window of somebody: a context of their own, on the program's address.

    The test is over when the program has answered everything that they asked: no row is taken from under it.
    """
    contexts = []

    def window(width=1280, height=900, **options):
        context = chromium.new_context(
            base_url=live_server.url, locale="th-TH", viewport={"width": width, "height": height},
            accept_downloads=True, **options,
        )  # fmt: skip
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        page.problems = []
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.on("console", lambda said: is_a_fault(said) and page.problems.append(said.text))
        return page

    yield window
    for context in contexts:
        context.close()
    assert until(underway.is_none), "the program still works at what a closed window asked"
