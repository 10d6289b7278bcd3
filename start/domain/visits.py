"""Before somebody enters a school: what moved since she was there, and one question to ask.

"Last time" is the last day before today on which she saved something in the dossier, which its own
history says. Nobody's reading is noted for it: that would be more to keep about people, and who
only looked did not talk.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class MovedScore:
    """A goal of which the score is another one than last time; None for no score."""

    kort: str
    toen: int | None
    nu: int | None

    @property
    def has_dropped(self) -> bool:
        return self.toen is not None and self.nu is not None and self.nu < self.toen

    @property
    def has_risen(self) -> bool:
        return self.toen is not None and self.nu is not None and self.nu > self.toen


@dataclass(frozen=True)
class MovedAction:
    """An action that colleagues made, finished or decided on: `nieuw`, `gedaan` or a besluit."""

    wat: str
    wat_gebeurde: str


@dataclass(frozen=True)
class Changes:
    """What others did in a dossier after the day that somebody was last there.

    antwoorden: the short name of each goal with how many of its questions were worked on.
    gesprekken: the titles of the talks that were written in.
    """

    sinds: date
    scores: tuple[MovedScore, ...] = ()
    antwoorden: tuple[tuple[str, int], ...] = ()
    acties: tuple[MovedAction, ...] = ()
    gesprekken: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.scores or self.antwoorden or self.acties or self.gesprekken)

    @property
    def in_short(self) -> str:
        """How much of each kind, in a line."""
        vragen = sum(aantal for _, aantal in self.antwoorden)
        counts = (
            (len(self.scores), "score", "scores"),
            (vragen, "vraag", "vragen"),
            (len(self.acties), "actie", "acties"),
            (len(self.gesprekken), "gesprek", "gesprekken"),
        )
        told = [
            f"{aantal} {one if aantal == 1 else more}" for aantal, one, more in counts if aantal
        ]
        return ", ".join(told) or "niets veranderd"


@dataclass(frozen=True)
class Signs:
    """What in a dossier could be asked about, each by where it belongs in the plan.

    te_laat: where the oldest promise that is past its day belongs: a goal, "fase 1", or "" for
        nowhere in the plan; None when none is.
    changes: None for somebody who never wrote in the dossier.
    zonder_actie: the first priority without an action that runs.
    zonder_score: the first goal of which all questions were discussed and that has no score.
    """

    te_laat: str | None = None
    changes: Changes | None = None
    zonder_actie: str = ""
    zonder_score: str = ""


def question_to_ask(signs: Signs) -> str:
    """One question for at the table: of what is stuck first, and else of what went well.

    A fixed sentence with at most the short name of a goal: nothing that somebody typed.
    """
    return next(_questions(signs))


def _questions(signs: Signs) -> Iterator[str]:
    if signs.te_laat is not None:
        where = f"Bij {signs.te_laat} is een afspraak" if signs.te_laat else "Een afspraak is"
        yield f"{where} over tijd. Wat zou haar vooruit helpen?"
    scores = signs.changes.scores if signs.changes else ()
    if dropped := _largest(one for one in scores if one.has_dropped):
        yield f"{dropped.kort} ging van {dropped.toen} naar {dropped.nu}. Wat werd er moeilijker?"
    if signs.zonder_actie:
        yield f"{signs.zonder_actie} komt bij jullie eerst. Wat is de kleinste stap die nu kan?"
    if signs.zonder_score:
        yield f"{signs.zonder_score} is helemaal besproken. Welke score geven jullie?"
    if signs.changes and signs.changes.is_empty:
        yield "Sinds vorige keer bleef het stil. Wat kwam ertussen?"
    if risen := _largest(one for one in scores if one.has_risen):
        yield f"{risen.kort} ging van {risen.toen} naar {risen.nu}. Wat werkte, en hoe blijft dat?"
    yield "Waar zijn jullie trots op, en wat mag er volgende keer anders?"


def _largest(scores: Iterable[MovedScore]) -> MovedScore | None:
    """The one that moved furthest; of equals the first."""
    return max(scores, key=lambda one: abs((one.nu or 0) - (one.toen or 0)), default=None)
