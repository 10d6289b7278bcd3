"""Somebody at a page: does what a user does, and counts it.

A click, a tap and a key count as one each, also Tab and Ctrl+Enter. The letters of a text count as
none, but the way into its box does. A page counts for as many screens as one has to look down to
see all that was used on it: from its top to below the lowest of these, and one at least.
"""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect


@dataclass(frozen=True)
class Cost:
    clicks: int
    screens: float


class Counter:
    def __init__(self, page: Page, *, touch: bool = False) -> None:
        self.page = page
        self._touch = touch
        self._clicks = 0
        # By page: when it was loaded is what tells one from the next, also at the same address.
        self._screens: dict[float, float] = {}

    @property
    def cost(self) -> Cost:
        return Cost(self._clicks, sum(self._screens.values()))

    def press_on(self, target: Locator) -> None:
        """Click on it, or tap."""
        self._look_down_to(target)
        if self._touch:
            target.tap()
        else:
            target.click()
        self._clicks += 1

    def keys(self, *names: str) -> None:
        for name in names:
            self._saw(0)
            self.page.keyboard.press(name)
            self._clicks += 1

    def write(self, words: str) -> None:
        """Type in the box that has the focus; there has to be one."""
        expect(self.page.locator(":focus")).to_have_role("textbox")
        self.page.keyboard.type(words)

    def read(self) -> None:
        """Read the page from its top to its end."""
        self._saw(float(self._measure()["whole"]))

    def _look_down_to(self, target: Locator) -> None:
        target.wait_for()
        box = target.bounding_box()
        assert box is not None, target
        self._saw(box["y"] + box["height"] + self._measure()["above"])

    def _saw(self, bottom: float) -> None:
        size = self.page.viewport_size
        assert size is not None
        loaded = self._measure()["loaded"]
        deepest = self._screens.get(loaded, 1.0)
        self._screens[loaded] = max(deepest, bottom / size["height"])

    def _measure(self) -> Any:
        return self.page.evaluate(
            """() => ({
              loaded: performance.timeOrigin,
              above: scrollY,
              whole: document.documentElement.scrollHeight,
            })"""
        )
