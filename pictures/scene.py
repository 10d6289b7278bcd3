"""What a picture is taken of: a page that somebody sits before, and the part that one sees."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from playwright.sync_api import FloatRect, Page

LAPTOP, PHONE = 960, 390
WINDOW = 1000
# Of the page around what one sees.
MARGIN = 16


@dataclass(frozen=True)
class Scene:
    """A page of the browser. forget: called when one leaves a page; only what comes then counts."""

    page: Page
    url: str
    forget: Callable[[], None]

    def go(self, name: str, *args: object, query: str = "") -> Page:
        """To the page with this name."""
        self.forget()
        self.page.goto(f"{self.url}{reverse(name, args=args)}{query}")
        return self.page

    def place_of(self, show: str, height: int) -> FloatRect:
        """The place in the window of what is shown, at most so many pixels high.

        show: the selector of an element; empty for all of the window.
        """
        if not show:
            return {"x": 0, "y": 0, "width": self.page.evaluate("innerWidth"), "height": height}
        element = self.page.locator(show).first
        element.evaluate(f"it => scrollTo(0, it.getBoundingClientRect().top + scrollY - {MARGIN})")
        box = element.bounding_box()
        if box is None:
            raise LookupError(f"There is nothing to see of {show}.")
        left, top = max(box["x"] - MARGIN, 0), max(box["y"] - MARGIN, 0)
        right = min(box["x"] + box["width"] + MARGIN, self.page.evaluate("innerWidth"))
        bottom = min(box["y"] + box["height"] + MARGIN, top + height)
        return {"x": left, "y": top, "width": right - left, "height": bottom - top}


@dataclass(frozen=True)
class Shot:
    """A picture of the manual.

    name: of its file. who: of the demo; empty for a stranger. arrange: goes to the page, and does
    there what one should see. show: as in `Scene.place_of`. height: of the picture at most.
    """

    name: str
    who: str
    arrange: Callable[[Scene], object]
    show: str = "main"
    height: int = 560
    width: int = LAPTOP
