"""A real browser against a real server. Skipped without Chromium, except on CI, where it fails."""

import os

import pytest
from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from tests.browser.chromium import ARGS, CHROMIUM, TIMEOUT, WHOLE_CHROMIUM, log_in_at
from tests.client import Browser
from tests.conftest import PASSWORD

WIDTHS = (1280, 390)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {
    "runOnly": {"type": "tag", "values": TAGS},
    # Do not report passes: that takes longer than the checks themselves.
    "resultTypes": ["violations"],
}

# Playwright runs an event loop in this thread, but Django's calls here are synchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    for binary in (CHROMIUM, WHOLE_CHROMIUM):
        if not binary.exists():
            reason = f"{binary} staat niet op deze machine: `make test` installeert hem."
            if os.environ.get("CI") == "true":
                pytest.fail(reason)
            pytest.skip(reason)
    return {
        **browser_type_launch_args,
        "executable_path": str(CHROMIUM),
        "args": ARGS,
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "nl-BE", "viewport": {"width": 1280, "height": 900}}


@pytest.fixture(autouse=True)
def _a_server_that_can_be_reached(live_server, settings):
    settings.ALLOWED_HOSTS = ["localhost", "testserver"]


@pytest.fixture
def page(page):
    page.set_default_timeout(TIMEOUT)
    return page


@pytest.fixture
def whole_page(playwright, browser_type_launch_args, tmp_path):
    """A page in the full Chromium, with its profile in `tmp_path`."""
    args = {**browser_type_launch_args, "executable_path": str(WHOLE_CHROMIUM)}
    context = playwright.chromium.launch_persistent_context(tmp_path, **args, locale="nl-BE")
    context.set_default_timeout(TIMEOUT)
    yield context.pages[0]
    context.close()


@pytest.fixture
def log_in(live_server):
    """Log in, without a look at the login page and what comes after it: `log_in(page, tom)`."""

    def go(page, user):
        desk = Browser()
        desk.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
        kept = desk.cookies.values()
        page.context.add_cookies(
            [{"name": one.key, "value": one.value, "url": live_server.url} for one in kept]
        )
        return page

    return go


@pytest.fixture
def log_in_by_hand(live_server):
    """Log in through the login page, for a story in which that matters."""

    def go(page, user):
        log_in_at(live_server.url, page, email=user.email, password=PASSWORD)
        return page

    return go


@pytest.fixture
def console(page):
    """The errors in the browser's console; should be empty at the end of a test."""
    return complaints_of(page)


def complaints_of(page) -> list[str]:
    """A list to which every subsequent error of a page is added."""
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


@pytest.fixture
def check(page):
    """Assert no axe violations and no horizontal scrolling, on a laptop and on a phone."""
    script = Axe().axe_script

    def run(where: str, exclude: tuple[str, ...] = (), widths: tuple[int, ...] = WIDTHS) -> None:
        # Once for both widths, because it is a large script.
        page.evaluate(script)
        context = {"include": [["html"]], "exclude": [[one] for one in exclude]}
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            found = AxeResults(page.evaluate("found => axe.run(...found)", [context, OPTIONS]))
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert found.violations_count == 0, f"{where} ({width}): {found.generate_report()}"
            assert wide <= 0, f"{where} ({width}) scrolls sideways by {wide} pixels"

    return run
