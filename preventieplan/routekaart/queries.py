"""The data of the routekaart."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from dossiers.acties.models import Actie
from dossiers.materialen.models import Fase
from dossiers.models import Dossier
from preventieplan.models import Planactie, Trede
from preventieplan.queries.plan import PhaseState, acties_of, last_change, plan_stand


@dataclass(frozen=True)
class Routetrede:
    """A step of the routekaart: the key words of the source, the school's scores and actions."""

    trede: Trede
    fase: PhaseState
    acties: tuple[Actie, ...]


@dataclass(frozen=True)
class Routekaart:
    """Everything that the routekaart shows; `treden` are from fase 0 up."""

    titel: str
    doel: str
    treden: tuple[Routetrede, ...]
    stand_van: datetime


def routekaart(dossier: Dossier) -> Routekaart:
    """Everything on the routekaart. A constant number of queries.

    `stand_van` is the time of the last change, not of printing: the same data give the same
    document.
    """
    teksten = dossier.planversie.teksten
    fasen = {fase.fase: fase for fase in plan_stand(dossier)}
    acties = list(acties_of(dossier))
    treden = tuple(
        Routetrede(trede, fasen[Fase(trede.fase)], _actions_in(acties, trede.fase))
        for trede in Trede.objects.filter(versie=dossier.planversie)
    )
    return Routekaart(
        titel=teksten["routekaart_titel"],
        doel=teksten["routekaart_doel"],
        treden=treden,
        stand_van=last_change(dossier),
    )


def _actions_in(acties: Iterable[Planactie], fase: int) -> tuple[Actie, ...]:
    return tuple(plan.actie for plan in acties if plan.doelstelling.fase == fase)
