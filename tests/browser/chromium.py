"""Debian's Chromium, and logging in with it: for the stories here and for `make clicks`."""

from pathlib import Path

from playwright.sync_api import Page

# The headless shell is much faster; the full one also has a profile, and displays PDFs.
CHROMIUM = Path("/usr/bin/chromium-headless-shell")
WHOLE_CHROMIUM = Path("/usr/bin/chromium")
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
TIMEOUT = 10_000  # ms


def log_in_at(url: str, page: Page, *, email: str, password: str) -> None:
    """Log in through the login page, and wait for the page that comes after it."""
    page.goto(f"{url}/inloggen/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(lambda there: "/inloggen/" not in there)
