"""Links between pages."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PageLink:
    """The URL of a page, and its title as link text."""

    url: str
    titel: str
