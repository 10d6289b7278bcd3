"""What a field with nothing in it can be given with one button."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Protocol

from stsdialoog.links import PageLink


@dataclass(frozen=True)
class Said:
    """Words of a team as they stand in its dossier.

    op: when they were last changed.
    waar: the page they are on; its title says where one said them.
    """

    template: ClassVar = "velden/delen/aanbod.html"

    tekst: str
    op: datetime
    waar: PageLink


class Offer(Protocol):
    """What a field without anything in it can be given with one button.

    tekst: what it would hold, as it is typed. template: shows the offer, from `veld`.
    """

    template: ClassVar[str]

    @property
    def tekst(self) -> str: ...
