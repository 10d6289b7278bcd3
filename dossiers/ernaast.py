"""What a dossier shows of its own beside a goal or a part whose content asks for it (`toont`).

A chamber makes known what it shows when Django is ready, so that the plan and the talks need not
know which chambers there are.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from dossiers.materialen.models import Toont
from dossiers.models import Dossier


@dataclass(frozen=True)
class Shown:
    """What is shown under a name of the content.

    kop: what it is about, also where it is folded.
    template: the part that shows it, with `getoond`, `dossier` and `schrijven`.
    papier: that part on paper, without a heading.
    stijl: its style sheet, as the tag `static` takes it.
    read: gives `getoond` for a dossier; at most one query.
    """

    kop: str
    template: str
    papier: str
    stijl: str
    read: Callable[[Dossier], Any]


@dataclass(frozen=True)
class Beside:
    """Something that stands beside a goal or a part in one dossier."""

    what: Shown
    dossier: Dossier

    @property
    def getoond(self) -> Any:
        """Read only where a page draws it: a save that draws no page costs no query more."""
        return self.what.read(self.dossier)


_shown: dict[Toont, Shown] = {}


def asks_for(naam: Toont, toont: str) -> bool:
    """Whether the content of a goal or a part asks for this.

    toont: the column of that name.
    """
    return naam in toont.split()


def register_shown(naam: Toont, what: Shown) -> None:
    """Make known what is shown under a name."""
    _shown[naam] = what


def beside(dossier: Dossier, toont: str) -> tuple[Beside, ...]:
    """What stands beside a goal or a part.

    dossier: as loaded by the access check.
    toont: the column of that name.
    """
    namen = map(Toont, toont.split())
    return tuple(Beside(_shown[naam], dossier) for naam in namen if naam in _shown)


def beside_on_paper(
    dossier: Dossier, asked: Iterable[tuple[str, str]]
) -> Iterator[tuple[str, Beside]]:
    """What stands beside the goals or the parts of one document, each once: where it comes first.

    dossier: as loaded by the access check.
    asked: the code and the column `toont` of each, in the order of the document.
    """
    told: set[Shown] = set()
    for code, toont in asked:
        for one in beside(dossier, toont):
            if one.what not in told:
                told.add(one.what)
                yield code, one
