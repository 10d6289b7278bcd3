"""How each kind of material is read, printed and started: what the toolbox and a preview show.

The app that owns a soort registers its Weergave when it is ready.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dossiers.models import Dossier, Materiaalversie


@dataclass(frozen=True)
class Weergave:
    """The pages of one soort.

    template: the part of a page that shows the content.
    context: what that part needs, for a version.
    blank_pdf: the version to print and fill in by hand.
    start_url: where one begins with it in a dossier; None when it can only be read.
    """

    template: str
    context: Callable[[Materiaalversie], dict[str, Any]]
    blank_pdf: Callable[[Materiaalversie], bytes]
    start_url: Callable[[Dossier, Materiaalversie], str | None]


_weergaven: dict[str, Weergave] = {}


def register(soort: str, weergave: Weergave) -> None:
    """Make the pages of a soort known."""
    _weergaven[soort] = weergave


def weergave_of(versie: Materiaalversie) -> Weergave:
    """The pages of a version's soort."""
    return _weergaven[versie.materiaal.soort]
