"""What a field for a day can be given by the words about when beside it."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from dossiers.acties.domain.acties import is_said_too_late, meant_by
from dossiers.acties.models import Actie
from dossiers.kalender.words import Moment


@dataclass(frozen=True)
class OfferedDay:
    """A day that was understood from words, for a field that has none."""

    template: ClassVar = "acties/delen/begrepen.html"

    moment: Moment

    @property
    def tekst(self) -> str:
        return self.moment.dag.isoformat()


@dataclass(frozen=True)
class TooLate:
    """Nothing: the day that words mean has passed in this schooljaar.

    schooljaar: such as 2026-2027.
    """

    template: ClassVar = "acties/delen/voorbij.html"
    tekst: ClassVar = ""

    schooljaar: str


def offered_by(actie: Actie, *, today: date) -> OfferedDay | TooLate | None:
    """What the words about when of an action offer, as read on a day.

    actie: as for `meant_by`.
    """
    if meant := meant_by(actie, today=today):
        return OfferedDay(meant)
    is_late = is_said_too_late(actie, today=today)
    return TooLate(actie.dossier.schooljaar_label) if is_late else None
