"""All that changed since the routekaart that a school last fixed."""

from collections.abc import Iterable
from dataclasses import dataclass

from dossiers.acties.models import Actie, Actiestand, Besluit
from preventieplan.routekaart.domain.drafts import Change
from preventieplan.routekaart.domain.fixed import Answered, Fixed


@dataclass(frozen=True)
class GoalNow:
    """A goal as it is now; score: None for one without."""

    code: str
    naam: str
    score: int | None
    is_prioriteit: bool


@dataclass(frozen=True)
class Changes:
    """gedaan, gestopt, nieuw: what actions say that they are about. eerst, niet_meer_eerst: the
    names of goals that the team works on first since then, and of those that it did then.
    """

    hoger: tuple[Change, ...]
    lager: tuple[Change, ...]
    eerste_score: tuple[Change, ...]
    gedaan: tuple[str, ...]
    gestopt: tuple[str, ...]
    nieuw: tuple[str, ...]
    eerst: tuple[str, ...]
    niet_meer_eerst: tuple[str, ...]
    antwoorden: tuple[Answered, ...]

    @property
    def is_empty(self) -> bool:
        return not any(vars(self).values())

    @property
    def of_acties(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The lists of actions that have any, each with its heading."""
        lists = (("Gedaan", self.gedaan), ("Gestopt", self.gestopt), ("Nieuw", self.nieuw))
        return tuple(one for one in lists if one[1])

    @property
    def of_priorities(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        lists = (("Erbij", self.eerst), ("Niet meer", self.niet_meer_eerst))
        return tuple(one for one in lists if one[1])


def changes_since(vorige: Fixed, *, doelen: Iterable[GoalNow], acties: Iterable[Actie]) -> Changes:
    """Compare a routekaart with the one that was fixed before it.

    acties: those of now.
    """
    doelen = tuple(doelen)
    scored = [
        Change(doel.naam, vorige.scores.get(doel.code), doel.score)
        for doel in doelen
        if doel.score is not None
    ]
    now_first = {doel.code: doel.naam for doel in doelen if doel.is_prioriteit}
    done, stopped, new = [], [], []
    for actie in acties:
        earlier = vorige.acties.get(str(actie.pk))
        if actie.besluit == Besluit.STOPPEN:
            if earlier is None or not earlier.is_gestopt:
                stopped.append(actie.wat)
        elif actie.stand == Actiestand.KLAAR:
            if earlier is None or not earlier.is_gedaan:
                done.append(actie.wat)
        elif earlier is None:
            new.append(actie.wat)
    return Changes(
        hoger=tuple(one for one in scored if one.eerder is not None and one.score > one.eerder),
        lager=tuple(one for one in scored if one.eerder is not None and one.score < one.eerder),
        eerste_score=tuple(one for one in scored if one.eerder is None),
        gedaan=tuple(done),
        gestopt=tuple(stopped),
        nieuw=tuple(new),
        eerst=tuple(naam for code, naam in now_first.items() if code not in vorige.prioriteiten),
        niet_meer_eerst=tuple(
            naam for code, naam in vorige.prioriteiten.items() if code not in now_first
        ),
        antwoorden=vorige.antwoorden,
    )
