"""A way to a page, as other pages show it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PageLink:
    """The address of a page, and what people call that page."""

    url: str
    titel: str
