"""Where the jobs are done: a browser before a running STS-Dialoog, and whoever sits down at it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from dossiers.mensen.models import User
from tests.browser.chromium import ARGS, CHROMIUM, TIMEOUT, log_in_at
from tests.conftest import PASSWORD, Huis, make_huis

LAPTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
SECONDS_TO_START = 60
_numbers = count(100, 10)


@dataclass(frozen=True)
class Desk:
    """url: of the server. demo: the password of everybody in the demo."""

    url: str
    demo: str
    playwright: Playwright
    browser: Browser

    @contextmanager
    def laptop(self, who: User | str) -> Iterator[Page]:
        """Somebody who just logged in; of the demo by her address."""
        with self._sit_down(who, viewport=LAPTOP) as page:
            yield page

    @contextmanager
    def phone(self, who: User | str) -> Iterator[Page]:
        device = self.playwright.devices["iPhone 13"] | {"viewport": PHONE}
        with self._sit_down(who, **device) as page:
            yield page

    @contextmanager
    def _sit_down(self, who: User | str, **device: Any) -> Iterator[Page]:
        context = self.browser.new_context(locale="nl-BE", **device)
        context.set_default_timeout(TIMEOUT)
        page = context.new_page()
        if isinstance(who, User):
            log_in_at(self.url, page, email=who.email, password=PASSWORD)
        else:
            log_in_at(self.url, page, email=who, password=self.demo)
        try:
            yield page
        finally:
            context.close()


@contextmanager
def desk(url: str, *, demo: str) -> Iterator[Desk]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        # A server that is only starting takes longer than any page.
        browser.new_page().goto(url, timeout=SECONDS_TO_START * 1000)
        yield Desk(url, demo, playwright, browser)
        browser.close()


def new_school() -> Huis:
    """A school with an empty dossier, and somebody of each role."""
    number = next(_numbers)
    people = [f"{name}{number}" for name in ("An", "Marie", "Tom", "Lies")]
    return make_huis(f"CLB {number}", f"School {number}", number, people)
